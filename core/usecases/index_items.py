"""An index of a project's items, to find those that an imported file speaks of."""

from collections.abc import Iterator, Sequence

from core.domain.items import Item
from core.domain.projects import Project
from core.logic.known_paths import digest
from core.logic.matching import Index, Indexed
from core.logic.paths import literal_prefix
from core.logic.row_texts import row_text
from core.ports import Ports
from core.usecases.read_ahead import read_items


async def index_items(ports: Ports, project: Project) -> Index:
    """Every item by its name, and rows of tables by their text too."""
    index = Index(prefix=literal_prefix(project.data.path))
    async for shard, items in read_items(ports, project):
        index.add(_entries(project, shard, items))
    return index


def _entries(project: Project, shard: int, items: Sequence[Item]) -> Iterator[Indexed]:
    for number, item in enumerate(items):
        text = row_text(item, project.data)
        yield Indexed((shard, number), item.name, None if text is None else digest(text))
