"""The figures of a project's ML assist, for its dashboard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.domain.assist import Audit
from core.domain.bills import Budget
from core.domain.runs import Run
from core.domain.shards import Control, Counts, Lane
from core.domain.tasks import TaskType
from core.logic.assist.auditing import audit_of
from core.logic.assist.judging import is_grouped
from core.logic.assist.policy import learnable, next_run_in
from core.logic.permissions import Action
from core.usecases.authorize import Access

RUNS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class AssistFigures:
    """How far models are, and how far they are trusted.

    `next_run_in` more labeled items start the next run, `next_run_of` in all; None while one is under way, or
    none starts by itself. `run` is the one under way, `runs` are the last, and `audit` is what blind answers
    say of the present trust: nothing of these for who may not see runs. From `threshold` on predictions are
    trusted, so that `target` of them are right, both 0..1. `trusted` pending items show what is; `accepted`
    answers of a model stand without a person. `budget` is what runs may still cost this month: None where
    nobody set one, and for who may not see runs.
    """

    enabled: bool
    next_run_in: int | None
    next_run_of: int | None
    run: Run | None
    runs: Sequence[Run]
    threshold: float | None
    target: float
    trusted: int
    audit: Audit | None
    accepted: int
    budget: Budget | None


def summarize_assist(
    access: Access,
    controls: Sequence[Control],
    counts: Counts,
    pending: Mapping[tuple[Lane, TaskType], int],
    runs: Sequence[Run],
    budget: Budget | None,
) -> AssistFigures:
    """The figures, from all shards, what their counters and pending items sum up to, and all runs, the newest
    first."""
    project, trust = access.project, access.project.trust
    waits = project.assist.enabled and project.run is None
    to_go = next_run_in(project, controls, runs) if waits else None
    seen = access.may(Action.READ_RUNS)
    return AssistFigures(
        enabled=project.assist.enabled,
        next_run_in=to_go,
        next_run_of=None if to_go is None else learnable(controls) + to_go,
        run=next((run for run in runs if run.id == project.run), None) if seen else None,
        runs=runs[:RUNS_SHOWN] if seen else (),
        threshold=trust.threshold if trust else None,
        target=project.assist.target,
        trusted=sum(count for (lane, _), count in pending.items() if lane is Lane.TRUSTED),
        audit=audit_of(counts, trust.id, grouped=is_grouped(project.kind)) if trust and seen else None,
        accepted=counts.accepted,
        budget=budget if seen else None,
    )
