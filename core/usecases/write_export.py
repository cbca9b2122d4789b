"""Write the file of an export, as a stream: memory does not grow with the project."""

import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

from core.domain.assets import AssetSort
from core.domain.exports import Export, ExportOptions, Format
from core.domain.labels import label_paths
from core.domain.projects import Project
from core.domain.transfers import ENDED, Refusal, Report, TransferStatus
from core.formats.export_formats import WRITERS
from core.formats.export_rows import ExportRow, Sheet
from core.ports import Ports
from core.usecases.collect_rows import collect_columns, collect_rows
from core.usecases.expiring_blobs import export_prefix
from core.usecases.initialize_project import project_prefix
from core.usecases.log_transfer import log_transfer
from core.usecases.unpack_blob import unpack_blob

REFUSALS_KEPT = 100


async def write_export(ports: Ports, project: str, export: str) -> None:
    """Bring an export from queued to done. Writing it again writes the same file again."""
    found = (await ports.projects.get(project)).value
    run = _Run(ports, found, await ports.exports.get(project, export))
    if run.export.status is not TransferStatus.DONE:
        await run.write()


async def fail_export(ports: Ports, project: str, export: str, reason: str) -> None:
    """Give up on an export, and say why."""
    found = await ports.exports.get(project, export)
    if found.status in ENDED:
        return
    failed = replace(found, status=TransferStatus.FAILED, error=reason)
    await ports.exports.put(project, failed)
    await log_transfer(ports, project, failed)


@dataclass
class _Run:
    ports: Ports
    project: Project
    export: Export
    refusals: list[Refusal] = field(default_factory=list)
    read: int = 0
    refused: int = 0

    async def write(self) -> None:
        options, container = self.export.options, self.ports.limits.app_container
        writer = WRITERS[options.format]
        blob = f"{self._folder()}{self.export.id}.{writer.extension}"
        filename = f"{self.project.name} {self.export.created_at:%Y-%m-%d %H%M%S}.{writer.extension}"
        await self._report(TransferStatus.RUNNING, 0)
        sheet = await self._sheet(options)
        with tempfile.TemporaryFile() as spool:
            chunks = writer.write(self._rows(options), sheet, self._refuse, spool)
            await self.ports.blobs.upload(container, blob, chunks, writer.content_type, filename)
        asset = await self._register(container, blob, options)
        await self._report(TransferStatus.DONE, 1, blob, asset)
        await log_transfer(self.ports, self.project.id, self.export)

    def _folder(self) -> str:
        """A data asset refers to the file for as long as the project exists; any other may expire."""
        registered = self.export.options.register is not None
        return f"{project_prefix(self.project.id)}assets/" if registered else export_prefix(self.project.id)

    async def _sheet(self, options: ExportOptions) -> Sheet:
        return Sheet(
            kind=self.project.kind,
            labels=(*label_paths(self.project.labels), *self.project.retired),
            datastore=self.project.data.datastore,
            coordinates=options.coordinates,
            include_labeler=options.include_labeler,
            columns=await collect_columns(self.ports, self.project),
        )

    async def _rows(self, options: ExportOptions) -> AsyncIterator[ExportRow]:
        async for progress, rows in collect_rows(self.ports, self.project, options):
            for row in rows:
                self.read += 1
                yield row
            await self._report(TransferStatus.RUNNING, progress)

    def _refuse(self, row: ExportRow, why: str) -> None:
        self.refused += 1
        if len(self.refusals) < REFUSALS_KEPT:
            self.refusals.append(Refusal(row.item.name, why))

    async def _register(self, container: str, blob: str, options: ExportOptions) -> str | None:
        """Make the export a data asset: the file, or for MLTable the folder of what is in it."""
        if options.register is None or self.ports.assets is None:
            return None
        sort = AssetSort.MLTABLE if options.format is Format.MLTABLE else AssetSort.FILE
        if sort is AssetSort.MLTABLE:
            blob = await unpack_blob(self.ports, container, blob)
        description = f"Exported from the labeling project {self.project.name}."
        uri = self.ports.blobs.url(container, blob)
        return await self.ports.assets.register(options.register, uri, sort, description)

    async def _report(
        self, status: TransferStatus, progress: float, blob: str | None = None, asset: str | None = None
    ) -> None:
        self.export = replace(
            self.export,
            status=status,
            progress=progress,
            report=Report(self.read, self.read - self.refused, self.refused, tuple(self.refusals)),
            blob=blob,
            asset=asset,
        )
        await self.ports.exports.put(self.project.id, self.export)
