"""The rows of a project of any size that no table holds: an answer of four boxes for each item."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

from core.domain.answers import Box, Boxes
from core.domain.records import ItemRecord, Revision
from core.domain.rows import Row
from core.formats.documents import RECORD
from core.ports.backups import ProjectRows

SHARD_ITEMS = 1_000
_AT = datetime(2026, 11, 21, tzinfo=UTC)


@dataclass
class SimulatedRows:
    """A ProjectRows over a real one, which only makes room. What is put is gone."""

    real: ProjectRows

    async def beside_shards(self, project: str) -> AsyncIterator[Sequence[Row]]:  # noqa: ARG002  all the same
        yield []

    async def of_shard(self, project: str, shard: int) -> Sequence[Row]:  # noqa: ARG002  all the same
        chance, partition = Random(shard), f"{shard:04d}"  # noqa: S311  no secret
        records = (
            Row(partition, f"i:{index:04d}", {"body": RECORD.encode(_record(chance))})
            for index in range(SHARD_ITEMS)
        )
        return [Row(partition, "0", {"states": bytes(SHARD_ITEMS), "body0": bytes(3_000)}), *records]

    async def clear(self, project: str) -> None:
        await self.real.clear(project)

    async def put(self, project: str, rows: Sequence[Row]) -> None:
        """Nobody keeps them."""


def _record(chance: Random) -> ItemRecord:
    def pixels(most: float) -> float:
        return chance.uniform(1, most)

    boxes = tuple(Box("Cat", pixels(3_000), pixels(2_000), pixels(400), pixels(400)) for _ in range(4))
    submission = f"{chance.getrandbits(128):032x}"
    revision = Revision(1, "ben", _AT, "0000-t", submission, Boxes(boxes), width=4_000, height=3_000)
    return ItemRecord((revision,), standing=1)
