"""Give a container a name."""

import re

from core.domain.errors import Invalid
from core.domain.projects import Datastore
from core.ports import Ports

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")


async def set_datastore(ports: Ports, datastore: Datastore) -> None:
    """Add or replace a datastore. Raises Invalid, and NotFound for a container that does not exist."""
    if not _NAME.fullmatch(datastore.name):
        raise Invalid(
            f"'{datastore.name}' is no name: use lower-case letters, digits, - and _.", field="name"
        )
    if datastore.address == ports.limits.app_container:
        raise Invalid("That container holds what Tagwerk itself writes.", field="container")
    async for _ in ports.blobs.list(datastore.address, ""):
        break
    await ports.datastores.put(datastore)
