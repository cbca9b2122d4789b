"""Find what a project's path can make items of: files, the rows of tables, or what an MLTable names."""

from collections import Counter
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field

from core.domain.errors import InvalidFile
from core.domain.items import Item
from core.domain.kinds import Kind
from core.domain.projects import Data, DataType
from core.domain.transfers import Refusal
from core.formats.tables.delimited import delimiter_of, read_rows
from core.formats.tables.rows import Row
from core.logic.paths import TABLE_EXTENSIONS, TEXT_EXTENSIONS, extension, is_image
from core.ports import BlobInfo, Ports
from core.usecases.downloaded_blob import downloaded_blob
from core.usecases.find_mltable_items import find_mltable_items
from core.usecases.matching_blobs import matching_blobs

REFUSALS_KEPT = 20
CHARACTERS_MAX = 256 * 1024 * 1024
"""Of all the cells of a project's tables: they go through the memory of whoever initializes it."""

_STEP = 5_000


@dataclass(slots=True)
class Found:
    """What a search gave so far: items up to the cap, how many blobs and rows were left out for which reason,
    and the first of those by name. `count` counts the items that were taken away too; `tables` are those that
    were read to the end, with their ETags."""

    cap: int
    items: list[Item] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    refusals: list[Refusal] = field(default_factory=list)
    characters: int = 0
    count: int = 0
    tables: dict[str, str] = field(default_factory=dict)

    @property
    def left_out(self) -> int:
        """How many blobs and rows could not become items."""
        return self.reasons.total()

    def add(self, item: Item) -> None:
        """Take an item, if there is room for it."""
        if self.count >= self.cap:
            self.refuse(item.name, full(self.cap))
        else:
            self.items.append(item)
            self.count += 1

    def take(self) -> list[Item]:
        """The items since they were last taken: for a search that is too large to be held."""
        taken, self.items = self.items, []
        return taken

    def add_row(self, blob: BlobInfo, row: Row[str] | Refusal) -> None:
        """Take a row of a table, if it can be read and there is room for it."""
        if isinstance(row, Refusal):
            self.refuse(f"{blob.name}, {row.where}", row.why, "A row cannot be read.")
            return
        size = sum(map(len, row.columns.values()))
        self.characters += size
        if self.characters > CHARACTERS_MAX:
            self.refuse(
                f"{blob.name}#{row.number}", f"Tables hold at most {CHARACTERS_MAX:,} characters a project."
            )
        else:
            self.add(Item(blob.name, blob.etag, size, row.number, row.columns))

    def add_named(self, some: Iterable[Item | Refusal]) -> None:
        """Take images that a table names."""
        for one in some:
            if isinstance(one, Refusal):
                self.refuse(one.where, one.why, "A row of the MLTable names no image of its own.")
            else:
                self.add(one)

    def refuse(self, where: str, why: str, reason: str | None = None) -> None:
        """Leave something out. `reason` is what it is counted under, if not `why`."""
        self.reasons[reason or why] += 1
        if len(self.refusals) < REFUSALS_KEPT:
            self.refusals.append(Refusal(where, why))


def full(cap: int) -> str:
    """Why there is no room for an item."""
    return f"A project holds at most {cap:,} items."


async def find_items(ports: Ports, kind: Kind, data: Data, cap: int) -> AsyncIterator[Found]:
    """Search the datastore, and yield the growing result now and then. Raises NotFound, InvalidFile."""
    container = (await ports.datastores.get(data.datastore)).address
    found = Found(cap)
    if data.type is DataType.MLTABLE:
        async for some in find_mltable_items(ports, container, data):
            found.add_named(some)
            yield found
        return
    async for page in matching_blobs(ports, container, data.path):
        for blob in page:
            if data.type is DataType.FILES:
                take_file(kind, blob, found)
            else:
                async for _ in take_table(ports, container, data, blob, found):
                    yield found
        yield found


def take_file(kind: Kind, blob: BlobInfo, found: Found) -> None:
    """Take a blob as an item, if its extension is one of the kind."""
    if kind.is_image and not is_image(blob.name):
        found.refuse(blob.name, "The file's extension is not one of an image.")
    elif not kind.is_image and extension(blob.name) not in TEXT_EXTENSIONS:
        found.refuse(blob.name, "The file's extension is not .txt.")
    else:
        found.add(Item(blob.name, blob.etag, blob.size))


async def take_table(
    ports: Ports, container: str, data: Data, blob: BlobInfo, found: Found
) -> AsyncIterator[None]:
    """Take every row of a table, and come up for air now and then."""
    if extension(blob.name) not in TABLE_EXTENSIONS:
        found.refuse(blob.name, "The file's extension is neither .csv nor .tsv.")
        return
    async with downloaded_blob(ports, container, blob.name) as file:
        try:
            rows = read_rows(file, delimiter=delimiter_of(blob.name), header=data.header)
            for number, row in enumerate(rows, 1):
                found.add_row(blob, row)
                if number % _STEP == 0:
                    yield
            if found.characters <= CHARACTERS_MAX:
                found.tables[blob.name] = blob.etag
        except InvalidFile as error:
            found.refuse(blob.name, str(error), "A table cannot be read.")
