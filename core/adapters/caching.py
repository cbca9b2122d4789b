"""What a process remembers between requests, so that a warm claim or submission is one storage call.

A control entity is remembered with its ETag: when another instance has moved it on, the next write fails,
is read again and repeated, so memory costs a call but never an answer. Projects and roles are remembered for
a few seconds, as is which datastores there are; where one is, and what is said of shards, for a minute.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from weakref import WeakValueDictionary

from cachetools import LRUCache, TTLCache

from core.domain.errors import Stale
from core.domain.people import Member
from core.domain.projects import Datastore, Project
from core.domain.records import ItemRecord
from core.domain.shards import Change, Control, Outline
from core.ports import Clock, DatastoreStore, MemberStore, ProjectStore, ShardStore, Versioned

REMEMBERED_SECONDS = 3
DATASTORES_REMEMBERED_SECONDS = 60
OUTLINES_REMEMBERED_SECONDS = 60
DIGESTS_REMEMBERED_SECONDS = 300
"""A shard that is full keeps its paths, unless its project was deleted meanwhile and restored as it was."""

SHARDS_REMEMBERED = 4_096
SHARDS_SURVEYED = 32_768
"""Of those that were only seen among many, which are mostly idle: 2 KB each."""

_Key = tuple[str, int]


class CachedProjects:
    """A ProjectStore that remembers what it read."""

    def __init__(self, store: ProjectStore, clock: Clock) -> None:
        self._store = store
        self._known: TTLCache[str, Versioned[Project]] = _memory(clock)
        self._all: TTLCache[None, list[Project]] = _memory(clock)

    async def add(self, project: Project) -> None:
        await self._store.add(project)
        self._all.clear()

    async def get(self, project: str, *, fresh: bool = False) -> Versioned[Project]:
        known = None if fresh else self._known.get(project)
        if known is None:
            known = await self._store.get(project, fresh=True)
            self._known[project] = known
        return known

    async def all(self) -> list[Project]:
        known = self._all.get(None)
        if known is None:
            known = self._all[None] = await self._store.all()
        return known

    async def replace(self, project: Project, etag: str) -> str:
        try:
            return await self._store.replace(project, etag)
        finally:
            self._forget(project.id)

    async def remove(self, project: str) -> None:
        await self._store.remove(project)
        self._forget(project)

    async def check_return(self, project: str, name: str) -> None:
        await self._store.check_return(project, name)

    async def put_back(self, project: Project) -> None:
        await self._store.put_back(project)
        self._forget(project.id)

    def _forget(self, project: str) -> None:
        self._known.pop(project, None)
        self._all.clear()


class CachedMembers:
    """A MemberStore that remembers people's own memberships, and those of all groups."""

    def __init__(self, store: MemberStore, clock: Clock) -> None:
        self._store = store
        self._known: TTLCache[tuple[str, str], tuple[Member | None]] = _memory(clock)
        self._groups: TTLCache[None, list[Member]] = _memory(clock)

    async def get(self, project: str, user: str) -> Member | None:
        known = self._known.get((project, user))
        if known is None:
            known = self._known[project, user] = (await self._store.get(project, user),)
        return known[0]

    async def of_user(self, user: str) -> list[Member]:
        return await self._store.of_user(user)

    async def groups(self) -> list[Member]:
        known = self._groups.get(None)
        if known is None:
            known = self._groups[None] = await self._store.groups()
        return known

    async def of_project(self, project: str) -> list[Member]:
        return await self._store.of_project(project)

    async def put(self, member: Member) -> None:
        await self._store.put(member)
        self._forget(member.project, member.user)

    async def remove(self, project: str, user: str) -> None:
        await self._store.remove(project, user)
        self._forget(project, user)

    def _forget(self, project: str, user: str) -> None:
        self._known.pop((project, user), None)
        self._groups.clear()


class CachedDatastores:
    """A DatastoreStore that remembers where datastores are."""

    def __init__(self, store: DatastoreStore, clock: Clock) -> None:
        self._store = store
        self._known: TTLCache[str, Datastore] = _memory(clock, DATASTORES_REMEMBERED_SECONDS)
        self._all: TTLCache[None, list[Datastore]] = _memory(clock)

    async def get(self, name: str) -> Datastore:
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = await self._store.get(name)
        return known

    async def all(self) -> list[Datastore]:
        known = self._all.get(None)
        if known is None:
            known = self._all[None] = await self._store.all()
        return known

    async def put(self, datastore: Datastore) -> None:
        await self._store.put(datastore)
        self._known.pop(datastore.name, None)
        self._all.clear()


@dataclass(frozen=True, slots=True)
class _Seen:
    known: Versioned[Control]
    at: datetime


