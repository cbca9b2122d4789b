"""Where data are, as Azure ML and storage say it: an asset, a path in a datastore or in a container."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from core.domain.assets import AssetSort, DataAsset
from core.domain.errors import Invalid
from core.domain.projects import DataType

_ASSET = re.compile(r"azureml:([^:/@]+)(?::([^:/@]+)|@(latest))")
_ASSET_ADDRESS = re.compile(r"azureml://.+/data/([^/]+)/versions/([^/]+)", re.IGNORECASE)
_DATASTORE = re.compile(
    r"azureml://(?:subscriptions/[^/]+/resourcegroups/[^/]+/(?:providers/[^/]+/)?workspaces/([^/]+)/)?"
    r"datastores/([^/]+)(?:/paths/?(.*))?",
    re.IGNORECASE | re.DOTALL,
)
_BLOB = re.compile(r"https://([^/.]+)\.(?:blob|dfs)\.([^/]+)/([^/?]+)/?([^?]*)", re.IGNORECASE | re.DOTALL)
_HADOOP = re.compile(
    r"(?:wasbs|abfss)://([^/@]+)@([^/.]+)\.(?:blob|dfs)\.([^/]+)/?(.*)", re.IGNORECASE | re.DOTALL
)
_SORTS = {AssetSort.MLTABLE: "an MLTable", AssetSort.FOLDER: "a folder", AssetSort.FILE: "a file"}


@dataclass(frozen=True, slots=True)
class AssetName:
    """A version of a data asset; `latest` is one too."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class InDatastore:
    """A path in a datastore of Azure ML; without a `workspace`, of the one that the deployment knows."""

    datastore: str
    path: str
    workspace: str | None = None


@dataclass(frozen=True, slots=True)
class InContainer:
    """A path in a container of Azure, `address` being `https://x.blob.core.windows.net/photos`."""

    address: str
    path: str


Address = AssetName | InDatastore | InContainer


def address_of(text: str) -> Address | None:
    """What a text says where data are; None for a path in a datastore of ours. Raises Invalid.

    Web addresses are percent-encoded; those of Azure ML and of Hadoop's drivers name blobs as they are.
    """
    if found := _ASSET.fullmatch(text) or _ASSET_ADDRESS.fullmatch(text):
        return AssetName(found[1], found[2] or "latest")
    if found := _DATASTORE.fullmatch(text):
        return InDatastore(found[2], found[3] or "", found[1])
    if found := _BLOB.fullmatch(text):
        return InContainer(_container(found[1], found[2], found[3]), unquote(found[4]))
    if found := _HADOOP.fullmatch(text):
        return InContainer(_container(found[2], found[3], found[1]), found[4])
    if text.lower().startswith("azureml:"):
        raise Invalid(
            f"'{text}' is no address of Azure ML that is understood. There are azureml:NAME:VERSION, "
            "azureml:NAME@latest and azureml://datastores/NAME/paths/PATH.",
            field="data.path",
        )
    return None


def path_of(asset: DataAsset, path: str, wanted: DataType) -> str:
    """The path that a project is made over, of an asset that lies at `path`.

    Raises Invalid where the project wants its data to be of another sort.
    """
    if (asset.sort is AssetSort.MLTABLE) is not (wanted is DataType.MLTABLE):
        raise Invalid(
            f"The data asset '{asset.id}' is {_SORTS[asset.sort]}. Choose the data type "
            f"{'mltable' if asset.sort is AssetSort.MLTABLE else 'files or tabular'}.",
            field="data.type",
        )
    return path.rstrip("/") + "/" if asset.sort is AssetSort.FOLDER and path else path.rstrip("/")


def same_container(one: str, other: str) -> bool:
    """Whether two addresses are of the same container."""
    return one.rstrip("/").lower() == other.rstrip("/").lower()


def _container(account: str, endpoint: str, container: str) -> str:
    return f"https://{account}.blob.{endpoint}/{container}".lower()
