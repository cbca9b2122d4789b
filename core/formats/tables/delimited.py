"""Rows of delimited text (RFC 4180, and what spreadsheets make of it), as a stream in bounded memory.

Python's csv module splits rows into cells, strictly: a cell that opens with a quote must close with one just
before the next delimiter. So an unclosed quote is an error and does not swallow what follows: the row is
refused, and reading goes on with the line after its first one. Of the lines that are read again in this way
only those with all cells are rows, because the others may have been inside a cell.

Text is read a block at a time. A row that the end of a block cuts in two waits for the next block, so rows
may span lines and blocks; `ROW_CHARACTERS_MAX` bounds what waits.
"""

import csv
import io
import re
from collections.abc import Generator, Iterator, Sequence
from itertools import zip_longest
from typing import BinaryIO, Literal

from core.domain.errors import InvalidFile
from core.domain.transfers import Refusal
from core.formats.tables.encodings import megabytes
from core.formats.tables.rows import Row
from core.formats.tables.text_stream import BAD, TextStream

CELL_BYTES_MAX = 1024 * 1024
ROW_CHARACTERS_MAX = 2 * 1024 * 1024
COLUMNS_MAX = 1_000
NAME_CHARACTERS_MAX = 1_000
BLOCK_BYTES = 128 * 1024
READ_AGAIN_MAX = 64 * 1024 * 1024
"""So many characters may be read a second time after errors. Beyond that, a row with an error is refused with
all its lines: else a hostile file could have every line read again for each of the lines before it."""

_UNQUOTED = "a cell opens with a quote that does not close where the cell ends"
_BYTES_OF_A_CHARACTER = 4
_LINE_END = re.compile(r"[\r\n]")

Rows = Iterator[Row[str] | Refusal]


def delimiter_of(path: str) -> str:
    """The delimiter that a file's name suggests: a tab for `.tsv`, else a comma."""
    return "\t" if path.lower().endswith(".tsv") else ","


def read_rows(
    file: BinaryIO,
    *,
    delimiter: str = ",",
    header: bool = True,
    encoding: str | None = None,
    quoting: bool = True,
    names: Sequence[str] | None = None,
) -> Rows:
    """The rows of a table, and a refusal for each row that is none.

    With a `header` the first row names the columns. A name that is there twice gets a number, `title (2)`; a
    column without a name is called by its position, `Column3`, as Azure ML does. Without a header, columns
    are called by position, or have the `names` given. The first row tells how many there are: later rows may
    have fewer cells, the missing ones being empty, but not more. Without `quoting`, quotes are characters
    like any other and rows cannot span lines.

    Lines end in LF, CRLF or CR. Blank lines are no rows. A row is refused for a cell of more than
    `CELL_BYTES_MAX`, for a NUL character, and for bytes that are none of the encoding's characters; a row of
    more than `ROW_CHARACTERS_MAX` without being held in memory. `encoding` None is detected. Raises
    InvalidFile for a header that makes no sense, an unknown encoding, and what is no text.
    """
    if len(delimiter) != 1 or delimiter in '"\r\n\0':
        raise InvalidFile(f"{delimiter[:10]!r} cannot separate cells; it takes one character, such as ','.")
    csv.field_size_limit(2 * ROW_CHARACTERS_MAX)  # one limit for the process, which is 128 KiB otherwise
    table = _Table(TextStream(file, encoding), delimiter, header, quoting)
    if names is not None and not header:
        table.name_columns(names)
    yield from table.read()


