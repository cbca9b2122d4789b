"""The environment, read once into a frozen value. A key that is missing is named."""

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from core.domain.prices import Prices


class SettingsError(Exception):
    """The environment lacks or garbles a setting."""


@dataclass(frozen=True, slots=True)
class StorageSettings:
    """How to reach the storage account: a connection string (Azurite), or three URIs and an identity."""

    connection_string: str | None = field(default=None, repr=False)
    blobs: str = ""
    queues: str = ""
    tables: str = ""
    client_id: str | None = None


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """Who issues tokens, and what the page needs to ask for one. `audiences` are those we accept."""

    issuer: str
    audiences: tuple[str, ...]
    client_id: str
    scope: str


@dataclass(frozen=True, slots=True)
class WorkspaceSettings:
    """An Azure ML workspace, and the managed identity that works in it."""

    subscription: str
    resource_group: str
    name: str
    client_id: str | None


@dataclass(frozen=True, slots=True)
class ClusterSettings:
    """The Azure ML clusters that jobs run on, made when they are missing, and what the jobs run in.

    `environment` is a registered one (`azureml:NAME:VERSION`) or an image; `code` a registered one, or None
    where the image holds the programs. `cpu_name` is for jobs that need no GPU; None: they share the other.
    `identity` is the resource id of the identity that jobs read and write blobs as; None: the cluster's own.
    """

    name: str
    size: str
    environment: str
    code: str | None
    low_priority: bool
    max_nodes: int
    cpu_name: str | None
    cpu_size: str
    identity: str | None


@dataclass(frozen=True, slots=True)
class LocalJobSettings:
    """Jobs on this machine: their folder, the Python that runs them, where the programs lie, their bounds."""

    folder: str
    python: str
    programs: str
    threads: int
    memory_mb: int | None


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between deployments. `webhook_hosts` may get webhooks, public or not.

    Jobs run on `cluster` of the workspace if there is one, otherwise by `local_jobs`, otherwise not at all.
    """

    storage: StorageSettings
    oidc: OidcSettings
    data_container: str
    app_container: str
    max_items: int
    page_dir: str
    workspace: WorkspaceSettings | None
    cluster: ClusterSettings | None
    local_jobs: LocalJobSettings | None
    webhook_hosts: frozenset[str]
    prices: Prices


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings in an environment. Raises SettingsError, naming every key that is missing."""
    missing = [key for key in _required(environment) if not environment.get(key)]
    if missing:
        raise SettingsError(f"These settings are missing: {', '.join(missing)}.")
    return Settings(
        storage=_storage(environment),
        oidc=OidcSettings(
            issuer=environment["OIDC_ISSUER"],
            audiences=tuple(environment["OIDC_AUDIENCE"].replace(" ", "").split(",")),
            client_id=environment["OIDC_CLIENT_ID"],
            scope=environment["OIDC_SCOPE"],
        ),
        data_container=environment["DATA_CONTAINER"],
        app_container=environment["APP_CONTAINER"],
        max_items=_number(environment, "MAX_ITEMS", 500_000),
        page_dir=environment.get("PAGE_DIR", "web/dist"),
        workspace=_workspace(environment),
        cluster=_cluster(environment),
        local_jobs=_local_jobs(environment),
        webhook_hosts=_hosts(environment.get("WEBHOOK_ALLOWED_HOSTS", "")),
        prices=_prices(environment),
    )


def _required(environment: Mapping[str, str]) -> tuple[str, ...]:
    services = ("STORAGE__blobServiceUri", "STORAGE__queueServiceUri", "STORAGE__tableServiceUri")
    oidc = ("OIDC_ISSUER", "OIDC_AUDIENCE", "OIDC_CLIENT_ID", "OIDC_SCOPE")
    return (*(() if "STORAGE" in environment else services), *oidc, "DATA_CONTAINER", "APP_CONTAINER")


def _storage(environment: Mapping[str, str]) -> StorageSettings:
    if "STORAGE" in environment:
        return StorageSettings(connection_string=environment["STORAGE"])
    return StorageSettings(
        blobs=environment["STORAGE__blobServiceUri"],
        queues=environment["STORAGE__queueServiceUri"],
        tables=environment["STORAGE__tableServiceUri"],
        client_id=environment.get("STORAGE__clientId"),
    )


