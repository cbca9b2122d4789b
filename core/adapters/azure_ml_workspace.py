"""An Azure ML workspace: the SDK's client, and what jobs need to be there, made when it is missing."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from core.adapters.azure_ml_command import Container

if TYPE_CHECKING:
    from azure.ai.ml import MLClient
    from azure.ai.ml.entities import Environment
    from azure.core.credentials import TokenCredential

TIMEOUTS: Mapping[str, Any] = {
    "connection_timeout": 10,
    "read_timeout": 30,
    "retry_total": 3,
    "retry_backoff_factor": 0.5,
}
"""Of every request; the SDK waits as long as the service asks it to (Retry-After)."""
IDLE_SECONDS = 600
"""How long a node waits for the next job before it goes."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster that has no nodes at rest. `identity` is the resource id of the user-assigned identity that
    its jobs work as; None: the cluster's own."""

    name: str
    size: str
    low_priority: bool
    max_nodes: int
    identity: str | None


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where jobs run and in what.

    `environment` is a registered one (`azureml:NAME:VERSION`) or an image; `code` a registered one
    (`azureml:NAME:VERSION`), or None where the image holds the programs. `options` go to the SDK's clients.
    """

    subscription: str
    resource_group: str
    name: str
    gpu: Cluster
    cpu: Cluster
    environment: str
    code: str | None
    options: Mapping[str, Any] = field(default_factory=dict)


class OpenWorkspace:
    """A workspace and what is known to be in it. `client_id` is the managed identity that asks; `credential`
    stands in for it where there is none."""

    def __init__(
        self, place: Workspace, client_id: str | None = None, credential: "TokenCredential | None" = None
    ) -> None:
        self.place = place
        self._client_id, self._credential = client_id, credential
        self._opening = threading.Lock()
        self._opened: MLClient | None = None
        self._known: set[object] = set()

    def client(self) -> "MLClient":
        """The SDK's client; made by the first call, which takes a second."""
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
                    **{**TIMEOUTS, **self.place.options},
                )
            return self._opened

    def code(self) -> str | None:
        """The id of the registered code; the SDK would take a short name for a folder to upload."""
        place = self.place
        if place.code is None:
            return None
        name, _, version = place.code.removeprefix("azureml:").partition(":")
        return (
            f"/subscriptions/{place.subscription}/resourceGroups/{place.resource_group}/providers"
            f"/Microsoft.MachineLearningServices/workspaces/{place.name}/codes/{name}/versions/{version}"
        )

    def environment(self) -> "str | Environment":
        """What jobs run in."""
        from azure.ai.ml.entities import Environment

        named = self.place.environment
        return named if named.startswith("azureml:") else Environment(image=named)

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
        """Have a cluster, and no nodes until a job comes. What is there is taken as it is."""
        from azure.ai.ml.entities import AmlCompute, IdentityConfiguration, ManagedIdentityConfiguration
        from azure.core.exceptions import ResourceNotFoundError

        if cluster in self._known:
            return
        computes = self.client().compute
        try:
            computes.get(cluster.name)
        except ResourceNotFoundError:
            identity = IdentityConfiguration(type="system_assigned")
            if cluster.identity:
                given = [ManagedIdentityConfiguration(resource_id=cluster.identity)]
                identity = IdentityConfiguration(type="user_assigned", user_assigned_identities=given)
            made = AmlCompute(
                name=cluster.name,
                size=cluster.size,
                tier="low_priority" if cluster.low_priority else "dedicated",
                min_instances=0,
                max_instances=cluster.max_nodes,
                idle_time_before_scale_down=IDLE_SECONDS,
                identity=identity,
            )
            computes.begin_create_or_update(made).result(timeout=120)
        self._known.add(cluster)
