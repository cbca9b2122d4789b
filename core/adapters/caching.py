"""What a process remembers between requests, so that a warm claim or submission is one storage call.

A control entity is remembered with its ETag: when another instance has moved it on, the next write fails,
is read again and repeated, so memory costs a call but never an answer. Projects and roles are remembered for
a few seconds, as is which datastores there are; where one is, for a minute.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from weakref import WeakValueDictionary

from cachetools import LRUCache, TTLCache

from core.adapters.shard_reads import read_shards
from core.domain.errors import Stale
from core.domain.people import Member
from core.domain.projects import Datastore, Project
from core.domain.records import ItemRecord
from core.domain.shards import Change, Control
from core.ports import Clock, DatastoreStore, MemberStore, ProjectStore, ShardStore, Versioned

REMEMBERED_SECONDS = 3
DATASTORES_REMEMBERED_SECONDS = 60
SHARDS_REMEMBERED = 4_096


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


class CachedShards:
    """A ShardStore that remembers control entities with their ETags.

    Requests that want to see all of a project's at once wait for one of them to look.
    """

    def __init__(self, store: ShardStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._known: LRUCache[tuple[str, int], Versioned[Control]] = LRUCache(SHARDS_REMEMBERED)
        self._digests: LRUCache[tuple[str, int], bytes] = LRUCache(SHARDS_REMEMBERED)
        self._surveyed: TTLCache[tuple[str, int], datetime] = TTLCache(SHARDS_REMEMBERED, ttl=60)
        self._surveying: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def prepare(self, project: str) -> None:
        await self._store.prepare(project)

    async def drop(self, project: str) -> None:
        await self._store.drop(project)
        for key in [key for key in self._known if key[0] == project]:
            del self._known[key]

    async def create(self, project: str, control: Control, digests: bytes) -> bool:
        return await self._store.create(project, control, digests)

    async def read(self, project: str, shard: int, *, fresh: bool = False) -> Versioned[Control]:
        known = None if fresh else self._known.get((project, shard))
        if known is None:
            known = await self._store.read(project, shard, fresh=True)
            self._known[project, shard] = known
        return known

    async def read_all(
        self, project: str, shards: int, max_age: timedelta = timedelta(0)
    ) -> Sequence[Versioned[Control]]:
        async with self._surveying.setdefault(project, asyncio.Lock()):
            surveyed = self._surveyed.get((project, shards))
            if surveyed is None or self._clock.now() - surveyed >= max_age:
                await self._survey(project, shards)
        known = [self._known.get((project, shard)) for shard in range(shards)]
        forgotten = [shard for shard, found in enumerate(known) if found is None]
        again = iter(await read_shards(partial(self.read, project), forgotten))
        return [found or next(again) for found in known]

    async def commit(
        self, project: str, change: Change, etag: str, digests: bytes | None = None
    ) -> Versioned[Control]:
        key = (project, change.control.shard)
        try:
            committed = await self._store.commit(project, change, etag, digests)
        except Stale:
            self._known.pop(key, None)
            raise
        self._known[key] = committed
        return committed

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

    async def _survey(self, project: str, shards: int) -> None:
        begun = self._clock.now()
        before = {shard: self._known.get((project, shard)) for shard in range(shards)}
        for found in await self._store.read_all(project, shards):
            key = (project, found.value.shard)
            if self._known.get(key) is before[found.value.shard]:  # else a commit here is newer
                self._known[key] = found
        self._surveyed[project, shards] = begun


def _memory(clock: Clock, seconds: float = REMEMBERED_SECONDS) -> "TTLCache[Any, Any]":
    return TTLCache(SHARDS_REMEMBERED, ttl=seconds, timer=lambda: clock.now().timestamp())
