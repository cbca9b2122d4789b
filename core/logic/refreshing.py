"""How often a project is held against its data. Pure.

Azure ML checks "periodically based on the labeling completion rate", and its users saw new files after three
to six hours. New blobs come by events here; a refresh finds what no event told of, and what is gone. The
fewer items are left, the sooner labelers would run out of them, so the nearer the end, the shorter the wait.
"""

from datetime import datetime, timedelta

from core.domain.projects import Project

_WAITS = (
    (50, timedelta(hours=6)),
    (80, timedelta(hours=3)),
    (95, timedelta(hours=1)),
)
_LAST_WAIT = timedelta(minutes=15)


def refresh_interval(done: int, total: int) -> timedelta:
    """How long after a refresh the next one is due, with `done` of `total` items labeled or skipped.

    6 hours below 50 %, 3 hours below 80 %, 1 hour below 95 %, then 15 minutes.
    """
    return next((wait for percent, wait in _WAITS if 100 * done < percent * total), _LAST_WAIT)


def is_due(project: Project, now: datetime) -> bool:
    """Whether the project is to be refreshed by itself, and its time has come."""
    due = project.refreshed.next if project.refreshed else None
    return refreshes_itself(project) and (due is None or due <= now)


def refreshes_itself(project: Project) -> bool:
    """Whether the project follows its data without being asked."""
    return project.under_way and project.refresh.enabled
