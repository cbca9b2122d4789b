"""What projects used, in the table that all share: partition `usage:<project>`, a row for each month.

Not in the project's own table: a bill outlives what it is for. Two instances that add at once collide on the
ETag, and the second adds to what the first has written. `adder` says who did so last, if a reply was lost.
"""

import secrets
from collections.abc import Mapping
from typing import Any

from azure.core import MatchConditions
from azure.core.exceptions import ResourceExistsError, ResourceModifiedError, ResourceNotFoundError
from azure.data.tables import EdmType, TableEntity, UpdateMode
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
        adder = secrets.token_hex(8)
        for _ in range(ATTEMPTS):
            row = await self._row(project, month)
            if row is not None and row.get("adder") == adder:  # only the reply was lost
                return
            try:
                await self._put(project, month, usage, adder, row)
            except (ResourceExistsError, ResourceModifiedError):
                continue
            return
        raise Stale("usage")

    async def _row(self, project: str, month: str) -> TableEntity | None:
        try:
            return await self._table.get_entity(_PARTITION + safe_key(project), month)
        except ResourceNotFoundError:
            return None

    async def _put(
        self, project: str, month: str, usage: Usage, adder: str, before: TableEntity | None
    ) -> None:
        row = {"PartitionKey": _PARTITION + safe_key(project), "RowKey": month, "adder": adder}
        if before is None:
            await self._table.create_entity({**row, **_cells(usage)})
            return
        etag, condition = before.metadata["etag"], MatchConditions.IfNotModified
        cells = _cells(_usage(before) + usage)
        await self._table.update_entity(
            {**row, **cells}, UpdateMode.REPLACE, etag=etag, match_condition=condition
        )

    async def get(self, project: str, month: str) -> Usage:
        row = await self._row(project, month)
        return Usage() if row is None else _usage(row)

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
