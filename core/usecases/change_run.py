"""Change a run that is under way, and show that somebody works on it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from core.domain.runs import Run
from core.ports import Ports

A_BEAT = timedelta(seconds=20)
"""How often whoever works on a run for longer touches it: after a minute of silence it is begun anew."""


async def change_run(ports: Ports, project: str, run: str, change: Callable[[Run], Run]) -> Run:
    """Read, change and write a run, and return it; one that has ended stays as it is.

    `change` may return the run as it was to leave it alone. Raises NotFound.
    """
    found = await ports.runs.get(project, run)
    if found.status.ended:
        return found
    changed = change(found)
    if changed != found:
        await ports.runs.put(project, changed)
    return changed


async def touch_run(ports: Ports, project: str, run: str) -> Run:
    """Note that the run is being worked on now. Raises NotFound."""
    now = ports.clock.now()
    return await change_run(ports, project, run, lambda found: replace(found, checked_at=now))
