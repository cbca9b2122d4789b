"""Change a stored project, whoever else is changing it."""

from collections.abc import Callable

from core.domain.errors import Stale, Unavailable
from core.domain.projects import Project
from core.ports import Ports, Versioned

ATTEMPTS = 8


async def change_project(
    ports: Ports, project: str, change: Callable[[Project], Project], etag: str | None = None
) -> Versioned[Project]:
    """Read, change and write, again if somebody was quicker; with `etag`, raise Stale instead.

    `change` may raise to refuse, or return the project as it was to leave it alone. A write whose reply was
    lost seems stale, but is found made, and is not made again.
    """
    sent: Project | None = None
    for _ in range(ATTEMPTS):
        found = await ports.projects.get(project, fresh=True)
        if sent is not None and found.value == sent:
            return found
        if etag is not None and found.etag != etag:
            raise Stale("project")
        changed = change(found.value)
        if changed == found.value:
            return found
        try:
            return Versioned(changed, await ports.projects.replace(changed, found.etag))
        except Stale:
            sent = changed
    raise Unavailable("The project is being changed by many at once. Try again in a moment.")
