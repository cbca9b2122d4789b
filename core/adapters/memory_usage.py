"""A fake of the usage store."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.domain.usage import Usage


@dataclass
class MemoryUsage:
    """Usage in a dictionary, by project and month."""

    rows: dict[tuple[str, str], Usage] = field(default_factory=dict)

    async def add(self, project: str, month: str, usage: Usage) -> None:
        self.rows[project, month] = await self.get(project, month) + usage

    async def get(self, project: str, month: str) -> Usage:
        return self.rows.get((project, month), Usage())

    async def all(self, month: str) -> Mapping[str, Usage]:
        return {project: usage for (project, found), usage in self.rows.items() if found == month}
