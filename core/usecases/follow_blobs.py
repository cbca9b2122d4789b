"""Bring items up to what has become of their blobs: gone, back, or replaced by others."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from core.domain.errors import Unavailable
from core.domain.items import Item, ItemStatus
from core.domain.projects import Project
from core.domain.records import ItemAction, ItemRecord
from core.domain.shards import Change, Control
from core.logic.comparing import News
from core.logic.known_paths import digest, split
from core.logic.records.following_blobs import follow, updated
from core.logic.records.recording import apply_records
from core.ports import Ports
from core.usecases.batches import batches
from core.usecases.change_shard import RECORDS_A_WRITE, Decide, change_shard
from core.usecases.initialize_project import write_manifest
from core.usecases.read_ahead import read_digests

ATTEMPTS = 8

Followed = Counter[ItemAction]
"""How many items went missing, came back, or have another version."""


async def follow_blobs(ports: Ports, project: str, shard: int, news: News) -> Followed:
    """Note what became of items of a shard; of those that are as they were, nothing. Raises Unavailable."""
    followed = Followed()
    for some in batches(tuple(news), RECORDS_A_WRITE):
        followed += await _follow(ports, project, shard, {index: news[index] for index in some})
    return followed


async def follow_items(ports: Ports, project: Project, items: Sequence[Item]) -> Followed:
    """The same for items by their names, wherever in the project they are; others are passed over."""
    named = {digest(item.name): item for item in items}
    followed = Followed()
    async for shard, packed in read_digests(ports, project):
        news = {index: named[name] for index, name in enumerate(split(packed)) if name in named}
        followed += await follow_blobs(ports, project.id, shard, news)
    return followed


async def _follow(ports: Ports, project: str, shard: int, news: News) -> Followed:
    """The manifest and the records are written at once, so nothing is noted twice or forgotten."""
    now = ports.clock.now()
    for _ in range(ATTEMPTS):
        control = (await ports.shards.read(project, shard, fresh=True)).value
        items = await ports.manifests.read(control.manifest)
        if all(_is_so(control.status(index), items[index], found) for index, found in news.items()):
            return Followed()
        lines = [updated(item, news.get(index)) for index, item in enumerate(items)]
        changed = any(line is not item for line, item in zip(lines, items, strict=True))
        name = await write_manifest(ports, project, shard, lines) if changed else control.manifest
        decide = _noting(control.manifest, name, items, news, now)
        followed = await change_shard(ports, project, shard, tuple(news), decide)
        if followed is not None:
            return followed
    raise Unavailable("Many change these items at once. Try again in a moment.")


def _is_so(status: ItemStatus, item: Item, now: Item | None) -> bool:
    if now is None:
        return status in {ItemStatus.MISSING, ItemStatus.REMOVED}
    return status is not ItemStatus.MISSING and updated(item, now) is item


def _noting(
    before: str, name: str, items: Sequence[Item], news: News, now: datetime
) -> Decide[Followed | None]:
    def decide(control: Control, records: Mapping[int, ItemRecord]) -> tuple[Change | None, Followed | None]:
        if control.manifest != before:
            return None, None
        known = {index: records.get(index, ItemRecord()) for index in news}
        after = {index: follow(known[index], items[index], news[index], now) for index in news}
        change = apply_records(control, records, after) or Change(control)
        events = (event for index in news for event in after[index].events[len(known[index].events) :])
        renamed = Change(replace(change.control, manifest=name), change.records)
        return renamed, Followed(event.action for event in events)

    return decide
