"""Let somebody upload blobs."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from core.domain.errors import Invalid
from core.logic.paths import check_path
from core.ports import Ports

UPLOADS_MAX = 1_000


async def sign_uploads(
    ports: Ports, datastore: str, files: Sequence[str], *, overwrite: bool
) -> tuple[Mapping[str, str], datetime]:
    """A URL for each path, which may create (with `overwrite` also replace) that blob until then.

    Raises Invalid for a path, NotFound for the datastore.
    """
    container = (await ports.datastores.get(datastore)).address
    if not 1 <= len(files) <= UPLOADS_MAX:
        raise Invalid(f"1 to {UPLOADS_MAX} files at a time, not {len(files)}.", field="files")
    until = ports.clock.now() + timedelta(minutes=ports.limits.upload_minutes)
    urls = {}
    for path in files:
        if not check_path(path) or path.endswith("/"):
            raise Invalid(f"'{path}' names no file.", field="files")
        urls[path] = await ports.blobs.sign_write(container, path, until, overwrite=overwrite)
    return urls, until
