import signal
from pathlib import Path

import httpx
import pytest
from azure.data.tables import TableServiceClient
from azure.storage.blob import BlobServiceClient
from azure.storage.queue import QueueServiceClient

from local.azurite import Azurite
from local.children import Child
from local.errors import ChildError
from local.ports import answers


def test_every_service_works_through_the_connection_string(azurite: Azurite) -> None:
    _blobs(azurite).create_container("three").upload_blob("a", b"1")
    _queues(azurite).create_queue("three").send_message("hello")
    _tables(azurite).create_table("three").create_entity({"PartitionKey": "p", "RowKey": "r"})


def test_a_browser_may_put_and_get_blobs(azurite: Azurite) -> None:
    answer = httpx.options(
        f"http://127.0.0.1:{azurite.base_port}/devstoreaccount1/data/a.png",
        headers={
            "Origin": "http://127.0.0.1:7071",
            "Access-Control-Request-Method": "PUT",
            "Access-Control-Request-Headers": "x-ms-blob-type",
        },
    )
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "http://127.0.0.1:7071"


def test_stopping_keeps_what_was_written(tmp_path: Path) -> None:
    with Azurite(folder=tmp_path) as first:
        _blobs(first).create_container("kept").upload_blob("a", b"1")
        _queues(first).create_queue("kept").send_message("hello")
        _tables(first).create_table("kept").create_entity({"PartitionKey": "p", "RowKey": "r"})
    assert not answers(first.base_port)
    with Azurite(folder=tmp_path) as second:
        assert _blobs(second).get_blob_client("kept", "a").download_blob().readall() == b"1"
        assert [m.content for m in _queues(second).get_queue_client("kept").peek_messages()] == ["hello"]
        assert _tables(second).get_table_client("kept").get_entity("p", "r")["RowKey"] == "r"


def test_a_child_that_dies_at_once_says_what_it_wrote(tmp_path: Path) -> None:
    child = Child("moody", ["sh", "-c", "echo no storage today; exit 3"], tmp_path / "log")
    child.start()
    with pytest.raises(ChildError, match=r"moody ended with status 3.\nno storage today"):
        child.wait_until(lambda: False)


def test_a_child_is_stopped_by_sigterm(tmp_path: Path) -> None:
    child = Child("patient", ["sleep", "30"], tmp_path / "log")
    child.start()
    child.stop()
    assert child.exit_status == -signal.SIGTERM


def _blobs(azurite: Azurite) -> BlobServiceClient:
    return BlobServiceClient.from_connection_string(azurite.connection_string)


def _queues(azurite: Azurite) -> QueueServiceClient:
    return QueueServiceClient.from_connection_string(azurite.connection_string)


def _tables(azurite: Azurite) -> TableServiceClient:
    return TableServiceClient.from_connection_string(azurite.connection_string)
