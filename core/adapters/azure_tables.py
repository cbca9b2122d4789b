"""Projects, members and datastores in one table of Azure Tables.

    partition    row              what
    project      id:<id>          a project (JSON in `body`)
    project      name:<name>      a name that was used, so never again
    datastore    <name>           a datastore (JSON in `body`)
    user:<user>  <project>        a membership (`role`)
    person       <user>           how somebody who signed in is called (`name`, `email`)

A project and its name share a partition, so that they are written together or not at all.
"""

from collections.abc import Collection, Mapping

from azure.core import MatchConditions
from azure.core.exceptions import ResourceModifiedError, ResourceNotFoundError
from azure.data.tables import TableTransactionError, UpdateMode
from azure.data.tables.aio import TableClient, TableServiceClient

from core.adapters.table_keys import safe_key, unsafe_key
from core.domain.errors import NameTaken, NotFound, Stale
from core.domain.people import Member, Role, User
from core.domain.projects import Datastore, Project
from core.formats.documents import DATASTORE, PROJECT
from core.ports import Versioned

TABLE = "tagwerk"
_PROJECT, _DATASTORE, _USER, _PERSON = "project", "datastore", "user:", "person"
_ID, _NAME = "id:", "name:"
_WEAK = "W/"
_CONFLICT = 409


async def global_table(service: TableServiceClient) -> TableClient:
    """The table that all projects share, created on first use."""
    return await service.create_table_if_not_exists(TABLE)


class TableProjects:
    """A ProjectStore."""

    def __init__(self, table: TableClient) -> None:
        self._table = table

    async def add(self, project: Project) -> None:
        name = {"PartitionKey": _PROJECT, "RowKey": _NAME + safe_key(project.name.casefold())}
        try:
            await self._table.submit_transaction([("create", name), ("create", _row(project))])
        except TableTransactionError as error:
            if error.status_code != _CONFLICT:
                raise
            raise NameTaken(project.name) from error

    async def get(self, project: str, *, fresh: bool = False) -> Versioned[Project]:
        try:
            row = await self._table.get_entity(_PROJECT, _ID + safe_key(project))
        except ResourceNotFoundError as error:
            raise NotFound("project", project) from error
        return Versioned(PROJECT.decode(row["body"]), _strong(str(row.metadata["etag"])))

    async def all(self) -> list[Project]:
        rows = self._table.query_entities(
            f"PartitionKey eq '{_PROJECT}' and RowKey ge '{_ID}' and RowKey lt 'id;'"
        )
        return [PROJECT.decode(row["body"]) async for row in rows]

    async def replace(self, project: Project, etag: str) -> str:
        try:
            written = await self._table.update_entity(
                _row(project),
                UpdateMode.REPLACE,
                etag=_WEAK + etag,
                match_condition=MatchConditions.IfNotModified,
            )
        except ResourceModifiedError as error:
            raise Stale("project") from error
        except ResourceNotFoundError as error:
            raise NotFound("project", project.id) from error
        return _strong(str(written["etag"]))

    async def remove(self, project: str) -> None:
        await self._table.delete_entity(_PROJECT, _ID + safe_key(project))


def _strong(etag: str) -> str:
    """Tables mark their ETags as weak, which If-Match over HTTP must not compare."""
    return etag.removeprefix(_WEAK)


def _row(project: Project) -> dict[str, str]:
    return {"PartitionKey": _PROJECT, "RowKey": _ID + project.id, "body": PROJECT.encode(project)}


class TableMembers:
    """A MemberStore."""

    def __init__(self, table: TableClient) -> None:
        self._table = table

    async def role(self, project: str, user: str) -> Role | None:
        try:
            row = await self._table.get_entity(_USER + safe_key(user), safe_key(project))
        except ResourceNotFoundError:
            return None
        return Role(row["role"])

    async def of_user(self, user: str) -> list[Member]:
        rows = self._table.query_entities(
            "PartitionKey eq @user", parameters={"user": _USER + safe_key(user)}
        )
        return [_member(row) async for row in rows]

    async def of_project(self, project: str) -> list[Member]:
        rows = self._table.query_entities(
            "PartitionKey ge 'user:' and PartitionKey lt 'user;' and RowKey eq @project",
            parameters={"project": safe_key(project)},
        )
        return [_member(row) async for row in rows]

    async def put(self, member: Member) -> None:
        keys = {"PartitionKey": _USER + safe_key(member.user), "RowKey": safe_key(member.project)}
        await self._table.upsert_entity({**keys, "role": member.role.value}, UpdateMode.REPLACE)

    async def remove(self, project: str, user: str) -> None:
        await self._table.delete_entity(_USER + safe_key(user), safe_key(project))


def _member(row: dict[str, str]) -> Member:
    user = unsafe_key(row["PartitionKey"].removeprefix(_USER))
    return Member(unsafe_key(row["RowKey"]), user, Role(row["role"]))


class TablePeople:
    """A PeopleStore."""

    def __init__(self, table: TableClient) -> None:
        self._table = table

    async def remember(self, user: User) -> None:
        keys = {"PartitionKey": _PERSON, "RowKey": safe_key(user.id)}
        await self._table.upsert_entity({**keys, "name": user.name, "email": user.email}, UpdateMode.REPLACE)

    async def names(self, users: Collection[str]) -> Mapping[str, str]:
        rows = self._table.query_entities(f"PartitionKey eq '{_PERSON}'", select=["RowKey", "name"])
        known = {unsafe_key(row["RowKey"]): str(row["name"]) async for row in rows}
        return {user: known[user] for user in users if user in known}


class TableDatastores:
    """A DatastoreStore."""

    def __init__(self, table: TableClient) -> None:
        self._table = table

    async def get(self, name: str) -> Datastore:
        try:
            row = await self._table.get_entity(_DATASTORE, safe_key(name))
        except ResourceNotFoundError as error:
            raise NotFound("datastore", name) from error
        return DATASTORE.decode(row["body"])

    async def all(self) -> list[Datastore]:
        rows = self._table.query_entities(f"PartitionKey eq '{_DATASTORE}'")
        return [DATASTORE.decode(row["body"]) async for row in rows]

    async def put(self, datastore: Datastore) -> None:
        keys = {"PartitionKey": _DATASTORE, "RowKey": safe_key(datastore.name)}
        await self._table.upsert_entity({**keys, "body": DATASTORE.encode(datastore)}, UpdateMode.REPLACE)
