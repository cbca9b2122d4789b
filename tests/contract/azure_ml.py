"""What the tests of Azure ML share: the adapters, speaking to the stand-in."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from azure.core.credentials import AccessToken
from azure.core.pipeline import PipelineRequest
from azure.core.pipeline.policies import SansIOHTTPPolicy

from core.adapters.azure_ml import AzureMlAssets
from core.adapters.azure_ml_clusters import Cluster
from core.adapters.azure_ml_jobs import AzureMlJobs
from core.adapters.azure_ml_models import AzureMlModels
from core.adapters.azure_ml_workspace import Machines, OpenWorkspace, Workspace
from core.adapters.memory import MemoryBlobs
from tests.contract.azure_ml_node import Node
from tests.contract.azure_ml_server import TOKEN, AzureMl, serving
from tests.contract.job_programs import write_programs
from tests.contract.local_jobs import CONTAINER

SDK_WARNS = pytest.mark.filterwarnings("ignore::marshmallow.warnings.Marshmallow4Warning")
"""The SDK uses its own dependency in ways that are going away."""
GPU = Cluster("gpu", "Standard_NC4as_T4_v3", low_priority=True, max_nodes=2, identity=None)
CPU = Cluster("cpu", "Standard_D4s_v5", low_priority=False, max_nodes=1, identity="/subscriptions/sub/id")


class CloudBlobs(MemoryBlobs):
    """Blobs in memory whose addresses are Azure's."""

    def url(self, container: str, name: str) -> str:
        return f"https://acme.blob.core.windows.net/{container}/{name}"


class Credential:
    """Gives the token that the stand-in wants."""

    def get_token(self, *scopes: str, **_options: Any) -> AccessToken:
        assert scopes
        return AccessToken(TOKEN, int(time.time()) + 3600)


class PlainBearer(SansIOHTTPPolicy[Any, Any]):
    """Sends the token without TLS, which the SDK's own policy refuses and the stand-in does not have."""

    def on_request(self, request: PipelineRequest[Any]) -> None:
        request.context.options.pop("enforce_https", None)
        request.http_request.headers["Authorization"] = f"Bearer {TOKEN}"


@contextmanager
def azure_ml(node: Node | None = None) -> Iterator[AzureMl]:
    """The stand-in, to which the SDK is turned."""
    with serving(AzureMl(node)) as service, pytest.MonkeyPatch.context() as patch:
        patch.setenv("AZUREML_DEV_URL_MFE", service.url)
        yield service


def node_of(folder: Path, blobs: MemoryBlobs) -> Node:
    """A node with the tests' programs."""
    return Node(folder / "nodes", write_programs(folder / "programs"), blobs)


def open_jobs(
    blobs: MemoryBlobs,
    options: Mapping[str, Any] | None = None,
    environment: str = "azureml:env:1",
    patience: float = 60,
) -> AzureMlJobs:
    """The adapter; `options` go to the SDK's clients."""
    machines = Machines(GPU, CPU, environment, "azureml:programs:1")
    return AzureMlJobs(blobs, CONTAINER, open_workspace(options, patience), machines)


def open_models(blobs: MemoryBlobs) -> AzureMlModels:
    """The adapter."""
    return AzureMlModels(blobs, open_workspace())


def open_assets() -> AzureMlAssets:
    """The adapter."""
    return AzureMlAssets(open_workspace())


def open_workspace(options: Mapping[str, Any] | None = None, patience: float = 60) -> OpenWorkspace:
    """The workspace that the stand-in is."""
    given = {"authentication_policy": PlainBearer(), "retry_backoff_factor": 0.01, "polling_interval": 0.1}
    given |= options or {}
    return OpenWorkspace(Workspace("sub", "group", "space", given, patience), credential=Credential())
