"""Projects, members and datastores in one table of Azure Tables.

    partition          row                what
    project:<id>       project            a project (JSON in `body*`)
    name               <name>             a name that was used, so never again (`project`: whose it was)
    datastore          <name>             a datastore (JSON in `body`)
    user:<user>        <project>          a person's membership (`role`, `limit`, `vendor`)
    group              <project>:<group>  a group's membership (the same)
    invited:<address>  <project>          an invitation (the same)
    invited:<address>  taken:<project>    who is just taking it (`taker`)
    person             <user>             how somebody who signed in is called (`name`, `email`)

A project has a partition to itself, because every instance reads it every few seconds: of a partition no more
than 2,000 entities a second can be read. So its name is reserved first; a crash right then leaves a name that
nobody can use again, as after a deletion. All groups share a partition, because a token names up to 200 of
them: they are read at once.
"""

import secrets
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import Any

from azure.core import MatchConditions
from azure.core.exceptions import ResourceExistsError, ResourceModifiedError, ResourceNotFoundError
from azure.data.tables import TableTransactionError, UpdateMode
from azure.data.tables.aio import TableClient, TableServiceClient

from core.adapters.table_bodies import body_parts, whole_body
from core.adapters.table_keys import safe_key, unsafe_key
from core.domain.errors import NameTaken, NotFound, Stale, StillThere
from core.domain.people import GROUP, Invitation, Member, Person, Role, User
from core.domain.projects import Datastore, Project
from core.formats.documents import DATASTORE, PROJECT
from core.ports import Versioned

TABLE = "tagwerk"
_PROJECT, _DATASTORE, _USER, _PERSON = "project", "datastore", "user:", "person"
_NAME = "name"
_GROUP, _INVITED, _TAKEN = "group", "invited:", "taken:"
_WEAK = "W/"
_NOT_FOUND, _CONFLICT = 404, 409

Row = dict[str, Any]


async def global_table(service: TableServiceClient) -> TableClient:
    """The table that all projects share, created on first use."""
    return await service.create_table_if_not_exists(TABLE)


class TableProjects:
    """A ProjectStore."""

    def __init__(self, table: TableClient) -> None:
        self._table = table

    async def add(self, project: Project) -> None:
        await self._reserve(project.id, project.name)
        with suppress(ResourceExistsError):  # this was written, and only the reply was lost
            await self._table.create_entity(_row(project))

    async def get(self, project: str, *, fresh: bool = False) -> Versioned[Project]:
        try:
            row = await self._table.get_entity(*_keys(project))
        except ResourceNotFoundError as error:
            raise NotFound("project", project) from error
        return Versioned(PROJECT.decode(whole_body(row)), _strong(str(row.metadata["etag"])))

    async def all(self) -> list[Project]:
        rows = self._table.query_entities(f"PartitionKey ge '{_PROJECT}:' and PartitionKey lt '{_PROJECT};'")
        return [PROJECT.decode(whole_body(row)) async for row in rows]

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
        await self._table.delete_entity(*_keys(project))

    async def check_return(self, project: str, name: str) -> None:
        with suppress(NotFound):
            await self.get(project, fresh=True)
            raise StillThere(name)
        with suppress(ResourceNotFoundError):
            await self._check_name(project, name)

    async def put_back(self, project: Project) -> None:
        await self.check_return(project.id, project.name)
        await self._reserve(project.id, project.name)
        try:
            await self._table.create_entity(_row(project))
        except ResourceExistsError as error:
            if (await self.get(project.id)).value != project:  # else only the reply was lost
                raise StillThere(project.name) from error

    async def _reserve(self, project: str, name: str) -> None:
        partition, row = _name_keys(name)
        try:
            await self._table.create_entity({"PartitionKey": partition, "RowKey": row, "project": project})
        except ResourceExistsError:
            await self._check_name(project, name)

    async def _check_name(self, project: str, name: str) -> None:
        if (await self._table.get_entity(*_name_keys(name))).get("project") != project:
            raise NameTaken(name)


def _strong(etag: str) -> str:
    """Tables mark their ETags as weak, which If-Match over HTTP must not compare."""
    return etag.removeprefix(_WEAK)


def _keys(project: str) -> tuple[str, str]:
    return f"{_PROJECT}:{safe_key(project)}", _PROJECT


def _name_keys(name: str) -> tuple[str, str]:
    return _NAME, safe_key(name.casefold())


def _row(project: Project) -> dict[str, str]:
    partition, row = _keys(project.id)
    return {"PartitionKey": partition, "RowKey": row, **body_parts(PROJECT.encode(project))}


