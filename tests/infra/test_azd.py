"""What azd and GitHub read: azure.yaml, the parameters, the workflows."""

import json
import os
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from croniter import croniter  # type: ignore[import-untyped] # it ships no types

from tests.infra.bicep import INFRA, plain, read
from tests.infra.conftest import CLIENT
from tests.infra.deployment import deploy

ROOT = INFRA.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
GIVEN_BY_AZD = {"AZURE_ENV_NAME": "demo", "AZURE_LOCATION": "westeurope", "TAGWERK_OIDC_CLIENT_ID": CLIENT}
OPERATORS_CHOICES = re.compile(r"\$\{(\w+)(?:=([^}]*))?\}")


def test_every_hook_of_azd_is_a_program() -> None:
    azd = yaml.safe_load((ROOT / "azure.yaml").read_text())
    hooks = {**azd["hooks"], **azd["services"]["app"]["hooks"]}
    assert sorted(hooks) == ["postdeploy", "postprovision", "prepackage", "preprovision"]
    for hook in hooks.values():
        assert hook["shell"] == "sh"
        assert os.access(ROOT / hook["run"], os.X_OK)
    assert (INFRA / f"{azd['infra']['module']}.bicep").exists()
    assert azd["services"]["app"] == {**azd["services"]["app"], "host": "function", "language": "python"}


def test_no_hook_hides_a_failure() -> None:
    for hook in (INFRA / "hooks").glob("*.sh"):
        lines = hook.read_text().splitlines()
        assert lines[0] == "#!/bin/sh"
        assert "set -eu" in lines
        assert len(lines) < 100


def test_parameters_are_those_of_the_template_and_none_that_it_needs_is_left_out() -> None:
    known = {each.name: each for each in read(INFRA / "main.bicep").of("param")}
    assert parameters({}).keys() <= known.keys()
    assert {name for name, each in known.items() if each.value is None} <= parameters({}).keys()


def test_what_azd_knows_is_enough_to_deploy() -> None:
    outcome = deploy(INFRA / "main.bicep", parameters(GIVEN_BY_AZD))
    assert outcome.outputs["TAGWERK_DATA_CONTAINER"] == "data"


def test_an_operator_chooses_by_variables() -> None:
    chosen = {
        "TAGWERK_ENVIRONMENT_TYPE": "production",
        "TAGWERK_PRIVATE_NETWORK": "true",
        "TAGWERK_GPU_MAX_NODES": "3",
        "TAGWERK_ALWAYS_READY": "1",
    }
    found = parameters({**GIVEN_BY_AZD, **chosen})
    assert found["privateNetwork"] is True
    assert (found["gpuMaxNodes"], found["alwaysReadyHttp"]) == (3, 1)
    outcome = deploy(INFRA / "main.bicep", found)
    assert outcome.of("Microsoft.Network/virtualNetworks")


def test_every_environment_has_the_same_choices() -> None:
    dev, production = (
        json.loads((INFRA / "environments" / name).read_text()) for name in names_of_environments()
    )
    assert shape(dev) == shape(production)
    assert dev["keepDeletedDays"] < production["keepDeletedDays"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
class TestWorkflow:
    def test_actions_are_pinned_by_their_commit(self, path: Path) -> None:
        assert list(unpinned(path.read_text())) == []

    def test_it_knows_no_secrets_and_may_do_little(self, path: Path) -> None:
        text = path.read_text()
        assert "secrets." not in text
        assert "pull_request_target" not in text
        assert yaml.safe_load(text)["permissions"] == {"contents": "read"}
        for job in yaml.safe_load(text)["jobs"].values():
            assert set(job.get("permissions", {})) <= {"contents", "id-token"}
            assert job["timeout-minutes"] <= 60

    def test_what_a_pull_request_says_is_no_part_of_a_command(self, path: Path) -> None:
        for job in yaml.safe_load(path.read_text())["jobs"].values():
            assert not [step["run"] for step in job["steps"] if "${{" in step.get("run", "")]


def test_ci_runs_what_ci_runs() -> None:
    ci = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text())
    assert ci["jobs"]["test"]["steps"][-1] == {"run": ".ci/run"}


