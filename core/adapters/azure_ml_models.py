"""Model assets in an Azure ML workspace, by the official SDK. Never run for real.

The files stay where they are: an asset names a folder of a datastore. The service counts the versions.
"""

from collections.abc import Mapping

from core.adapters.azure_ml_command import Container
from core.adapters.azure_ml_workspace import OpenWorkspace
from core.domain.jobs import BlobFolder
from core.ports import BlobStore

_SORT = "custom_model"


class AzureMlModels:
    """Models of one workspace."""

    def __init__(self, blobs: BlobStore, workspace: OpenWorkspace) -> None:
        self._blobs, self._workspace = blobs, workspace

    async def register(
        self, name: str, folder: BlobFolder, description: str, properties: Mapping[str, str]
    ) -> str:
        return await self._workspace.call(self._register, name, folder, description, properties)

    def _register(
        self, name: str, folder: BlobFolder, description: str, properties: Mapping[str, str]
    ) -> str:
        from azure.ai.ml.entities import Model

        container = Container.at(self._blobs.url(folder.container, ""))
        self._workspace.ensure_datastore(container)
        model = Model(
            name=name,
            path=container.path(folder.prefix),
            type=_SORT,
            description=description,
            properties=dict(properties),
        )
        made = self._workspace.client().models.create_or_update(model)
        return f"azureml:{made.name}:{made.version}"
