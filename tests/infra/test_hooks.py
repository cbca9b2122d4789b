"""The hooks of azd, run for real by sh, against stand-ins of az and azd. A second run changes nothing."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.infra.bicep import INFRA
from tests.infra.conftest import deployed

HOOKS = INFRA / "hooks"
WRITES = ("create", "delete", "set", "add", "register", "PATCH", "POST")
FRESH: dict[str, Any] = {
    "apps": {},
    "services": {},
    "holders": [],
    "subscriptions": {},
    "environments": {},
    "env": {},
    "calls": [],
    "person": True,
    "asked": 0,
    "ready_after": 0,
    "deaf": 0,
    "key": "a+key==",
}
PREFIX = "/blobServices/default/containers/data/blobs/"


@dataclass
class Azure:
    """Programs on a PATH of their own, and what they know."""

    folder: Path

    @property
    def state(self) -> dict[str, Any]:
        """What the programs know."""
        found: dict[str, Any] = json.loads((self.folder / "state.json").read_text())
        return found

    def change(self, **values: object) -> None:
        """Let the programs know something else."""
        (self.folder / "state.json").write_text(json.dumps({**self.state, **values}))

    def run(self, hook: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a hook as azd does, which knows the outputs of the deployment."""
        self.change(calls=[])
        return subprocess.run(  # noqa: S603  our own scripts
            [str(HOOKS / hook)],
            cwd=self.folder,
            env={
                **{name: str(value) for name, value in deployed("dev").outputs.items()},
                **self.state["env"],
                "AZURE_ENV_NAME": "demo",
                "AZURE_RESOURCE_GROUP": "labels",
                "FAKE_AZURE": str(self.folder / "state.json"),
                "PATH": f"{self.folder}:{os.environ['PATH']}",
                "TAGWERK_PAUSE": "0",
                **environment,
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=100,
        )

    def writes(self) -> list[list[str]]:
        """The calls of the last run that changed something."""
        return [call for call in self.state["calls"] if set(call) & set(WRITES)]


@pytest.fixture
def azure(tmp_path: Path) -> Azure:
    """An Azure where nothing was made."""
    (tmp_path / "state.json").write_text(json.dumps(FRESH))
    for program in ("az", "azd"):
        path = tmp_path / program
        fake = Path(__file__).with_name("fake_azure.py")
        path.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I -S "{fake}" {program} "$@"\n')
        path.chmod(0o755)
    curl = tmp_path / "curl"
    curl.write_text(f'#!/bin/sh\necho "$@" >> "{tmp_path}/woken"\nexit 7\n')
    curl.chmod(0o755)
    return Azure(tmp_path)


class TestBlobs:
    def test_new_blobs_of_the_data_container_are_told_to_the_app(self, azure: Azure) -> None:
        azure.change(ready_after=4)
        ran = azure.run("subscribe-blobs.sh")
        assert ran.returncode == 0, ran.stderr
        made = azure.state["subscriptions"]["new-blobs"]
        address = deployed("dev").outputs["TAGWERK_URL"]
        query = "functionName=Host.Functions.ingest&code=a+key=="
        assert made["endpoint"] == f"{address}/runtime/webhooks/blobs?{query}"
        assert made["subject-begins-with"] == PREFIX
        assert made["included-event-types"] == "Microsoft.Storage.BlobCreated"
        assert made["system-topic-name"] == deployed("dev").outputs["TAGWERK_TOPIC"]

    def test_a_second_deployment_leaves_the_subscription_alone(self, azure: Azure) -> None:
        azure.run("subscribe-blobs.sh")
        ran = azure.run("subscribe-blobs.sh")
        assert "as before" in ran.stdout
        assert azure.writes() == []

    def test_a_new_key_makes_a_new_subscription(self, azure: Azure) -> None:
        azure.run("subscribe-blobs.sh")
        azure.change(key="another")
        azure.run("subscribe-blobs.sh")
        assert [call[4] for call in azure.writes()] == ["delete", "create"]
        assert azure.state["subscriptions"]["new-blobs"]["endpoint"].endswith("&code=another")

    def test_an_app_that_answers_too_late_is_asked_again(self, azure: Azure) -> None:
        azure.change(deaf=2)
        assert azure.run("subscribe-blobs.sh").returncode == 0
        assert "new-blobs" in azure.state["subscriptions"]
        assert (azure.folder / "woken").read_text().count("/runtime/webhooks/blobs?") == 3

    def test_an_app_that_never_answers_is_an_error_that_says_what_to_do(self, azure: Azure) -> None:
        azure.change(deaf=99)
        ran = azure.run("subscribe-blobs.sh")
        assert ran.returncode == 1
        assert "azd hooks run postdeploy" in ran.stderr

    def test_an_app_that_does_not_start_is_an_error(self, azure: Azure) -> None:
        azure.change(ready_after=999)
        ran = azure.run("subscribe-blobs.sh")
        assert ran.returncode == 1
        assert "does not run" in ran.stderr

    def test_the_address_is_printed(self, azure: Azure) -> None:
        assert deployed("dev").outputs["TAGWERK_URL"] in azure.run("postdeploy.sh").stdout


class TestRegistration:
    def test_it_is_made_before_and_gets_its_addresses_after(self, azure: Azure) -> None:
        before = azure.run("preprovision.sh", TAGWERK_URL="")
        assert before.returncode == 0, before.stderr
        registered = azure.state["apps"]["app-id"]
        assert registered["displayName"] == "Tagwerk demo"
        assert registered["appRoles"][0]["value"] == "Administrator"
        assert registered["spa"]["redirectUris"] == []
        assert azure.state["env"]["TAGWERK_OIDC_CLIENT_ID"] == "app-id"
        azure.run("register-app.sh", TAGWERK_ORIGINS="https://label.example.org")
        address = deployed("dev").outputs["TAGWERK_URL"]
        assert azure.state["apps"]["app-id"]["spa"]["redirectUris"] == [
            address,
            f"{address}/signed-in",
            "https://label.example.org",
            "https://label.example.org/signed-in",
        ]

    def test_a_second_run_leaves_it_as_it_is(self, azure: Azure) -> None:
        azure.run("register-app.sh")
        first = azure.state
        azure.run("register-app.sh")
        second = azure.state
        assert {**first, "calls": [], "asked": 0} == {**second, "calls": [], "asked": 0}
        assert not [call for call in azure.writes() if "create" in call or "POST" in call]

    def test_one_that_was_forgotten_is_found_by_its_name(self, azure: Azure) -> None:
        azure.run("register-app.sh")
        azure.change(env={})
        azure.run("register-app.sh")
        assert azure.state["env"]["TAGWERK_OIDC_CLIENT_ID"] == "app-id"
        assert list(azure.state["apps"]) == ["app-id"]

    def test_addresses_that_somebody_added_stay(self, azure: Azure) -> None:
        azure.run("register-app.sh", TAGWERK_URL="")
        apps = azure.state["apps"]
        apps["app-id"]["spa"]["redirectUris"] = ["http://localhost:5173"]
        azure.change(apps=apps)
        azure.run("register-app.sh")
        assert azure.state["apps"]["app-id"]["spa"]["redirectUris"][0] == "http://localhost:5173"
        assert len(azure.state["apps"]["app-id"]["spa"]["redirectUris"]) == 3

    def test_the_first_who_deploys_is_administrator_and_nobody_after(self, azure: Azure) -> None:
        azure.run("register-app.sh")
        (holder,) = azure.state["holders"]
        assert holder["principalId"] == "me"
        assert holder["appRoleId"] == azure.state["apps"]["app-id"]["appRoles"][0]["id"]
        azure.run("register-app.sh")
        assert len(azure.state["holders"]) == 1

    def test_a_pipeline_makes_nobody_administrator(self, azure: Azure) -> None:
        azure.change(person=False)
        assert azure.run("register-app.sh").returncode == 0
        assert azure.state["holders"] == []

    def test_somebody_elses_is_left_alone(self, azure: Azure) -> None:
        ran = azure.run("register-app.sh", TAGWERK_REGISTER_APP="no", TAGWERK_OIDC_CLIENT_ID="theirs")
        assert ran.returncode == 0
        assert azure.state["calls"] == []
        ran = azure.run("register-app.sh", TAGWERK_REGISTER_APP="no")
        assert ran.returncode == 1
        assert "TAGWERK_OIDC_CLIENT_ID" in ran.stderr


class TestEnvironment:
    def test_the_image_holds_the_programs_where_jobs_look_for_them(self, azure: Azure) -> None:
        ran = azure.run("register-environment.sh")
        assert ran.returncode == 0, ran.stderr
        ((name, made),) = azure.state["environments"].items()
        assert name.startswith("tagwerk-jobs:")
        assert {"Dockerfile", "requirements.txt", "assist.py"} <= set(made["files"])
        assert not [file for file in made["files"] if "__pycache__" in file]
        from core.adapters.azure_ml_command import IMAGE_PROGRAMS

        assert made["dockerfile"].splitlines()[-1] == f"COPY . {IMAGE_PROGRAMS}"
        outputs = deployed("dev").outputs
        assert made["place"] == [
            outputs["TAGWERK_ML_SUBSCRIPTION"],
            outputs["TAGWERK_ML_RESOURCE_GROUP"],
            outputs["TAGWERK_ML_WORKSPACE"],
        ]

    def test_the_same_programs_are_registered_once(self, azure: Azure) -> None:
        azure.run("register-environment.sh")
        ran = azure.run("register-environment.sh")
        assert "as before" in ran.stdout
        assert len(azure.state["environments"]) == 1
        assert not [call for call in azure.writes() if "create" in call]

    def test_without_assist_there_is_none(self, azure: Azure) -> None:
        assert azure.run("register-environment.sh", TAGWERK_ML_WORKSPACE="").returncode == 0
        assert azure.state["calls"] == []


class TestPreparation:
    def test_the_budget_begins_with_the_month_of_the_first_deployment(self, azure: Azure) -> None:
        azure.run("preprovision.sh", TAGWERK_URL="")
        start = azure.state["env"]["TAGWERK_BUDGET_START"]
        assert start.endswith("-01")
        assert len(start) == len("2026-11-01")
        azure.run("preprovision.sh", TAGWERK_URL="", TAGWERK_BUDGET_START="2026-01-01")
        assert not [call for call in azure.state["calls"] if "TAGWERK_BUDGET_START" in call]

    def test_only_a_private_network_needs_another_provider(self, azure: Azure) -> None:
        azure.run("preprovision.sh", TAGWERK_URL="")
        assert not [call for call in azure.state["calls"] if "provider" in call]
        azure.run("preprovision.sh", TAGWERK_URL="", TAGWERK_PRIVATE_NETWORK="true")
        assert [call for call in azure.state["calls"] if "Microsoft.App" in call]
