"""The host as its own process, as the supervisor starts it."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from local.children import Child
from local.errors import ChildError
from local.ports import LOOPBACK, answers, free_ports
from local.stack import REPOSITORY
from tests.local.app_runner import APPS


def host_of(app: Path, port: int, log: Path) -> Child:
    command = [sys.executable, "-m", "local.host", "--port", str(port), "--app", str(app)]
    return Child("host", command, log, folder=REPOSITORY)


@pytest.fixture
def host(tmp_path: Path) -> Iterator[tuple[Child, int]]:
    port = free_ports(1)
    child = host_of(APPS / "http_app", port, tmp_path / "log")
    child.start()
    child.wait_until(lambda: answers(port))
    yield child, port
    child.stop()


def test_sigterm_lets_a_running_request_finish(host: tuple[Child, int]) -> None:
    child, port = host
    with ThreadPoolExecutor() as threads:
        answer = threads.submit(httpx.get, f"http://{LOOPBACK}:{port}/api/slow")
        with pytest.raises(TimeoutError):
            answer.result(timeout=0.25)
        child.stop()
        assert answer.result().text == "slow GET"
    assert child.exit_status == 0


def test_a_failure_is_in_the_log_with_the_time(host: tuple[Child, int]) -> None:
    child, port = host
    assert httpx.get(f"http://{LOOPBACK}:{port}/api/broken").status_code == 500
    failure, frame = child.log_tail().splitlines()[-2:]
    assert failure[8:].startswith(" ERROR   broken failed after ")
    assert frame.startswith("    tests/local/apps/http_app/function_app.py:")


def test_an_app_that_lacks_a_setting_ends_with_one_sentence(tmp_path: Path) -> None:
    child = host_of(APPS / "timer_app", free_ports(1), tmp_path / "log")
    child.start()
    with pytest.raises(
        ChildError, match=r"(?s)ended with status 1\..*\nFunction 'tick' needs the app setting"
    ):
        child.wait_until(lambda: False)
