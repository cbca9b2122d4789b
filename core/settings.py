"""The environment, read once into a frozen value. A key that is missing is named."""

from collections.abc import Mapping
from dataclasses import dataclass, field


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
class Settings:
    """Everything that differs between deployments. `webhook_hosts` may get webhooks, public or not."""

    storage: StorageSettings
    oidc: OidcSettings
    data_container: str
    app_container: str
    max_items: int
    page_dir: str
    workspace: WorkspaceSettings | None
    webhook_hosts: frozenset[str]


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
        webhook_hosts=_hosts(environment.get("WEBHOOK_ALLOWED_HOSTS", "")),
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


def _hosts(text: str) -> frozenset[str]:
    return frozenset(host.strip().lower() for host in text.split(",") if host.strip())


def _number(environment: Mapping[str, str], key: str, default: int) -> int:
    text = environment.get(key, str(default))
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise SettingsError(f"{key} is '{text}', but must be a whole number above zero.")
    return int(text)
