"""What a backup of a project has to hold together, and what it may bring back. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.domain.projects import Project
from core.domain.runs import Run, RunStatus

BROKEN_OFF = "It was under way when the project was backed up. Its job is no part of a backup."

_PROJECT_ID = re.compile(r"[a-z][a-z0-9]{19}")


def same_for_shards(before: Project, after: Project) -> bool:
    """Whether shards that were read between these two states of a project fit both.

    Shards follow the project's labels, its trust, its terms: one read before a change of these and one read
    after it fit no common project. How often it was refreshed, and that it grew, is all the same to them.
    """
    return _settled(before) == _settled(after)


def _settled(project: Project) -> Project:
    return replace(project, touched_at=None, refreshed=None, shards=0, found=0, left_out=0, refusals=())


def without_jobs(project: Project, runs: Sequence[Run], now: datetime) -> tuple[Project, list[Run]]:
    """The project as it comes back, and those of its runs that fail because their jobs do not.

    A run whose job had ended goes on: all it needs is in the backup.
    """
    lost = [run for run in runs if not run.status.ended and run.status is not RunStatus.APPLYING]
    failed = [replace(run, status=RunStatus.FAILED, error=BROKEN_OFF, ended=now) for run in lost]
    free = project.run in {run.id for run in lost}
    return (replace(project, run=None) if free else project), failed


def is_project_id(text: str) -> bool:
    """Whether it can be the id of a project: it names a table, so nothing else may pass for one."""
    return _PROJECT_ID.fullmatch(text) is not None


def is_within(name: str, folders: Sequence[str]) -> bool:
    """Whether a blob of this name is in one of the folders, whoever reads the name."""
    steps = name.split("/")
    return name.startswith(tuple(folders)) and not {"", ".", ".."} & set(steps) and "\\" not in name
