"""Trust that follows what its owner wants, and what blind answers show."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from core.domain.answers import Classes
from core.domain.assist import Assist, Judged, Trust, Unsure
from core.domain.labels import Label, LabelChange, RelabelMode
from core.domain.log import Happened, LogEntry
from core.domain.people import Role
from core.domain.predictions import Prediction
from core.domain.projects import Project
from core.domain.runs import RunReport
from core.domain.shards import Lane
from core.domain.tasks import ItemAnswer, TaskType
from core.formats.documents import RUN_REPORT
from core.logic.assist.thresholds import choose_threshold
from core.usecases.authorize import Access
from core.usecases.change_labels import change_labels
from core.usecases.change_project import change_project
from core.usecases.change_trust import renew_trust
from core.usecases.claim_task import claim_task
from core.usecases.edit_project import pause_project, resume_project
from core.usecases.reopen_task import reopen_task
from core.usecases.run_files import report_name
from core.usecases.run_operation import run_operation
from core.usecases.submit_task import submit_task
from core.usecases.watch_audit import watch_audit
from tests.examples import predicted
from tests.unit.usecases.applying import applied, check, stored
from tests.unit.usecases.conftest import ANA, APP, BEN, World

ASSIST = Assist(enabled=True, target=0.9, audit_rate=0.5)
ROSE, ANIMAL = Classes(("Rose",)), Classes(("Animal",))


def judged(confidence: float, right: int, wrong: int, label: str = "Rose") -> list[Judged]:
    """Items that were predicted as sure as that; so many of them were right."""
    rights = [True] * right + [False] * wrong
    return [Judged(f"{label}-{confidence}-{n}", confidence, one) for n, one in enumerate(rights)]


JUDGED = [*judged(0.99, 60, 0), *judged(0.8, 60, 6, "Animal"), *judged(0.5, 10, 30, "Animal/Cat")]
"""From 0.99 on all of 60 are right: at least 0.957. From 0.8 on 120 of 126 are: at least 0.911. They
are not told apart by label, so there is one threshold."""

AT_80 = Trust("r1.1", "r1", 0.8, audit_rate=0.5)
ITEMS = 200
MODEL = {index: predicted("Rose", 0.99 if index % 2 else 0.85) for index in range(ITEMS)}
"""Half of the items are predicted with 0.99, the others with 0.85."""


async def trusting(world: World, trust: Trust = AT_80, assist: Assist = ASSIST) -> Project:
    """A project that shows the predictions of a run on these terms."""
    project = await world.running(ITEMS)
    await change_project(world.ports, project.id, lambda found: replace(found, assist=assist))
    grouped = choose_threshold(JUDGED, assist.target)
    report = RunReport(judged=tuple(JUDGED), curve=grouped.curve)
    name = report_name(project.id, "r1")
    await world.blobs.write(APP, name, RUN_REPORT.encode(report).encode())
    return await applied(world, project, trust, [MODEL])


async def audit(world: World, project: Project, wrong: float) -> None:
    """All audited items are answered; of what was predicted with `wrong`, nothing is right."""
    while task := await claim_task(world.ports, project, BEN, 9):
        if task.type is not TaskType.MANUAL:
            continue
        assert all(item.prelabel is None for item in task.items)
        indexes = [int(item.id[-4:]) for item in task.items]
        answers = [ItemAnswer(at, ANIMAL if MODEL[at].confidence == wrong else ROSE) for at in indexes]
        await submit_task(world.ports, project, BEN, task.id, f"s-{task.id}", answers)


async def settings(world: World, project: Project, assist: Assist) -> Project:
    """The owner wants this; nobody has done anything about it."""
    return (await change_project(world.ports, project.id, lambda found: replace(found, assist=assist))).value


async def carried_out(world: World, project: Project) -> Project:
    """The project, its newest terms brought to all shards."""
    operation = (await world.ports.operations.all(project.id))[0]
    await run_operation(world.ports, project.id, operation.id)
    return await check(world, project)


async def changes(world: World, project: Project) -> Sequence[LogEntry]:
    entries = (await world.ports.log.page(project.id, 100)).entries
    return [entry for entry in entries if entry.what is Happened.THRESHOLD_CHANGED]


async def test_the_threshold_rises_when_blind_answers_show_that_it_is_too_low(world: World) -> None:
    project = await trusting(world)
    audited = stored(world, project).pending()[Lane.AUDIT]
    assert 70 < audited < 130
    await audit(world, project, wrong=0.85)
    assert sum(stored(world, project).counts.audits.values()) == audited
    world.clock.step(minutes=1)
    await watch_audit(world.ports, await world.project(project.id))
    changed = await carried_out(world, project)
    assert changed.trust == replace(AT_80, id="r1.2", threshold=0.99)
    (entry,) = await changes(world, project)
    assert entry.details == {"run": "r1", "old": 0.8, "new": 0.99, "why": "audit"}
    await watch_audit(world.ports, changed)
    assert (await world.project(project.id)).trust == changed.trust


async def test_nothing_is_trusted_where_the_surest_are_wrong(world: World) -> None:
    project = await trusting(world)
    await audit(world, project, wrong=0.99)
    world.clock.step(minutes=1)
    await watch_audit(world.ports, await world.project(project.id))
    changed = await carried_out(world, project)
    assert changed.trust is not None
    assert changed.trust.threshold is None
    assert set(stored(world, project).pending()) == {Lane.PRELABELED}
    await watch_audit(world.ports, changed)
    assert (await world.project(project.id)).trust == changed.trust


async def test_nothing_happens_while_blind_answers_agree(world: World) -> None:
    project = await trusting(world)
    await audit(world, project, wrong=0.1)
    await watch_audit(world.ports, await world.project(project.id))
    assert (await world.project(project.id)).trust == AT_80


async def test_another_target_has_another_threshold(world: World) -> None:
    project = await trusting(world)
    wanted = await settings(world, project, replace(ASSIST, target=0.95))
    world.clock.step(minutes=1)
    await renew_trust(world.ports, wanted)
    assert (await carried_out(world, project)).trust == replace(AT_80, id="r1.2", threshold=0.99)
    (entry,) = await changes(world, project)
    assert entry.details["why"] == "settings"
    await renew_trust(world.ports, wanted)
    assert (await world.project(project.id)).trust == replace(AT_80, id="r1.2", threshold=0.99)


async def test_what_an_audit_has_shown_outlives_other_settings(world: World) -> None:
    project = await trusting(world)
    await audit(world, project, wrong=0.85)
    world.clock.step(minutes=1)
    await watch_audit(world.ports, await world.project(project.id))
    await carried_out(world, project)
    world.clock.step(minutes=1)
    await renew_trust(world.ports, await settings(world, project, replace(ASSIST, unsure=Unsure.HIDE)))
    kept = replace(AT_80, id="r1.3", threshold=0.99, unsure=Unsure.HIDE)
    assert (await carried_out(world, project)).trust == kept
    assert len(await changes(world, project)) == 1


async def test_settings_that_nobody_carried_out_are(world: World) -> None:
    project = await trusting(world)
    wanted = await settings(world, project, replace(ASSIST, accept=True))
    world.clock.step(minutes=1)
    await watch_audit(world.ports, wanted)
    changed = await carried_out(world, project)
    assert changed.trust == replace(AT_80, id="r1.2", accept=True)
    control = stored(world, project)
    assert set(control.pending()) == {Lane.AUDIT}
    assert control.counts.accepted == ITEMS - control.pending()[Lane.AUDIT]
    assert await changes(world, project) == []


async def test_without_a_run_there_is_nothing_to_trust(world: World) -> None:
    project = await world.running(4)
    wanted = await settings(world, project, replace(ASSIST, accept=True))
    await renew_trust(world.ports, wanted)
    await watch_audit(world.ports, wanted)
    assert await world.ports.operations.all(project.id) == []


async def test_trust_follows_the_labels(world: World) -> None:
    """Renamed labels keep their thresholds, and what is trusted by them; nothing is chosen anew."""
    own = replace(AT_80, labels={"Rose": 0.9, "Animal": 0.7})
    project = await trusting(world, own)
    before = stored(world, project).pending()
    await pause_project(world.ports, project.id, "ana")
    owner = Access(ANA, await world.project(project.id), "", Role.OWNER)
    labels = (Label("Animal", children=(Label("Cat"),)), Label("Flower"))
    change = LabelChange(labels, RelabelMode.CONTINUE, {"Rose": "Flower"})
    world.clock.step(minutes=1)
    operation = await change_labels(world.ports, owner, change, None)
    moved = replace(own, labels={"Flower": 0.9, "Animal": 0.7})
    wanted = await settings(world, project, replace(ASSIST, unsure=Unsure.HIDE, target=0.95))
    assert wanted.trust == moved
    await renew_trust(world.ports, wanted)
    await watch_audit(world.ports, wanted)
    assert (await world.project(project.id)).trust == moved
    await run_operation(world.ports, project.id, operation.id)
    await check(world, project)
    assert stored(world, project).trust == moved
    assert stored(world, project).pending() == before
    await resume_project(world.ports, project.id, "ana")
    world.clock.step(minutes=1)
    await watch_audit(world.ports, await world.project(project.id))
    assert (await carried_out(world, project)).trust == replace(moved, id="r1.2", unsure=Unsure.HIDE)


async def test_an_audit_that_is_taken_back_counts_once(world: World) -> None:
    project = await trusting(world)
    task = None
    while task is None or task.type is not TaskType.MANUAL:
        task = await claim_task(world.ports, project, BEN, 1)
    index = int(task.items[0].id[-4:])
    await submit_task(world.ports, project, BEN, task.id, "s1", [ItemAnswer(index, ANIMAL)])
    assert stored(world, project).counts.audits == {"r1.1 0/1": 1}
    again = await reopen_task(world.ports, project, BEN, [task.items[0].id])
    assert again.items[0].prelabel is None
    await submit_task(world.ports, project, BEN, again.id, "s2", [ItemAnswer(index, ROSE)])
    assert stored(world, project).counts.audits == {"r1.1 1/1": 1}


class _Counted:
    """An archive that counts how often it is read."""

    def __init__(self, world: World) -> None:
        self.archive, self.reads = world.ports.predictions, 0

    async def read(self, name: str) -> Mapping[int, Prediction]:
        self.reads += 1
        return await self.archive.read(name)

    async def write(self, name: str, value: Mapping[int, Prediction]) -> None:
        await self.archive.write(name, value)

    async def write_encoded(self, name: str, data: bytes) -> None:
        await self.archive.write_encoded(name, data)


@pytest.mark.parametrize(("sort", "reads"), [(TaskType.MANUAL, 1), (TaskType.PRELABELED, 0)])
async def test_predictions_are_read_for_audited_items_alone(world: World, sort: TaskType, reads: int) -> None:
    project = await trusting(world)
    task = None
    while task is None or task.type is not sort:
        task = await claim_task(world.ports, project, BEN, 1)
    counted = _Counted(world)
    answers = [ItemAnswer(int(task.items[0].id[-4:]), ROSE)]
    ports = replace(world.ports, predictions=counted)
    await submit_task(ports, project, BEN, task.id, "s1", answers)
    assert counted.reads == reads
