"""Write what becomes of a shard, and say so to those who look for work in other shards."""

from core.domain.errors import Stale
from core.domain.measures import COLLISIONS
from core.domain.shards import Change, Control
from core.logic.tasks.choosing import outline
from core.ports import Ports, Versioned


async def commit_shard(
    ports: Ports, project: str, change: Change, known: Versioned[Control], digests: bytes | None = None
) -> None:
    """Write the change of what is known, with its outline if that is another now. Raises Stale.

    A crash between the two leaves an outline that is wrong until it changes again: work is found later then,
    but found, because nobody is told that nothing is left before all shards have been looked at.
    """
    try:
        await ports.shards.commit(project, change, known.etag, digests)
    except Stale:
        ports.telemetry.record(COLLISIONS)
        raise
    said = outline(change.control)
    if said != outline(known.value):
        await ports.shards.put_outline(project, change.control.shard, said)
