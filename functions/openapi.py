"""`python -m functions.openapi` prints the API's OpenAPI document, from which the page's types are made."""

import json
import sys

from core.domain.telemetry import Silent
from functions.api import create_api
from functions.services import Connected, Services


async def _unconnected() -> Connected:
    raise RuntimeError("The OpenAPI document needs no services.")


def document() -> str:
    """The OpenAPI document as JSON."""
    return json.dumps(create_api(Services(_unconnected, Silent())).openapi(), indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    sys.stdout.write(document())
