"""The versions of a project's instructions, in its table: partition `instructions`, newest first.

A project that is gone has no table; then there is nothing to write to, and nothing to read.
"""

from contextlib import suppress

from azure.core.exceptions import ResourceExistsError, ResourceNotFoundError
from azure.data.tables.aio import TableClient, TableServiceClient

from core.adapters.table_bodies import body_parts, whole_body
from core.domain.projects import InstructionsVersion
from core.formats.documents import INSTRUCTIONS_VERSION

_PARTITION = "instructions"
_LAST = 10**9


class TableInstructions:
    """An InstructionsStore."""

    def __init__(self, service: TableServiceClient) -> None:
        self._service = service

    async def add(self, project: str, version: InstructionsVersion) -> None:
        body = INSTRUCTIONS_VERSION.encode(version)
        keys = {"PartitionKey": _PARTITION, "RowKey": _key(version.instructions.version)}
        with suppress(ResourceExistsError, ResourceNotFoundError):
            await self._table(project).create_entity({**keys, **body_parts(body)})

    async def page(self, project: str, limit: int, before: int | None = None) -> list[InstructionsVersion]:
        rows = self._table(project).query_entities(
            "PartitionKey eq @partition and RowKey gt @after",
            parameters={"partition": _PARTITION, "after": "" if before is None else _key(before)},
            results_per_page=limit,
        )
        found: list[InstructionsVersion] = []
        with suppress(ResourceNotFoundError):
            async for row in rows:
                found.append(INSTRUCTIONS_VERSION.decode(whole_body(row)))
                if len(found) == limit:
                    break
        return found

    def _table(self, project: str) -> TableClient:
        return self._service.get_table_client(project)


def _key(version: int) -> str:
    """A key that sorts before those of all earlier versions."""
    return f"{_LAST - version:09d}"
