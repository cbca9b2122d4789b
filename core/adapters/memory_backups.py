"""The fakes for backups: rows made of what the other fakes hold, and backups in a dictionary."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import TypeAdapter

from core.adapters.memory import (
    MemoryInstructions,
    MemoryLog,
    MemoryShards,
    MemoryTransfers,
)
from core.adapters.memory_blobs import next_etag
from core.adapters.memory_webhooks import MemoryWebhooks
from core.domain.backups import Backup
from core.domain.errors import NotFound
from core.domain.exports import Export
from core.domain.imports import Import
from core.domain.operations import Operation
from core.domain.rows import Row
from core.domain.runs import Run
from core.domain.shards import Control
from core.formats.documents import (
    DELIVERY,
    EXPORT,
    IMPORT,
    INSTRUCTIONS_VERSION,
    LOG_ENTRY,
    OPERATION,
    RECORD,
    RUN,
    WEBHOOK,
    Document,
)
from core.ports import Versioned

_CONTROL = Document(TypeAdapter(Control))


@dataclass
class MemoryRows:
    """The rows of the fakes that have a project's table in Azure. Other rows are kept as they are put."""

    shards: MemoryShards = field(default_factory=MemoryShards)
    exports: MemoryTransfers[Export] = field(default_factory=MemoryTransfers)
    imports: MemoryTransfers[Import] = field(default_factory=MemoryTransfers)
    operations: MemoryTransfers[Operation] = field(default_factory=MemoryTransfers)
    runs: MemoryTransfers[Run] = field(default_factory=MemoryTransfers)
    log: MemoryLog = field(default_factory=MemoryLog)
    instructions: MemoryInstructions = field(default_factory=MemoryInstructions)
    webhooks: MemoryWebhooks = field(default_factory=MemoryWebhooks)
    others: dict[str, dict[tuple[str, str], Row]] = field(default_factory=dict)

    @property
    def _transfers(self) -> dict[str, tuple[MemoryTransfers[Any], Document[Any]]]:
        return {
            "export": (self.exports, EXPORT),
            "import": (self.imports, IMPORT),
            "operation": (self.operations, OPERATION),
            "run": (self.runs, RUN),
        }

    async def beside_shards(self, project: str) -> AsyncIterator[Sequence[Row]]:
        rows = [*self.others.get(project, {}).values(), *self._rows(project)]
        yield sorted(rows, key=lambda row: (row.partition, row.key))

    async def of_shard(self, project: str, shard: int) -> Sequence[Row]:
        if (project, shard) not in self.shards.rows:
            raise NotFound("shard", str(shard))
        found, partition = self.shards.rows[project, shard], f"{shard:04d}"
        control = found.control.value
        body = _CONTROL.encode(replace(control, states=b""))
        records = [
            Row(partition, f"i:{index:04d}", {"body": RECORD.encode(record)})
            for index, record in sorted(found.records.items())
        ]
        return [
            Row(partition, "0", {"body": body, "states": control.states}),
            Row(partition, "d", {"body": found.digests}),
            *records,
        ]

    async def clear(self, project: str) -> None:
        await self.shards.drop(project)
        self.others.pop(project, None)
        self.log.rows.pop(project, None)
        stores: list[dict[Any, Any]] = [store.rows for store, _ in self._transfers.values()]
        stores += [self.instructions.rows, self.webhooks.rows, self.webhooks.sent]
        for rows in stores:
            for key in [key for key in rows if key[0] == project]:
                del rows[key]

    async def put(self, project: str, rows: Sequence[Row]) -> None:
        for row in rows:
            if row.partition.isdigit():
                self._put_in_shard(project, row)
            else:
                self._put_beside(project, row)

    def _rows(self, project: str) -> list[Row]:
        rows = [
            Row(sort, key[1], {"body": document.encode(transfer)})
            for sort, (store, document) in self._transfers.items()
            for key, transfer in store.rows.items()
            if key[0] == project
        ]
        rows += [
            Row("log", entry.place, {"body": LOG_ENTRY.encode(entry)})
            for entry in self.log.rows.get(project, [])
        ]
        rows += [
            Row("instructions", f"{key[1]}", {"body": INSTRUCTIONS_VERSION.encode(version)})
            for key, version in self.instructions.rows.items()
            if key[0] == project
        ]
        hooks = [hook for key, hook in self.webhooks.rows.items() if key[0] == project]
        sent = [delivery for key, delivery in self.webhooks.sent.items() if key[0] == project]
        rows += [Row("webhook", hook.id, {"body": WEBHOOK.encode(hook)}) for hook in hooks]
        return rows + [Row(f"delivery:{one.webhook}", one.id, {"body": DELIVERY.encode(one)}) for one in sent]

    def _put_in_shard(self, project: str, row: Row) -> None:
        key = (project, int(row.partition))
        if row.key == "0":
            control = replace(_CONTROL.decode(_text(row)), states=_bytes(row, "states"))
            self.shards.put(project, Versioned(control, next_etag()))
        elif row.key == "d":
            self.shards.rows[key].digests = _bytes(row, "body")
        else:
            self.shards.rows[key].records[int(row.key.removeprefix("i:"))] = RECORD.decode(_text(row))

    def _put_beside(self, project: str, row: Row) -> None:
        if row.partition in self._transfers:
            store, document = self._transfers[row.partition]
            store.rows[project, row.key] = document.decode(_text(row))
        elif row.partition == "log":
            self.log.rows.setdefault(project, []).append(LOG_ENTRY.decode(_text(row)))
        elif row.partition == "instructions":
            self.instructions.rows[project, int(row.key)] = INSTRUCTIONS_VERSION.decode(_text(row))
        elif row.partition == "webhook":
            self.webhooks.rows[project, row.key] = WEBHOOK.decode(_text(row))
        elif row.partition.startswith("delivery:"):
            webhook = row.partition.removeprefix("delivery:")
            self.webhooks.sent[project, webhook, row.key] = DELIVERY.decode(_text(row))
        else:
            self.others.setdefault(project, {})[row.partition, row.key] = row


def _bytes(row: Row, name: str) -> bytes:
    value = row.values[name]
    assert isinstance(value, bytes)  # noqa: S101  it was when it was read
    return value


def _text(row: Row) -> str:
    return str(row.values["body"])


@dataclass
class MemoryBackups:
    """Backups in a dictionary."""

    rows: dict[str, Backup] = field(default_factory=dict)

    async def put(self, backup: Backup) -> None:
        self.rows[backup.id] = backup

    async def get(self, backup: str) -> Backup:
        if backup not in self.rows:
            raise NotFound("backup", backup)
        return self.rows[backup]

    async def all(self) -> list[Backup]:
        return sorted(self.rows.values(), key=lambda backup: backup.created_at, reverse=True)

    async def remove(self, backup: str) -> None:
        self.rows.pop(backup, None)
