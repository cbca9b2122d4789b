"""Write the file of an export, as a stream: memory does not grow with the project."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from core.domain.errors import NotFound
from core.domain.exports import Export, ExportOptions
from core.domain.items import Item, ItemRecord, Revision
from core.domain.labels import label_paths
from core.domain.projects import Project
from core.domain.shards import Control
from core.domain.transfers import Refusal, Report, TransferStatus
from core.formats.export_formats import WRITERS
from core.formats.export_rows import ExportRow, Sheet
from core.formats.image_size import HEADER_BYTES, image_size
from core.ports import Ports
from core.usecases.initialize_project import project_prefix
from core.usecases.read_ahead import read_ahead

REFUSALS_KEPT = 100
PARALLEL_SIZES = 16


async def write_export(ports: Ports, project: str, export: str) -> None:
    """Bring an export from queued to done. Writing it again writes the same file again."""
    found = (await ports.projects.get(project)).value
    run = _Run(ports, found, await ports.exports.get(project, export))
    if run.export.status is not TransferStatus.DONE:
        await run.write()


async def fail_export(ports: Ports, project: str, export: str, reason: str) -> None:
    """Give up on an export, and say why."""
    found = await ports.exports.get(project, export)
    if found.status is not TransferStatus.DONE:
        await ports.exports.put(project, replace(found, status=TransferStatus.FAILED, error=reason))


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
        blob = f"{project_prefix(self.project.id)}exports/{self.export.id}.{writer.extension}"
        filename = f"{self.project.name} {self.export.created_at:%Y-%m-%d %H%M%S}.{writer.extension}"
        await self._report(TransferStatus.RUNNING, 0)
        with tempfile.TemporaryFile() as spool:
            chunks = writer.write(self._rows(options), self._sheet(options), self._refuse, spool)
            await self.ports.blobs.upload(container, blob, chunks, writer.content_type, filename)
        await self._report(TransferStatus.DONE, 1, blob)

    def _sheet(self, options: ExportOptions) -> Sheet:
        return Sheet(
            kind=self.project.kind,
            labels=tuple(label_paths(self.project.labels)),
            datastore=self.project.data.datastore,
            coordinates=options.coordinates,
            include_labeler=options.include_labeler,
        )

    async def _rows(self, options: ExportOptions) -> AsyncIterator[ExportRow]:
        container = (await self.ports.datastores.get(self.project.data.datastore)).address
        shards = self.project.shards
        read = partial(self._shard_rows, container=container, options=options)
        async for shard, rows in read_ahead(shards, read):
            for row in rows:
                self.read += 1
                yield row
            await self._report(TransferStatus.RUNNING, (shard + 1) / shards)

    async def _shard_rows(self, shard: int, container: str, options: ExportOptions) -> Sequence[ExportRow]:
        control = (await self.ports.shards.read(self.project.id, shard, fresh=True)).value
        if not any(control.statuses()[status] for status in options.status):
            return ()
        items = await self.ports.manifests.read(control.manifest)
        records = await self.ports.shards.records(self.project.id, shard)
        chosen = _chosen(control, records, options)
        sizes = await self._sizes(container, [(items[index], made) for index, made in chosen.items()])
        return [
            ExportRow(
                item=items[index],
                url=self.ports.blobs.url(container, items[index].path),
                status=control.status(index),
                annotation=made,
                width=size[0] if size else None,
                height=size[1] if size else None,
            )
            for (index, made), size in zip(chosen.items(), sizes, strict=True)
        ]

    async def _sizes(
        self, container: str, made: Sequence[tuple[Item, Revision]]
    ) -> Sequence[tuple[int, int] | None]:
        unknown = [item for item, revision in made if _size(revision) is None]
        gate = asyncio.Semaphore(PARALLEL_SIZES)

        async def measured(item: Item) -> tuple[int, int] | None:
            async with gate:
                return await measure(self.ports, container, item)

        found = iter(await asyncio.gather(*(measured(item) for item in unknown)))
        return [_size(revision) or next(found) for _, revision in made]

    def _refuse(self, row: ExportRow, why: str) -> None:
        self.refused += 1
        if len(self.refusals) < REFUSALS_KEPT:
            self.refusals.append(Refusal(row.item.name, why))

    async def _report(self, status: TransferStatus, progress: float, blob: str | None = None) -> None:
        self.export = replace(
            self.export,
            status=status,
            progress=progress,
            report=Report(self.read, self.read - self.refused, self.refused, tuple(self.refusals)),
            blob=blob,
        )
        await self.ports.exports.put(self.project.id, self.export)


async def measure(ports: Ports, container: str, item: Item) -> tuple[int, int] | None:
    """The size of an image that no page has measured: from its first bytes, or from all of it."""
    for length in (HEADER_BYTES, None):
        try:
            size = image_size(item.path, await ports.blobs.read(container, item.path, length))
        except NotFound:
            return None
        if size is not None or item.size <= HEADER_BYTES:
            return size
    return None


def _size(revision: Revision) -> tuple[int, int] | None:
    if revision.width is None or revision.height is None:
        return None
    return revision.width, revision.height


def _chosen(
    control: Control, records: Mapping[int, ItemRecord], options: ExportOptions
) -> Mapping[int, Revision]:
    return {
        index: record.annotation
        for index, record in records.items()
        if record.annotation is not None
        and control.status(index) in options.status
        and (options.made_from is None or record.annotation.at >= options.made_from)
        and (options.made_to is None or record.annotation.at < options.made_to)
    }
