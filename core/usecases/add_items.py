"""Add blobs to a project that is under way, each path once."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from weakref import WeakValueDictionary

from core.domain.errors import Stale, Unavailable
from core.domain.items import Item
from core.domain.projects import Project
from core.domain.shards import Change, pending_states
from core.logic.known_paths import digest, digests, split
from core.logic.tasks.sharding import SHARD_ITEMS_MAX
from core.ports import Ports
from core.usecases.change_project import change_project
from core.usecases.change_shard import hold
from core.usecases.commit_shard import commit_shard
from core.usecases.entries import entry
from core.usecases.initialize_project import create_shard, write_manifest
from core.usecases.read_ahead import read_digests

ATTEMPTS = 20

_holds: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()


async def add_items(ports: Ports, project: str, candidates: Sequence[Item]) -> int:
    """Append those candidates whose path the project does not have, and return how many that were.

    They fill the last shard up to 1,000 items, then new ones. The digests of the paths are written with the
    control entity, so of two instances that add the same path one finds its write stale, and looks again.
    """
    added = failures = 0
    async with _holds.setdefault(project, asyncio.Lock()):
        while failures < ATTEMPTS:
            found = (await ports.projects.get(project, fresh=True)).value
            if not found.under_way:
                return added
            missing = await _missing(ports, found, candidates)
            if not missing:
                return added
            try:
                added += await _append(ports, found, missing)
            except Stale:
                failures += 1
    raise Unavailable("Many instances add items to this project at once. Try again in a moment.")


async def _missing(ports: Ports, project: Project, candidates: Sequence[Item]) -> list[Item]:
    unknown = {digest(item.name): item for item in candidates}
    known = 0
    async for _, packed in read_digests(ports, project):
        for path in split(packed):
            unknown.pop(path, None)
            known += 1
    return list(unknown.values())[: max(0, ports.limits.max_items - known)]


async def _append(ports: Ports, project: Project, items: Sequence[Item]) -> int:
    last = project.shards - 1
    async with hold(project.id, last):
        known = await ports.shards.read(project.id, last, fresh=True)
        control = known.value
        batch = items[: SHARD_ITEMS_MAX - len(control.states)]
        if not batch:
            return await _open_shard(ports, project, items[:SHARD_ITEMS_MAX])
        grown = [*await ports.manifests.read(control.manifest), *batch]
        name = await write_manifest(ports, project.id, last, grown)
        changed = replace(control, manifest=name, states=control.states + pending_states(len(batch)))
        paths = digests(item.name for item in grown)
        await commit_shard(ports, project.id, Change(changed), known, paths)
    return len(batch)


async def _open_shard(ports: Ports, project: Project, batch: Sequence[Item]) -> int:
    created = await create_shard(ports, project.id, project.shards, [entry(item) for item in batch])
    shards = project.shards + 1
    await change_project(ports, project.id, lambda now: replace(now, shards=max(now.shards, shards)))
    return len(batch) if created else 0
