"""Every kind of answer over HTTP: what is taken, what is refused and why, and what it becomes in a file."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from pycocotools.coco import COCO

from tests.functions.conftest import Json, Person, photo, wait_for

LABELS = [{"name": "Cat"}, {"name": "Dog"}]
BOX = {"label": "Cat", "x": 10.5, "y": 5, "width": 20, "height": 30}
RING = [10, 5, 30, 5, 30, 35, 10, 35]
HOLE = [15, 10, 20, 10, 20, 20, 15, 20]
POLYGON = {"label": "Dog", "parts": [RING], "holes": [HOLE]}
MASK = {"label": "Cat", "rle": {"size": [40, 60], "counts": "Xk02X11O0000000000000000000000000000000Y`0"}}


def _project(ana: Person, folder: str, kind: str, **changes: Any) -> str:
    ana.upload({f"{folder}/a b.jpg": photo(1)})
    return ana.running(f"{folder}/**", kind=kind, labels=LABELS, **changes)


def _answer(ana: Person, project: str, task: Json, answer: Json, **fields: Any) -> tuple[int, Json]:
    item = {"item": task["items"][0]["id"], "answer": answer, **fields}
    body = {"submission": "6f1c1f6e-5f0e-4d0a-9a53-3b1b8d3c8f10", "answers": [item]}
    response = ana.http.post(f"/api/projects/{project}/tasks/{task['id']}/submissions", json=body)
    return response.status_code, response.json()


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("image_multiclass", {"labels": ["Dog"]}),
        ("image_multilabel", {"labels": ["Dog", "Cat"]}),
        ("object_detection", {"boxes": [BOX]}),
        ("object_detection", {"boxes": []}),
        ("instance_segmentation", {"polygons": [POLYGON]}),
        ("instance_segmentation", {"polygons": []}),
        ("semantic_segmentation", {"masks": []}),
    ],
)
def test_an_answer_of_each_kind_comes_back(ana: Person, folder: str, kind: str, answer: Json) -> None:
    project = _project(ana, folder, kind)
    task = ana.must_claim(project)
    assert _answer(ana, project, task, answer)[0] == 200
    item = ana.get(f"/api/projects/{project}/items/{task['items'][0]['id']}")
    assert item["annotation"]["answer"] == answer
    assert (item["width"], item["height"]) == (60, 40)


@pytest.mark.parametrize(
    ("kind", "answer", "cats"),
    [
        ("image_multilabel", {"labels": ["Dog", "Cat"]}, (1, None)),
        ("object_detection", {"boxes": [BOX, BOX | {"x": 11}, BOX | {"label": "Dog"}]}, (1, 2)),
        ("object_detection", {"boxes": []}, (0, 0)),
        ("semantic_segmentation", {"masks": []}, (0, None)),
    ],
)
def test_the_dashboard_counts_items_and_regions_by_label(
    ana: Person, folder: str, kind: str, answer: Json, cats: tuple[int, int | None]
) -> None:
    project = _project(ana, folder, kind)
    assert _answer(ana, project, ana.must_claim(project), answer)[0] == 200
    found = ana.get(f"/api/projects/{project}/dashboard")["labels"][0]
    assert found == {"label": "Cat", "count": cats[0], "regions": cats[1]}


@pytest.mark.parametrize(
    ("kind", "answer", "words"),
    [
        ("object_detection", {"boxes": [BOX, BOX | {"width": 0}]}, "box 2 ('Cat')"),
        ("object_detection", {"boxes": [BOX | {"x": 45}]}, "60 x 40"),
        ("object_detection", {"boxes": [BOX | {"label": "Cow"}]}, "'Cow'"),
        ("object_detection", {"labels": ["Cat"]}, "object_detection"),
        ("instance_segmentation", {"polygons": [POLYGON | {"parts": [RING[:4]]}]}, "polygon 1"),
        ("instance_segmentation", {"polygons": [POLYGON | {"holes": [[0, 0, 5, 0, 5, 4]]}]}, "hole 1"),
        (
            "semantic_segmentation",
            {"masks": [MASK | {"rle": {"size": [40, 60], "counts": "~~~"}}]},
            "mask 1",
        ),
        ("image_multiclass", {"labels": ["Cat", "Dog"]}, "exactly one"),
    ],
)
def test_what_does_not_fit_is_refused_by_name_whatever_size_the_client_claims(
    ana: Person, folder: str, kind: str, answer: Json, words: str
) -> None:
    project = _project(ana, folder, kind)
    task = ana.must_claim(project)
    status, problem = _answer(ana, project, task, answer, width=9_000, height=9_000)
    assert status == 422
    assert words in problem["detail"]
    assert ana.get(f"/api/projects/{project}/dashboard")["items"]["labeled"] == 0


@pytest.mark.parametrize("overlap", [True, False])
def test_masks_share_pixels_only_where_the_project_allows_it(ana: Person, folder: str, overlap: bool) -> None:
    import numpy as np

    from core.logic.geometry import masks

    square = np.zeros((40, 60), bool)
    square[5:15, 10:30] = True
    rle = masks.encode(square)
    both = [{"label": label, "rle": {"size": [40, 60], "counts": rle.counts}} for label in ("Cat", "Dog")]
    project = _project(ana, folder, "semantic_segmentation", masks={"overlap": overlap})
    status, problem = _answer(ana, project, ana.must_claim(project), {"masks": both})
    assert status == (200 if overlap else 422)
    assert overlap or "Dog" in problem["detail"]


def test_exif_orientation_counts_everywhere(ana: Person, folder: str) -> None:
    from PIL import Image

    data = io.BytesIO()
    turned = Image.new("RGB", (60, 40), (200, 10, 10))
    exif = turned.getexif()
    exif[0x0112] = 6
    turned.save(data, "JPEG", exif=exif)
    ana.upload({f"{folder}/turned.jpg": data.getvalue()})
    project = ana.running(f"{folder}/**", kind="object_detection", labels=LABELS)
    task = ana.must_claim(project)
    assert (task["items"][0]["width"], task["items"][0]["height"]) == (40, 60)
    tall = {"label": "Cat", "x": 5, "y": 30, "width": 30, "height": 30}
    assert _answer(ana, project, task, {"boxes": [tall]})[0] == 200
    _, coco = ana.exported(project, format="coco")
    assert [(image["width"], image["height"]) for image in json.loads(coco)["images"]] == [(40, 60)]


def test_detections_go_out_in_every_format_and_come_back(ana: Person, folder: str, tmp_path: Path) -> None:
    project = _project(ana, folder, "object_detection")
    task = ana.must_claim(project)
    assert _answer(ana, project, task, {"boxes": [BOX]})[0] == 200
    formats = ana.get(f"/api/projects/{project}")["export_formats"]
    assert set(formats) == {"coco", "jsonl", "mltable", "csv", "yolo", "voc", "votes"}
    for form in set(formats) - {"votes"}:
        export, data = ana.exported(project, format=form)
        assert (export["read"], export["written"], export["refused"]) == (1, 1, 0), form
        assert data
        if form == "coco":
            (tmp_path / "coco.json").write_bytes(data)
            assert COCO(str(tmp_path / "coco.json")).anns[1]["bbox"] == [10.5, 5, 20, 30]
        tolerance = 1 if form == "voc" else 1e-3
        again = _imported_again(ana, folder, form, data)
        for side, value in BOX.items():
            if side != "label":
                assert again[side] == pytest.approx(value, abs=tolerance), (form, side)


def _imported_again(ana: Person, folder: str, form: str, data: bytes) -> Json:
    """The only box, once the file is imported as final labels into a project over the same photos."""
    suffix = {"coco": "json", "jsonl": "jsonl", "csv": "csv"}.get(form, "zip")
    path = f"imports-{folder}/{form}.{suffix}"
    if form == "mltable":
        path = f"imports-{folder}/mltable"
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            ana.upload({f"{path}/{name}": archive.read(name) for name in archive.namelist()})
    else:
        ana.upload({path: data})
    project = ana.running(f"{folder}/**", kind="object_detection", labels=LABELS)
    done = ana.imported(project, form, path, "labels")
    assert (done["read"], done["written"], done["refused"]) == (1, 1, 0), (form, done)
    [item] = ana.get(f"/api/projects/{project}/items", status="labeled")["items"]
    assert item["annotation"]["source"] == "imported"
    [box] = item["annotation"]["answer"]["boxes"]
    found: Json = box
    return found


def test_yolo_names_its_classes(ana: Person, folder: str) -> None:
    project = _project(ana, folder, "object_detection")
    assert _answer(ana, project, ana.must_claim(project), {"boxes": [BOX]})[0] == 200
    _, data = ana.exported(project, format="yolo")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = yaml.safe_load(archive.read("data.yaml"))["names"]
    assert list(names.values() if isinstance(names, dict) else names) == ["Cat", "Dog"]


def test_prelabels_are_shown_and_checked_by_people(ana: Person, folder: str) -> None:
    project = _project(ana, folder, "object_detection")
    line = {
        "image_url": f"AmlDatastore://data/{folder}/a b.jpg",
        "label": [{"label": "Dog", "topX": 0.25, "topY": 0.25, "bottomX": 0.5, "bottomY": 0.75}],
        "label_confidence": [0.75],
    }
    missing = line | {"image_url": f"AmlDatastore://data/{folder}/nobody.jpg"}
    path = f"imports-{folder}/model.jsonl"
    ana.upload({path: "\n".join([json.dumps(line), json.dumps(missing), "{"]).encode()})
    done = ana.imported(project, "jsonl", path, "prelabels")
    assert (done["read"], done["written"], done["refused"]) == (3, 1, 2)
    assert [refusal["where"] for refusal in done["refusals"]] == ["line 2", "line 3"]
    task = ana.must_claim(project)
    assert task["type"] == "prelabeled"
    [item] = task["items"]
    assert item["prelabel"] == {
        "boxes": [{"label": "Dog", "x": 15.0, "y": 10.0, "width": 15.0, "height": 20.0}]
    }
    assert item["confidence"] == 0.75
    assert ana.get(f"/api/projects/{project}/dashboard")["items"]["labeled"] == 0


def test_a_person_s_answer_is_never_replaced_by_a_file(ana: Person, folder: str) -> None:
    project = _project(ana, folder, "image_multiclass")
    assert _answer(ana, project, ana.must_claim(project), {"labels": ["Dog"]})[0] == 200
    path = f"imports-{folder}/labels.csv"
    ana.upload({path: f"path,label\r\n{folder}/a b.jpg,Cat\r\n".encode()})
    done = ana.imported(project, "csv", path, "labels")
    assert (done["read"], done["written"], done["refused"]) == (1, 0, 1)
    assert "label already" in done["refusals"][0]["why"]


def test_a_file_that_is_no_import_fails_with_a_reason(ana: Person, folder: str) -> None:
    project = _project(ana, folder, "object_detection")
    ana.upload({f"imports-{folder}/broken.json": b"<html>"})
    done = ana.imported(project, "coco", f"imports-{folder}/broken.json", "labels")
    assert done["status"] == "failed"
    assert "JSON" in done["error"]
    done = ana.imported(project, "coco", f"imports-{folder}/nowhere.json", "labels")
    assert "nowhere.json" in done["error"]


def test_only_approved_answers_are_exported_when_asked_for(ana: Person, folder: str) -> None:
    ana.upload({f"{folder}/{number}.jpg": photo(number) for number in range(3)})
    project = ana.running(f"{folder}/**")
    task = ana.must_claim(project, 4)
    ana.submit(project, task)
    chosen = [item["id"] for item in task["items"][:2]]
    address = f"/api/projects/{project}/items/review"
    ana.post(address, {"action": "approve", "items": chosen})
    export, data = ana.exported(project, format="csv", approved_only=True)
    assert export["written"] == 2
    paths = {row["path"] for row in csv.DictReader(io.StringIO(data.decode(), newline=""))}
    assert paths == {item["path"] for item in task["items"][:2]}
    assert ana.get(f"/api/projects/{project}/dashboard")["items"]["approved"] == 2
    ana.post(address, {"action": "unapprove", "items": chosen})
    assert ana.get(f"/api/projects/{project}/dashboard")["items"]["approved"] == 0


def test_an_export_cannot_be_registered_where_there_is_no_workspace(ana: Person, folder: str) -> None:
    project = _project(ana, folder, "image_multiclass")
    problem = ana.post(f"/api/projects/{project}/exports", {"format": "csv", "register": "cats"}, 422)
    assert "AZURE_ML_WORKSPACE" in problem["detail"]


def test_a_kind_goes_only_into_formats_that_carry_it(ana: Person, folder: str) -> None:
    project = _project(ana, folder, "image_multiclass")
    problem = ana.post(f"/api/projects/{project}/exports", {"format": "conll"}, 422)
    assert "coco" in problem["detail"]


def test_unreadable_images_are_set_aside_with_a_reason(ana: Person, folder: str) -> None:
    ana.upload(
        {
            f"{folder}/good.jpg": photo(1),
            f"{folder}/html.png": b"<html><body>no image</body></html>",
            f"{folder}/empty.jpg": b"",
            f"{folder}/cut.jpg": photo(2)[:200],
        }
    )
    project = ana.running(f"{folder}/**")

    def set_aside() -> bool:
        counts = ana.get(f"/api/projects/{project}/dashboard")["items"]
        return bool(counts["unreadable"] == 3)

    wait_for(set_aside)
    items = ana.get(f"/api/projects/{project}/items", status="unreadable")["items"]
    assert all(item["defect"] for item in items)
    assert [item["path"] for item in ana.must_claim(project, 9)["items"]] == [f"{folder}/good.jpg"]
    ana.upload({f"{folder}/html.png": photo(3)}, overwrite=True)
    ana.post(f"/api/projects/{project}/refresh", status=202)
    wait_for(lambda: ana.get(f"/api/projects/{project}/dashboard")["items"]["unreadable"] == 2)
