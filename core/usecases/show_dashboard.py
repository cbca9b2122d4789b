"""The figures of a project, from its shards' counters; no item is looked at."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from core.domain.agreement import Measured
from core.domain.items import ItemStatus
from core.domain.labels import label_paths
from core.domain.projects import Project
from core.domain.shards import Tally
from core.logic.permissions import Action
from core.logic.records import counting
from core.logic.tasks import leasing
from core.ports import Ports
from core.usecases.authorize import Access
from core.usecases.survey_project import survey_project
from core.usecases.visible_labelers import visible_labelers


@dataclass(frozen=True, slots=True)
class Dashboard:
    """`labels` has every label of the project in its order, then those that only answers bear.

    `leased` items are among the pending ones. `agreement` is None unless it was measured and the caller may
    read it.
    """

    statuses: Mapping[ItemStatus, int]
    leased: int
    labels: Mapping[str, int]
    labelers: Mapping[str, Tally]
    names: Mapping[str, str]
    days: Mapping[str, int]
    approved: int
    agreement: Measured | None


async def show_dashboard(ports: Ports, access: Access) -> Dashboard:
    """The dashboard; of the labelers, those whose figures the caller may see."""
    controls = await survey_project(ports, access.project)
    now = ports.clock.now()
    counts = counting.total(control.counts for control in controls)
    statuses = sum((control.statuses() for control in controls), Counter[ItemStatus]())
    labelers = await visible_labelers(ports, access, counts.labelers)
    return Dashboard(
        statuses=statuses,
        leased=sum(leasing.held_count(control, now) for control in controls),
        labels=_labels(access.project, counts.labels),
        labelers=labelers,
        names=await ports.people.names(labelers),
        days=dict(sorted(counts.days.items())),
        approved=counts.approved,
        agreement=access.project.agreement if access.may(Action.READ_AGREEMENT) else None,
    )


def _labels(project: Project, counts: Mapping[str, int]) -> Mapping[str, int]:
    offered = {path: counts.get(path, 0) for path in label_paths(project.labels)}
    return offered | {path: count for path, count in sorted(counts.items()) if path not in offered}
