"""Have a whole blob on disk while something reads it."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import BinaryIO

from core.ports import Ports


@asynccontextmanager
async def downloaded_blob(ports: Ports, container: str, name: str) -> AsyncIterator[BinaryIO]:
    """The blob as an open file, at its beginning; it is gone with the context. Raises NotFound."""
    with tempfile.TemporaryFile() as file:
        await ports.blobs.download(container, name, file)
        file.seek(0)
        yield file
