"""The shards of a project in a table of its own, which `azure_transfers` shares.

    partition    row         what
    <shard>      0           the control entity: `states`, and JSON in `body*`, `zipped` if large
    <shard>      d           the digests of the shard's paths
    <shard>      i:<index>   an item's record: `body` (JSON), or `blob` with its address when it is large
    outline      <shard>     what was said last of the shard: two flags, two lists (JSON)

A shard is a partition, so its control entity and its records are written together or not at all. Outlines
share one, so that all are read at once.
"""

import json
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from hashlib import blake2b
from typing import Any

from azure.core import MatchConditions
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.data.tables import TableTransactionError, UpdateMode
from azure.data.tables.aio import TableClient, TableServiceClient
from cachetools import LRUCache
from pydantic import TypeAdapter

from core.adapters.shard_reads import read_shards
from core.domain.assist import Trust
from core.domain.errors import NotFound, Stale
from core.domain.records import ItemRecord
from core.domain.shards import Change, Control, Counts, Indexes, Lease, Outline
from core.formats.documents import RECORD, Document
from core.ports import BlobStore, Versioned

RECORD_BYTES_MAX = 24 * 1024
"""A longer record goes to a blob, so that a transaction of a page of nine stays far below 4 MiB."""

_PROPERTY_BYTES_MAX = 60 * 1024
_CONTROL, _DIGESTS, _ITEM = "0", "d", "i:"
_OUTLINE = "outline"
_TABLES_KEPT = 256
_RECORD_COLUMNS = ["RowKey", "body", "blob"]  # the SDK takes longer over the timestamp than over the rest
_OUTLINE_COLUMNS = ["RowKey", "pending", "gold", "labelers", "reserved"]
_CONFLICT, _PRECONDITION_FAILED = 409, 412

