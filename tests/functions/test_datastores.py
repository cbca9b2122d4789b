"""Containers under names of their own, in the app's account and in another one."""

from uuid import uuid4

import httpx
from azure.storage.blob import BlobServiceClient

from local.azurite import ACCOUNT, OTHER_ACCOUNT
from local.stack import Stack
from tests.functions.conftest import BLOCK, Person, photo


def _container(stack: Stack, account: str) -> str:
    name = f"photos-{uuid4().hex[:8]}"
    connection = stack.connection_string.replace(ACCOUNT, account)
    with BlobServiceClient.from_connection_string(connection) as service:
        service.create_container(name)
    return name


def _labeled(ana: Person, datastore: str) -> bytes:
    """An export of what was uploaded to a datastore, labeled, and downloaded on the way."""
    body = {"files": ["a b.jpg"], "overwrite": False}
    [upload] = ana.post(f"/api/datastores/{datastore}/uploads", body)["uploads"]
    assert httpx.put(upload["url"], content=photo(1), headers=BLOCK).status_code == 201
    data = {"datastore": datastore, "path": "**", "type": "files"}
    project = ana.running("", data=data)
    task = ana.must_claim(project)
    assert httpx.get(task["items"][0]["url"]).content == photo(1)
    assert ana.submit(project, task).status_code == 200
    export, written = ana.exported(project, format="csv")
    assert export["written"] == 1
    return written


def test_a_container_of_the_same_account(ana: Person, stack: Stack) -> None:
    container = _container(stack, ACCOUNT)
    made = ana.http.put("/api/datastores/near", json={"container": container})
    assert made.json() == {"name": "near", "container": container, "account": None}
    assert f"/{ACCOUNT}/{container}/a%20b.jpg".encode() in _labeled(ana, "near")


def test_a_container_of_another_account(ana: Person, stack: Stack) -> None:
    container, account = _container(stack, OTHER_ACCOUNT), stack.azurite.other_account
    made = ana.http.put("/api/datastores/far", json={"container": container, "account": account})
    assert made.status_code == 200, made.text
    assert f"{account}/{container}/a%20b.jpg".encode() in _labeled(ana, "far")


def test_no_stranger_ever_gets_a_token_of_ours(ana: Person) -> None:
    body = {"container": "photos", "account": "http://127.0.0.1:9/devstoreaccount1"}
    refused = ana.http.put("/api/datastores/evil", json=body)
    assert (refused.status_code, refused.json()["field"]) == (422, "account")
