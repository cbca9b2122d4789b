"""What Bicep sets and makes is what the code reads and uses: settings, queues, containers, functions."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.adapters.oidc import ADMINISTRATOR
from core.formats.commands import QUEUES
from core.settings import read_settings
from tests.infra.bicep import INFRA
from tests.infra.checks import CLUSTER, CONTAINER, QUEUE, SETTINGS, SITE, STORAGE
from tests.infra.conftest import CLIENT, NEEDED, VARIANTS, deployed
from tests.infra.deployment import Outcome, deploy
from tests.infra.functions import TENANT

ROOT = INFRA.parent
PLATFORM = {
    "AzureWebJobsStorage__blobServiceUri": "the Functions host's leases, receipts and keys",
    "AzureWebJobsStorage__queueServiceUri": "the blob trigger's own queue",
    "AzureWebJobsStorage__tableServiceUri": "the host's diagnostic events",
    "AzureWebJobsStorage__credential": "the host uses a managed identity",
    "AzureWebJobsStorage__clientId": "namely this one",
    "STORAGE__credential": "triggers use a managed identity",
    "APPLICATIONINSIGHTS_CONNECTION_STRING": "where the host sends telemetry",
    "APPLICATIONINSIGHTS_AUTHENTICATION_STRING": "as whom",
    "PYTHON_APPLICATIONINSIGHTS_ENABLE_TELEMETRY": "the worker sets up OpenTelemetry",
    "OTEL_PYTHON_DISABLED_INSTRUMENTATIONS": "libraries tell addresses",
}
"""Settings that the host reads, not our code."""
ELSEWHERE = {
    "STORAGE": "a connection string, so a key: development only",
    "AZURE_ML_CODE": "the image of the jobs holds the programs",
    "JOBS_FOLDER": "jobs on this machine: development only",
    "JOBS_PYTHON": "the same",
    "JOBS_PROGRAMS": "the same",
    "JOBS_THREADS": "the same",
    "JOBS_MEMORY_MB": "the same",
}
"""Settings that the code reads, and no deployment sets."""
FORBIDDEN = re.compile(
    "FUNCTIONS_EXTENSION_VERSION|FUNCTIONS_WORKER_RUNTIME(_VERSION)?|FUNCTIONS_WORKER_PROCESS_COUNT"
    "|FUNCTIONS_MAX_HTTP_CONCURRENCY|WEBSITE_RUN_FROM_PACKAGE|WEBSITE_CONTENT\\w+|WEBSITE_VNET_ROUTE_ALL"
    "|SCM_DO_BUILD_DURING_DEPLOYMENT|ENABLE_ORYX_BUILD|AzureWebJobsStorage|APPINSIGHTS_INSTRUMENTATIONKEY"
)
"""Settings that Flex Consumption refuses or replaces by properties, and two that hold keys."""


def test_every_setting_that_the_code_reads_is_set_and_none_is_unused() -> None:
    wanted = {*keys_of(ROOT / "core" / "settings.py"), *percented()}
    assert set(settings(deployed("dev"))) == (wanted - ELSEWHERE.keys()) | PLATFORM.keys()
    assert ELSEWHERE.keys() <= wanted


def test_no_setting_is_a_key_or_one_that_flex_consumption_refuses(outcome: Outcome) -> None:
    for name, value in settings(outcome).items():
        assert not FORBIDDEN.fullmatch(name)
        assert "AccountKey" not in value
        assert isinstance(value, str)


def test_the_code_understands_the_settings() -> None:
    outcome = deployed("dev")
    found = read_settings(settings(outcome))
    assert found.storage.connection_string is None
    assert found.storage.queues == f"https://{outcome.outputs['TAGWERK_STORAGE']}.queue.core.windows.net/"
    assert found.storage.client_id == settings(outcome)["AzureWebJobsStorage__clientId"]
    assert found.oidc.issuer == f"https://login.microsoftonline.com/{TENANT}/v2.0"
    assert found.oidc.audiences == (CLIENT,)
    assert found.oidc.scope == f"openid profile email offline_access {CLIENT}/.default"
    assert found.max_items == 500_000
    assert found.local_jobs is None
    assert found.workspace is not None
    assert found.workspace.name == outcome.outputs["TAGWERK_ML_WORKSPACE"]
    assert found.cluster is not None
    assert found.cluster.environment == "azureml:tagwerk-jobs@latest"


def test_the_clusters_that_the_code_names_are_made_as_it_describes_them(outcome: Outcome) -> None:
    cluster = read_settings(settings(outcome)).cluster
    made = {one.name: one for one in outcome.of(CLUSTER)}
    if cluster is None:
        assert made == {}
        return
    assert list(made) == [cluster.name, cluster.cpu_name]
    gpu, cpu = (made[name].properties["properties"] for name in made)
    assert (gpu["vmSize"], cpu["vmSize"]) == (cluster.size, cluster.cpu_size)
    assert (gpu["vmPriority"] == "LowPriority") == cluster.low_priority
    assert gpu["scaleSettings"]["maxNodeCount"] == cluster.max_nodes
    for one in made.values():
        assert list(one.body["identity"]["userAssignedIdentities"]) == [cluster.identity]


def test_prices_are_those_of_the_machines_that_are_deployed(outcome: Outcome) -> None:
    prices = read_settings(settings(outcome)).prices
    (app,) = outcome.of(SITE)
    scale = app.properties["functionAppConfig"]["scaleAndConcurrency"]
    assert prices.memory_mb == scale["instanceMemoryMB"]
    for cluster in outcome.of(CLUSTER):
        idle = cluster.properties["properties"]["scaleSettings"]["nodeIdleTimeBeforeScaleDown"]
        assert idle == f"PT{prices.idle_minutes:.0f}M"
        assert prices.gpu_hour > 0


def test_prices_that_an_operator_sets_come_last() -> None:
    given = {**NEEDED, **VARIANTS["production"], "prices": "gpu_hour=2.5,currency=EUR"}
    prices = read_settings(settings(deploy(INFRA / "main.bicep", given))).prices
    assert (prices.gpu_hour, prices.cpu_hour, prices.currency) == (2.5, 0.192, "EUR")


def test_every_queue_that_the_code_uses_is_made_with_its_poison_queue(outcome: Outcome) -> None:
    made = [one.name for one in outcome.of(QUEUE)]
    assert sorted(made) == sorted({*QUEUES.values(), *(f"{queue}-poison" for queue in QUEUES.values())})


def test_every_container_that_the_code_uses_is_made(outcome: Outcome) -> None:
    found = read_settings(settings(outcome))
    made = {one.name for one in outcome.of(CONTAINER)}
    assert made == {found.data_container, found.app_container, "packages"}


def test_tables_are_made_by_the_app_which_may(outcome: Outcome) -> None:
    assert outcome.of(f"{STORAGE}/tableServices/tables") == []
    source = (ROOT / "core" / "adapters" / "azure_tables.py").read_text()
    assert "create_table_if_not_exists" in source  # may it? test_roles.py says so


def test_the_function_that_takes_blobs_is_the_one_that_is_subscribed() -> None:
    functions = [
        node.name
        for node in ast.walk(ast.parse(triggers()))
        if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef)
        and any("blob_trigger" in ast.unparse(decorator) for decorator in node.decorator_list)
    ]
    assert functions == [deployed("dev").outputs["TAGWERK_INGEST_FUNCTION"]]
    assert "BlobSource.EVENT_GRID" in triggers()


def test_the_registration_has_the_role_that_the_code_knows_and_tokens_that_it_reads() -> None:
    registration = json.loads((INFRA / "app-registration.json").read_text())
    (role,) = registration["appRoles"]
    assert role["value"] == ADMINISTRATOR
    assert role["id"] in (INFRA / "hooks" / "register-app.sh").read_text()
    assert registration["api"]["requestedAccessTokenVersion"] == 2  # whose issuer ends with /v2.0
    assert registration["signInAudience"] == "AzureADMyOrg"


def settings(outcome: Outcome) -> dict[str, str]:
    """The app settings that a deployment makes."""
    (made,) = [one for one in outcome.of(SETTINGS) if one.name == "appsettings"]
    return made.properties


def keys_of(file: Path) -> Iterator[str]:
    """Texts in a Python file that are names of settings."""
    for node in ast.walk(ast.parse(file.read_text())):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and re.fullmatch(r"[A-Z][A-Z0-9]*(__?[A-Za-z0-9]+)*", text):
            yield text


def triggers() -> str:
    """The source of the triggers."""
    return (ROOT / "functions" / "triggers.py").read_text()


def percented() -> set[str]:
    """Settings that triggers name as %SETTING%."""
    return set(re.findall(r"%([A-Z_]+)%", triggers()))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('environment["A_KEY"]', {"A_KEY"}),
        ('environment.get("STORAGE__clientId")', {"STORAGE__clientId"}),
        ('raise Error("These are missing")', set()),
    ],
)
def test_what_a_name_of_a_setting_is(tmp_path: Path, source: str, found: set[str]) -> None:
    file = tmp_path / "some.py"
    file.write_text(source)
    assert set(keys_of(file)) == found
