"""The log of a project, in its table: partition `log`, a row an entry, JSON in `body*`, newest first.

A project that is gone has no table; then there is nothing to write to, and nothing to read.
"""

from contextlib import suppress

from azure.core.exceptions import ResourceExistsError, ResourceNotFoundError
from azure.data.tables import UpdateMode
from azure.data.tables.aio import TableClient, TableServiceClient

from core.adapters.table_bodies import body_parts, whole_body
from core.domain.log import LogEntry, LogPage
from core.formats.documents import LOG_ENTRY

_LOG = "log"


class TableLog:
    """An EventLog."""

    def __init__(self, service: TableServiceClient) -> None:
        self._service = service

    async def append(self, project: str, entry: LogEntry) -> None:
        row = {"PartitionKey": _LOG, "RowKey": entry.place, **body_parts(LOG_ENTRY.encode(entry))}
        with suppress(ResourceNotFoundError, ResourceExistsError):  # no two entries share a place
            await self._table(project).create_entity(row)

    async def page(self, project: str, limit: int, after: str | None = None) -> LogPage:
        rows = self._table(project).query_entities(
            "PartitionKey eq @log and RowKey gt @after",
            parameters={"log": _LOG, "after": after or ""},
            results_per_page=limit + 1,
        )
        found: list[LogEntry] = []
        with suppress(ResourceNotFoundError):
            async for row in rows:
                found.append(LOG_ENTRY.decode(whole_body(row)))
                if len(found) > limit:
                    return LogPage(found[:limit], found[limit - 1].place)
        return LogPage(found, None)

    async def forget(self, project: str, text: str) -> None:
        table = self._table(project)
        with suppress(ResourceNotFoundError):
            async for row in table.query_entities("PartitionKey eq @log", parameters={"log": _LOG}):
                entry = LOG_ENTRY.decode(whole_body(row))
                if entry.without(text) != entry:
                    keys = {"PartitionKey": _LOG, "RowKey": row["RowKey"]}
                    bodies = body_parts(LOG_ENTRY.encode(entry.without(text)))
                    await table.upsert_entity({**keys, **bodies}, UpdateMode.REPLACE)

    def _table(self, project: str) -> TableClient:
        return self._service.get_table_client(project)
