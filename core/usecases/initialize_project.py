"""Turn the blobs of a new project's path into items. Safe to begin again, and to run twice at once."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import accumulate

from core.domain.commands import ReadImport
from core.domain.errors import InvalidFile, NoItems, NotFound
from core.domain.imports import Import, ImportAs, ImportFormat
from core.domain.items import Item
from core.domain.projects import Project, Status
from core.domain.shards import Control, pending_states
from core.formats import manifest
from core.logic.tasks.sharding import shard_sizes, shuffled
from core.ports import Ports
from core.usecases.change_project import change_project
from core.usecases.entries import Entry, entry, packed_digests, packed_lines
from core.usecases.find_items import Found, find_items
from core.usecases.in_parallel import in_parallel
from core.usecases.start_project import AT_START, start_project

PARALLEL_SHARDS = 8

_REPORT_EVERY = timedelta(seconds=2)


async def initialize_project(ports: Ports, project: str) -> None:
    """Bring a project from initializing to running, or to failed with a reason.

    The listing is stored before anything is built on it, and every shard follows from it and the project's
    seed alone; so whoever continues builds the same shards, and skips those that exist.
    """
    found = (await ports.projects.get(project, fresh=True)).value
    if found.status is not Status.INITIALIZING:
        return
    try:
        entries = await _listing(ports, found)
    except (NoItems, NotFound, InvalidFile) as error:
        await fail_project(ports, project, str(error))
        return
    await ports.shards.prepare(project)
    shards = await _build(ports, found, shuffled(entries, found.seed))
    await change_project(ports, project, _built(shards, len(entries)))
    if found.data.import_as is None:
        await start_project(ports, project)
    else:
        await _import_labels(ports, found, found.data.import_as)


def _built(shards: int, items: int) -> Callable[[Project], Project]:
    def built(found: Project) -> Project:
        if found.status is not Status.INITIALIZING:
            return found
        return replace(found, shards=shards, found=items)

    return built


async def fail_project(ports: Ports, project: str, reason: str) -> None:
    """Give up on a project that initializes, and say why."""

    def failed(found: Project) -> Project:
        if found.status is not Status.INITIALIZING:
            return found
        return replace(found, status=Status.FAILED, reason=reason)

    await change_project(ports, project, failed)


def project_prefix(project: str) -> str:
    """Where in the app's container everything of a project is."""
    return f"projects/{project}/"


async def _listing(ports: Ports, project: Project) -> list[Entry]:
    container, name = ports.limits.app_container, project_prefix(project.id) + "listing.ndjson.gz"
    try:
        return _entries(await ports.blobs.read(container, name))
    except NotFound:
        entries = await _find(ports, project)
    if await ports.blobs.write(container, name, packed_lines(entries), overwrite=False):
        return entries
    return _entries(await ports.blobs.read(container, name))


def _entries(listing: bytes) -> list[Entry]:
    return [entry(item) for item in manifest.decode(listing)]


async def _find(ports: Ports, project: Project) -> list[Entry]:
    reported = ports.clock.now()
    entries: list[Entry] = []
    found = Found(ports.limits.max_items)
    async for found in find_items(ports, project.kind, project.data, ports.limits.max_items):
        entries += map(entry, found.take())
        if ports.clock.now() - reported > _REPORT_EVERY:
            reported = ports.clock.now()
            await _report(ports, project.id, len(entries))
    if not entries:
        raise NoItems(_nothing(project, found))
    await change_project(ports, project.id, _left_out(found))
    return entries


def _nothing(project: Project, found: Found) -> str:
    what = "image" if project.kind.is_image else "text"
    reasons = "".join(f" {count:,} left out: {reason}" for reason, count in found.reasons.most_common(3))
    return (
        f"No {what} matches '{project.data.path}' in datastore '{project.data.datastore}'.{reasons} "
        "Upload some and look again, or create a project over another path."
    )


def _left_out(found: Found) -> Callable[[Project], Project]:
    return lambda now: replace(now, left_out=found.left_out, refusals=tuple(found.refusals))


async def _report(ports: Ports, project: str, found: int) -> None:
    now = ports.clock.now()
    await change_project(ports, project, lambda old: replace(old, found=found, touched_at=now))


async def _build(ports: Ports, project: Project, entries: Sequence[Entry]) -> int:
    edges = tuple(accumulate(shard_sizes(len(entries)), initial=0))

    async def build(shard: int) -> None:
        await create_shard(ports, project.id, shard, entries[edges[shard] : edges[shard + 1]])

    shards = len(edges) - 1
    await in_parallel(PARALLEL_SHARDS, build, range(shards))
    return shards


async def create_shard(ports: Ports, project: str, shard: int, entries: Sequence[Entry]) -> bool:
    """Write a shard's manifest and control entity; False when another was there first."""
    name = _manifest_name(ports, project, shard)
    await ports.manifests.write_encoded(name, packed_lines(entries))
    control = Control(shard, name, pending_states(len(entries)))
    return await ports.shards.create(project, control, packed_digests(entries))


async def write_manifest(ports: Ports, project: str, shard: int, items: Sequence[Item]) -> str:
    """Store the items of a shard under a name that was never used, and return it."""
    name = _manifest_name(ports, project, shard)
    await ports.manifests.write(name, items)
    return name


def _manifest_name(ports: Ports, project: str, shard: int) -> str:
    return f"{project_prefix(project)}shards/{shard:04d}-{ports.ids.new()}.ndjson.gz"


async def _import_labels(ports: Ports, project: Project, taken_as: ImportAs) -> None:
    """Have the labels of the MLTable taken over that the items are from. The project starts after that."""
    asked = Import(
        id=AT_START,
        format=ImportFormat.MLTABLE,
        path=project.data.path,
        taken_as=taken_as,
        created_at=ports.clock.now(),
        created_by=project.created_by,
    )
    await ports.imports.put(project.id, asked)
    await ports.commands.send(ReadImport(project.id, asked.id))
