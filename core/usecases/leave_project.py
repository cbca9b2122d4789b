"""Take back what somebody holds who labels here no more."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.domain.projects import Project
from core.domain.records import ItemRecord
from core.domain.shards import Change, Control
from core.logic.records.recording import apply_records
from core.logic.records.relabeling import brought_up
from core.logic.records.reviewing import Desk, assign
from core.logic.records.settling import Terms
from core.logic.tasks.leaving import without_labeler, without_leases
from core.ports import Ports
from core.usecases.batches import batches
from core.usecases.change_project import change_project
from core.usecases.change_shard import RECORDS_A_WRITE, change_shard


async def give_everything_back(ports: Ports, project: Project, user: str) -> None:
    """End every lease and reservation of theirs: the items are everybody's at once. Their answers stay."""

    def without(found: Project) -> Project:
        return replace(found, reservations=without_labeler(found.reservations, user))

    project = (await change_project(ports, project.id, without)).value
    for known in await ports.shards.read_all(project.id, range(project.shards)):
        control = known.value
        if without_leases(control, user) != control:
            await _end_leases(ports, project.id, control.shard, user)
        for some in batches(control.reserved.get(user, ()), RECORDS_A_WRITE):
            await _hand_to_everybody(ports, project, control.shard, some, user)


async def _end_leases(ports: Ports, project: str, shard: int, user: str) -> None:
    def decide(control: Control, _records: object) -> tuple[Change | None, None]:
        ended = without_leases(control, user)
        return (None if ended == control else Change(ended)), None

    await change_shard(ports, project, shard, (), decide)


async def _hand_to_everybody(
    ports: Ports, project: Project, shard: int, indexes: Sequence[int], user: str
) -> None:
    terms = Terms.of(project)
    desk = Desk(user, ports.clock.now(), terms)

    def decide(control: Control, records: Mapping[int, ItemRecord]) -> tuple[Change | None, None]:
        theirs = set(control.reserved.get(user, ()))
        given_back = {
            index: assign(brought_up(record, control.labels, terms), desk, None)
            for index, record in records.items()
            if index in theirs
        }
        return apply_records(control, records, given_back), None

    await change_shard(ports, project.id, shard, indexes, decide)
