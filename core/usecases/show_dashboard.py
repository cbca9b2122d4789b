"""The figures of a project, from its shards' counters; no item is looked at."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.domain.agreement import Measured
from core.domain.items import ItemStatus
from core.domain.labels import label_paths
from core.domain.projects import Project
from core.domain.runs import Run
from core.domain.shards import Lane, Tally
from core.domain.tasks import TaskType
from core.logic.assist.budget import budget_of
from core.logic.permissions import Action
from core.logic.records import counting
from core.logic.tasks import leasing
from core.logic.tasks.paging import pending_pages
from core.ports import Ports
from core.usecases.authorize import Access
from core.usecases.summarize_assist import AssistFigures, summarize_assist
from core.usecases.survey_project import survey_project
from core.usecases.visible_labelers import visible_labelers


@dataclass(frozen=True, slots=True)
class Dashboard:
    """`labels` has every label of the project in its order, then those that only answers bear, and how many
    items bear each; `regions` how many boxes, polygons or spans, None where an item bears a label but once.

    `leased` items are among the pending ones, and `queue` says in which type of task those come. `agreement`
    is None unless it was measured and the caller may read it.
    """

    statuses: Mapping[ItemStatus, int]
    leased: int
    queue: Mapping[TaskType, int]
    labels: Mapping[str, int]
    regions: Mapping[str, int] | None
    labelers: Mapping[str, Tally]
    names: Mapping[str, str]
    days: Mapping[str, int]
    approved: int
    agreement: Measured | None
    assist: AssistFigures


async def show_dashboard(ports: Ports, access: Access) -> Dashboard:
    """The dashboard; of the labelers, those whose figures the caller may see."""
    project = access.project
    controls, runs = await asyncio.gather(survey_project(ports, project), _runs(ports, project))
    now = ports.clock.now()
    counts = counting.total(control.counts for control in controls)
    statuses = sum((control.statuses() for control in controls), Counter[ItemStatus]())
    pending = pending_pages(controls, project.kind)
    budget = budget_of(project, runs, ports.prices, now)
    labelers = await visible_labelers(ports, access, counts.labelers)
    return Dashboard(
        statuses=statuses,
        leased=sum(leasing.held_count(control, now) for control in controls),
        queue=_queue(pending),
        labels=_labels(project, counts.labels),
        regions=counts.regions if project.kind.repeats_labels else None,
        labelers=labelers,
        names=await ports.people.names(labelers),
        days=dict(sorted(counts.days.items())),
        approved=counts.approved,
        agreement=project.agreement if access.may(Action.READ_AGREEMENT) else None,
        assist=summarize_assist(access, controls, counts, pending, runs, budget),
    )


async def _runs(ports: Ports, project: Project) -> Sequence[Run]:
    return await ports.runs.all(project.id) if project.shards else ()


def _queue(pending: Mapping[tuple[Lane, TaskType], int]) -> Mapping[TaskType, int]:
    types = Counter[TaskType]()
    for (_, sort), count in pending.items():
        types[sort] += count
    return types


def _labels(project: Project, counts: Mapping[str, int]) -> Mapping[str, int]:
    offered = {path: counts.get(path, 0) for path in label_paths(project.labels)}
    return offered | {path: count for path, count in sorted(counts.items()) if path not in offered}
