"""Which of Azure's meters a request to a storage service runs on.

After "Map each REST operation to a price" of learn.microsoft.com, for general-purpose v2 accounts.
"""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

Count = Callable[[str], None]
"""Counts one of a meter of Usage, by its name."""

_WRITES = frozenset({"", "block", "blocklist", "appendblock", "tier"})
"""What a PUT may be for (`comp`) that counts as writing the blob. Empty: the blob itself, or a copy."""


def uncounted(meter: str) -> None:
    """Count nothing."""


def meter_of(service: str, method: str, url: str) -> str | None:
    """The meter's name in Usage; None for what is free. `service` is blob, queue or table.

    >>> meter_of("blob", "PUT", "https://a.blob.core.windows.net/data/a.jpg?comp=block&blockid=MQ==")
    'blob_writes'
    >>> meter_of("table", "POST", "https://a.table.core.windows.net/$batch")
    'tables'
    """
    if service != "blob":
        return f"{service}s"
    query = parse_qs(urlsplit(url).query)
    purpose, of_container = query.get("comp", [""])[0], query.get("restype") == ["container"]
    match method:
        case "DELETE":
            return None
        case "GET" if purpose == "list":
            return "blob_lists"
        case "PUT" if of_container and not purpose:
            return "blob_lists"  # Azure: list and create container
        case "GET" if not purpose and "restype" not in query:
            return "blob_reads"
        case "PUT" if purpose in _WRITES:
            return "blob_writes"
        case _:
            return "blob_others"
