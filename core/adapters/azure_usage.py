"""What projects used, in the table that all share: partition `usage:<project>`, a row for each month.

Not in the project's own table: a bill outlives what it is for. Two instances that add at once collide on the
ETag, and the second adds to what the first has written.
"""

from collections.abc import Mapping
from typing import Any

from azure.core import MatchConditions
from azure.core.exceptions import ResourceExistsError, ResourceModifiedError, ResourceNotFoundError
from azure.data.tables import EdmType, UpdateMode
from azure.data.tables.aio import TableClient

from core.adapters.table_keys import safe_key, unsafe_key
from core.domain.errors import Stale
from core.domain.usage import METERS, Usage

_PARTITION = "usage:"
_AFTER = "usage;"
ATTEMPTS = 5


class TableUsage:
    """A UsageStore."""

    def __init__(self, table: TableClient) -> None:
        self._table = table

    async def add(self, project: str, month: str, usage: Usage) -> None:
        for _ in range(ATTEMPTS):
            try:
                await self._add(project, month, usage)
            except (ResourceExistsError, ResourceModifiedError):
                continue
            return
        raise Stale("usage")

    async def _add(self, project: str, month: str, usage: Usage) -> None:
        keys = {"PartitionKey": _PARTITION + safe_key(project), "RowKey": month}
        try:
            row = await self._table.get_entity(*keys.values())
        except ResourceNotFoundError:
            await self._table.create_entity({**keys, **_cells(usage)})
            return
        await self._table.update_entity(
            {**keys, **_cells(_usage(row) + usage)},
            UpdateMode.REPLACE,
            etag=row.metadata["etag"],
            match_condition=MatchConditions.IfNotModified,
        )

    async def get(self, project: str, month: str) -> Usage:
        try:
            return _usage(await self._table.get_entity(_PARTITION + safe_key(project), month))
        except ResourceNotFoundError:
            return Usage()

    async def all(self, month: str) -> Mapping[str, Usage]:
        rows = self._table.query_entities(
            f"PartitionKey ge '{_PARTITION}' and PartitionKey lt '{_AFTER}' and RowKey eq @month",
            parameters={"month": month},
        )
        return {unsafe_key(row["PartitionKey"].removeprefix(_PARTITION)): _usage(row) async for row in rows}


def _cells(usage: Usage) -> dict[str, Any]:
    """Counts may exceed 32 bits, which Azure Tables take for the size of a number unless they are told."""
    cells = {name: getattr(usage, name) for name in METERS}
    return {
        name: (value, EdmType.INT64) if isinstance(value, int) else value for name, value in cells.items()
    }


def _usage(row: Mapping[str, Any]) -> Usage:
    """What a row says. A meter that is newer than the row has counted nothing."""
    return Usage(**{name: _number(row[name]) for name in METERS if name in row})


def _number(cell: Any) -> Any:
    return cell.value if hasattr(cell, "value") else cell
