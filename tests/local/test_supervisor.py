import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx
import pytest

from local import azurite as azurite_module
from local.azurite import Azurite, check_installed
from local.errors import (
    AzuriteMissingError,
    DataDirError,
    NodeMissingError,
    PortInUseError,
    SettingError,
)
from local.leftovers import AlreadyRunningError, DataFolder
from local.ports import LOOPBACK, answers, free_ports
from local.stack import REPOSITORY
from local.supervisor import Options, prepare
from tests.local.app_runner import APPS

PROGRAM = """
import os, signal, sys
from pathlib import Path
from local.errors import LocalError
from local.supervisor import supervise
signal.signal(signal.SIGINT, signal.SIG_IGN)  # as a shell starts what it runs in the background
try:
    supervise(os.environ, Path(os.environ["APP"]))
except LocalError as error:
    sys.exit(str(error))
"""


class Run:
    """A supervisor as `make run` starts it, over a small app."""

    def __init__(self, data_dir: Path) -> None:
        self.base = free_ports(5)
        self.url = f"http://{LOOPBACK}:{self.base}"
        self.environment = {
            **os.environ,
            "APP": str(APPS / "stack_app"),
            "PORT": str(self.base),
            "AZURITE_PORT": str(self.base + 2),
            "DATA_DIR": str(data_dir),
            "DEMO": "0",
        }
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> list[str]:
        """Start it, and return its lines until it is ready."""
        self.process = subprocess.Popen(  # noqa: S603 # our own program
            [sys.executable, "-c", PROGRAM],
            cwd=REPOSITORY,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return self.lines_until("Press Ctrl-C")

    def lines_until(self, text: str) -> list[str]:
        assert self.process is not None
        assert self.process.stdout is not None
        lines = []
        for line in self.process.stdout:
            lines.append(line.rstrip())
            if text in line:
                return lines
        raise AssertionError("\n".join(lines))

    def stop(self, number: signal.Signals) -> tuple[int, str]:
        """Signal it; return its exit status and what it still said."""
        assert self.process is not None
        self.process.send_signal(number)
        rest, _ = self.process.communicate(timeout=30)
        return self.process.returncode, rest

    def kill(self) -> None:
        """SIGKILL it, which leaves its processes behind."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        self.close()

    def close(self) -> None:
        if self.process and self.process.poll() is None:
            self.stop(signal.SIGTERM)
        if self.process and self.process.stdout:
            self.process.stdout.close()

    def app_process(self) -> int:
        return int(httpx.get(f"{self.url}/api/health").json()["process"])


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    supervisor = Run(tmp_path / "data")
    yield supervisor
    supervisor.close()


def test_a_run_from_ready_through_a_killed_app_to_ctrl_c(run: Run) -> None:
    lines = run.start()
    assert lines == [
        "Starting Azurite",
        "Starting the sign-in",
        "Starting the app",
        f"Tagwerk is ready at {run.url}",
        "Sign in as Ana (administrator), Ben (labeler), Cleo (labeler), Dan (reviewer), "
        "Eva (quality of the customer), Finn (labeler by a group)",
        "Press Ctrl-C to stop",
    ]
    killed = run.app_process()
    os.kill(killed, signal.SIGKILL)
    assert run.lines_until("is back") == [
        "app ended with status -9; starting it again in 0.5 s",
        "The app is back",
    ]
    assert run.app_process() != killed
    assert run.stop(signal.SIGINT) == (0, "Stopping\nStopped\n")
    assert not any(answers(port) for port in range(run.base, run.base + 5))


def test_what_a_killed_supervisor_left_behind_is_stopped_by_the_next(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run.start()
    run.kill()
    assert answers(run.base + 2)
    with DataFolder(tmp_path / "data") as data:
        prepare(Options.read(run.environment), data)
    assert capsys.readouterr().out == "Stopped 4 processes that the last run left behind\n"
    assert not any(answers(port) for port in range(run.base, run.base + 5))


def options(data_dir: Path, **environment: str) -> Options:
    base = free_ports(5)
    ports = {"PORT": str(base), "AZURITE_PORT": str(base + 2)}
    return Options.read({**ports, "DATA_DIR": str(data_dir), **environment})


def test_a_port_in_use_is_named_with_its_variable(tmp_path: Path) -> None:
    wanted = options(tmp_path)
    for port, variable in ((wanted.port + 1, "PORT"), (wanted.azurite_port + 2, "AZURITE_PORT")):
        sentence = rf"Port {port} \(.*\) is in use: .*{variable}=<port>"
        with socket.create_server((LOOPBACK, port)), DataFolder(tmp_path) as data:  # noqa: SIM117 # three are too many
            with pytest.raises(PortInUseError, match=sentence):
                prepare(wanted, data)


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"PORT": "http"}, "PORT='http' is not a port between 1 and 65534"),
        ({"PORT": "65535"}, "PORT='65535' is not a port"),
        ({"AZURITE_PORT": "0"}, "AZURITE_PORT='0' is not a port"),
        ({"DEMO": "yes"}, "DEMO='yes' is not 0 or 1"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(environment: Mapping[str, str], sentence: str) -> None:
    with pytest.raises(SettingError, match=re.escape(sentence)):
        Options.read(environment)


def test_the_defaults_are_those_of_the_readme() -> None:
    assert Options.read({}) == Options(7071, 10_000, Path(".data").resolve(), demo=True)


def test_a_data_dir_that_is_a_file_or_in_use_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DataDirError, match="it is a file"), DataFolder(tmp_path / "file"):
        pass
    with pytest.raises(DataDirError, match="cannot be written"), DataFolder(tmp_path / "file" / "below"):
        pass
    with DataFolder(tmp_path), pytest.raises(AlreadyRunningError, match="already runs"), DataFolder(tmp_path):
        pass


def test_a_process_that_took_over_a_noted_number_is_left_alone(tmp_path: Path) -> None:
    stranger = subprocess.Popen(["sleep", "30"])  # noqa: S607 # any program will do
    with DataFolder(tmp_path) as data:
        (tmp_path / "running.json").write_text(json.dumps({stranger.pid: "node azurite-blob --blobPort 1"}))
        assert data.stop_leftovers() == 0
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_missing_node_and_missing_azurite_say_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(azurite_module, "INSTALLED", tmp_path)
    with pytest.raises(AzuriteMissingError, match="run `npm ci` in"):
        check_installed()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NodeMissingError, match=r"install Node\.js"):
        Azurite(folder=tmp_path).start()


def test_a_start_that_cannot_work_ends_with_one_sentence_and_status_1(tmp_path: Path, run: Run) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(AssertionError, match=r"^DATA_DIR .*data is unusable: it is a file\. Choose [^\n]*$"):
        run.start()
    assert run.process is not None
    assert run.process.wait(10) == 1


def test_the_host_command_refuses_other_addresses() -> None:
    command = [sys.executable, "-m", "local.host", "--host", "0.0.0.0", "--app", str(APPS / "http_app")]  # noqa: S104 # it must be refused
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=30)  # noqa: S603 # our own command
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "The development host listens on 127.0.0.1 only and refuses '0.0.0.0'."
    )