class TableMembers:
    """A MemberStore."""

    def __init__(self, table: TableClient) -> None:
        self._table = table

    async def get(self, project: str, user: str) -> Member | None:
        try:
            row = await self._table.get_entity(*_member_keys(project, user))
        except ResourceNotFoundError:
            return None
        return _member(row)

    async def of_user(self, user: str) -> list[Member]:
        rows = self._table.query_entities(
            "PartitionKey eq @user", parameters={"user": _USER + safe_key(user)}
        )
        return [_member(row) async for row in rows]

    async def groups(self) -> list[Member]:
        rows = self._table.query_entities(f"PartitionKey eq '{_GROUP}'")
        return [_member(row) async for row in rows]

    async def of_project(self, project: str) -> list[Member]:
        key = safe_key(project)
        people = self._table.query_entities(
            "PartitionKey ge 'user:' and PartitionKey lt 'user;' and RowKey eq @project",
            parameters={"project": key},
        )
        groups = self._table.query_entities(
            f"PartitionKey eq '{_GROUP}' and RowKey ge @first and RowKey lt @end",
            parameters={"first": f"{key}:", "end": f"{key};"},
        )
        return [_member(row) for rows in (people, groups) async for row in rows]

    async def put(self, member: Member) -> None:
        partition, row = _member_keys(member.project, member.user)
        keys = {"PartitionKey": partition, "RowKey": row}
        await self._table.upsert_entity({**keys, **_place(member)}, UpdateMode.REPLACE)

    async def remove(self, project: str, user: str) -> None:
        await self._table.delete_entity(*_member_keys(project, user))


def _member_keys(project: str, user: str) -> tuple[str, str]:
    if user.startswith(GROUP):
        return _GROUP, f"{safe_key(project)}:{safe_key(user.removeprefix(GROUP))}"
    return _USER + safe_key(user), safe_key(project)


def _member(row: Mapping[str, Any]) -> Member:
    if row["PartitionKey"] == _GROUP:
        project, _, group = row["RowKey"].partition(":")
        return Member(unsafe_key(project), GROUP + unsafe_key(group), *_placed(row))
    user = unsafe_key(row["PartitionKey"].removeprefix(_USER))
    return Member(unsafe_key(row["RowKey"]), user, *_placed(row))


def _place(place: Member | Invitation) -> Row:
    limit = {} if place.limit is None else {"limit": place.limit}
    return {"role": place.role.value, "vendor": place.vendor, **limit}


def _placed(row: Mapping[str, Any]) -> tuple[Role, int | None, bool]:
    return Role(row["role"]), row.get("limit"), row.get("vendor", False)


class TableInvitations:
    """An InvitationStore."""

    def __init__(self, table: TableClient) -> None:
        self._table = table

    async def to(self, email: str) -> list[Invitation]:
        rows = self._table.query_entities(
            "PartitionKey eq @invited", parameters={"invited": _INVITED + safe_key(email)}
        )
        return [_invitation(row) async for row in rows if not row["RowKey"].startswith(_TAKEN)]

    async def of_project(self, project: str) -> list[Invitation]:
        rows = self._table.query_entities(
            "PartitionKey ge 'invited:' and PartitionKey lt 'invited;' and RowKey eq @project",
            parameters={"project": safe_key(project)},
        )
        return [_invitation(row) async for row in rows]

    async def put(self, invitation: Invitation) -> None:
        keys = {"PartitionKey": _INVITED + safe_key(invitation.email), "RowKey": safe_key(invitation.project)}
        await self._table.upsert_entity({**keys, **_place(invitation)}, UpdateMode.REPLACE)

    async def take(self, project: str, email: str) -> Invitation | None:
        """The taker signs in the same transaction: when its reply is lost, the signature tells who it was."""
        keys = {"PartitionKey": _INVITED + safe_key(email), "RowKey": safe_key(project)}
        signed = {**keys, "RowKey": _TAKEN + keys["RowKey"], "taker": secrets.token_hex(8)}
        try:
            row = await self._table.get_entity(*keys.values())
            # Alone, a deletion of what is gone succeeds; in a transaction it fails.
            await self._table.submit_transaction([("delete", keys), ("upsert", signed)])
        except ResourceNotFoundError:
            return None
        except TableTransactionError as error:
            if error.status_code != _NOT_FOUND:
                raise
            if not await self._is_signed(signed):
                return None
        await self._table.delete_entity(signed)
        return _invitation(row)

    async def _is_signed(self, signed: Row) -> bool:
        try:
            found = await self._table.get_entity(signed["PartitionKey"], signed["RowKey"])
        except ResourceNotFoundError:
            return False
        return bool(found["taker"] == signed["taker"])


def _invitation(row: Mapping[str, Any]) -> Invitation:
    email = unsafe_key(row["PartitionKey"].removeprefix(_INVITED))
    return Invitation(unsafe_key(row["RowKey"]), email, *_placed(row))


class TablePeople:
    """A PeopleStore."""

    def __init__(self, table: TableClient) -> None:
        self._table = table

    async def remember(self, user: User) -> None:
        keys = {"PartitionKey": _PERSON, "RowKey": safe_key(user.id)}
        await self._table.upsert_entity({**keys, "name": user.name, "email": user.email}, UpdateMode.REPLACE)

    async def names(self, users: Collection[str]) -> Mapping[str, str]:
        return {user: person.name for user, person in (await self.find(users)).items()}

    async def find(self, users: Collection[str]) -> Mapping[str, Person]:
        rows = self._table.query_entities(f"PartitionKey eq '{_PERSON}'", select=["RowKey", "name", "email"])
        known = {unsafe_key(row["RowKey"]): Person(row["name"], row["email"]) async for row in rows}
        return {user: known[user] for user in users if user in known}

    async def forget(self, user: str) -> None:
        await self._table.delete_entity(_PERSON, safe_key(user))


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
