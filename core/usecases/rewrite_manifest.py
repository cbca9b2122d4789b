"""Put another manifest in place of that of a shard, which itself never changes."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from core.domain.errors import Unavailable
from core.domain.records import ItemRecord
from core.domain.shards import Change, Control
from core.ports import Ports
from core.usecases.change_shard import Decide, change_shard

ATTEMPTS = 8


async def rewrite_manifest(
    ports: Ports, project: str, shard: int, write: Callable[[Control], Awaitable[str]]
) -> None:
    """Have `write` store what is to follow, and its name written where the present one is.

    `write` gets the control entity with the present name, and returns a name that was never used. It is
    asked again if somebody else was quicker. Raises NotFound, Unavailable.
    """
    for _ in range(ATTEMPTS):
        before = (await ports.shards.read(project, shard, fresh=True)).value
        name = await write(before)
        if await change_shard(ports, project, shard, (), _renaming(before.manifest, name)):
            return
    raise Unavailable("Many change these items at once. Try again in a moment.")


def _renaming(before: str, after: str) -> Decide[bool]:
    def decide(control: Control, _records: Mapping[int, ItemRecord]) -> tuple[Change | None, bool]:
        if control.manifest != before:
            return None, False
        return Change(replace(control, manifest=after)), True

    return decide
