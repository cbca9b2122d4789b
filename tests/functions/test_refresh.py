"""Blobs that go, come back and are replaced, as the owner of a project meets them."""

import csv
import io
from typing import Any

from azure.storage.blob import BlobServiceClient

from local.stack import Stack
from tests.functions.conftest import Person, photo, photos, wait_for


def _delete(stack: Stack, path: str) -> None:
    with BlobServiceClient.from_connection_string(stack.connection_string) as service:
        service.get_blob_client("data", path).delete_blob()


def _item(ana: Person, project: str, path: str) -> dict[str, Any]:
    """An item with its history."""
    items = ana.get(f"/api/projects/{project}/items")["items"]
    item = next(item["id"] for item in items if item["path"] == path)
    found: dict[str, Any] = ana.get(f"/api/projects/{project}/items/{item}")
    return found


def _labeled(ana: Person, project: str, count: int) -> list[str]:
    task = ana.must_claim(project, count)
    assert ana.submit(project, task).status_code == 200
    return [item["path"] for item in task["items"]]


def _refresh(ana: Person, project: str) -> dict[str, Any]:
    """What the dashboard says of a refresh by hand, of a project that has no others."""
    address = f"/api/projects/{project}/dashboard"
    before = ana.get(address)["refresh"]["last"]
    ana.post(f"/api/projects/{project}/refresh", status=202)
    wait_for(lambda: ana.get(address)["refresh"]["last"] != before)
    refreshed: dict[str, Any] = ana.get(address)["refresh"]
    return {name: refreshed[name] for name in ("added", "missing", "returned", "changed", "next")}


def _exported_paths(ana: Person, project: str) -> set[str]:
    export, data = ana.exported(project, format="csv")
    rows = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
    assert (export["read"], export["written"], export["refused"]) == (len(rows), len(rows), 0)
    return {row["path"] for row in rows}


def test_a_labeled_item_is_missing_while_its_blob_is_and_labeled_again_afterwards(
    ana: Person, stack: Stack, folder: str
) -> None:
    ana.upload(photos(folder, 6))
    project = ana.running(f"{folder}/**", refresh={"enabled": False})
    gone, *others = _labeled(ana, project, 4)
    first = _item(ana, project, gone)["etag"]
    assert first

    _delete(stack, gone)
    nothing = {"added": 0, "missing": 0, "returned": 0, "changed": 0, "next": None}
    assert _refresh(ana, project) == nothing | {"missing": 1}
    missing = _item(ana, project, gone)
    assert (missing["status"], missing["annotation"]["answer"]) == ("missing", {"labels": ["Rose"]})
    assert missing["defect"]
    figures = ana.get(f"/api/projects/{project}/dashboard")
    assert (figures["items"]["missing"], figures["items"]["labeled"]) == (1, 3)
    assert _exported_paths(ana, project) == set(others)

    ana.upload({gone: photo(200)})
    found_again = _refresh(ana, project)
    # The look at what the last refresh set aside may come first, and bring the item back itself.
    assert found_again == nothing | {"returned": found_again["returned"], "changed": 1}
    back = _item(ana, project, gone)
    assert (back["status"], back["annotation"]["answer"]) == ("labeled", {"labels": ["Rose"]})
    assert [event["action"] for event in back["events"]] == ["went_missing", "came_back", "blob_changed"]
    assert [revision["etag"] for revision in back["history"]] == [first]
    assert back["etag"] != first
    assert _exported_paths(ana, project) == {gone, *others}
    assert _refresh(ana, project) == nothing


def test_events_tell_of_blobs_that_are_back_or_replaced(ana: Person, stack: Stack, folder: str) -> None:
    ana.upload(photos(folder, 6))
    project = ana.running(f"{folder}/**")
    gone, replaced, *_ = _labeled(ana, project, 4)
    _delete(stack, gone)
    ana.post(f"/api/projects/{project}/refresh", status=202)
    wait_for(lambda: _item(ana, project, gone)["status"] == "missing")
    before = _item(ana, project, replaced)["etag"]
    ana.upload({gone: photo(201), replaced: photo(202)}, overwrite=True)
    wait_for(lambda: _item(ana, project, gone)["status"] == "labeled")
    wait_for(lambda: _item(ana, project, replaced)["etag"] != before)
    [event] = _item(ana, project, replaced)["events"]
    assert event["action"] == "blob_changed"
    assert event["detail"] == f"{before} → {_item(ana, project, replaced)['etag']}"