def test_a_pull_request_is_only_previewed() -> None:
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "deploy.yml").read_text())["jobs"]
    commands = {name: " ".join(step.get("run", "") for step in job["steps"]) for name, job in jobs.items()}
    assert "azd provision --preview" in commands["preview"]
    assert "azd up" not in commands["preview"]
    assert "github.event_name == 'pull_request'" in jobs["preview"]["if"]
    assert "head.repo.full_name == github.repository" in jobs["preview"]["if"]
    assert "github.event_name != 'pull_request'" in jobs["deploy"]["if"]


@pytest.mark.parametrize(
    ("line", "bad"),
    [
        ("      - uses: actions/checkout@v6", True),
        ("      - uses: actions/checkout@de0fac2 # v6", True),
        ("      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd", True),
        ("      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2", False),
    ],
)
def test_what_a_pin_is(line: str, bad: bool) -> None:
    assert bool(list(unpinned(line))) is bad


def unpinned(text: str) -> Iterator[str]:
    """Actions that are not pinned by a whole commit and the version that it is."""
    for line in text.splitlines():
        if "uses:" in line and not re.search(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line):
            yield line.strip()


def parameters(environment: dict[str, str]) -> dict[str, Any]:
    """The parameters as azd reads them: variables put in, then turned into what the template declares."""
    text = (INFRA / "main.parameters.json").read_text()
    filled = OPERATORS_CHOICES.sub(lambda hit: environment.get(hit[1]) or hit[2] or "", text)
    types = {each.name: each.type for each in read(INFRA / "main.bicep").of("param")}
    turn: dict[str, Callable[[str], Any]] = {
        "int": int,
        "bool": {"true": True, "false": False}.__getitem__,
        "string": str,
    }
    found = json.loads(filled)["parameters"]
    return {name: turn[types.get(name, "string")](one["value"]) for name, one in found.items()}


def names_of_environments() -> tuple[str, str]:
    """The files of the two environments."""
    return "dev.json", "production.json"


def shape(value: object) -> object:
    """The keys of objects, and what sort of value each has."""
    return {key: shape(each) for key, each in value.items()} if isinstance(value, dict) else type(value)


def test_every_choice_of_an_operator_is_documented_and_nothing_else() -> None:
    text = (ROOT / "docs" / "deployment.md").read_text()
    table = text.partition("## What you may choose")[2].partition("\n## ")[0]
    documented = set(re.findall(r"TAGWERK_\w+", table))
    used = {name for name, _ in OPERATORS_CHOICES.findall((INFRA / "main.parameters.json").read_text())}
    assert documented == {name for name in used if name.startswith("TAGWERK_")} | {"TAGWERK_REGISTER_APP"}


def test_what_timers_cost_at_rest_is_documented() -> None:
    source = (ROOT / "functions" / "triggers.py").read_text()
    schedules = []
    main = read(INFRA / "main.bicep").declarations
    for name in re.findall(r'"%([A-Z_]+)_SCHEDULE%"', source):
        first, *others = name.lower().split("_")
        chosen = main["".join([first, *map(str.title, others), "Schedule"])].value
        assert chosen is not None
        schedules.append(str(plain(chosen)))
    assert len(schedules) == source.count("timer_trigger")
    runs = sum(map(runs_a_month, schedules))
    memory = json.loads((INFRA / "environments" / "production.json").read_text())["instanceMemoryMB"] // 1024
    said = (ROOT / "docs" / "cost.md").read_text()
    assert f"{runs:,} a month" in said
    assert f"{runs * memory:,} GB s" in said


def runs_a_month(schedule: str) -> int:
    """How often a timer runs in thirty days that are alike; `schedule` has six fields, the seconds first."""
    seconds, *others = schedule.split()
    start = datetime(2026, 11, 2, tzinfo=UTC)
    times = croniter(" ".join([*others, seconds]), start - timedelta(seconds=1))
    found = 0
    while times.get_next(datetime) < start + timedelta(days=1):
        found += 1
    return 30 * found


def test_timers_are_counted() -> None:
    assert runs_a_month("0 0 3 * * *") == 30
    assert runs_a_month("0 */5 * * * *") == 30 * 24 * 12
