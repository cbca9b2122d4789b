"""Write down what happened in a project, and have its webhooks told."""

from core.domain.log import Detail, Happened, LogEntry
from core.ports import Ports
from core.usecases.queue_deliveries import queue_deliveries


async def log_event(ports: Ports, project: str, user: str, what: Happened, **details: Detail) -> None:
    """Append to the project's log, and queue the webhooks that want it. `user` may be NOBODY.

    `details` are names, counts and ids, never an answer, a token or a signed address. Nothing is written of
    a project that is gone.
    """
    entry = LogEntry(ports.ids.new(), ports.clock.now(), user, what, details)
    await ports.log.append(project, entry)
    await queue_deliveries(ports, project, entry)
