"""A folder of photos becomes labeled data, through the real path."""

import csv
import io
import json
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic

import httpx
import pytest
from pycocotools.coco import COCO

from local.stack import Stack
from tests.functions.conftest import Person, photo, photos, wait_for

COUNT = 40
FOLDER = "first-light"
NAMES = ("lea", "max", "noa", "tom")


@pytest.fixture(scope="module")
def labeled(ana: Person, sign_in: Callable[..., Person]) -> tuple[str, Counter[str]]:
    """A project that four people labeled at once, and how often each photo was handed out."""
    ana.upload(photos(FOLDER, COUNT) | {f"{FOLDER}/readme.txt": b"no image"})
    project = ana.running(f"{FOLDER}/**")
    seen: Counter[str] = Counter()

    def label(name: str, size: int) -> None:
        person = sign_in(name)
        while task := person.claim(project, size):
            seen.update(item["path"] for item in task["items"])
            assert person.submit(project, task).status_code == 200

    for name in NAMES:
        ana.http.put(f"/api/projects/{project}/members/{name}", json={"role": "labeler"})
    with ThreadPoolExecutor() as pool:
        list(pool.map(label, NAMES, (1, 4, 6, 9)))
    return project, seen


def test_every_photo_is_handed_out_once(labeled: tuple[str, Counter[str]]) -> None:
    assert labeled[1] == Counter(photos(FOLDER, COUNT).keys())


def test_the_dashboard_equals_the_submissions(ana: Person, labeled: tuple[str, Counter[str]]) -> None:
    figures = ana.get(f"/api/projects/{labeled[0]}/dashboard")
    counts = {"total": COUNT, "labeled": COUNT}
    none = dict.fromkeys(
        ("skipped", "needs_review", "pending", "leased", "missing", "unreadable", "approved"), 0
    )
    assert figures["items"] == counts | none
    labels = {row["label"]: row["count"] for row in figures["labels"]}
    assert labels == {"Animal": 0, "Animal/Cat": 0, "Rose": COUNT}
    assert sum(row["labeled"] for row in figures["labelers"]) == COUNT
    assert sum(row["seconds"] for row in figures["labelers"]) == COUNT * 1.5
    assert sum(row["labeled"] for row in figures["throughput"]) == COUNT


def test_coco_loads_in_pycocotools(ana: Person, labeled: tuple[str, Counter[str]], tmp_path: Path) -> None:
    export, data = ana.exported(labeled[0], format="coco")
    assert (export["read"], export["written"], export["refused"]) == (COUNT, COUNT, 0)
    file = tmp_path / "coco.json"
    file.write_bytes(data)
    coco = COCO(str(file))
    images = coco.loadImgs(coco.getImgIds())
    assert {image["file_name"] for image in images} == set(photos(FOLDER, COUNT))
    assert {(image["width"], image["height"]) for image in images} == {(60, 40)}
    assert len(coco.getAnnIds(catIds=coco.getCatIds(catNms=["Rose"]))) == COUNT


def test_csv_has_a_row_per_photo(ana: Person, labeled: tuple[str, Counter[str]]) -> None:
    _, data = ana.exported(labeled[0], format="csv", include_labeler=True)
    rows = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
    assert {row["path"] for row in rows} == set(photos(FOLDER, COUNT))
    assert {row["labeler"] for row in rows} <= set(NAMES)


def test_a_blob_that_is_uploaded_can_be_claimed_within_ten_seconds_and_once(ana: Person, folder: str) -> None:
    ana.upload(photos(folder, 1))
    project = ana.running(f"{folder}/**")
    ana.submit(project, ana.must_claim(project))
    begun = monotonic()
    ana.upload({f"{folder}/new photo 🙂 50%.jpg": photo(7)})
    ana.upload({f"{folder}/new photo 🙂 50%.jpg": photo(8)}, overwrite=True)
    wait_for(lambda: ana.get(f"/api/projects/{project}/dashboard")["items"]["total"] == 2, 10)
    task = ana.must_claim(project, 9)
    assert monotonic() - begun < 10
    assert [item["path"] for item in task["items"]] == [f"{folder}/new photo 🙂 50%.jpg"]
    assert httpx.get(task["items"][0]["url"]).content == photo(8)


def test_no_acknowledged_answer_is_lost_when_the_app_is_killed(
    stack: Stack, ana: Person, folder: str
) -> None:
    ana.upload(photos(folder, 60))
    project = ana.running(f"{folder}/**")
    acknowledged: list[str] = []

    def label() -> None:
        while True:
            try:
                task = ana.must_claim(project)
                if ana.submit(project, task).status_code == 200:
                    acknowledged.append(task["items"][0]["id"])
            except httpx.TransportError:
                return

    thread = threading.Thread(target=label)
    thread.start()
    wait_for(lambda: len(acknowledged) >= 10)
    stack.kill_app()
    thread.join()
    stack.start_app()
    listed = ana.get(f"/api/projects/{project}/items", status="labeled", limit=200)["items"]
    labeled = {item["id"] for item in listed}
    assert set(acknowledged) <= labeled
    assert len(labeled) <= len(acknowledged) + 1
    figures = ana.get(f"/api/projects/{project}/dashboard")
    assert figures["items"]["labeled"] == figures["labels"][2]["count"] == len(labeled)
    assert figures["items"]["total"] == 60


def test_the_same_submission_five_times_counts_once(ana: Person, folder: str) -> None:
    ana.upload(photos(folder, 4))
    project = ana.running(f"{folder}/**")
    task = ana.must_claim(project, 4)
    body = {"submission": "4a5c8b1e-3f2d-4c6b-9a7e-1d2f3a4b5c6d"}
    answers = [ana.submit(project, task, **body) for _ in range(5)]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert ana.get(f"/api/projects/{project}/dashboard")["items"]["labeled"] == 4
    detail = ana.get(f"/api/projects/{project}/items/{task['items'][0]['id']}")
    assert len(detail["history"]) == 1


def test_a_project_can_be_deleted_but_its_name_not_used_again(ana: Person, folder: str) -> None:
    ana.upload(photos(folder, 2))
    project = ana.running(f"{folder}/**")
    name = ana.get(f"/api/projects/{project}")["name"]
    assert ana.http.delete(f"/api/projects/{project}").status_code == 202
    wait_for(lambda: ana.http.get(f"/api/projects/{project}").status_code == 404)
    taken = ana.http.post("/api/projects", json=_again(name, folder))
    assert taken.status_code == 409
    assert "never used twice" in json.loads(taken.text)["detail"]


def _again(name: str, folder: str) -> dict[str, object]:
    return {
        "name": name.upper(),
        "kind": "image_multiclass",
        "data": {"datastore": "data", "path": f"{folder}/**"},
        "labels": [{"name": "Rose"}],
    }