Row = dict[str, Any]
Operation = tuple[str, Row] | tuple[str, Row, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _Body:
    manifest: str
    leases: tuple[Lease, ...] = ()
    lapsed: tuple[Lease, ...] = ()
    counts: Counts = field(default_factory=Counts)
    predictions: str | None = None
    voted: Indexes = field(default_factory=dict)
    reserved: Indexes = field(default_factory=dict)
    gold: tuple[int, ...] = ()
    tested: Indexes = field(default_factory=dict)
    flagged: tuple[int, ...] = ()
    labels: int = 0
    groups: str | None = None
    trust: Trust | None = None


_BODY = Document(TypeAdapter(_Body))
_BODY_FIELDS = tuple(_Body.__dataclass_fields__)


class TableShards:
    """A ShardStore. Records too large for a row go to `blobs`, under the project's prefix in `container`."""

    def __init__(self, service: TableServiceClient, blobs: BlobStore, container: str) -> None:
        self._service = service
        self._blobs = blobs
        self._container = container
        self._tables: LRUCache[str, TableClient] = LRUCache(_TABLES_KEPT)

    async def prepare(self, project: str) -> None:
        await self._service.create_table_if_not_exists(project)

    async def drop(self, project: str) -> None:
        await self._service.delete_table(project)

    async def create(self, project: str, control: Control, digests: bytes) -> bool:
        rows = (_control_row(control), _digests_row(control.shard, digests))
        try:
            await self._table(project).submit_transaction([("create", row) for row in rows])
        except TableTransactionError as error:
            if error.status_code != _CONFLICT:
                raise
            return False
        return True

    async def read(self, project: str, shard: int, *, fresh: bool = False) -> Versioned[Control]:
        row = await self._get(project, shard, _CONTROL)
        return Versioned(_control(shard, row), row.metadata["etag"])

    async def read_all(
        self, project: str, shards: Collection[int], max_age: timedelta = timedelta(0)
    ) -> Sequence[Versioned[Control]]:
        return await read_shards(partial(self.read, project), shards)

    async def outlines(self, project: str) -> Mapping[int, Outline]:
        rows = self._table(project).query_entities(f"PartitionKey eq '{_OUTLINE}'", select=_OUTLINE_COLUMNS)
        return {int(row["RowKey"]): _outline(row) async for row in rows}

    async def put_outline(self, project: str, shard: int, outline: Outline) -> None:
        keys = {"PartitionKey": _OUTLINE, "RowKey": _partition(shard)}
        flags = {"pending": outline.pending, "gold": outline.gold}
        people = {"labelers": outline.labelers, "reserved": outline.reserved}
        lists = {name: json.dumps(sorted(some)) for name, some in people.items()}
        await self._table(project).upsert_entity({**keys, **flags, **lists}, UpdateMode.REPLACE)

    async def commit(
        self, project: str, change: Change, etag: str, digests: bytes | None = None
    ) -> Versioned[Control]:
        control = change.control
        others = [await self._record_row(project, control.shard, *item) for item in change.records.items()]
        if digests is not None:
            others.append(_digests_row(control.shard, digests))
        table, row = self._table(project), _control_row(control)
        written = await (_transact(table, row, etag, others) if others else _update(table, row, etag))
        return Versioned(control, written)

    async def records(
        self, project: str, shard: int, indexes: Collection[int] | None = None
    ) -> Mapping[int, ItemRecord]:
        if indexes is not None and not indexes:
            return {}
        rows = self._table(project).query_entities(_records_filter(shard, indexes), select=_RECORD_COLUMNS)
        found = {int(row["RowKey"].removeprefix(_ITEM)): await self._record(row) async for row in rows}
        return found if indexes is None else {index: found[index] for index in indexes if index in found}

    async def digests(self, project: str, shard: int, *, fresh: bool = False) -> bytes:
        return bytes((await self._get(project, shard, _DIGESTS))["body"])

    async def _record_row(self, project: str, shard: int, index: int, record: ItemRecord) -> Row:
        keys = {"PartitionKey": _partition(shard), "RowKey": f"{_ITEM}{index:04d}"}
        body = RECORD.encode(record)
        if len(body.encode()) <= RECORD_BYTES_MAX:
            return {**keys, "body": body}
        content = blake2b(body.encode(), digest_size=16).hexdigest()
        name = f"projects/{project}/records/{shard:04d}-{index:04d}-{content}.json"
        await self._blobs.write(self._container, name, body.encode())
        return {**keys, "blob": name}

    async def _record(self, row: Row) -> ItemRecord:
        if "blob" in row:
            return RECORD.decode(await self._blobs.read(self._container, row["blob"]))
        return RECORD.decode(row["body"])

    async def _get(self, project: str, shard: int, key: str) -> Any:
        try:
            return await self._table(project).get_entity(_partition(shard), key)
        except ResourceNotFoundError as error:
            raise NotFound("shard", str(shard)) from error

    def _table(self, project: str) -> TableClient:
        table = self._tables.get(project)
        if table is None:
            table = self._tables[project] = self._service.get_table_client(project)
        return table


async def _update(table: TableClient, control: Row, etag: str) -> str:
    try:
        written = await table.update_entity(
            control, UpdateMode.REPLACE, etag=etag, match_condition=MatchConditions.IfNotModified
        )
    except HttpResponseError as error:
        raise _stale_or(error) from error
    return str(written["etag"])


async def _transact(table: TableClient, control: Row, etag: str, others: Sequence[Row]) -> str:
    condition = {
        "mode": UpdateMode.REPLACE,
        "etag": etag,
        "match_condition": MatchConditions.IfNotModified,
    }
    replace = {"mode": UpdateMode.REPLACE}
    operations: list[Operation] = [("update", control, condition)]
    operations += [("upsert", row, replace) for row in others]
    try:
        written = await table.submit_transaction(operations)
    except TableTransactionError as error:
        raise _stale_or(error) from error
    return str(written[0]["etag"])


def _partition(shard: int) -> str:
    return f"{shard:04d}"


def _control_row(control: Control) -> Row:
    body = _Body(**{name: getattr(control, name) for name in _BODY_FIELDS})
    packed = _BODY.encode(body).encode()
    zipped = len(packed) > _PROPERTY_BYTES_MAX
    if zipped:
        packed = zlib.compress(packed, 1)
    parts = {
        f"body{number}": packed[at : at + _PROPERTY_BYTES_MAX]
        for number, at in enumerate(range(0, len(packed), _PROPERTY_BYTES_MAX))
    }
    keys = {"PartitionKey": _partition(control.shard), "RowKey": _CONTROL}
    return {**keys, "states": control.states, "zipped": zipped, **parts}


def _control(shard: int, row: Row) -> Control:
    packed = b"".join(_parts(row))
    body = _BODY.decode(zlib.decompress(packed) if row["zipped"] else packed)
    fields = {name: getattr(body, name) for name in _BODY_FIELDS}
    return Control(shard=shard, states=bytes(row["states"]), **fields)


def _parts(row: Row) -> Iterable[bytes]:
    number = 0
    while f"body{number}" in row:
        yield row[f"body{number}"]
        number += 1


def _digests_row(shard: int, digests: bytes) -> Row:
    return {"PartitionKey": _partition(shard), "RowKey": _DIGESTS, "body": digests}


def _outline(row: Row) -> Outline:
    labelers, reserved = (frozenset(json.loads(row[name])) for name in ("labelers", "reserved"))
    return Outline(row["pending"], row["gold"], labelers, reserved)


def _records_filter(shard: int, indexes: Collection[int] | None) -> str:
    first, last = (min(indexes), max(indexes)) if indexes else (0, 9_999)
    keys = f"RowKey ge '{_ITEM}{first:04d}' and RowKey le '{_ITEM}{last:04d}'"
    return f"PartitionKey eq '{_partition(shard)}' and {keys}"


def _stale_or(error: HttpResponseError) -> Exception:
    return Stale("shard") if error.status_code == _PRECONDITION_FAILED else error