class _Table:
    def __init__(self, stream: TextStream, delimiter: str, header: bool, quoting: bool) -> None:
        self._stream, self._delimiter, self._header = stream, delimiter, header
        self._quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quoting else csv.QUOTE_NONE
        self._names: Sequence[str] = ()
        self._number = 0
        self._lines = 0
        """How many lines come before those that are being read."""
        self._read_again = 0
        self._doubtful = 0
        """Lines before this one may lie inside a cell of a refused row."""

    def read(self) -> Rows:
        waiting = ""
        while True:
            piece = self._stream.read(min(max(BLOCK_BYTES, len(waiting)), ROW_CHARACTERS_MAX))
            text = waiting + piece
            end = _last_line_end(text) if piece else len(text)
            endless = len(text) - end > ROW_CHARACTERS_MAX
            unfinished = yield from self._block(text[:end], last=endless or not piece)
            waiting = "".join(unfinished) + text[end:]
            if endless:
                why = f"the line has more than {megabytes(ROW_CHARACTERS_MAX)}"
                yield self._refused(self._lines + 1, why)
                waiting = self._skip_line()
            if not piece:
                return

    def name_columns(self, names: Sequence[str]) -> None:
        if len(names) > COLUMNS_MAX:
            raise InvalidFile(f"The table has {len(names):,} columns; at most {COLUMNS_MAX:,}.")
        if any(len(name) > NAME_CHARACTERS_MAX for name in names):
            raise InvalidFile(f"A column's name has more than {NAME_CHARACTERS_MAX:,} characters.")
        self._names = _unique(names)

    def _block(self, text: str, *, last: bool) -> Generator[Row[str] | Refusal, None, Sequence[str]]:
        """The rows of whole lines. Returns the lines of a row that goes on after them."""
        lines = list(io.StringIO(text, newline=""))
        plain = len(text) * _BYTES_OF_A_CHARACTER <= CELL_BYTES_MAX and BAD not in text and "\0" not in text
        at, count = 0, len(lines)
        while at < count:
            at, failed = yield from self._rows(lines, at, plain)
            if failed is None:
                break
            if failed == count and not last and _size(lines[at:]) <= ROW_CHARACTERS_MAX:
                break
            at = yield from self._misquoted(lines, at, failed)
        self._lines += at
        return lines[at:]

    def _rows(
        self, lines: Sequence[str], at: int, plain: bool
    ) -> Generator[Row[str] | Refusal, None, tuple[int, int | None]]:
        """Returns how far it came, and up to where the lines of a row with an error were read."""
        reader = csv.reader(
            map(lines.__getitem__, range(at, len(lines))),
            delimiter=self._delimiter,
            quoting=self._quoting,
            strict=True,
        )
        begin, names, width = at, self._names, len(self._names) or None
        try:
            for cells in reader:
                line, begin = self._lines + begin + 1, at + reader.line_num
                if plain and len(cells) == width:
                    self._number += 1
                    yield Row(self._number, dict(zip(names, cells, strict=False)), line)
                elif cells:
                    yield from self._checked(cells, line)
                    names, width = self._names, len(self._names)
        except csv.Error:
            return begin, at + reader.line_num
        return begin, None

    def _checked(self, cells: Sequence[str], line: int) -> Rows:
        if not self._names:
            self._begin(cells, line)
            if self._header:
                return
        why = self._misfit(cells, line)
        if why is not None:
            yield self._refused(line, why)
            return
        self._number += 1
        yield Row(self._number, dict(zip_longest(self._names, cells, fillvalue="")), line)

    def _begin(self, cells: Sequence[str], line: int) -> None:
        if self._header and any(BAD in cell or "\0" in cell for cell in cells):
            raise InvalidFile(f"The header, line {line}, holds bytes that are no {self._stream.encoding}.")
        self.name_columns(cells if self._header else [""] * len(cells))

    def _misfit(self, cells: Sequence[str], line: int) -> str | None:
        if len(cells) > len(self._names):
            return f"it has {len(cells)} cells for {len(self._names)} columns"
        if len(cells) < len(self._names) and line < self._doubtful:
            return "it follows a quote that does not close, and has too few cells to be a row for certain"
        for name, cell in zip(self._names, cells, strict=False):
            if len(cell) * _BYTES_OF_A_CHARACTER > CELL_BYTES_MAX:
                size = len(cell.encode(errors="replace"))
                if size > CELL_BYTES_MAX:
                    return f"column '{name}' holds {megabytes(size)}; at most {megabytes(CELL_BYTES_MAX)}"
            if BAD in cell:
                return f"column '{name}' holds bytes that are no {self._stream.encoding}"
            if "\0" in cell:
                return f"column '{name}' holds a NUL character"
        return None

    def _misquoted(self, lines: Sequence[str], at: int, failed: int) -> Generator[Refusal, None, int]:
        """Refuses the row that begins at a line. Returns the line to go on with."""
        first = self._lines + at + 1
        self._read_again += _size(lines[at + 1 : failed])
        if self._read_again <= READ_AGAIN_MAX or failed == at + 1:
            self._doubtful = max(self._doubtful, self._lines + failed + 1)
            yield self._refused(first, _UNQUOTED)
            return at + 1
        yield self._refused(first, f"{_UNQUOTED}; left out up to line {self._lines + failed}")
        return failed

    def _refused(self, line: int, why: str) -> Refusal:
        if self._header and not self._names:
            raise InvalidFile(f"The header, line {line}, cannot be read: {why}.")
        self._number += 1
        return Refusal(f"line {line}", f"{why}.")

    def _skip_line(self) -> str:
        """Leaves out the rest of a line. Returns the text from its end on."""
        while piece := self._stream.read(BLOCK_BYTES):
            if found := _LINE_END.search(piece):
                return piece[found.start() :]
        return ""


def _last_line_end(text: str) -> int:
    """Where the last whole line ends. A CR at the very end may yet be the first half of a CRLF."""
    return max(text.rfind("\n"), text.rfind("\r", 0, -1)) + 1


def _size(lines: Sequence[str]) -> int:
    return sum(map(len, lines))


def _unique(names: Sequence[str]) -> Sequence[str]:
    found: dict[str, None] = {}
    for position, name in enumerate(names, 1):
        base = unique = name if name.strip() else f"Column{position}"
        copies = 1
        while unique in found:
            copies += 1
            unique = f"{base} ({copies})"
        found[unique] = None
    return tuple(found)
