"""Data assets in an Azure ML workspace, by the official SDK. Never run for real.

The SDK takes a second and 100 MB to import, so only the call that needs it imports it.
"""

import asyncio

from core.domain.errors import Unavailable
from core.domain.exports import AssetSort


class AzureMlAssets:
    """DataAssets of one workspace."""

    def __init__(self, subscription: str, resource_group: str, workspace: str, client_id: str | None) -> None:
        self._place = (subscription, resource_group, workspace)
        self._client_id = client_id

    async def register(self, name: str, uri: str, sort: AssetSort, description: str) -> str:
        return await asyncio.to_thread(self._register, name, uri, sort, description)

    def _register(self, name: str, uri: str, sort: AssetSort, description: str) -> str:
        from azure.ai.ml import MLClient
        from azure.ai.ml.entities import Data
        from azure.core.exceptions import AzureError
        from azure.identity import ManagedIdentityCredential

        client = MLClient(ManagedIdentityCredential(client_id=self._client_id), *self._place)
        asset = Data(name=name, path=uri, type=sort.value, description=description)
        try:
            return str(client.data.create_or_update(asset).id)
        except AzureError as error:
            raise Unavailable(f"Azure ML did not register '{name}': {error.message}") from error
