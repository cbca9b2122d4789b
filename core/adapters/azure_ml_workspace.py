"""An Azure ML workspace: the SDK's client, and what jobs need to be there, made when it is missing."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from core.adapters.azure_ml_calls import PATIENCE_SECONDS, Calls, Patience
from core.adapters.azure_ml_clusters import Cluster, ensure_cluster
from core.adapters.azure_ml_command import Container

if TYPE_CHECKING:
    from azure.ai.ml import MLClient
    from azure.ai.ml.entities import Environment
    from azure.core.credentials import TokenCredential

R = TypeVar("R")

TIMEOUTS: Mapping[str, Any] = {
    "connection_timeout": 10,
    "read_timeout": 30,
    "retry_total": 3,
    "retry_backoff_factor": 0.5,
}
"""Of every request."""
_POLL_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace. `options` go to the SDK's clients; a call has `patience` seconds."""

    subscription: str
    resource_group: str
    name: str
    options: Mapping[str, Any] = field(default_factory=dict)
    patience: float = PATIENCE_SECONDS


@dataclass(frozen=True, slots=True)
class Machines:
    """What jobs run on and in.

    `environment` is a registered one (`azureml:NAME:VERSION` or `azureml:NAME@latest`) or an image; `code` a
    registered one (`azureml:NAME:VERSION`), or None where the image holds the programs.
    """

    gpu: Cluster
    cpu: Cluster
    environment: str
    code: str | None


class OpenWorkspace:
    """A workspace and what is known to be in it. `client_id` is the managed identity that asks; `credential`
    stands in for it where there is none."""

    def __init__(
        self, place: Workspace, client_id: str | None = None, credential: "TokenCredential | None" = None
    ) -> None:
        self.place = place
        self._calls = Calls(place.patience)
        self._client_id, self._credential = client_id, credential
        self._opening = threading.Lock()
        self._opened: MLClient | None = None
        self._known: set[object] = set()

    async def call(self, act: Callable[..., R], *args: object) -> R:
        """Have something done that blocks. Raises Invalid, Unavailable, and what else `act` raises."""
        return await self._calls.call(act, *args)

    def client(self) -> "MLClient":
        """The SDK's client, which tells Microsoft nothing; made by the first call, which takes a second."""
        with self._opening:
            if self._opened is None:
                from azure.ai.ml import MLClient
                from azure.identity import ManagedIdentityCredential

                self._opened = MLClient(
                    self._credential or ManagedIdentityCredential(client_id=self._client_id),
                    self.place.subscription,
                    self.place.resource_group,
                    self.place.name,
                    enable_telemetry=False,
                    per_retry_policies=[Patience()],
                    **{"polling_interval": _POLL_SECONDS, **TIMEOUTS, **self.place.options},
                )
            return self._opened

    def code(self, registered: str | None) -> str | None:
        """The id of registered code; the SDK would take a short name for a folder to upload."""
        if registered is None:
            return None
        name, _, version = registered.removeprefix("azureml:").partition(":")
        return (
            f"/subscriptions/{self.place.subscription}/resourceGroups/{self.place.resource_group}/providers"
            f"/Microsoft.MachineLearningServices/workspaces/{self.place.name}/codes/{name}/versions/{version}"
        )

    def environment(self, named: str) -> "str | Environment":
        """What jobs run in."""
        from azure.ai.ml.entities import Environment

        if not named.startswith("azureml:"):
            return Environment(image=named)
        return (
            named.removeprefix("azureml:") if "@" in named else named
        )  # the SDK takes no prefix with a label

    def ensure_datastore(self, container: Container) -> None:
        """Have a datastore for a container: the identity of whoever asks opens it, no key."""
        from azure.ai.ml.entities import AzureBlobDatastore
        from azure.core.exceptions import ResourceNotFoundError

        if container in self._known:
            return
        datastores = self.client().datastores
        try:
            datastores.get(container.datastore)
        except ResourceNotFoundError:
            made = AzureBlobDatastore(
                name=container.datastore,
                account_name=container.account,
                container_name=container.name,
                endpoint=container.endpoint,
                description="Made by Tagwerk; opened by identity.",
            )
            datastores.create_or_update(made)
        self._known.add(container)

    def ensure_cluster(self, cluster: Cluster) -> None:
        """Have a cluster that can take jobs. Raises Invalid, Unavailable."""
        if cluster not in self._known:
            ensure_cluster(self.client(), cluster)
            self._known.add(cluster)
