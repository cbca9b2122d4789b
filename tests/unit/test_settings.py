import re

import pytest

from core.domain.prices import Prices
from core.settings import SettingsError, read_settings

COMPLETE = {
    "STORAGE": "AccountName=devstoreaccount1;AccountKey=a-key",
    "DATA_CONTAINER": "data",
    "APP_CONTAINER": "tagwerk",
    "OIDC_ISSUER": "https://issuer.example",
    "OIDC_AUDIENCE": "one, two",
    "OIDC_CLIENT_ID": "client",
    "OIDC_SCOPE": "openid",
}


def test_a_complete_environment() -> None:
    settings = read_settings({**COMPLETE, "MAX_ITEMS": "7"})
    assert settings.oidc.audiences == ("one", "two")
    assert settings.max_items == 7


@pytest.mark.parametrize("key", sorted(COMPLETE.keys() - {"STORAGE"}))
def test_a_missing_key_is_named(key: str) -> None:
    with pytest.raises(SettingsError, match=key):
        read_settings({other: value for other, value in COMPLETE.items() if other != key})


def test_without_a_connection_string_the_three_uris_are_needed() -> None:
    identity = {key: value for key, value in COMPLETE.items() if key != "STORAGE"}
    with pytest.raises(SettingsError, match="STORAGE__blobServiceUri, STORAGE__queueServiceUri"):
        read_settings(identity)
    uris = {f"STORAGE__{name}ServiceUri": f"https://{name}.example" for name in ("blob", "queue", "table")}
    assert read_settings({**identity, **uris}).storage.tables == "https://table.example"


@pytest.mark.parametrize("number", ["0", "-1", "many", ""])
def test_a_number_must_be_one(number: str) -> None:
    with pytest.raises(SettingsError, match="MAX_ITEMS"):
        read_settings({**COMPLETE, "MAX_ITEMS": number})


def test_the_key_is_not_printed() -> None:
    assert "a-key" not in repr(read_settings(COMPLETE))


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("", set[str]()),
        ("127.0.0.1", {"127.0.0.1"}),
        (" Hooks.Internal:8080, [::1],", {"hooks.internal:8080", "[::1]"}),
    ],
)
def test_hosts_that_webhooks_may_reach_besides(text: str, hosts: set[str]) -> None:
    assert read_settings({**COMPLETE, "WEBHOOK_ALLOWED_HOSTS": text}).webhook_hosts == hosts
    assert read_settings(COMPLETE).webhook_hosts == set()


WORKSPACE = {"AZURE_ML_SUBSCRIPTION": "s", "AZURE_ML_RESOURCE_GROUP": "g", "AZURE_ML_WORKSPACE": "w"}


def test_jobs_need_a_cluster_with_an_environment_in_a_workspace() -> None:
    assert read_settings({**COMPLETE, **WORKSPACE}).cluster is None
    with pytest.raises(SettingsError, match="AZURE_ML_WORKSPACE, AZURE_ML_ENVIRONMENT"):
        read_settings({**COMPLETE, "AZURE_ML_CLUSTER": "gpu"})
    jobs = {**COMPLETE, **WORKSPACE, "AZURE_ML_CLUSTER": "gpu", "AZURE_ML_ENVIRONMENT": "azureml:jobs:1"}
    cluster = read_settings(jobs).cluster
    assert cluster is not None
    assert (cluster.name, cluster.environment, cluster.low_priority) == ("gpu", "azureml:jobs:1", True)
    with pytest.raises(SettingsError, match="AZURE_ML_TIER is 'cheap'"):
        read_settings({**jobs, "AZURE_ML_TIER": "cheap"})


def test_local_jobs_need_a_folder() -> None:
    assert read_settings(COMPLETE).local_jobs is None
    local = read_settings({**COMPLETE, "JOBS_FOLDER": "jobs", "JOBS_MEMORY_MB": "4096"}).local_jobs
    assert local is not None
    assert (local.folder, local.programs, local.memory_mb) == ("jobs", "aml_jobs", 4096)
    assert local.threads >= 1


def test_prices_are_those_of_the_list_unless_they_are_set() -> None:
    jobs = {**COMPLETE, **WORKSPACE, "AZURE_ML_CLUSTER": "gpu", "AZURE_ML_ENVIRONMENT": "azureml:jobs:1"}
    both = {**jobs, "AZURE_ML_CPU_CLUSTER": "cpu"}
    assert read_settings(both).prices == Prices()
    text = "currency=USD,gpu_hour=2,memory_mb=512,, currency = EUR, gpu_hour = 1.25, tables=0"
    found = read_settings({**both, "PRICES": text}).prices
    assert found == Prices(currency="EUR", gpu_hour=1.25, memory_mb=512, tables=0)


def test_a_machine_costs_what_the_one_costs_that_jobs_run_on() -> None:
    local = read_settings(COMPLETE).prices
    assert (local.gpu_hour, local.cpu_hour) == (0, 0)
    assert read_settings({**COMPLETE, "PRICES": "cpu_hour=0.5"}).prices.cpu_hour == 0.5
    jobs = {**COMPLETE, **WORKSPACE, "AZURE_ML_CLUSTER": "gpu", "AZURE_ML_ENVIRONMENT": "azureml:jobs:1"}
    one = read_settings({**jobs, "PRICES": "gpu_hour=3"}).prices
    assert (one.gpu_hour, one.cpu_hour) == (3, 3)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("gpu_hour=-1", "'gpu_hour' in PRICES is '-1'"),
        ("gpu_hour=", "'gpu_hour' in PRICES is ''"),
        ("tables=nan", "'tables' in PRICES is 'nan'"),
        ("tables=1e9", "'tables' in PRICES is '1e9'"),
        ("currency=dollars", "'currency' in PRICES is 'dollars'"),
        ("gpu=1", "PRICES has 'gpu', but there is no such price: currency, tables"),
        ('{"gpu_hour": 1}', "PRICES has '{\"gpu_hour\": 1}'"),
    ],
)
def test_a_price_that_makes_no_sense_is_named(text: str, said: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(said)):
        read_settings({**COMPLETE, "PRICES": text})
