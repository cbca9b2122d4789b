"""Write the file of an export, as a stream: memory does not grow with the project."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import BinaryIO

from core.domain.errors import NotFound
from core.domain.exports import Export, ExportOptions, ExportStatus, Format, Refusal
from core.domain.items import Item, ItemRecord, Revision
from core.domain.labels import label_paths
from core.domain.projects import Project
from core.domain.shards import Control
from core.formats import coco, csv
from core.formats.export_rows import ExportRow
from core.formats.image_size import HEADER_BYTES, image_size
from core.ports import Ports
from core.usecases.initialize_project import project_prefix
from core.usecases.read_ahead import read_ahead

REFUSALS_KEPT = 100
PARALLEL_SIZES = 16
CONTENT_TYPES: Mapping[Format, str] = {Format.COCO: "application/json", Format.CSV: "text/csv"}
EXTENSIONS: Mapping[Format, str] = {Format.COCO: "coco.json", Format.CSV: "csv"}


async def write_export(ports: Ports, project: str, export: str) -> None:
    """Bring an export from queued to done. Writing it again writes the same file again."""
    found = (await ports.projects.get(project)).value
    run = _Run(ports, found, await ports.exports.get(project, export))
    if run.export.status is not ExportStatus.DONE:
        await run.write()


async def fail_export(ports: Ports, project: str, export: str, reason: str) -> None:
    """Give up on an export, and say why."""
    found = await ports.exports.get(project, export)
    if found.status is not ExportStatus.DONE:
        await ports.exports.put(project, replace(found, status=ExportStatus.FAILED, error=reason))


@dataclass
class _Run:
    ports: Ports
    project: Project
    export: Export
    refusals: list[Refusal] = field(default_factory=list)
    read: int = 0
    written: int = 0

    async def write(self) -> None:
        options, limits = self.export.options, self.ports.limits
        extension = EXTENSIONS[options.format]
        blob = f"{project_prefix(self.project.id)}exports/{self.export.id}.{extension}"
        filename = f"{self.project.name} {self.export.created_at:%Y-%m-%d %H%M%S}.{extension}"
        await self._report(ExportStatus.RUNNING, 0)
        with tempfile.TemporaryFile() as spool:
            chunks = self._chunks(options, spool)
            content_type = CONTENT_TYPES[options.format]
            await self.ports.blobs.upload(limits.app_container, blob, chunks, content_type, filename)
        await self._report(ExportStatus.DONE, 1, blob)

    def _chunks(self, options: ExportOptions, spool: BinaryIO) -> AsyncIterator[bytes]:
        rows = self._rows(options)
        if options.format is Format.CSV:
            return csv.write(rows, include_labeler=options.include_labeler)
        return coco.write(rows, list(label_paths(self.project.labels)), spool)

    async def _rows(self, options: ExportOptions) -> AsyncIterator[ExportRow]:
        container = (await self.ports.datastores.get(self.project.data.datastore)).container
        shards = self.project.shards
        read = partial(self._shard_rows, container=container, options=options)
        async for shard, rows in read_ahead(shards, read):
            for row in rows:
                self.read += 1
                if options.format is Format.COCO and row.width is None:
                    self._refuse(row.item.path, "the image cannot be read, so its size is not known")
                    continue
                self.written += 1
                yield row
            await self._report(ExportStatus.RUNNING, (shard + 1) / shards)

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

    def _refuse(self, where: str, why: str) -> None:
        if len(self.refusals) < REFUSALS_KEPT:
            self.refusals.append(Refusal(where, why))

    async def _report(self, status: ExportStatus, progress: float, blob: str | None = None) -> None:
        self.export = replace(
            self.export,
            status=status,
            progress=progress,
            read=self.read,
            written=self.written,
            refused=self.read - self.written,
            refusals=tuple(self.refusals),
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
