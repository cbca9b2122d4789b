"""CoNLL: Azure ML's tokens out, any dialect in."""

import io
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.answers import Span, Spans
from core.domain.errors import InvalidFile
from core.domain.items import Item, ItemStatus
from core.domain.kinds import Kind
from core.formats.conll import documents, write
from core.formats.export_rows import ExportRow, Sheet
from tests.examples import a_record

MADE = a_record().revisions[0]


def _row(text: str | None, *spans: Span) -> ExportRow:
    made = replace(MADE, answer=Spans(spans))
    item = Item("a.txt", "e1", 9)
    return ExportRow("0000-0007", item, "https://s/a.txt", ItemStatus.LABELED, made, text=text)


async def _written(*rows: ExportRow) -> tuple[str, list[str]]:
    async def stream() -> AsyncIterator[ExportRow]:
        for row in rows:
            yield row

    refused: list[str] = []
    sheet = Sheet(Kind.TEXT_NER, ["person", "place"], "data")
    chunks = write(stream(), sheet, lambda _row, why: refused.append(why), io.BytesIO())
    return b"".join([chunk async for chunk in chunks]).decode(), refused


def _read(text: str) -> list[tuple[str, Spans]]:
    return list(documents(io.BytesIO(text.encode())))


async def test_a_line_has_a_token_and_its_tag_and_each_text_ends_with_a_blank_line() -> None:
    text, _ = await _written(
        _row("Ada saw New York", Span("place", 8, 16), Span("person", 0, 3)), _row("Rain")
    )
    assert text == "Ada B-person\nsaw O\nNew B-place\nYork I-place\n\nRain O\n\n"


@pytest.mark.parametrize(
    ("word", "tokens"),
    [
        ("rain", "rain"),
        ("Zürich", "Zürich"),
        ("3rd-best", "3rd-best"),
        ("well-known", "well - known"),
        ("@ada99", "@ ada 9 9"),
        ("no!", "no !"),
        ("Zürich.", "Z ü rich ."),
        ("don't", "don 't"),
        ("'tis-so", "'tis-so"),
        ("😀ok", "😀 ok"),
    ],
)
async def test_outside_spans_words_fall_apart_as_in_azure_ml(word: str, tokens: str) -> None:
    text, _ = await _written(_row(word))
    assert [line.split(" ")[0] for line in text.splitlines() if line] == tokens.split(" ")


async def test_inside_a_span_only_whitespace_separates() -> None:
    text, _ = await _written(_row("the O'Neil-Ray\r\n Trio!", Span("person", 4, 21)))
    assert text == "the O\nO'Neil-Ray B-person\nTrio I-person\n! O\n\n"


async def test_offsets_count_code_points_and_carriage_returns() -> None:
    text, _ = await _written(_row("😀\r\nAda", Span("person", 3, 6)))
    assert text == "😀 O\nAda B-person\n\n"


async def test_of_spans_with_one_start_the_last_stands() -> None:
    text, refused = await _written(_row("New York", Span("person", 0, 3), Span("place", 0, 8)))
    assert (text, refused) == ("New B-place\nYork I-place\n\n", [])


async def test_what_one_tag_per_token_cannot_say_is_refused() -> None:
    skipped = replace(_row("a"), annotation=replace(MADE, answer=None, skipped="blurred"))
    overlapping = _row("New York", Span("place", 0, 8), Span("person", 4, 8))
    text, refused = await _written(_row(None), skipped, overlapping, _row("Rain"))
    assert text == "Rain O\n\n"
    assert [why.split(",")[0] for why in refused] == [
        "the text cannot be read",
        "it has no spans",
        "spans overlap",
    ]


ADA_NEW_YORK = Spans((Span("person", 0, 3), Span("place", 8, 16)))


@pytest.mark.parametrize(
    "tags",
    [
        "B-person O B-place I-place",  # IOB2
        "I-person O I-place I-place",  # IOB1
        "S-person O B-place E-place",  # BIOES
        "U-person O B-place L-place",  # BILOU
    ],
)
def test_dialects_of_tags_say_the_same(tags: str) -> None:
    tokens = ["Ada", "saw", "New", "York"]
    file = "".join(f"{token}\t{tag}\n" for token, tag in zip(tokens, tags.split(), strict=True))
    assert _read(file) == [("Ada saw New York", ADA_NEW_YORK)]


def test_the_tag_is_the_last_column_and_docstart_no_token() -> None:
    file = "-DOCSTART- -X- -X- O\r\n\r\nAda NNP I-NP B-person\r\n\t\r\n\r\nRain NN O O"
    assert _read(file) == [("Ada", Spans((Span("person", 0, 3),))), ("Rain", Spans(()))]


def test_neighbours_of_one_label_stay_two_spans() -> None:
    ((_, spans),) = _read("Ada B-person\nBo B-person\nof I-place\nEd I-person\n")
    assert spans == Spans(
        (Span("person", 0, 3), Span("person", 4, 6), Span("place", 7, 9), Span("person", 10, 12))
    )


@pytest.mark.parametrize("line", ["Ada", "Ada person", "Ada B-", "Ada X-person", "Ada BI-person"])
def test_a_line_without_a_tag_is_named(line: str) -> None:
    with pytest.raises(InvalidFile, match="Line 2"):
        _read(f"Rain O\n{line}\n")


def test_other_encodings_are_refused() -> None:
    with pytest.raises(InvalidFile, match="UTF-8"):
        list(documents(io.BytesIO("Zürich O\n".encode("latin-1"))))


async def test_posts_as_they_are_found_keep_their_tags() -> None:
    posts = [
        ("@ada_w\tO\nIt\tO\n's\tO\nfrom\tO\nEmpire\tB-place\nState\tI-place\n=\tO\nESB\tB-place\n.\tO\n", 1),
        ("RT\tO\n@x\tO\n:\tO\nJ.K.\tB-person\nRowling's\tI-person\nhttp://t.co/a1\tO\n", 2),
    ]
    for source, split in posts:
        ((text, spans),) = _read(source)
        written, _ = await _written(_row(text, *spans.spans))
        lines = source.replace("\t", " ").splitlines()
        kept = [line for line in lines if line in written.splitlines()]
        assert len(lines) - len(kept) == split  # names and links fall apart, outside spans only
        assert [line for line in lines if not line.endswith(" O")] == [
            line for line in written.splitlines() if line and not line.endswith(" O")
        ]


WORDS = st.text(st.characters(categories=["Lu", "Ll", "Lo"]), min_size=1, max_size=6)
PARTS = st.lists(
    st.tuples(st.lists(WORDS, min_size=1, max_size=3), st.sampled_from([None, "person", "a-b/c"])), max_size=6
)


@given(PARTS, st.sampled_from([" ", "\n", "  \t", "\r\n"]))
async def test_what_is_written_reads_the_same(parts: list[tuple[list[str], str | None]], gap: str) -> None:
    text, spans, tagged = "", [], []
    for words, label in parts:
        part = gap.join(words)
        if label:
            spans.append(Span(label, len(text), len(text) + len(part)))
            tagged.append((" ".join(words), label))
        text += part + gap
    written, _ = await _written(_row(text, *spans))
    read = _read(written)
    assert [one for one, _ in read] == [" ".join(text.split())] * bool(parts)
    assert [(one[s.start : s.end], s.label) for one, found in read for s in found.spans] == tagged
