"""CoNLL: a token and its tag on a line, a blank line after each text.

Written as Azure ML labeling exported it: outside spans a text is split at whitespace, and words that are not
all letters fall apart further; inside a span only whitespace separates tokens, the first of which is tagged
`B-<label>` and the others `I-<label>`. Read in any of the usual dialects: columns separated by spaces or
tabs, the tag last, in IOB1, IOB2, BIOES or BILOU.
"""

import io
import re
from collections.abc import AsyncIterable, AsyncIterator, Iterator, Sequence
from itertools import pairwise
from typing import BinaryIO

from core.domain.answers import Span, Spans
from core.domain.errors import InvalidFile
from core.formats.export_rows import ExportRow, Refuse, Sheet

_OUTSIDE = "O"
_PIECES = re.compile(r"'.*|[A-Za-z]+|.", re.DOTALL)
"""What a word falls into: from an apostrophe on the rest, runs of ASCII letters, other characters singly."""

_BEGIN, _CONTINUE, _END, _SINGLE = "B", "I", "EL", "SU"
_DOCUMENT = "-DOCSTART-"
_COLUMNS = re.compile(r"[ \t]+")


async def write(
    rows: AsyncIterable[ExportRow], _sheet: Sheet, refuse: Refuse, _spool: BinaryIO
) -> AsyncIterator[bytes]:
    """The bytes of a CoNLL file in UTF-8. Of spans with the same start only the last is written."""
    async for row in rows:
        answer = row.annotation.answer
        if row.text is None:
            refuse(row, "the text cannot be read")
        elif not isinstance(answer, Spans):
            refuse(row, "it has no spans, and without them every token would be called outside")
        else:
            spans = sorted({span.start: span for span in answer.spans}.values(), key=lambda span: span.start)
            if any(one.end > other.start for one, other in pairwise(spans)):
                refuse(row, "spans overlap, and a token has only one tag; export JSONL instead")
            else:
                yield _document(row.text, spans).encode()


def _document(text: str, spans: Sequence[Span]) -> str:
    lines = [f"{token} {tag}\n" for token, tag in _tokens(text, spans)]
    return "".join(lines) + "\n"


def _tokens(text: str, spans: Sequence[Span]) -> Iterator[tuple[str, str]]:
    end = 0
    for span in spans:
        yield from _tokens_outside(text[end : span.start])
        for number, token in enumerate(text[span.start : span.end].split()):
            yield token, f"{_CONTINUE if number else _BEGIN}-{span.label}"
        end = span.end
    yield from _tokens_outside(text[end:])


def _tokens_outside(text: str) -> Iterator[tuple[str, str]]:
    for word in text.split():
        whole = word.isalpha() or word[0].isdigit()
        for token in [word] if whole else _PIECES.findall(word):
            yield token, _OUTSIDE


def documents(file: BinaryIO) -> Iterator[tuple[str, Spans]]:
    """The texts of a CoNLL file, their tokens joined by single spaces, and the spans that the tags describe.

    Raises InvalidFile for what is not UTF-8, and for a line whose last column is no tag.
    """
    tokens: list[str] = []
    tags: list[str] = []
    for number, line in enumerate(_lines(file), 1):
        columns = _COLUMNS.split(line.strip(" \t\r\n"))
        if columns[0] in {"", _DOCUMENT}:
            if tokens:
                yield " ".join(tokens), Spans(tuple(_spans(tokens, tags)))
            tokens, tags = [], []
        elif len(columns) == 1 or not _is_tag(columns[-1]):
            raise InvalidFile(f"Line {number} has no tag such as O or B-person in its last column.")
        else:
            tokens.append(columns[0])
            tags.append(columns[-1])
    if tokens:
        yield " ".join(tokens), Spans(tuple(_spans(tokens, tags)))


def _lines(file: BinaryIO) -> Iterator[str]:
    try:
        yield from io.TextIOWrapper(file, encoding="utf-8-sig", newline="\n")
    except UnicodeDecodeError as error:
        raise InvalidFile("A CoNLL file is read as UTF-8; convert this one first.") from error


def _is_tag(tag: str) -> bool:
    prefix, dash, label = tag.partition("-")
    known = len(prefix) == 1 and prefix in _BEGIN + _CONTINUE + _END + _SINGLE
    return tag == _OUTSIDE or (known and bool(dash) and bool(label))


def _spans(tokens: Sequence[str], tags: Sequence[str]) -> Iterator[Span]:
    at = 0
    current: Span | None = None
    for token, tag in zip(tokens, tags, strict=True):
        prefix, _, label = tag.partition("-")
        end = at + len(token)
        goes_on = prefix in _CONTINUE + _END and current is not None and current.label == label
        if current is not None and not goes_on:
            yield current
            current = None
        if tag != _OUTSIDE:
            current = Span(label, current.start if current else at, end)
            if prefix in _END + _SINGLE:
                yield current
                current = None
        at = end + 1
    if current is not None:
        yield current
