"""The rows of a project's table as they are stored. `azure_shards` and others say what is in them.

A shard's partition is named by four digits; all others by words.
"""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from azure.core.exceptions import HttpResponseError, ResourceExistsError
from azure.data.tables import (
    EdmType,
    EntityProperty,
    TableEntity,
    TableErrorCode,
    UpdateMode,
)
from azure.data.tables.aio import TableClient, TableServiceClient

from core.domain.errors import NotFound, Unavailable
from core.domain.rows import Int64, Row, Value

READINGS = 40
"""So often a shard is read on when somebody changed it meanwhile. Only the first reading is of all rows."""

TRANSACTION_ROWS = 100
TRANSACTION_BYTES = 900 * 1024
"""Azure takes 4 MiB, but more than one at once would hold up the event loop. What JSON takes is estimated."""

_CONTROL = "0"
_BESIDE_SHARDS = ("PartitionKey lt '0'", "PartitionKey ge ':'")
_SAME_CLOCK = timedelta(seconds=5)
"""A partition may move to another server, whose clock is a little behind."""
_DELETING_SECONDS = 30

Entity = dict[str, Any]


class TableRows:
    """A ProjectRows."""

    def __init__(self, service: TableServiceClient) -> None:
        self._service = service

    async def beside_shards(self, project: str) -> AsyncIterator[Sequence[Row]]:
        for some in _BESIDE_SHARDS:
            async for page in self._table(project).query_entities(some).by_page():
                yield [_row(entity) async for entity in page]

    async def of_shard(self, project: str, shard: int) -> Sequence[Row]:
        table, partition = self._table(project), f"{shard:04d}"
        known: dict[str, TableEntity] = {}
        for _ in range(READINGS):
            known |= await _changed(table, partition, known.values())
            if _CONTROL not in known:
                raise NotFound("shard", str(shard))
            now = await table.get_entity(partition, _CONTROL, select=["RowKey"])
            if now.metadata["etag"] == known[_CONTROL].metadata["etag"]:
                return [_row(known[key]) for key in sorted(known)]
        raise Unavailable("Many people work on these items at once. Pause the project, and try again.")

    async def clear(self, project: str) -> None:
        try:
            await self._service.create_table(project)
        except HttpResponseError as error:
            if getattr(error, "error_code", None) == TableErrorCode.TABLE_BEING_DELETED:
                raise Unavailable("The project is still being deleted.", _DELETING_SECONDS) from error
            if not isinstance(error, ResourceExistsError):
                raise
            await _delete_all(self._table(project))

    async def put(self, project: str, rows: Sequence[Row]) -> None:
        for some in _transactions(rows):
            replace = {"mode": UpdateMode.REPLACE}
            operations = [("upsert", _entity(row), replace) for row in some]
            await self._table(project).submit_transaction(operations)

    def _table(self, project: str) -> TableClient:
        return self._service.get_table_client(project)


async def _changed(
    table: TableClient, partition: str, known: Iterable[TableEntity]
) -> Mapping[str, TableEntity]:
    """The rows of a partition, by key, that may be newer than all that are known."""
    which = "PartitionKey eq @partition"
    parameters: dict[str, str | datetime] = {"partition": partition}
    times = [_written(row) for row in known]
    if times:
        which += " and Timestamp ge @since"
        parameters["since"] = max(times) - _SAME_CLOCK
    return {row["RowKey"]: row async for row in table.query_entities(which, parameters=parameters)}


def _written(row: TableEntity) -> datetime:
    at = row.metadata["timestamp"]
    assert at is not None  # noqa: S101  every stored row has it
    return at


async def _delete_all(table: TableClient) -> None:
    async for page in table.list_entities(select=["PartitionKey", "RowKey"]).by_page():
        keys = [(row["PartitionKey"], row["RowKey"]) async for row in page]
        for partition, some in groupby(keys, key=lambda key: key[0]):
            waiting = [{"PartitionKey": partition, "RowKey": key} for _, key in some]
            for at in range(0, len(waiting), TRANSACTION_ROWS):
                batch = waiting[at : at + TRANSACTION_ROWS]
                await table.submit_transaction([("delete", keys) for keys in batch])


def _transactions(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for _, same in groupby(rows, key=lambda row: row.partition):
        batch: list[Row] = []
        weight = 0
        for row in same:
            added = _weight(row)
            if batch and (len(batch) == TRANSACTION_ROWS or weight + added > TRANSACTION_BYTES):
                yield batch
                batch, weight = [], 0
            batch.append(row)
            weight += added
        yield batch


def _weight(row: Row) -> int:
    """About how many bytes of JSON it takes: quotes take two, other letters than ASCII six."""
    texts = (value for value in row.values.values() if isinstance(value, str | bytes))
    return 500 + sum(len(text) * (2 if isinstance(text, bytes) or text.isascii() else 6) for text in texts)


def _row(entity: TableEntity) -> Row:
    values = {name: _value(value) for name, value in entity.items() if name not in ("PartitionKey", "RowKey")}
    return Row(entity["PartitionKey"], entity["RowKey"], values)


def _value(stored: Any) -> Value:
    if isinstance(stored, EntityProperty):
        return Int64(stored.value)
    if isinstance(stored, datetime):  # the SDK's own kind of it, which remembers how it was written
        return datetime.fromisoformat(stored.isoformat())
    value: Value = stored
    return value


def _entity(row: Row) -> Entity:
    values = {name: _property(value) for name, value in row.values.items()}
    return {"PartitionKey": row.partition, "RowKey": row.key, **values}


def _property(value: Value) -> Any:
    return EntityProperty(value.value, EdmType.INT64) if isinstance(value, Int64) else value
