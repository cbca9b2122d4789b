"""What labelers read of a table's row."""

from collections.abc import Mapping

from core.domain.items import Item
from core.domain.projects import Data


def shown_columns(item: Item, data: Data) -> Mapping[str, str] | None:
    """The columns that labelers see, in the order the project has them; None for what is no row.

    A column that the item's table does not have is left out.
    """
    if item.columns is None:
        return None
    if not isinstance(data.columns, tuple):
        return item.columns
    return {name: item.columns[name] for name in data.columns if name in item.columns}


def row_text(item: Item, data: Data) -> str | None:
    """The shown cells, one under the other, an empty one left out: what spans count code points of."""
    columns = shown_columns(item, data)
    return None if columns is None else "\n".join(cell for cell in columns.values() if cell)
