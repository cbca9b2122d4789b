"""Functions of Bicep as far as infra/ uses them: https://learn.microsoft.com/azure/azure-resource-manager/bicep"""

import hashlib
import ipaddress
import uuid
from collections.abc import Callable, Iterable
from typing import Any

Value = Any

SUBSCRIPTION = "/subscriptions/11111111-1111-1111-1111-111111111111"
GROUP = f"{SUBSCRIPTION}/resourceGroups/labels"
TENANT = "22222222-2222-2222-2222-222222222222"
OPERATOR = "33333333-3333-3333-3333-333333333333"
LOCATION = "westeurope"


class Runtime(str):
    """What only Azure knows when it has made a resource, such as a principal id; its text says which."""


def resource_id(group: str, type_: str, names: Iterable[str]) -> str:
    """The id of a resource in a resource group."""
    provider, *kinds = type_.split("/")
    parts = "".join(f"/{kind}/{name}" for kind, name in zip(kinds, names, strict=True))
    return f"{group}/providers/{provider}{parts}"


def cidr_subnet(network: str, size: int, index: int) -> str:
    """The subnet of a network at an index."""
    return str(list(ipaddress.ip_network(network).subnets(new_prefix=size))[index])


def merged(*values: dict[str, Value]) -> dict[str, Value]:
    """Objects one over the other, those inside too."""
    found: dict[str, Value] = {}
    for value in values:
        for key, each in value.items():
            both = isinstance(each, dict) and isinstance(found.get(key), dict)
            found[key] = merged(found[key], each) if both else each
    return found


def unique_string(*parts: str) -> str:
    """Thirteen letters and digits, the same for the same parts."""
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return "u" + digest[:12]


def guid(*parts: str) -> str:
    """A UUID, the same for the same parts."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "\n".join(parts)))


def contains(whole: Value, part: Value) -> bool:
    """Whether an array has an element, an object a key, a string a part."""
    return part in whole


def sorted_items(value: dict[str, Value]) -> list[Value]:
    """An object's keys and values in the order of keys."""
    return [{"key": key, "value": value[key]} for key in sorted(value)]


def to_object(array: list[Value], key: Callable[..., Value], value: Callable[..., Value]) -> Value:
    """An object from an array."""
    return {key(each): value(each) for each in array}


FUNCTIONS: dict[str, Callable[..., Value]] = {
    "cidrSubnet": cidr_subnet,
    "concat": lambda *arrays: [each for array in arrays for each in array],
    "contains": contains,
    "empty": lambda value: not value,
    "endsWith": lambda text, end: text.endswith(end),
    "filter": lambda array, keep: [each for each in array if keep(each)],
    "guid": guid,
    "items": sorted_items,
    "map": lambda array, change: [change(each) for each in array],
    "replace": lambda text, old, new: text.replace(old, new),
    "split": lambda text, by: text.split(by),
    "string": str,
    "toLower": lambda text: text.lower(),
    "toObject": to_object,
    "union": merged,
    "uniqueString": unique_string,
}


def surroundings(name: str, arguments: list[Value], group: str) -> Value:
    """What a function says of where the deployment is; None if there is no such function."""
    if name == "resourceGroup" and arguments:
        return {"id": "/subscriptions/{}/resourceGroups/{}".format(*arguments)}
    cloud = {
        "suffixes": {"storage": "core.windows.net"},
        "authentication": {"loginEndpoint": "https://login.microsoftonline.com/"},
    }
    found: dict[str, Callable[[], Value]] = {
        "resourceGroup": lambda: {"id": group, "name": group.rpartition("/")[2], "location": LOCATION},
        "subscription": lambda: {"id": SUBSCRIPTION, "subscriptionId": SUBSCRIPTION.rpartition("/")[2]},
        "tenant": lambda: {"tenantId": TENANT},
        "deployer": lambda: {"objectId": OPERATOR},
        "environment": lambda: cloud,
        "resourceId": lambda: resource_id(group, arguments[0], arguments[1:]),
        "subscriptionResourceId": lambda: resource_id(SUBSCRIPTION, arguments[0], arguments[1:]),
    }
    return found[name]() if name in found else None