class CachedShards:
    """A ShardStore that remembers control entities with their ETags, and a minute long what is said of them.

    What was seen among many, for a dashboard, is remembered apart from what labelers work on: no view of a
    large project makes the process forget that. Of requests that want to see many at once, one looks.
    """

    def __init__(self, store: ShardStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._worked_on: LRUCache[_Key, _Seen] = LRUCache(SHARDS_REMEMBERED)
        self._surveyed: LRUCache[_Key, _Seen] = LRUCache(SHARDS_SURVEYED)
        self._digests: TTLCache[_Key, bytes] = _memory(clock, DIGESTS_REMEMBERED_SECONDS)
        self._outlines: TTLCache[str, dict[int, Outline]] = _memory(clock, OUTLINES_REMEMBERED_SECONDS)
        self._surveying: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def prepare(self, project: str) -> None:
        await self._store.prepare(project)

    async def drop(self, project: str) -> None:
        await self._store.drop(project)
        self._outlines.pop(project, None)
        for key in [key for key in (*self._worked_on, *self._surveyed) if key[0] == project]:
            self._forget(key)
        for key in [key for key in self._digests if key[0] == project]:
            self._digests.pop(key, None)

    async def create(self, project: str, control: Control, digests: bytes) -> bool:
        return await self._store.create(project, control, digests)

    async def read(self, project: str, shard: int, *, fresh: bool = False) -> Versioned[Control]:
        seen = None if fresh else self._recall((project, shard))
        if seen is None:
            begun = self._clock.now()
            seen = _Seen(await self._store.read(project, shard, fresh=True), begun)
            self._work_on((project, shard), seen)
        return seen.known

    async def read_all(
        self, project: str, shards: Collection[int], max_age: timedelta = timedelta(0)
    ) -> Sequence[Versioned[Control]]:
        if len(shards) == 1:
            return [await self._read_one(project, shard, max_age) for shard in shards]
        async with self._surveying.setdefault(project, asyncio.Lock()):
            begun = self._clock.now()
            seen = {shard: self._recall((project, shard)) for shard in shards}
            old = [shard for shard, one in seen.items() if one is None or begun - one.at >= max_age]
            for shard, found in zip(old, await self._store.read_all(project, old), strict=True):
                newest = self._recall((project, shard))
                if newest is None or newest is seen[shard]:  # else a commit here is newer
                    newest = _Seen(found, begun)
                    self._survey((project, shard), newest)
                seen[shard] = newest
        return [one.known for one in seen.values() if one]

    async def commit(
        self, project: str, change: Change, etag: str, digests: bytes | None = None
    ) -> Versioned[Control]:
        key, begun = (project, change.control.shard), self._clock.now()
        try:
            committed = await self._store.commit(project, change, etag, digests)
        except Stale:
            self._forget(key)
            raise
        self._work_on(key, _Seen(committed, begun))
        return committed

    async def outlines(self, project: str) -> Mapping[int, Outline]:
        known = self._outlines.get(project)
        if known is None:
            known = self._outlines[project] = dict(await self._store.outlines(project))
        return known

    async def put_outline(self, project: str, shard: int, outline: Outline) -> None:
        await self._store.put_outline(project, shard, outline)
        self._outlines.get(project, {})[shard] = outline

    async def records(
        self, project: str, shard: int, indexes: Collection[int] | None = None
    ) -> Mapping[int, ItemRecord]:
        return await self._store.records(project, shard, indexes)

    async def digests(self, project: str, shard: int, *, fresh: bool = False) -> bytes:
        if fresh:  # asked of a shard that still grows, so not worth remembering
            return await self._store.digests(project, shard, fresh=True)
        known = self._digests.get((project, shard))
        if known is None:
            known = self._digests[project, shard] = await self._store.digests(project, shard, fresh=True)
        return known

    async def _read_one(self, project: str, shard: int, max_age: timedelta) -> Versioned[Control]:
        seen = self._recall((project, shard))
        is_old = seen is not None and self._clock.now() - seen.at >= max_age
        return await self.read(project, shard, fresh=is_old)

    def _recall(self, key: _Key) -> _Seen | None:
        return self._worked_on.get(key) or self._surveyed.get(key)

    def _work_on(self, key: _Key, seen: _Seen) -> None:
        self._surveyed.pop(key, None)
        self._worked_on[key] = seen

    def _survey(self, key: _Key, seen: _Seen) -> None:
        memory = self._worked_on if key in self._worked_on else self._surveyed
        memory[key] = seen

    def _forget(self, key: _Key) -> None:
        self._worked_on.pop(key, None)
        self._surveyed.pop(key, None)


def _memory(clock: Clock, seconds: float = REMEMBERED_SECONDS) -> "TTLCache[Any, Any]":
    return TTLCache(SHARDS_REMEMBERED, ttl=seconds, timer=lambda: clock.now().timestamp())
