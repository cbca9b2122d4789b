"""A project is backed up, deleted and restored, and is what it was: every answer of the API, row and blob."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any
from uuid import uuid4

import httpx
import pytest
from azure.data.tables import TableServiceClient
from azure.storage.blob import BlobServiceClient

from local.stack import Stack
from tests.functions.conftest import Json, Person, photo, photos, wait_for

PHOTOS = 40
LABELS = [{"name": "Cat"}, {"name": "Dog"}, {"name": "Fox"}]
TWO = {"consensus": True, "min_labelers": 2, "max_labelers": 3}
PARTS = (
    "",
    "/dashboard",
    "/members",
    "/invitations",
    "/instructions",
    "/operations",
    "/agreement",
    "/runs",
    "/reservations",
    "/exports",
    "/imports",
    "/webhooks",
)
"""What the API says of a project as a whole, its log, its items and its bill aside."""

MAY_DIFFER = {"backed_up", "restored", "project_deleted"}
"""What happened after the backup was begun."""


@pytest.fixture(scope="module")
def tables(stack: Stack) -> Iterator[TableServiceClient]:
    with TableServiceClient.from_connection_string(stack.connection_string) as service:
        yield service


@pytest.fixture(scope="module")
def blobs(stack: Stack) -> Iterator[BlobServiceClient]:
    with BlobServiceClient.from_connection_string(stack.connection_string) as service:
        yield service


def _plain(told: Any) -> Any:
    """Without the signatures in addresses, which differ each time that they are asked for."""
    if isinstance(told, dict):
        return {name: _plain(value) for name, value in told.items()}
    if isinstance(told, list):
        return [_plain(value) for value in told]
    return told.partition("?")[0] if isinstance(told, str) and told.startswith("http") else told


def _items(ana: Person, project: str) -> list[Json]:
    listed: list[Json] = ana.get(f"/api/projects/{project}/items", limit=200)["items"]
    return listed


def _told(ana: Person, project: str) -> Json:
    """All that the API says of a project, by path."""
    address = f"/api/projects/{project}"
    told = {part: ana.http.get(address + part).json() for part in PARTS}
    for hook in told["/webhooks"]["items"]:
        told[hook["id"]] = ana.get(f"{address}/webhooks/{hook['id']}/deliveries")
    for item in _items(ana, project):
        told[item["id"]] = {"listed": item, "detail": ana.get(f"{address}/items/{item['id']}")}
    log = ana.get(f"{address}/log")["items"]
    told["/log"] = [entry for entry in log if entry["what"] not in MAY_DIFFER]
    files = {export["id"]: httpx.get(export["url"]) for export in told["/exports"]["items"]}
    told["files"] = {
        name: (file.headers["content-disposition"], file.headers["content-type"], file.content)
        for name, file in files.items()
    }
    plain: Json = _plain(told)
    return plain


Rows = dict[tuple[str, str], Json]


def _rows(tables: TableServiceClient, project: str) -> tuple[Rows, Rows]:
    """The rows of the project's table, and those of the global one that are its."""
    own = [row for row in tables.get_table_client(project).list_entities() if not _is_later(row)]
    shared = [
        row
        for row in tables.get_table_client("tagwerk").list_entities()
        if project in row["RowKey"] and row["PartitionKey"] != "backup" and "usage" not in row["PartitionKey"]
    ]
    return _by_key(own), _by_key(shared)


def _by_key(rows: Iterable[Mapping[str, Any]]) -> Rows:
    return {(row["PartitionKey"], row["RowKey"]): dict(row) for row in rows}


def _is_later(row: Mapping[str, Any]) -> bool:
    return row["PartitionKey"] == "log" and json.loads(row["body"])["what"] in MAY_DIFFER


def _stored(blobs: BlobServiceClient, project: str) -> dict[str, tuple[bytes, Any]]:
    container = blobs.get_container_client("tagwerk")
    names = [
        name
        for folder in ("projects", "exports")
        for name in container.list_blob_names(name_starts_with=f"{folder}/{project}/")
    ]
    read = {name: container.download_blob(name) for name in names}
    return {
        name: (found.readall(), dict(found.properties.content_settings) | {"content_md5": None})
        for name, found in read.items()
    }


def _backed_up(ana: Person, project: str) -> Json:
    address = f"/api/projects/{project}/backups"
    asked = ana.post(address, status=202)
    wait_for(lambda: ana.get(f"{address}/{asked['id']}")["status"] in {"done", "failed"})
    done: Json = ana.get(f"{address}/{asked['id']}")
    assert (done["status"], done["error"], done["progress"]) == ("done", None, 1)
    return done


