"""The figures of a project."""

from typing import Annotated

from fastapi import APIRouter, Depends

from core.domain.items import ItemStatus
from core.domain.projects import Project
from core.domain.tasks import TaskType
from core.logic.permissions import Action
from core.usecases.authorize import Access
from core.usecases.show_dashboard import Dashboard, show_dashboard
from core.usecases.summarize_assist import AssistFigures
from functions.access import CurrentPorts, permit_in
from functions.schemas.agreement import MeasuredOut
from functions.schemas.cost import BudgetOut
from functions.schemas.dashboard import (
    AssistOut,
    DashboardOut,
    DayCount,
    ItemCounts,
    LabelCount,
    LabelerFigures,
    QueueCounts,
    RefreshFigures,
)
from functions.schemas.runs import AuditOut, RunOut

router = APIRouter(prefix="/api/projects/{project}/dashboard", tags=["dashboard"])


@router.get("")
async def read(
    access: Annotated[Access, Depends(permit_in(Action.READ_DASHBOARD))], ports: CurrentPorts
) -> DashboardOut:
    """How far the project is. Labelers see their own row of `labelers` only."""
    found = await show_dashboard(ports, access)
    return DashboardOut(
        items=_item_counts(found),
        queue=QueueCounts(**{sort: found.queue.get(sort, 0) for sort in TaskType}),
        labels=_labels(found),
        labelers=_labelers(found),
        throughput=[DayCount(day=day, labeled=count) for day, count in found.days.items()],
        refresh=_refresh(access.project),
        agreement=MeasuredOut.of(found.agreement) if found.agreement else None,
        assist=_assist(found.assist),
    )


def _refresh(project: Project) -> RefreshFigures:
    known = project.refreshed
    return RefreshFigures(
        last=known.at if known else None,
        error=known.error if known else None,
        next=known.next if known and project.refresh.enabled else None,
        added=known.added if known else 0,
        missing=known.missing if known else 0,
        returned=known.returned if known else 0,
        changed=known.changed if known else 0,
    )


def _item_counts(found: Dashboard) -> ItemCounts:
    statuses = found.statuses
    return ItemCounts(
        total=sum(count for status, count in statuses.items() if status is not ItemStatus.REMOVED),
        labeled=statuses[ItemStatus.LABELED],
        skipped=statuses[ItemStatus.SKIPPED],
        needs_review=statuses[ItemStatus.NEEDS_REVIEW],
        pending=statuses[ItemStatus.PENDING],
        leased=found.leased,
        missing=statuses[ItemStatus.MISSING],
        approved=found.approved,
        unreadable=statuses[ItemStatus.UNREADABLE],
    )


def _assist(found: AssistFigures) -> AssistOut:
    return AssistOut(
        enabled=found.enabled,
        next_run_in=found.next_run_in,
        next_run_of=found.next_run_of,
        run=RunOut.of(found.run) if found.run else None,
        runs=[RunOut.of(run) for run in found.runs],
        threshold=found.threshold,
        target=found.target,
        trusted=found.trusted,
        audit=AuditOut.of(found.audit) if found.audit else None,
        accepted=found.accepted,
        budget=BudgetOut.of(found.budget) if found.budget else None,
    )


def _labels(found: Dashboard) -> list[LabelCount]:
    regions = found.regions
    return [
        LabelCount(label=label, count=count, regions=None if regions is None else regions.get(label, 0))
        for label, count in found.labels.items()
    ]


def _labelers(found: Dashboard) -> list[LabelerFigures]:
    figures = [
        LabelerFigures(
            user=user,
            name=found.names.get(user),
            labeled=tally.labeled,
            skipped=tally.skipped,
            rejected=tally.rejected,
            corrected=tally.corrected,
            gold=tally.gold,
            gold_right=tally.gold_right,
            seconds=tally.milliseconds / 1000,
        )
        for user, tally in found.labelers.items()
    ]
    return sorted(figures, key=lambda labeler: labeler.labeled, reverse=True)
