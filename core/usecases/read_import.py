"""Read an import: records from a file, matched to items, and taken shard by shard.

Reading it again after a kill changes nothing that was written, so its message may come twice.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from core.domain.errors import Invalid, NotFound
from core.domain.imports import Import
from core.domain.labels import label_paths
from core.domain.projects import Project, Status
from core.domain.transfers import ENDED, Refusal, Report, TransferStatus
from core.formats.import_records import Record, Sought
from core.logic.answering.rules import shown
from core.logic.matching import Ambiguous, Index, Position
from core.ports import Ports
from core.usecases.change_project import change_project
from core.usecases.fit_record import refused
from core.usecases.in_parallel import in_parallel
from core.usecases.index_items import index_items
from core.usecases.log_transfer import log_transfer
from core.usecases.open_import import open_import
from core.usecases.start_project import AT_START, start_project
from core.usecases.take_records import take_records

REFUSALS_KEPT = 100
WAITING_MAX = 20_000
"""Records, or regions of them, that wait for others of their shard before all that wait are written."""

PARALLEL_SHARDS = 8


async def read_import(ports: Ports, project: str, import_id: str) -> None:
    """Bring an import from queued to done, or to failed with a reason."""
    found = (await ports.projects.get(project, fresh=True)).value
    asked = await ports.imports.get(project, import_id)
    if not (found.under_way or _is_waited_for(found, import_id)):
        return
    if asked.status not in ENDED:
        try:
            await _Run(ports, found, asked).read()
        except (Invalid, NotFound) as error:
            await fail_import(ports, project, import_id, str(error))
    if _is_waited_for(found, import_id):
        await start_project(ports, project)


async def fail_import(ports: Ports, project: str, import_id: str, reason: str) -> None:
    """Give up on an import, and say why. A project that waits for it starts without it."""
    asked = await ports.imports.get(project, import_id)
    if asked.status not in ENDED:
        failed = replace(asked, status=TransferStatus.FAILED, error=reason)
        await ports.imports.put(project, failed)
        await log_transfer(ports, project, failed)
    if _is_waited_for((await ports.projects.get(project, fresh=True)).value, import_id):
        await start_project(ports, project)


def _is_waited_for(project: Project, import_id: str) -> bool:
    """Whether the project starts once this import has ended."""
    return project.status is Status.INITIALIZING and import_id == AT_START


@dataclass
class _Run:
    ports: Ports
    project: Project
    asked: Import
    read_count: int = 0
    refused_count: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    seen: set[Position] = field(default_factory=set)
    waiting: defaultdict[int, dict[int, Record]] = field(default_factory=lambda: defaultdict(dict))
    waiting_count: int = 0

    async def read(self) -> None:
        await self._report(TransferStatus.RUNNING, 0)
        index = await index_items(self.ports, self.project)
        sought = Sought(self.project.kind, tuple(label_paths(self.project.labels)))
        async for records, progress in open_import(self.ports, self.project, self.asked, sought):
            for record in records:
                self._match(record, index)
            if self.waiting_count >= WAITING_MAX:
                await self._write()
                await self._report(TransferStatus.RUNNING, progress)
        await self._write()
        await self._report(TransferStatus.DONE, 1)
        await log_transfer(self.ports, self.project.id, self.asked)

    def _match(self, record: Record | Refusal, index: Index) -> None:
        if isinstance(record, Refusal):
            self.read_count += 1
            self._refuse([record])
            return
        self.read_count += len(record.parts)
        position = _position(index, record)
        if position in self.seen:
            position = "another record of the file is for the same item."
        if isinstance(position, str):
            self._refuse(refused(record, position).refusals)
            return
        self.seen.add(position)
        self.waiting[position[0]][position[1]] = record
        self.waiting_count += len(record.parts)

    async def _write(self) -> None:
        async def write(shard: int) -> Sequence[Refusal]:
            return await take_records(self.ports, self.project, self.asked, shard, self.waiting[shard])

        for refusals in await in_parallel(PARALLEL_SHARDS, write, sorted(self.waiting)):
            self._refuse(refusals)
        self.waiting.clear()
        self.waiting_count = 0

    def _refuse(self, refusals: Sequence[Refusal]) -> None:
        self.refused_count += len(refusals)
        self.refusals += refusals[: REFUSALS_KEPT - len(self.refusals)]

    async def _report(self, status: TransferStatus, progress: float) -> None:
        written = self.read_count - self.refused_count
        report = Report(self.read_count, written, self.refused_count, tuple(self.refusals))
        self.asked = replace(self.asked, status=status, progress=progress, report=report)
        await self.ports.imports.put(self.project.id, self.asked)
        if _is_waited_for(self.project, self.asked.id):  # else it would be taken for stuck
            now = self.ports.clock.now()
            await change_project(self.ports, self.project.id, lambda old: replace(old, touched_at=now))


def _position(index: Index, record: Record) -> Position | str:
    """Where the item is that a record means, or why there is none."""
    if record.location is not None:
        found, what = index.find(record.location), f"'{shown(record.location)}'"
    else:
        found, what = index.find_text(record.text or ""), "the record's text"
    if found is None:
        return f"no item of the project is {what}."
    if isinstance(found, Ambiguous):
        return f"{found.count} items of the project could be {what}."
    return found
