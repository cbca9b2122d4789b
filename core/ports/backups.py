"""What backups need of the world beside the other ports, which are in `core.ports`."""

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

from core.domain.backups import Backup
from core.domain.rows import Row


class ProjectRows(Protocol):
    """The rows of each project's table as they are stored, whatever they mean."""

    def beside_shards(self, project: str) -> AsyncIterator[Sequence[Row]]:
        """All rows that are not a shard's, in pages of up to 1,000, sorted by their keys."""

    async def of_shard(self, project: str, shard: int) -> Sequence[Row]:
        """A shard's rows as they were together at one moment, the control entity first.

        Raises NotFound; Unavailable when it is changed too often for that.
        """

    async def clear(self, project: str) -> None:
        """Make room for a project's rows, of which there are none then. Raises Unavailable for as long as an
        earlier deletion takes."""

    async def put(self, project: str, rows: Sequence[Row]) -> None:
        """Store rows, in place of those with the same keys."""


class BackupStore(Protocol):
    """Backups, which outlive their projects."""

    async def put(self, backup: Backup) -> None:
        """Add or replace."""

    async def get(self, backup: str) -> Backup:
        """Raises NotFound."""

    async def all(self) -> list[Backup]:
        """Every backup of every project, newest first."""

    async def remove(self, backup: str) -> None:
        """Forget a backup. Forgetting it twice does no harm."""
