"""Texts over HTTP: files, rows of tables, entities."""

import csv
import io
import json
from typing import Any

from tests.functions.conftest import Json, Person

CLASSES = [{"name": "World"}, {"name": "Sports"}]
NEWS = 'class,title,body\r\n3,"Fears, again","Unions\nsay ""no"""\r\n4,Été,🙂 race\r\n'


def _answer(ana: Person, project: str, task: Json, *answers: Json) -> tuple[int, Any]:
    items = [
        {"item": item["id"], "answer": answer} for item, answer in zip(task["items"], answers, strict=True)
    ]
    body = {"submission": "0f1c1f6e-5f0e-4d0a-9a53-3b1b8d3c8f10", "answers": items}
    response = ana.http.post(f"/api/projects/{project}/tasks/{task['id']}/submissions", json=body)
    return response.status_code, response.json()


def test_a_text_file_is_an_item(ana: Person, folder: str) -> None:
    ana.upload(
        {
            f"{folder}/a.txt": "Der Bär\r\nbrummt".encode("utf-16"),
            f"{folder}/b.txt": bytes(range(256)),
            f"{folder}/c.jpg": b"no text",
        }
    )
    project = ana.running(f"{folder}/**", kind="text_multiclass", labels=CLASSES)
    found = ana.get(f"/api/projects/{project}")
    assert (found["left_out"], [refusal["where"] for refusal in found["refusals"]]) == (
        1,
        [f"{folder}/c.jpg"],
    )
    task = ana.must_claim(project, 4)
    assert [item["text"] for item in task["items"]] == ["Der Bär\r\nbrummt"]
    assert _answer(ana, project, task, {"labels": ["Sports"]})[0] == 200
    [broken] = ana.get(f"/api/projects/{project}/items", status="unreadable")["items"]
    assert broken["path"] == f"{folder}/b.txt"
    assert broken["defect"]


def test_rows_of_a_table_are_items_and_keep_every_column(ana: Person, folder: str) -> None:
    ana.upload({f"{folder}/news.csv": NEWS.encode("utf-8-sig")})
    data = {"datastore": "data", "path": f"{folder}/*.csv", "type": "tabular", "columns": ["title", "body"]}
    project = ana.running("", kind="text_multilabel", labels=CLASSES, data=data)
    task = ana.must_claim(project, 4)
    by_path = {item["path"]: item for item in task["items"]}
    first = by_path[f"{folder}/news.csv#1"]
    assert first["columns"] == {"title": "Fears, again", "body": 'Unions\nsay "no"'}
    assert first["text"] == 'Fears, again\nUnions\nsay "no"'
    answers = [
        {"labels": ["World", "Sports"]} if item is first else {"labels": ["World"]} for item in task["items"]
    ]
    assert _answer(ana, project, task, *answers)[0] == 200
    export, written = ana.exported(project, format="csv")
    assert export["written"] == 2
    rows = list(csv.DictReader(io.StringIO(written.decode(), newline="")))
    assert list(rows[0])[:3] == ["class", "title", "body"]
    by_title = {row["title"]: row for row in rows}
    assert by_title["Fears, again"]["label"] == "World,Sports"
    assert by_title["Été"]["body"] == "🙂 race"


def test_entities_are_counted_in_code_points_and_go_out_as_conll(ana: Person, folder: str) -> None:
    ana.upload({f"{folder}/post.txt": "🙂 Ana met García in Köln".encode()})
    project = ana.running(f"{folder}/**", kind="text_ner", labels=[{"name": "person"}, {"name": "place"}])
    task = ana.must_claim(project)
    outside = {"spans": [{"label": "person", "start": 2, "end": 99}]}
    status, problem = _answer(ana, project, task, outside)
    assert (status, "span 1" in problem["detail"]) == (422, True)
    spans = [
        {"label": "person", "start": 2, "end": 5},
        {"label": "person", "start": 10, "end": 16},
        {"label": "place", "start": 20, "end": 24},
    ]
    assert _answer(ana, project, task, {"spans": spans})[0] == 200
    _, conll = ana.exported(project, format="conll")
    tagged = [line.split(" ") for line in conll.decode().splitlines() if line]
    assert tagged == [
        ["🙂", "O"],
        ["Ana", "B-person"],
        ["met", "O"],
        ["García", "B-person"],
        ["in", "O"],
        ["Köln", "B-place"],
    ]
    _, lines = ana.exported(project, format="jsonl")
    assert json.loads(lines)["label"][1] == {"label": "person", "offsetStart": 10, "offsetEnd": 16}


def test_the_preview_shows_columns_and_what_is_left_out(ana: Person, folder: str) -> None:
    ana.upload({f"{folder}/news.csv": NEWS.encode(), f"{folder}/photo.jpg": b"x"})
    body = {"path": f"{folder}/**", "type": "tabular", "kind": "text_multiclass", "columns": ["title"]}
    preview = ana.post("/api/datastores/data/preview", body)
    assert preview["matched"] == 2
    assert preview["columns"] == ["class", "title", "body"]
    assert preview["first"][0]["text"] == "Fears, again"
    assert [left["count"] for left in preview["left_out"]] == [1]
    assert preview["refusals"][0]["where"] == f"{folder}/photo.jpg"


def test_a_table_without_a_header_has_numbered_columns(ana: Person, folder: str) -> None:
    ana.upload({f"{folder}/news.tsv": b"3\tFears\n4\tRace\n"})
    data = {"datastore": "data", "path": f"{folder}/*.tsv", "type": "tabular", "header": False}
    project = ana.running("", kind="text_multiclass", labels=CLASSES, data=data)
    assert {item["text"] for item in ana.must_claim(project, 4)["items"]} == {"3\nFears", "4\nRace"}
