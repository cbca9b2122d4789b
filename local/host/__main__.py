"""`python -m local.host --port 7071`: run the function app of a folder, settings from the environment."""

import logging
import os
import sys
from pathlib import Path
from typing import Annotated

import typer
import uvloop

from local.errors import LocalError
from local.host.runtime import Host
from local.host.server import log_to_terminal, serve
from local.ports import LOOPBACK


def main(
    port: Annotated[int, typer.Option(help="The port to listen on")] = 7071,
    host: Annotated[str, typer.Option(help="The address to listen on: 127.0.0.1, nothing else")] = LOOPBACK,
    app: Annotated[Path, typer.Option(help="The folder of function_app.py and host.json")] = Path(),
) -> None:
    """Run a function app for development."""
    log_to_terminal()
    try:
        uvloop.run(_run(Host(app, os.environ), host, port))
    except LocalError as error:
        sys.exit(str(error))


async def _run(app: Host, address: str, port: int) -> None:
    await serve(app, address, port)
    logging.shutdown()
    # Azure ends a worker's process the same way; a normal exit would have AsgiFunctionApp wait for
    # a lifespan whose loop is gone.
    os._exit(1 if app.crashed.is_set() else 0)


if __name__ == "__main__":
    typer.run(main)
