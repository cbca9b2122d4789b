"""A project's exports, and where their files can be downloaded: for an hour, unless they have expired."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from core.domain.exports import Export
from core.ports import Ports
from core.usecases.expiring_blobs import EXPORTS, export_prefix

URL_LASTS = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class OpenExport:
    """An export and its file's URL: None before it is written, and after Azure deleted it (`expired`)."""

    export: Export
    url: str | None = None
    expired: bool = False


async def open_exports(ports: Ports, project: str) -> list[OpenExport]:
    """Every export of a project that has its table, newest first."""
    return await _open(ports, await ports.exports.all(project), export_prefix(project))


async def open_export(ports: Ports, project: str, export: str) -> OpenExport:
    """One of them. Raises NotFound."""
    found = await ports.exports.get(project, export)
    return (await _open(ports, [found], found.blob or ""))[0]


async def _open(ports: Ports, exports: Sequence[Export], prefix: str) -> list[OpenExport]:
    container, until = ports.limits.app_container, ports.clock.now() + URL_LASTS
    there: set[str] = set()
    if any(export.blob for export in exports):
        async for page in ports.blobs.list(container, prefix):
            there |= {blob.name for blob in page}
    opened = []
    for export in exports:
        if export.blob is None:
            opened.append(OpenExport(export))
        elif export.blob.startswith(EXPORTS) and export.blob not in there:
            opened.append(OpenExport(export, expired=True))
        else:
            opened.append(OpenExport(export, await ports.blobs.sign_read(container, export.blob, until)))
    return opened
