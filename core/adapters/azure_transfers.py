"""Exports, imports, operations and runs in a project's table: a partition for each sort, JSON in `body`."""

from typing import Generic, TypeVar

from azure.core.exceptions import ResourceNotFoundError
from azure.data.tables import UpdateMode
from azure.data.tables.aio import TableClient, TableServiceClient

from core.domain.errors import NotFound
from core.domain.exports import Export
from core.domain.imports import Import
from core.domain.operations import Operation
from core.domain.runs import Run
from core.formats.documents import EXPORT, IMPORT, OPERATION, RUN, Document

M = TypeVar("M", Export, Import, Operation, Run)


class TableTransfers(Generic[M]):
    """A TransferStore. `sort` names the partition."""

    def __init__(self, service: TableServiceClient, sort: str, document: Document[M]) -> None:
        self._service = service
        self._sort = sort
        self._document: Document[M] = document

    async def put(self, project: str, transfer: M) -> None:
        body = self._document.encode(transfer)
        row = {"PartitionKey": self._sort, "RowKey": transfer.id, "body": body}
        await self._table(project).upsert_entity(row, UpdateMode.REPLACE)

    async def get(self, project: str, transfer: str) -> M:
        try:
            row = await self._table(project).get_entity(self._sort, transfer)
        except (ResourceNotFoundError, ValueError) as error:
            raise NotFound(self._sort, transfer) from error
        found: M = self._document.decode(row["body"])
        return found

    async def all(self, project: str) -> list[M]:
        rows = self._table(project).query_entities(f"PartitionKey eq '{self._sort}'")
        found = [self._document.decode(row["body"]) async for row in rows]
        return sorted(found, key=lambda transfer: transfer.created_at, reverse=True)

    def _table(self, project: str) -> TableClient:
        return self._service.get_table_client(project)


def table_exports(service: TableServiceClient) -> TableTransfers[Export]:
    """The store of exports."""
    return TableTransfers(service, "export", EXPORT)


def table_imports(service: TableServiceClient) -> TableTransfers[Import]:
    """The store of imports."""
    return TableTransfers(service, "import", IMPORT)


def table_operations(service: TableServiceClient) -> TableTransfers[Operation]:
    """The store of operations."""
    return TableTransfers(service, "operation", OPERATION)


def table_runs(service: TableServiceClient) -> TableTransfers[Run]:
    """The store of runs."""
    return TableTransfers(service, "run", RUN)