def _deleted(ana: Person, project: str) -> None:
    assert ana.http.delete(f"/api/projects/{project}").status_code == 202
    wait_for(lambda: ana.http.get(f"/api/projects/{project}").status_code == 404)


def _restored(ana: Person, backup: str, **how: Any) -> Json:
    ana.post(f"/api/backups/{backup}/restore", how, 202)
    wait_for(lambda: ana.get(f"/api/backups/{backup}")["restoration"]["status"] in {"done", "failed"})
    found: Json = ana.get(f"/api/backups/{backup}")["restoration"]
    return found


def _added(ana: Person, person: Person, project: str, role: str) -> Person:
    member = person.get("/api/me")["id"]
    response = ana.http.put(f"/api/projects/{project}/members/{member}", json={"role": role})
    assert response.status_code == 200
    return person


def _answer(person: Person, project: str, pages: int) -> None:
    for _ in range(pages):
        task = person.must_claim(project, 4)
        assert person.submit(project, task, "Cat").status_code == 200


@pytest.fixture
def full(ana: Person, sign_in: Callable[..., Person], folder: str) -> str:
    """A project with something of everything that needs no job."""
    ana.upload(photos(folder, PHOTOS))
    project = ana.running(f"{folder}/**", labels=LABELS, quality=TWO, instructions={"text": "Look."})
    address = f"/api/projects/{project}"
    lines = [{"image_url": f"{folder}/{number:03d}.jpg", "label": "Fox"} for number in range(20, 30)]
    labels = "\n".join(json.dumps(line) for line in lines).encode()
    ana.upload({f"labels-{folder}.jsonl": labels})
    assert ana.imported(project, "jsonl", f"labels-{folder}.jsonl", "prelabels")["written"] == 10
    for text in ("Look twice.", "Look three times."):
        assert ana.http.patch(address, json={"instructions": {"text": text}}).status_code == 200
    ben, cleo = (_added(ana, sign_in(name), project, "labeler") for name in ("ben", "cleo"))
    _added(ana, sign_in("dora"), project, "reviewer")
    group = {"role": "labeler", "limit": 50}
    assert ana.http.put(f"{address}/members/group:{uuid4()}", json=group).status_code == 200
    ana.post(f"{address}/invitations", {"email": "eve@example.org", "role": "reviewer"}, 201)
    ana.post(f"{address}/webhooks", {"url": "http://127.0.0.1:1/", "events": ["run_started"]}, 201)
    for person in (ben, cleo):
        _answer(person, project, 3)
    labeled = [item["id"] for item in _items(ana, project) if item["status"] == "labeled"]
    ana.post(f"{address}/items/review", {"action": "approve", "items": labeled[:2]})
    ana.post(f"{address}/items/review", {"action": "reject", "items": labeled[2:3]})
    ana.post(f"{address}/pause")
    renamed = [{"name": "Tiger", "key": "t"}, {"name": "Dog"}, {"name": "Fox"}, {"name": "Eel"}]
    change = {"labels": renamed, "moves": {"Cat": "Tiger"}}
    operation = ana.post(f"{address}/labels", change, 202)["id"]
    wait_for(lambda: ana.get(f"{address}/operations/{operation}")["status"] == "done")
    ana.post(f"{address}/resume")
    operation = ana.post(f"{address}/agreement", status=202)["id"]
    wait_for(lambda: ana.get(f"{address}/operations/{operation}")["status"] == "done")
    for form in ("csv", "coco", "votes"):
        ana.exported(project, format=form)
    ben.must_claim(project, 4)
    return project


def test_everything_is_as_it_was(
    ana: Person, full: str, folder: str, tables: TableServiceClient, blobs: BlobServiceClient
) -> None:
    backup = _backed_up(ana, full)
    told, rows, stored = _told(ana, full), _rows(tables, full), _stored(blobs, full)
    assert (backup["rows"], backup["blobs"]) == (len(rows[0]), len(stored))
    _deleted(ana, full)
    assert full not in {table.name for table in tables.list_tables()}
    restoration = _restored(ana, backup["id"])
    assert (restoration["status"], restoration["error"]) == ("done", None)
    assert _told(ana, full) == told
    assert _rows(tables, full) == rows
    assert _stored(blobs, full) == stored
    entries = ana.get(f"/api/projects/{full}/log")["items"]
    assert [entry["what"] for entry in entries if entry["what"] in MAY_DIFFER] == ["restored"]
    _goes_on(ana, full, folder)


