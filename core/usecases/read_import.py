"""Read an import: records from a file, matched to items, fitted, and written shard by shard.

Reading it again after a kill changes nothing that was written, so its message may come twice.
"""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from core.domain.errors import Invalid, NotFound
from core.domain.imports import Import, ImportAs
from core.domain.labels import label_paths
from core.domain.predictions import Prediction
from core.domain.projects import Project
from core.domain.transfers import Refusal, Report, TransferStatus
from core.formats.import_records import Record, Sought
from core.logic.matching import Index, Position
from core.logic.taking_labels import ImportedLabel, Stamp
from core.ports import Ports
from core.usecases.batches import batches
from core.usecases.index_items import index_items
from core.usecases.match_record import Matched, match_record
from core.usecases.open_import import open_import
from core.usecases.write_labels import write_labels, write_prelabels

REFUSALS_KEPT = 100
RECORDS_AT_ONCE = 32
WAITING_MAX = 10_000
"""Answers that wait for others of their shard, before all that wait are written."""


async def read_import(ports: Ports, project: str, import_id: str) -> None:
    """Bring an import from queued to done, or to failed with a reason."""
    found = (await ports.projects.get(project, fresh=True)).value
    asked = await ports.imports.get(project, import_id)
    if not found.under_way or asked.status in {TransferStatus.DONE, TransferStatus.FAILED}:
        return
    try:
        await _Run(ports, found, asked).read()
    except (Invalid, NotFound) as error:
        await fail_import(ports, project, import_id, str(error))


async def fail_import(ports: Ports, project: str, import_id: str, reason: str) -> None:
    """Give up on an import, and say why."""
    found = await ports.imports.get(project, import_id)
    if found.status is not TransferStatus.DONE:
        await ports.imports.put(project, replace(found, status=TransferStatus.FAILED, error=reason))


@dataclass
class _Run:
    ports: Ports
    project: Project
    asked: Import
    read_count: int = 0
    refused_count: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    seen: set[Position] = field(default_factory=set)
    waiting: dict[Position, Matched] = field(default_factory=dict)

    async def read(self) -> None:
        await self._report(TransferStatus.RUNNING, 0)
        index = await index_items(self.ports, self.project)
        sought = Sought(self.project.kind, tuple(label_paths(self.project.labels)))
        async for records, progress in open_import(self.ports, self.project, self.asked, sought):
            for some in batches(records, RECORDS_AT_ONCE):
                await self._take(some, index)
            if len(self.waiting) >= WAITING_MAX:
                await self._write()
                await self._report(TransferStatus.RUNNING, progress)
        await self._write()
        await self._report(TransferStatus.DONE, 1)

    async def _take(self, records: Sequence[Record | Refusal], index: Index) -> None:
        self.read_count += sum(1 if isinstance(record, Refusal) else record.count for record in records)
        found = await asyncio.gather(*(self._matched(record, index) for record in records))
        for matched in found:
            if not isinstance(matched, Matched):
                self._refuse(matched)
                continue
            self._refuse(matched.refusals)
            if matched.position in self.seen:
                why = "another record of the file is for the same item."
                self._refuse([Refusal(where, why) for where in matched.where])
            else:
                self.seen.add(matched.position)
                self.waiting[matched.position] = matched

    async def _matched(self, record: Record | Refusal, index: Index) -> Matched | tuple[Refusal, ...]:
        if isinstance(record, Refusal):
            return (record,)
        return await match_record(self.ports, self.project, index, record)

    async def _write(self) -> None:
        shards: defaultdict[int, dict[int, Matched]] = defaultdict(dict)
        for (shard, index), matched in self.waiting.items():
            shards[shard][index] = matched
        for shard, found in sorted(shards.items()):
            if self.asked.taken_as is ImportAs.LABELS:
                await self._write_labels(shard, found)
            else:
                prelabels = {
                    index: Prediction(matched.answer, matched.confidence) for index, matched in found.items()
                }
                await write_prelabels(self.ports, self.project.id, shard, prelabels)
        self.waiting.clear()

    async def _write_labels(self, shard: int, found: Mapping[int, Matched]) -> None:
        labels = {
            index: ImportedLabel(
                matched.answer,
                matched.image.width if matched.image else None,
                matched.image.height if matched.image else None,
            )
            for index, matched in found.items()
        }
        stamp = Stamp(self.asked.id, self.asked.created_by, self.ports.clock.now())
        reasons = await write_labels(self.ports, self.project.id, shard, labels, stamp)
        for index, why in reasons.items():
            self._refuse([Refusal(where, why) for where in found[index].where])

    def _refuse(self, refusals: Sequence[Refusal]) -> None:
        self.refused_count += len(refusals)
        self.refusals += refusals[: REFUSALS_KEPT - len(self.refusals)]

    async def _report(self, status: TransferStatus, progress: float) -> None:
        written = self.read_count - self.refused_count
        report = Report(self.read_count, written, self.refused_count, tuple(self.refusals))
        self.asked = replace(self.asked, status=status, progress=progress, report=report)
        await self.ports.imports.put(self.project.id, self.asked)
