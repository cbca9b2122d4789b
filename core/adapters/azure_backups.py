"""Backups in the global table, where they outlive their projects: partition `backup`, JSON in `body*`."""

from azure.core.exceptions import ResourceNotFoundError
from azure.data.tables import UpdateMode
from azure.data.tables.aio import TableClient

from core.adapters.table_bodies import body_parts, whole_body
from core.adapters.table_keys import safe_key
from core.domain.backups import Backup
from core.domain.errors import NotFound
from core.formats.documents import BACKUP

_PARTITION = "backup"


class TableBackups:
    """A BackupStore."""

    def __init__(self, table: TableClient) -> None:
        self._table = table

    async def put(self, backup: Backup) -> None:
        row = {"PartitionKey": _PARTITION, "RowKey": backup.id, **body_parts(BACKUP.encode(backup))}
        await self._table.upsert_entity(row, UpdateMode.REPLACE)

    async def get(self, backup: str) -> Backup:
        try:
            row = await self._table.get_entity(_PARTITION, safe_key(backup))
        except ResourceNotFoundError as error:
            raise NotFound("backup", backup) from error
        return BACKUP.decode(whole_body(row))

    async def all(self) -> list[Backup]:
        rows = self._table.query_entities(f"PartitionKey eq '{_PARTITION}'")
        found = [BACKUP.decode(whole_body(row)) async for row in rows]
        return sorted(found, key=lambda backup: backup.created_at, reverse=True)

    async def remove(self, backup: str) -> None:
        await self._table.delete_entity(_PARTITION, safe_key(backup))
