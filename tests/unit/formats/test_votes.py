"""Votes out: who said what, under names that tell people apart and need not tell who they are."""

import json
from dataclasses import replace
from typing import Any

from core.domain.answers import Box, Boxes, Classes
from core.domain.items import Item
from core.domain.kinds import Kind
from core.formats import votes
from core.formats.export_rows import ExportRow, Sheet
from tests.unit.formats.rows import LABELS, a_row, written

ROSE = Classes(("Rose",))
ANONYMOUS = Sheet(Kind.IMAGE_MULTICLASS, LABELS, "photos")
NAMED = replace(ANONYMOUS, include_labeler=True)


def _by(user: str, name: str = "", **changes: Any) -> ExportRow:
    row = a_row("a b.jpg", ROSE)
    return replace(row, annotation=replace(row.annotation, user=user), labeler=name, **changes)


def _lines(sheet: Sheet, *rows: ExportRow) -> list[dict[str, Any]]:
    data, refusals = written(votes.write, sheet, *rows)
    assert not refusals
    return [json.loads(line) for line in data.decode().splitlines()]


def test_a_vote_on_a_line() -> None:
    data, _ = written(votes.write, ANONYMOUS, _by("ben", standing=False))
    assert data.decode() == (
        '{"item":"0000-0007","path":"a b.jpg","kind":"image_multiclass","labeler":"labeler-1",'
        '"answer":{"labels":["Rose"]},"at":"2026-11-20T12:00:00+00:00","seconds":2.5,"standing":false}\n'
    )


def test_labelers_are_told_apart_and_not_told() -> None:
    lines = _lines(ANONYMOUS, *(_by(user, "Ana Lima") for user in ("ana", "ben", "ana", "cleo")))
    assert [line["labeler"] for line in lines] == ["labeler-1", "labeler-2", "labeler-1", "labeler-3"]
    assert "ana" not in json.dumps(lines)
    assert "Ana" not in json.dumps(lines)


def test_names_are_there_on_request_and_two_people_of_one_name_are_two() -> None:
    rows = [_by("id1", "Ana"), _by("id2", "Ana"), _by("id3"), _by("id1", "Ana"), _by("id4", "Ana (2)")]
    lines = _lines(NAMED, *rows)
    assert [line["labeler"] for line in lines] == ["Ana", "Ana (2)", "id3", "Ana", "Ana (2) (2)"]


def test_a_row_of_a_table_and_regions_are_as_the_api_has_them() -> None:
    box = Boxes((Box("Rose", 1.5, 2, 30, 40),))
    row = replace(a_row("x", box), item=Item("news.csv", "e2", 7, row=12, columns={}))
    (line,) = _lines(replace(ANONYMOUS, kind=Kind.OBJECT_DETECTION), row)
    assert line["path"] == "news.csv#12"
    assert line["answer"] == {"boxes": [{"label": "Rose", "x": 1.5, "y": 2.0, "width": 30.0, "height": 40.0}]}


def test_no_votes_are_no_lines() -> None:
    assert written(votes.write, ANONYMOUS) == (b"", [])
