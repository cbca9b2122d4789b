"""Write down what happened in a project."""

from core.domain.log import Detail, Happened, LogEntry
from core.ports import Ports


async def log_event(ports: Ports, project: str, user: str, what: Happened, **details: Detail) -> None:
    """Append to the project's log.

    `details` are names, counts and ids, never an answer, a token or a signed address. Nothing is written of
    a project that is gone.
    """
    await ports.log.append(project, LogEntry(ports.ids.new(), ports.clock.now(), user, what, details))
