import uuid
from base64 import b64decode
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from azure.core.exceptions import ResourceNotFoundError
from azure.storage.blob import ContainerClient
from azure.storage.queue import QueueClient

from local.azurite import Azurite
from local.host.blob_paths import BlobPath
from local.host.errors import AppError
from local.host.runtime import Host
from tests.local.app_runner import AppRunner, eventually, seen_by

WEBHOOK = "/runtime/webhooks/blobs?functionName=Host.Functions."
POISON_QUEUE = "webjobs-blobtrigger-poison"


@pytest.fixture
def container(azurite: Azurite, monkeypatch: pytest.MonkeyPatch) -> Iterator[ContainerClient]:
    # The SDK binding reads its connection from the environment, as it does in the worker.
    monkeypatch.setenv("STORAGE", azurite.connection_string)
    name = f"data-{uuid.uuid4().hex}"
    with ContainerClient.from_connection_string(azurite.connection_string, name) as client:
        client.create_container()
        yield client


def created(container: ContainerClient, blob: str) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()),
        "eventType": "Microsoft.Storage.BlobCreated",
        "subject": f"/blobServices/default/containers/{container.container_name}/blobs/{blob}",
        "data": {"api": "PutBlob", "url": f"{container.url}/{blob}"},
    }


async def post(host: Host, function: str, body: Any) -> httpx.Response:
    transport = httpx.ASGITransport(host.asgi)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        return await client.post(WEBHOOK + function, json=body)


async def test_an_event_calls_the_function_with_the_content(
    apps: AppRunner, container: ContainerClient
) -> None:
    name = "dir/b c 😀 'q\" %2F.txt"
    container.upload_blob(name, b"hello")
    async with apps.running("blob", DATA=container.container_name) as host:
        assert (await post(host, "texts", [created(container, name)])).status_code == 202
        await eventually(lambda: seen_by(host))
    assert seen_by(host) == [
        {"function": "texts", "name": f"{container.container_name}/{name}", "content": b"hello", "length": 5}
    ]


async def test_the_sdk_binding_gets_a_client_for_the_blob(
    apps: AppRunner, container: ContainerClient
) -> None:
    container.upload_blob("a/b c.png", b"123")
    async with apps.running("blob", DATA=container.container_name) as host:
        await post(host, "everything", [created(container, "a/b c.png")])
        await eventually(lambda: seen_by(host))
    assert seen_by(host) == [{"function": "everything", "name": "a/b c.png", "length": 3}]


async def test_an_event_that_comes_twice_calls_twice(apps: AppRunner, container: ContainerClient) -> None:
    container.upload_blob("a.txt", b"1")
    async with apps.running("blob", DATA=container.container_name) as host:
        await post(host, "texts", [created(container, "a.txt")] * 2)
        await eventually(lambda: len(seen_by(host)) == 2)


async def test_other_blobs_and_blobs_that_are_gone_are_dropped(
    apps: AppRunner, container: ContainerClient
) -> None:
    container.upload_blob("a.txt", b"1")
    elsewhere = {**created(container, "a.txt"), "subject": "/blobServices/default/containers/x/blobs/a.txt"}
    deleted = {**created(container, "a.txt"), "eventType": "Microsoft.Storage.BlobDeleted"}
    events = [elsewhere, deleted, created(container, "a.png"), created(container, "gone.txt")]
    async with apps.running("blob", DATA=container.container_name) as host:
        assert (await post(host, "texts", [*events, created(container, "a.txt")])).status_code == 202
        await eventually(lambda: seen_by(host))
    assert [seen["name"] for seen in seen_by(host)] == [f"{container.container_name}/a.txt"]


async def test_a_blob_that_keeps_failing_is_poisoned(
    apps: AppRunner, container: ContainerClient, azurite: Azurite
) -> None:
    container.upload_blob("bad.txt", b"bad")
    async with apps.running("blob", DATA=container.container_name) as host:
        await post(host, "texts", [created(container, "bad.txt")])
        with QueueClient.from_connection_string(azurite.connection_string, POISON_QUEUE) as poison:
            await eventually(lambda: _peek(poison))
            assert container.container_name in b64decode(_peek(poison)[0]).decode()
            poison.clear_messages()
    assert len(seen_by(host)) == 2


async def test_event_grid_may_validate_its_subscription(apps: AppRunner, container: ContainerClient) -> None:
    event = {
        "eventType": "Microsoft.EventGrid.SubscriptionValidationEvent",
        "data": {"validationCode": "512d38b6"},
    }
    async with apps.running("blob", DATA=container.container_name) as host:
        assert (await post(host, "texts", [event])).json() == {"validationResponse": "512d38b6"}


async def test_unknown_functions_and_other_bodies_are_refused(
    apps: AppRunner, container: ContainerClient
) -> None:
    async with apps.running("blob", DATA=container.container_name) as host:
        assert (await post(host, "nobody", [])).status_code == 404
        assert (await post(host, "texts", {"not": "an array"})).status_code == 400


@pytest.mark.parametrize(
    ("pattern", "blob", "found"),
    [
        ("data/{name}", "a/b.png", {"name": "a/b.png"}),
        ("data/{folder}/{name}.png", "a/b/c.png", {"folder": "a/b", "name": "c"}),
        ("data/in/{name}", "out/a", None),
        ("data/fixed.csv", "fixed.csv", {}),
        ("data/{name}", "line\nbreak", {"name": "line\nbreak"}),
        ("data/(x)/{name}", "(x)/1", {"name": "1"}),
    ],
)
def test_paths(pattern: str, blob: str, found: dict[str, str] | None) -> None:
    assert BlobPath(pattern, "It").match("data", blob) == found
    assert BlobPath(pattern, "It").match("other", blob) is None


@pytest.mark.parametrize("pattern", ["data", "{container}/{name}", "data/{a}/{a}"])
def test_impossible_paths_stop_the_start(pattern: str) -> None:
    with pytest.raises(AppError):
        BlobPath(pattern, "It")


def _peek(queue: QueueClient) -> list[str]:
    try:
        return [message.content for message in queue.peek_messages()]
    except ResourceNotFoundError:
        return []
