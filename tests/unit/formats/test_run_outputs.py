import json
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.answers import Box, Boxes, Classes
from core.domain.errors import InvalidFile
from core.formats import run_outputs
from core.formats.run_outputs import (
    Asked,
    Embedded,
    InStep,
    Predicted,
    embedded,
    read_asked,
    read_embeddings,
    read_ids,
    read_metrics,
    read_predicted,
)


def _file(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text)
    return file


def test_rows_are_read_with_their_place(tmp_path: Path) -> None:
    file = _file(
        tmp_path,
        "predictions.jsonl",
        '{"id": "a", "answer": {"labels": ["Cat"]}, "confidence": 1}\n'
        '{"id": "b", "answer": {"labels": ["Dog"]}, "confidence": 0.25, "regions": [0.5], "more": 1}',
    )
    assert list(read_predicted(file, Classes)) == [
        ("predictions.jsonl, line 1", Predicted("a", Classes(("Cat",)), 1.0)),
        ("predictions.jsonl, line 2", Predicted("b", Classes(("Dog",)), 0.25, (0.5,))),
    ]


def test_what_was_asked_is_read_with_what_is_known_of_it(tmp_path: Path) -> None:
    box = {"label": "Cat", "x": 1, "y": 2, "width": 3, "height": 4}
    rows = [
        {"id": "a", "path": "a.jpg", "answer": None, "width": 4, "height": 3},
        {
            "id": "b",
            "text": "Ann",
            "answer": {"boxes": [box]},
        },
        {"id": "c", "text": {"title": "Ann"}},
    ]
    file = _file(tmp_path, "items.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    assert [row for _, row in read_asked(file, Boxes)] == [
        Asked("a", width=4, height=3),
        Asked("b", Boxes((Box("Cat", 1, 2, 3, 4),)), text="Ann"),
        Asked("c", text={"title": "Ann"}),
    ]


def test_a_line_without_an_end_is_not_held_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_outputs, "LINE_BYTES_MAX", 100)
    file = _file(tmp_path, "predictions.jsonl", '{"id": "' + "a" * 100 + '"}')
    with pytest.raises(InvalidFile, match=r"^predictions.jsonl, line 1: it has more than 0 MiB\.$"):
        list(read_predicted(file, Classes))


@given(st.binary(max_size=60))
def test_any_bytes_that_are_no_rows_are_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    file = tmp_path_factory.mktemp("any") / "predictions.jsonl"
    file.write_bytes(data)
    rows = read_predicted(file, Classes)
    if data:
        with pytest.raises(InvalidFile, match=r"^predictions\.jsonl, line \d+"):
            list(rows)
    else:
        assert list(rows) == []


def _rows(*ids: str) -> InStep[Embedded]:
    return InStep("ids.json", embedded(ids))


def _walk(rows: InStep[Embedded], *items: str) -> None:
    for item in items:
        rows.of(item, may_lack=False)
    rows.end()


def test_rows_go_in_step_with_the_items() -> None:
    rows = _rows("a", "c")
    assert rows.of("a", may_lack=False) == ("ids.json, number 1, item 'a'", Embedded("a", 0))
    assert rows.of("b", may_lack=True) is None
    assert rows.of("c", may_lack=True) == ("ids.json, number 2, item 'c'", Embedded("c", 1))
    assert rows.of("d", may_lack=True) is None
    rows.end()


@pytest.mark.parametrize(
    ("ids", "why"),
    [
        (["a"], "ids.json ends before item 'b': it is cut short."),
        (
            ["b", "a"],
            "ids.json, number 1: item 'b' is not in items.jsonl",
        ),
        (
            ["a", "a"],
            "ids.json, number 2: item 'a' is not in items.jsonl",
        ),
        (
            ["a", "b", "b"],
            "ids.json, number 3: item 'b' is not in items.jsonl",
        ),
    ],
)
def test_rows_that_are_not_in_step_are_refused(ids: list[str], why: str) -> None:
    with pytest.raises(InvalidFile, match=f"^{re.escape(why)}"):
        _walk(_rows(*ids), "a", "b")


def test_only_the_embeddings_that_are_looked_at_are_read(tmp_path: Path) -> None:
    file = tmp_path / "embeddings.npy"
    np.save(file, np.arange(6, dtype=np.float16).reshape(3, 2))
    found = read_embeddings(file, 3)
    assert isinstance(found, np.memmap)
    assert found[1].tolist() == [2, 3]
    with pytest.raises(InvalidFile, match=r"has 3 rows, and ids\.json 2 ids\.$"):
        read_embeddings(file, 2)


def test_metrics_and_ids(tmp_path: Path) -> None:
    known = {"unreadable": {"a": "no image"}, "seconds": 3, "predict": {"seconds": 1, "items": 2}, "new": []}
    found = read_metrics(_file(tmp_path, "metrics.json", json.dumps(known)))
    assert (found.unreadable, found.seconds, found.overall.f1) == ({"a": "no image"}, 3, None)
    assert read_ids(_file(tmp_path, "ids.json", '["a", "b"]')) == ["a", "b"]
    with pytest.raises(InvalidFile, match=r"^ids\.json: 1: Input should be a valid string\.$"):
        read_ids(_file(tmp_path, "ids.json", '["a", 2]'))
