import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from azure.storage.blob import BlobServiceClient, ContainerClient

from local.stack import REPOSITORY, Stack, app_environment, python_for_jobs
from tests.local.app_runner import APPS, eventually

NAMES = [
    "a.txt",
    "dir/b c.txt",
    "q'uo\"te%2F.txt",
    "emoji😀 é.png",
    "with?q#h.txt",
    "-plus+&amp.txt",
    'HTTP/1.1" 201 x.txt',
    "line\nbreak.txt",
    "a//b.txt",
]


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    with Stack(app_folder=APPS / "stack_app", settings={"DATA_CONTAINER": "images"}) as running:
        with BlobServiceClient.from_connection_string(running.connection_string) as blobs:
            blobs.create_container("images")
            blobs.create_container("other")
        yield running


@pytest.fixture
def images(stack: Stack) -> Iterator[ContainerClient]:
    with ContainerClient.from_connection_string(stack.connection_string, "images") as client:
        yield client


def seen(stack: Stack) -> list[str]:
    names: list[str] = httpx.get(f"{stack.base_url}/api/seen").json()
    return names


async def test_every_written_blob_reaches_the_app_within_two_seconds(
    stack: Stack, images: ContainerClient
) -> None:
    with ContainerClient.from_connection_string(stack.connection_string, "other") as other:
        other.upload_blob("unwatched.txt", b"1")
    for name in NAMES:
        images.upload_blob(name, b"1")
    images.get_blob_client("copy.txt").start_copy_from_url(f"{images.url}/a.txt")
    started = time.monotonic()
    await eventually(lambda: set(seen(stack)) >= {*NAMES, "copy.txt"})
    assert time.monotonic() - started < 2
    assert "unwatched.txt" not in seen(stack)


async def test_events_wait_while_the_app_is_down(stack: Stack, images: ContainerClient) -> None:
    stack.kill_app()
    assert not stack.healthy()
    images.upload_blob("meanwhile.txt", b"1")
    stack.start_app()
    await eventually(lambda: "meanwhile.txt" in seen(stack))


def test_the_token_command_prints_a_token_and_nothing_else(stack: Stack) -> None:
    port = stack.base_url.rpartition(":")[2]
    command = [sys.executable, "-m", "local.token", "ana", "--port", port]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)  # noqa: S603 # our own command
    assert done.stdout.count(".") == 2
    assert done.stdout.count("\n") == 1
    assert stack.token("ana").count(".") == 2


def test_the_app_log_can_be_read(stack: Stack) -> None:
    assert isinstance(stack.app_log(), str)


def test_jobs_run_with_what_is_installed_for_them(tmp_path: Path) -> None:
    assert python_for_jobs(tmp_path) == {}
    python = tmp_path / ".venv-assist" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    assert python_for_jobs(tmp_path) == {"JOBS_PYTHON": str(python)}
    assert app_environment("", "", {"JOBS_PYTHON": "mine"})["JOBS_PYTHON"] == "mine"