def _goes_on(ana: Person, project: str, folder: str) -> None:
    """People label, and what arrives is labeled too."""
    before = ana.get(f"/api/projects/{project}/dashboard")["items"]
    task = ana.must_claim(project, 4)
    assert ana.submit(project, task, "Tiger").status_code == 200
    ana.upload({f"{folder}/new.jpg": photo(99)})
    paths = f"/api/projects/{project}/dashboard"
    wait_for(lambda: bool(ana.get(paths)["items"]["total"] == before["total"] + 1))


def test_a_project_is_backed_up_while_people_label(ana: Person, folder: str) -> None:
    ana.upload(photos(folder, PHOTOS))
    project = ana.running(f"{folder}/**", labels=LABELS)
    enough = Event()

    def label() -> int:
        pages = 0
        while not enough.is_set() and (task := ana.claim(project)):
            assert ana.submit(project, task, "Dog").status_code == 200
            pages += 1
        return pages

    with ThreadPoolExecutor(1) as pool:
        labeling = pool.submit(label)
        backup = _backed_up(ana, project)
        enough.set()
        done = labeling.result()
    _deleted(ana, project)
    assert _restored(ana, backup["id"])["status"] == "done"
    counts = ana.get(f"/api/projects/{project}/dashboard")
    labeled = [item for item in _items(ana, project) if item["status"] == "labeled"]
    assert len(labeled) == counts["items"]["labeled"] <= done
    assert sum(row["labeled"] for row in counts["labelers"]) == len(labeled)
    assert sum(row["count"] for row in counts["labels"]) == len(labeled)
    while task := ana.claim(project, 9):
        assert ana.submit(project, task, "Dog").status_code == 200
    held = PHOTOS - ana.get(f"/api/projects/{project}/dashboard")["items"]["labeled"]
    assert held <= 1  # the page that was open when it was backed up


def test_a_file_from_elsewhere_is_restored_under_another_name(
    ana: Person, folder: str, blobs: BlobServiceClient
) -> None:
    ana.upload(photos(folder, 3))
    project = ana.running(f"{folder}/**", labels=LABELS)
    ana.submit(project, ana.must_claim(project), "Dog")
    made = _backed_up(ana, project)
    content = httpx.get(made["url"]).content
    assert len(content) == made["size"]
    _deleted(ana, project)
    assert ana.http.delete(f"/api/backups/{made['id']}").status_code == 204
    assert ana.http.get(f"/api/backups/{made['id']}").status_code == 404
    assert httpx.get(made["url"]).status_code == 404
    path = f"backups/copied/{uuid4().hex}.zip"
    blobs.get_blob_client("tagwerk", path).upload_blob(content)
    taken = ana.post("/api/backups", {"path": path}, 201)
    name = f"Copied {uuid4().hex}"
    ana.upload(photos(folder, 3), overwrite=True)  # as if copied: the same bytes, other ETags
    assert _restored(ana, taken["id"], name=name, moved=True)["status"] == "done"
    assert ana.get(f"/api/projects/{project}")["name"] == name
    ana.post(f"/api/projects/{project}/refresh", status=202)
    dashboard = f"/api/projects/{project}/dashboard"
    last = ana.get(dashboard)["refresh"]["last"]
    wait_for(lambda: bool(ana.get(dashboard)["refresh"]["last"] != last))
    assert ana.get(dashboard)["refresh"]["changed"] == 0
    assert ana.get(dashboard)["items"]["labeled"] == 1


def test_what_is_no_backup_is_refused_by_name(ana: Person, folder: str, blobs: BlobServiceClient) -> None:
    ana.upload(photos(folder, 2))
    project = ana.running(f"{folder}/**", labels=LABELS)
    made = _backed_up(ana, project)
    busy = ana.http.post(f"/api/backups/{made['id']}/restore", json={})
    assert (busy.status_code, busy.json()["type"]) == (409, "urn:tagwerk:problem:still-there")
    content = httpx.get(made["url"]).content
    _deleted(ana, project)
    path = f"backups/{project}/{made['id']}.zip"
    damaged = content[: len(content) // 2]
    blobs.get_blob_client("tagwerk", path).upload_blob(damaged, overwrite=True)
    failed = _restored(ana, made["id"])
    assert failed["status"] == "failed"
    assert "damaged" in failed["error"]
    assert ana.http.get(f"/api/projects/{project}").status_code == 404
    blobs.get_blob_client("tagwerk", path).upload_blob(photo(1), overwrite=True)
    foreign = ana.http.post("/api/backups", json={"path": path.replace("backups/", "backups/./")})
    assert foreign.status_code == 422
    assert _restored(ana, made["id"])["status"] == "failed"
    blobs.get_blob_client("tagwerk", path).upload_blob(content, overwrite=True)
    assert _restored(ana, made["id"])["status"] == "done"
    assert ana.get(f"/api/projects/{project}")["status"] == "running"
