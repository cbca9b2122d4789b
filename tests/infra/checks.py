"""What must hold of whatever is deployed. A check says what is wrong, and nothing if nothing is."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tree_sitter import Node

from tests.infra.bicep import BicepFile, every, source
from tests.infra.deployment import Outcome, Resource

Findings = Iterator[str]

_SECRET = re.compile(r"list\w+|\w+[kK]eys?\d?|\w*([pP]assword|[sS]as)")

STORAGE = "Microsoft.Storage/storageAccounts"
CONTAINER = f"{STORAGE}/blobServices/containers"
QUEUE = f"{STORAGE}/queueServices/queues"
SITE = "Microsoft.Web/sites"
SETTINGS = f"{SITE}/config"
VAULT = "Microsoft.KeyVault/vaults"
REGISTRY = "Microsoft.ContainerRegistry/registries"
WORKSPACE = "Microsoft.MachineLearningServices/workspaces"
CLUSTER = f"{WORKSPACE}/computes"
ROLE = "Microsoft.Authorization/roleAssignments"

NAMES: Mapping[str, str] = {
    STORAGE: r"[a-z0-9]{3,24}",
    CONTAINER: r"(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]",
    QUEUE: r"(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]",
    SITE: r"[a-z0-9][a-z0-9-]{0,58}[a-z0-9]",
    VAULT: r"(?!.*--)[a-z][a-z0-9-]{1,22}[a-z0-9]",
    REGISTRY: r"[a-z0-9]{5,50}",
    WORKSPACE: r"[A-Za-z0-9][A-Za-z0-9_-]{2,32}",
    CLUSTER: r"[A-Za-z][A-Za-z0-9-]{0,14}[A-Za-z0-9]",
    "Microsoft.EventGrid/systemTopics": r"[A-Za-z0-9-]{3,50}",
    "Microsoft.ManagedIdentity/userAssignedIdentities": r"[A-Za-z0-9][A-Za-z0-9_-]{2,127}",
    "Microsoft.Consumption/budgets": r"[A-Za-z0-9_-]{1,63}",
}
"""What Azure accepts as names."""

_WANTED: Mapping[str, Mapping[str, Mapping[str, object]]] = {
    "keys": {
        STORAGE: {"allowSharedKeyAccess": False, "defaultToOAuthAuthentication": True},
        REGISTRY: {"adminUserEnabled": False},
        VAULT: {"enableRbacAuthorization": True},
        WORKSPACE: {"systemDatastoresAuthMode": "identity"},
        CLUSTER: {"disableLocalAuth": True, "properties.remoteLoginPortPublicAccess": "Disabled"},
        f"{SITE}/basicPublishingCredentialsPolicies": {"allow": False},
        "Microsoft.Insights/components": {"DisableLocalAuth": True},
        "Microsoft.OperationalInsights/workspaces": {"features.disableLocalAuth": True},
    },
    "public": {
        STORAGE: {"allowBlobPublicAccess": False, "allowCrossTenantReplication": False},
        CONTAINER: {"publicAccess": "None"},
        REGISTRY: {"anonymousPullEnabled": False},
    },
    "tls": {
        STORAGE: {"minimumTlsVersion": "TLS1_2", "supportsHttpsTrafficOnly": True},
        SITE: {
            "httpsOnly": True,
            "siteConfig.minTlsVersion": "1.2",
            "siteConfig.scmMinTlsVersion": "1.2",
            "siteConfig.ftpsState": "Disabled",
        },
    },
    "private": {
        STORAGE: {"networkAcls.defaultAction": "Deny", "networkAcls.ipRules": []},
        VAULT: {"networkAcls.defaultAction": "Deny", "networkAcls.bypass": "AzureServices"},
        REGISTRY: {"publicNetworkAccess": "Disabled"},
        WORKSPACE: {
            "publicNetworkAccess": "Disabled",
            "managedNetwork.isolationMode": "AllowInternetOutbound",
        },
        CLUSTER: {"properties.enableNodePublicIp": False},
        SITE: {"siteConfig.ipSecurityRestrictionsDefaultAction": "Deny"},
    },
}


def _wants(what: str) -> Callable[[Outcome], Findings]:
    def check(outcome: Outcome) -> Findings:
        for resource in outcome.resources:
            for path, wanted in _WANTED[what].get(resource.type, {}).items():
                found = value_at(resource.properties, path)
                if not resource.existing and (found != wanted or type(found) is not type(wanted)):
                    yield f"{resource.name}: {path} is {found!r}, not {wanted!r}"

    return check


no_keys = _wants("keys")
no_public_access = _wants("public")
tls_12 = _wants("tls")
nothing_open = _wants("private")


def value_at(properties: Mapping[str, Any], path: str) -> Any:
    """The value at a path with dots; None if there is none."""
    found: Any = properties
    for key in path.split("."):
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def valid_names(outcome: Outcome) -> Findings:
    """Names are such as Azure accepts, and no two resources share an id."""
    seen: dict[str, Resource] = {}
    for resource in outcome.resources:
        pattern = NAMES.get(resource.type)
        if pattern and not resource.existing and not re.fullmatch(pattern, resource.name):
            yield f"{resource.type} cannot be called {resource.name!r}"
        if not resource.existing and resource.id in seen:
            yield f"{resource.id} is asked for twice"
        if not resource.existing:
            seen[resource.id] = resource


def near_roles(outcome: Outcome) -> Findings:
    """A role is for one resource of ours, never for a group or a subscription, and never lets give roles."""
    givers = {
        "8e3af657-a8ff-443c-a75c-2fe8c4bcb635": "Owner",
        "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9": "User Access Administrator",
        "f58310d9-a9f6-439a-9e8d-f62e7b41a168": "Role Based Access Control Administrator",
    }
    for resource in outcome.of(ROLE):
        over, role = scope_of(resource), role_of(resource)
        if over not in {one.id for one in outcome.resources}:
            yield f"{role} is given over {over}"
        if role in givers:
            yield f"{givers[role]} is given over {over}"


def scope_of(assignment: Resource) -> str:
    """The id of what a role is given over."""
    return assignment.id.partition(f"/providers/{ROLE}/")[0]


def role_of(assignment: Resource) -> str:
    """The id of the role that is given."""
    return str(assignment.properties["roleDefinitionId"]).rpartition("/")[2]


def described(file: BicepFile) -> Findings:
    """Every parameter and output says what it is, and the file too."""
    for declared in (*file.of("param"), *file.of("output")):
        if "description" not in declared.decorators:
            yield f"{file.path.name}: {declared.name} has no description"


def used(file: BicepFile) -> Findings:
    """Nothing is declared that nobody uses."""
    named = {
        source(node)
        for declared in (*file.declarations.values(), *file.outputs.values())
        if declared.value is not None
        for node in every(declared.value)
        if node.type == "identifier" and not _is_key(node)
    }
    for sort in ("param", "var"):
        for declared in file.of(sort):
            if declared.name not in named:
                yield f"{file.path.name}: nobody uses {declared.name}"


def _is_key(node: Node) -> bool:
    within = node.parent
    return within is not None and within.type == "object_property" and within.named_children[0] == node


def no_secret_outputs(file: BicepFile) -> Findings:
    """No output gives a key, a password or a SAS away. Deployments keep their outputs for all readers."""
    secure = {declared.name for declared in file.of("param") if "secure" in declared.decorators}
    for declared in file.of("output"):
        words = {source(node) for node in every(declared.value) if node.is_named} if declared.value else set()
        secret = [word for word in words if _SECRET.fullmatch(word)]
        if secret or words & secure:
            yield f"{file.path.name}: the output {declared.name} gives {sorted(secret or words & secure)}"


def repeatable(file: BicepFile) -> Findings:
    """Nothing differs from one deployment to the next: no time, no dice, no keys that may be rotated."""
    for declared in (*file.declarations.values(), *file.outputs.values()):
        for node in every(declared.value) if declared.value else ():
            called = source(node.named_children[0]) if node.type == "call_expression" else ""
            if called in ("utcNow", "newGuid", "dateTimeAdd") or called.startswith("list"):
                yield f"{file.path.name}: {declared.name} calls {called}"