def _workspace(environment: Mapping[str, str]) -> WorkspaceSettings | None:
    keys = ("AZURE_ML_SUBSCRIPTION", "AZURE_ML_RESOURCE_GROUP", "AZURE_ML_WORKSPACE")
    values = [environment.get(key, "") for key in keys]
    if not any(values):
        return None
    missing = [key for key, value in zip(keys, values, strict=True) if not value]
    if missing:
        raise SettingsError(f"These settings are missing for an Azure ML workspace: {', '.join(missing)}.")
    subscription, group, name = values
    return WorkspaceSettings(subscription, group, name, environment.get("STORAGE__clientId"))


def _cluster(environment: Mapping[str, str]) -> ClusterSettings | None:
    name = environment.get("AZURE_ML_CLUSTER", "")
    if not name:
        return None
    needed = ("AZURE_ML_WORKSPACE", "AZURE_ML_ENVIRONMENT")
    missing = [key for key in needed if not environment.get(key)]
    if missing:
        raise SettingsError(f"These settings are missing for jobs on Azure ML: {', '.join(missing)}.")
    tier = environment.get("AZURE_ML_TIER", "low_priority")
    if tier not in ("low_priority", "dedicated"):
        raise SettingsError(f"AZURE_ML_TIER is '{tier}', but must be low_priority or dedicated.")
    return ClusterSettings(
        name=name,
        size=environment.get("AZURE_ML_SIZE") or "Standard_NC4as_T4_v3",
        environment=environment["AZURE_ML_ENVIRONMENT"],
        code=environment.get("AZURE_ML_CODE") or None,
        low_priority=tier == "low_priority",
        max_nodes=_number(environment, "AZURE_ML_MAX_NODES", 2),
        cpu_name=environment.get("AZURE_ML_CPU_CLUSTER") or None,
        cpu_size=environment.get("AZURE_ML_CPU_SIZE") or "Standard_D4s_v5",
        identity=environment.get("AZURE_ML_IDENTITY") or None,
    )


def _local_jobs(environment: Mapping[str, str]) -> LocalJobSettings | None:
    folder = environment.get("JOBS_FOLDER", "")
    if not folder:
        return None
    bounded = "JOBS_MEMORY_MB" in environment
    return LocalJobSettings(
        folder=folder,
        python=environment.get("JOBS_PYTHON") or sys.executable,
        programs=environment.get("JOBS_PROGRAMS") or "aml_jobs",
        threads=_number(environment, "JOBS_THREADS", max(1, (os.cpu_count() or 1) - 1)),
        memory_mb=_number(environment, "JOBS_MEMORY_MB", 1) if bounded else None,
    )


def _prices(environment: Mapping[str, str]) -> Prices:
    """The defaults, with what PRICES replaces: `name=value, name=value`, of which the last of a name counts.
    Jobs on this machine cost nothing unless it says so."""
    cluster = environment.get("AZURE_ML_CLUSTER")
    known = Prices() if cluster else Prices(gpu_hour=0.0, cpu_hour=0.0)
    given = dict(_price(each) for each in environment.get("PRICES", "").split(",") if each.strip())
    if cluster and not environment.get("AZURE_ML_CPU_CLUSTER"):  # all jobs share one cluster
        given = {"cpu_hour": given.get("gpu_hour", known.gpu_hour)} | given
    return replace(known, **given)


def _price(text: str) -> tuple[str, Any]:
    name, _, value = (part.strip() for part in text.partition("="))
    names = [price.name for price in fields(Prices)]
    if name not in names:
        raise SettingsError(f"PRICES has '{name}', but there is no such price: {', '.join(names)}.")
    if name == "currency":
        if not re.fullmatch("[A-Z]{3}", value):
            raise SettingsError(f"'currency' in PRICES is '{value}', but must be a code such as USD or EUR.")
        return name, value
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,12})?", value):
        raise SettingsError(
            f"'{name}' in PRICES is '{value}', but must be a number such as 0.4, zero or more."
        )
    return name, float(value)


def _hosts(text: str) -> frozenset[str]:
    return frozenset(host.strip().lower() for host in text.split(",") if host.strip())


def _number(environment: Mapping[str, str], key: str, default: int) -> int:
    text = environment.get(key, str(default))
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise SettingsError(f"{key} is '{text}', but must be a whole number above zero.")
    return int(text)
