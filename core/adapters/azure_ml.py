"""Data assets in an Azure ML workspace, by the official SDK. Never run for real.

Assets that are made lie in datastores without credentials, so whoever reads them needs rights of their own.
"""

from typing import TYPE_CHECKING, Any

from core.adapters.azure_ml_command import Container, split_address
from core.adapters.azure_ml_errors import is_missing
from core.adapters.azure_ml_workspace import OpenWorkspace
from core.domain.assets import AssetSort, DataAsset
from core.domain.errors import NotFound, Unsupported

if TYPE_CHECKING:
    from azure.ai.ml.entities import Data

LATEST = "latest"


class AzureMlAssets:
    """DataAssets of one workspace."""

    def __init__(self, workspace: OpenWorkspace) -> None:
        self._workspace = workspace

    async def register(self, name: str, uri: str, sort: AssetSort, description: str) -> str:
        return await self._workspace.call(self._register, name, uri, sort, description)

    async def find(self, name: str, version: str) -> DataAsset:
        return await self._workspace.call(self._find, name, version)

    async def container_of(self, datastore: str, workspace: str | None = None) -> str:
        ours = self._workspace.place.name
        if workspace and workspace.lower() != ours.lower():
            raise Unsupported(f"This is in the workspace '{workspace}', and this deployment knows '{ours}'.")
        return await self._workspace.call(self._container_of, datastore)

    def _register(self, name: str, uri: str, sort: AssetSort, description: str) -> str:
        from azure.ai.ml.entities import Data

        address, path = split_address(uri)
        container = Container.at(address)
        self._workspace.ensure_datastore(container)
        named: dict[str, Any] = {"referenced_uris": ["./"]} if sort is AssetSort.MLTABLE else {}
        asset = Data(name=name, path=container.path(path), type=sort.value, description=description, **named)
        data = self._workspace.client().data
        # The SDK would fetch the MLTable, and a schema for it from the internet; ours is what we wrote.
        data._validate = lambda _: None  # noqa: SLF001
        return str(data.create_or_update(asset).id)

    def _find(self, name: str, version: str) -> DataAsset:
        from azure.ai.ml.exceptions import MlException
        from azure.core.exceptions import ResourceNotFoundError

        data = self._workspace.client().data
        try:
            found: Data = (
                data.get(name, label=LATEST) if version == LATEST else data.get(name, version=version)
            )
        except ResourceNotFoundError as error:
            raise NotFound("data asset", f"{name}:{version}") from error
        except MlException as error:
            if is_missing(error):
                raise NotFound("data asset", f"{name}:{version}") from error
            raise
        try:
            sort = AssetSort(str(found.type))
        except ValueError as error:
            raise Unsupported(
                f"The data asset '{name}' is a {found.type}, which cannot be labeled."
            ) from error
        return DataAsset(name, str(found.version), sort, str(found.path))

    def _container_of(self, datastore: str) -> str:
        from azure.core.exceptions import ResourceNotFoundError

        try:
            found: Any = self._workspace.client().datastores.get(datastore)
        except ResourceNotFoundError as error:
            raise NotFound("datastore of the Azure ML workspace", datastore) from error
        name = getattr(found, "container_name", None) or getattr(found, "filesystem", None)
        if not name:
            raise Unsupported(f"The datastore '{datastore}' is no blob container: it is a {found.type}.")
        endpoint = getattr(found, "endpoint", None) or "core.windows.net"
        return f"https://{found.account_name}.blob.{endpoint}/{name}"
