"""Page through a project's runs."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.errors import NotFound
from core.domain.projects import Project
from core.domain.runs import Run
from core.ports import Ports


@dataclass(frozen=True, slots=True)
class RunPage:
    """Some runs, newest first, and the cursor of those that follow, if any do."""

    items: Sequence[Run]
    next: str | None


async def list_runs(ports: Ports, project: Project, cursor: str | None, limit: int) -> RunPage:
    """Up to `limit` runs from `cursor` on. Raises NotFound for a bad cursor."""
    runs = await ports.runs.all(project.id) if project.shards else []
    ids = [run.id for run in runs]
    if cursor is not None and cursor not in ids:
        raise NotFound("run", cursor)
    start = ids.index(cursor) if cursor is not None else 0
    end = start + limit
    return RunPage(runs[start:end], ids[end] if end < len(ids) else None)
