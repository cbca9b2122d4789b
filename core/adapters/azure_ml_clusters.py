"""Clusters of an Azure ML workspace: those that are there are used as they are, others are made."""

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.adapters.azure_ml_calls import seconds_left
from core.adapters.azure_ml_errors import FORBIDDEN
from core.domain.errors import Invalid, Unavailable

if TYPE_CHECKING:
    from azure.ai.ml import MLClient
    from azure.ai.ml.entities import AmlCompute

IDLE_SECONDS = 600
"""How long a node waits for the next job before it goes."""
_WAITS = 0.7
"""The share of a call's time in which a cluster may become ready."""
_RETRY_SECONDS = 30
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster that has no nodes at rest. `identity` is the resource id of the user-assigned identity that
    its jobs work as; None: the cluster's own."""

    name: str
    size: str
    low_priority: bool
    max_nodes: int
    identity: str | None

    @property
    def tier(self) -> str:
        """As the SDK calls it."""
        return "low_priority" if self.low_priority else "dedicated"


def ensure_cluster(client: "MLClient", cluster: Cluster) -> None:
    """Have a cluster that can take jobs; its nodes come with them.

    Raises Unavailable while it is being made or deleted, Invalid where it could not be, or may not be made.
    """
    found = _find(client, cluster.name) or _make(client, cluster)
    state = _word(found, "provisioning_state")
    if state == "Failed":
        why = _word(found, "provisioning_errors") or "Azure ML does not say why."
        raise Invalid(
            f"The cluster '{cluster.name}' could not be made: {why} Delete it in the workspace and mend "
            "that, and Tagwerk makes it again; or make it yourself."
        )
    if state in ("Creating", "Deleting"):
        raise Unavailable(f"The cluster '{cluster.name}' is {state.lower()}.", _RETRY_SECONDS)
    _say_what_differs(cluster, found)


def _find(client: "MLClient", name: str) -> Any:
    from azure.core.exceptions import ResourceNotFoundError

    try:
        return client.compute.get(name)
    except ResourceNotFoundError:
        return None
    except (AttributeError, TypeError):  # it is there, but of a sort that the SDK cannot read
        return object()


def _make(client: "MLClient", cluster: Cluster) -> Any:
    """What there is after the attempt: somebody else may make it at the same moment, and it may fail."""
    from azure.core.exceptions import HttpResponseError

    try:
        client.compute.begin_create_or_update(_wanted(cluster)).wait(_WAITS * seconds_left())
    except HttpResponseError as error:
        if error.status_code in FORBIDDEN:
            raise Invalid(
                f"There is no cluster '{cluster.name}' in the workspace, and Tagwerk's identity may not make "
                f"it. Make it, such as by 'azd provision' or 'az ml compute create', or give the identity "
                f"the role AzureML Compute Operator. Azure ML says: {error.message}"
            ) from error
        if found := _find(client, cluster.name):
            return found
        raise
    return _find(client, cluster.name)


def _wanted(cluster: Cluster) -> "AmlCompute":
    from azure.ai.ml.entities import AmlCompute, IdentityConfiguration, ManagedIdentityConfiguration

    identity = IdentityConfiguration(type="system_assigned")
    if cluster.identity:
        given = [ManagedIdentityConfiguration(resource_id=cluster.identity)]
        identity = IdentityConfiguration(type="user_assigned", user_assigned_identities=given)
    return AmlCompute(
        name=cluster.name,
        size=cluster.size,
        tier=cluster.tier,
        min_instances=0,
        max_instances=cluster.max_nodes,
        idle_time_before_scale_down=IDLE_SECONDS,
        identity=identity,
    )


def _say_what_differs(cluster: Cluster, found: Any) -> None:
    size, tier = _word(found, "size"), _word(found, "tier")
    differs = size.lower() not in ("", cluster.size.lower()) or tier.lower() not in ("", cluster.tier)
    if differs:
        _log.warning(
            "The cluster %s is %s, %s, not %s, %s as the settings say. It is used as it is: delete it to "
            "have another.",
            cluster.name,
            size,
            tier,
            cluster.size,
            cluster.tier,
        )


def _word(found: Any, name: str) -> str:
    """What the SDK says of a cluster: some words are enums, some are missing."""
    value = getattr(found, name, None)
    return str(getattr(value, "value", value) or "")
