"""Azure's own Python worker runs the very package that is deployed, against Azurite."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.formats.commands import QUEUES
from local.azurite import Azurite
from tests.infra.conftest import CLIENT, deployed
from tests.infra.packages import ROOT, make_package, unpack
from tests.infra.test_app_settings import settings

PYTHON = ROOT / ".venv-worker" / "bin" / "python"
ADDRESS = deployed("dev").outputs["TAGWERK_URL"]


def get(path: str) -> dict[str, Any]:
    """A call of the HTTP function."""
    headers = {"host": ADDRESS.removeprefix("https://")}
    return {
        "function": "http_app_func",
        "parameter": "req",
        "method": "GET",
        "url": ADDRESS + path,
        "headers": headers,
    }


CALLS: dict[str, dict[str, Any]] = {
    "page": get("/"),
    "config": get("/api/config"),
    "openapi": get("/api/openapi.json"),
    "projects": get("/api/projects"),
    "look_after": {"function": "look_after", "parameter": "timer", "timer": {"IsPastDue": False}},
    "garbled": {"function": "initialize", "parameter": "message", "message": "no json"},
}

UNTOLD = {"PYTHON_APPLICATIONINSIGHTS_ENABLE_TELEMETRY": "false"}
"""Nobody here is told anything: test_worker_telemetry.py sees to that."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package, unpacked where no repository is."""
    folder = tmp_path_factory.mktemp("azure")
    return unpack(make_package(folder), folder / "wwwroot")


@pytest.fixture(scope="module")
def worked(place: Path) -> Iterator[dict[str, Any]]:
    """What the worker said and did, with the settings that Bicep sets, but with Azurite's storage."""
    with Azurite(in_memory=True) as azurite:
        bicep = {name: value for name, value in settings(deployed("dev")).items() if "STORAGE__" not in name}
        here = {"STORAGE": azurite.connection_string, "PAGE_DIR": str(place / "web" / "dist")}
        yield run(place, list(CALLS.values()), {**bicep, **here, **UNTOLD})


def run(place: Path, calls: list[dict[str, Any]], environment: dict[str, str]) -> dict[str, Any]:
    """Run the worker over a package."""
    assert PYTHON.exists(), "Azure's worker is not installed: make infra does that, and runs this."
    ran = subprocess.run(  # noqa: S603  our own code
        [str(PYTHON), "-I", str(Path(__file__).with_name("worker.py")), str(place)],
        input=json.dumps(calls),
        cwd=place.parent,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def outcome(worked: dict[str, Any], call: str) -> dict[str, Any]:
    """What came of a call."""
    found: dict[str, Any] = worked["outcomes"][list(CALLS).index(call)]
    return found


def test_it_indexes_every_function(worked: dict[str, Any]) -> None:
    assert worked["started"]
    triggers = {bindings[0]["type"] for bindings in worked["functions"].values()}
    assert triggers == {"httpTrigger", "queueTrigger", "blobTrigger", "timerTrigger"}
    listened = {bindings[0].get("queueName") for bindings in worked["functions"].values()}
    assert set(QUEUES.values()) <= listened
    (blobs,) = [one[0] for one in worked["functions"].values() if one[0]["type"] == "blobTrigger"]
    assert (blobs["source"], blobs["connection"]) == ("EventGrid", "STORAGE")


def test_nothing_comes_from_the_repository(worked: dict[str, Any], place: Path) -> None:
    ours = [file for file in worked["modules"] if file and Path(file).is_relative_to(ROOT)]
    assert [file for file in ours if not Path(file).is_relative_to(PYTHON.parents[1])] == [
        str(Path(__file__).with_name("worker.py"))
    ]
    assert any(Path(file).is_relative_to(place) for file in worked["modules"] if file)


def test_it_serves_the_page_and_the_api(worked: dict[str, Any]) -> None:
    page = outcome(worked, "page")["response"]
    assert page["status"] == 200
    assert page["body"].startswith("<!doctype html>")
    assert "content-security-policy" in page["headers"]
    config = outcome(worked, "config")["response"]
    assert json.loads(config["body"])["client_id"] == CLIENT
    assert outcome(worked, "openapi")["response"]["status"] == 200


def test_who_has_no_token_is_asked_for_one(worked: dict[str, Any]) -> None:
    response = outcome(worked, "projects")["response"]
    assert response["status"] == 401
    assert response["headers"]["www-authenticate"] == "Bearer"


def test_timers_and_queues_reach_their_functions(worked: dict[str, Any]) -> None:
    assert outcome(worked, "look_after") == {"ok": True, "response": None, "error": None, "trace": None}
    garbled = outcome(worked, "garbled")
    assert not garbled["ok"]
    assert "initialize: ValidationError. The log says where." in garbled["error"]


def test_without_settings_it_starts_and_says_what_is_missing(place: Path) -> None:
    found = run(place, [CALLS["config"]], {})
    assert found["started"]
    response = found["outcomes"][0]["response"]
    assert response["status"] == 503
    assert "OIDC_CLIENT_ID" in response["body"]


def test_a_package_that_cannot_be_imported_does_not_start(tmp_path: Path) -> None:
    (tmp_path / "function_app.py").write_text("import no_such_module")
    found = run(tmp_path, [], {})
    assert found["started"] is False
    assert "no_such_module" in found["why"]
