"""What `func start` and Azure read: the index of functions, host.json, the sample settings, .funcignore."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from core.formats.commands import QUEUES
from core.settings import read_settings

ROOT = Path(__file__).parents[2]
NAME = re.compile(r"^[a-z][a-z0-9_\-]{0,127}$", re.IGNORECASE)
BINDING = re.compile(r"^(?!.*__)[a-zA-Z_][a-zA-Z0-9_]{0,127}$")

INDEX = """
import json, function_app
print(json.dumps({f.get_function_name(): f.get_bindings_dict()["bindings"]
                  for f in function_app.app.get_functions()}, default=str))
"""


@pytest.fixture(scope="module")
def index() -> dict[str, list[dict[str, Any]]]:
    """The functions that azure.functions finds, in a process without a single setting."""
    found = subprocess.run(  # noqa: S603  our own interpreter and code
        [sys.executable, "-c", INDEX], cwd=ROOT, env={}, capture_output=True, text=True, check=True
    )
    indexed: dict[str, list[dict[str, Any]]] = json.loads(found.stdout)
    return indexed


def test_every_function_is_listed(index: dict[str, Any]) -> None:
    assert sorted(index) == [
        "back_up",
        "back_up_failed",
        "delete",
        "deliver",
        "deliver_failed",
        "export",
        "export_failed",
        "http_app_func",
        "import_failed",
        "import_labels",
        "ingest",
        "initialize",
        "initialize_failed",
        "inspect",
        "look_after",
        "operate",
        "operate_failed",
        "reconcile",
        "refresh",
        "refresh_failed",
        "restore",
        "restore_failed",
        "start",
        "start_failed",
        "take",
        "take_failed",
    ]


def test_names_are_those_that_the_host_takes(index: dict[str, list[dict[str, Any]]]) -> None:
    for name, bindings in index.items():
        assert NAME.fullmatch(name)
        for binding in bindings:
            assert binding["name"] == "$return" or BINDING.fullmatch(binding["name"])


def test_every_command_has_a_function_that_takes_it(index: dict[str, list[dict[str, Any]]]) -> None:
    queues = {
        binding["queueName"] for bindings in index.values() for binding in bindings if "queueName" in binding
    }
    assert set(QUEUES.values()) <= queues
    assert {queue.removesuffix("-poison") for queue in queues} == set(QUEUES.values())


def test_blobs_come_by_event_grid_as_flex_consumption_needs(index: dict[str, list[dict[str, Any]]]) -> None:
    (trigger,) = index["ingest"]
    assert trigger["type"] == "blobTrigger"
    assert trigger["source"] == "EventGrid"
    assert trigger["path"] == "%DATA_CONTAINER%/{name}"


def _sample() -> dict[str, str]:
    values: dict[str, str] = json.loads((ROOT / "local.settings.sample.json").read_text())["Values"]
    return values


def test_the_sample_has_every_setting(index: dict[str, list[dict[str, Any]]]) -> None:
    read_settings(_sample())
    for bindings in index.values():
        for binding in bindings:
            for setting in [*re.findall(r"%(\w+)%", json.dumps(binding)), binding.get("connection")]:
                assert setting is None or setting in _sample()


def test_host_json_leaves_addresses_to_the_app() -> None:
    host = json.loads((ROOT / "host.json").read_text())
    assert host["version"] == "2.0"
    assert host["extensions"]["http"]["routePrefix"] == ""
    assert host["extensions"]["queues"]["messageEncoding"] == "base64"
    assert host["extensionBundle"]["id"] == "Microsoft.Azure.Functions.ExtensionBundle"


def test_what_runs_is_packaged_and_what_does_not_is_left_out() -> None:
    ignored = (ROOT / ".funcignore").read_text().splitlines()
    for needed in ("core", "functions", "function_app.py", "host.json", "requirements.txt"):
        assert not [line for line in ignored if line.rstrip("/") == needed]
    for folder in ("tests/", "local/", "benchmarks/", "docs/"):
        assert folder in ignored


def test_the_page_types_are_made_from_the_api_as_it_is() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "functions.openapi"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert (ROOT / "web" / "openapi.json").read_text() == printed.stdout, "run `make openapi`"
