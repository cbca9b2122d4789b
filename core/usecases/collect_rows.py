"""Collect the rows of an export, shard after shard."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from core.domain.errors import NotFound, Unreadable
from core.domain.exports import ExportOptions, Format
from core.domain.items import Item, item_id
from core.domain.projects import DataType, Project
from core.domain.records import ItemRecord, Revision, Source
from core.formats.export_formats import WRITERS
from core.formats.export_rows import ExportRow
from core.logic.records.flagging import flags
from core.logic.records.relabeling import brought_up
from core.logic.records.settling import Terms
from core.logic.row_texts import row_text
from core.ports import Ports
from core.usecases.in_parallel import in_parallel
from core.usecases.look_at_item import look_at_image, read_text
from core.usecases.read_ahead import read_ahead, read_items

PARALLEL_READS = 16

Size = tuple[int | None, int | None]


async def collect_rows(
    ports: Ports, project: Project, options: ExportOptions
) -> AsyncIterator[tuple[float, Sequence[ExportRow]]]:
    """The rows of each shard, one an item or vote, and how far it is then, 0..1."""
    options = replace(options, status=options.status or WRITERS[options.format].status)
    container = (await ports.datastores.get(project.data.datastore)).address
    read = partial(_shard_rows, ports, project, options, container)
    async for shard, rows in read_ahead(project.shards, read):
        yield (shard + 1) / project.shards, rows


async def collect_columns(ports: Ports, project: Project) -> Sequence[str]:
    """All columns of the tables that a project's items are rows of, in the order they are met."""
    if project.data.type is not DataType.TABULAR:
        return ()
    columns: dict[str, None] = {}
    async for _, items in read_items(ports, project):
        for item in items:
            columns |= dict.fromkeys(item.columns or ())
    return tuple(columns)


async def _shard_rows(
    ports: Ports, project: Project, options: ExportOptions, container: str, shard: int
) -> Sequence[ExportRow]:
    control = (await ports.shards.read(project.id, shard, fresh=True)).value
    if not any(control.statuses()[status] for status in options.status):
        return ()
    items = await ports.manifests.read(control.manifest)
    terms = Terms.of(project)
    records = await ports.shards.records(project.id, shard)
    known = {index: brought_up(record, control.labels, terms) for index, record in sorted(records.items())}
    chosen = [(index, made) for index, record in known.items() for made in _chosen(record, options)]
    sizes = await _sizes(ports, project, options, container, items, dict(chosen))
    texts = await _texts(ports, project, options, container, [items[index] for index, _ in chosen])
    labelers = [_labelers(known[index], made) if options.include_labeler else () for index, made in chosen]
    names = await ports.people.names({user for users in labelers for user in users})
    return [
        ExportRow(
            id=item_id(shard, index),
            item=items[index],
            url=ports.blobs.url(container, items[index].path),
            status=known[index].status,
            annotation=made,
            width=sizes[index][0],
            height=sizes[index][1],
            text=text,
            labeler=", ".join(names.get(user, user) for user in users),
            standing=_says_what_stands(known[index], made),
            flags=[flagged.flag or "" for flagged in flags(known[index])],
        )
        for (index, made), text, users in zip(chosen, texts, labelers, strict=True)
    ]


def _chosen(record: ItemRecord, options: ExportOptions) -> Sequence[Revision]:
    """What stands, or the votes that have an answer, as far as it is wanted."""
    if record.status not in options.status or (options.approved_only and not record.approved):
        return ()
    if record.by_model and not options.include_accepted:
        return ()
    if options.format is Format.VOTES:
        found = [made for made in record.votes.values() if made.answer is not None]
    else:
        found = [record.annotation] if record.annotation is not None else []
    return [
        made
        for made in found
        if (options.made_from is None or made.at >= options.made_from)
        and (options.made_to is None or made.at < options.made_to)
    ]


def _labelers(record: ItemRecord, made: Revision) -> Sequence[str]:
    """Who made a revision: a consensus, all who voted."""
    return tuple(record.votes) if made.source is Source.CONSENSUS else (made.user,)


def _says_what_stands(record: ItemRecord, made: Revision) -> bool:
    standing = record.annotation
    return standing is not None and made.answer == standing.answer


async def _sizes(
    ports: Ports,
    project: Project,
    options: ExportOptions,
    container: str,
    items: Sequence[Item],
    chosen: Mapping[int, Revision],
) -> Mapping[int, Size]:
    """The sizes of images: as they were looked at, as the page measured them, or measured now.

    Votes are in pixels, so theirs is not worth a look.
    """
    sizes = {index: _known_size(items[index], made) for index, made in chosen.items()}
    measures = project.kind.is_image and options.format is not Format.VOTES
    unknown = [index for index, size in sizes.items() if size[0] is None and measures]

    async def measured(index: int) -> Size:
        try:
            image = await look_at_image(ports, container, items[index])
        except (Unreadable, NotFound):
            return None, None
        return image.width, image.height

    found = await in_parallel(PARALLEL_READS, measured, unknown)
    return {**sizes, **dict(zip(unknown, found, strict=True))}


def _known_size(item: Item, made: Revision) -> Size:
    if item.image is not None:
        return item.image.width, item.image.height
    return made.width, made.height


async def _texts(
    ports: Ports, project: Project, options: ExportOptions, container: str, items: Sequence[Item]
) -> Sequence[str | None]:
    """What labelers read: always of rows, of files only for a format that holds the text itself."""
    if project.kind.is_image or options.format is not Format.CONLL:
        return [row_text(item, project.data) for item in items]

    async def text(item: Item) -> str | None:
        try:
            return await read_text(ports, project, container, item)
        except (Unreadable, NotFound):
            return None

    return await in_parallel(PARALLEL_READS, text, items)
