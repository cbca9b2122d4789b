"""Reading Azurite's access log: which lines mean that a blob was created."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote

# 127.0.0.1 - - [20/Nov/2026:20:14:30 +0000] "PUT /devstoreaccount1/data/a%20b.txt?sig=x HTTP/1.1" 201 -
# Greedy up to the last ` HTTP/`, since a client may send quotes and spaces unescaped.
LINE = re.compile(r'^\S+ \S+ \S+ \[[^]]*\] "PUT (?P<target>/.*) HTTP/[\d.]+" (?P<status>\d{3}) ')
CREATED = 201
COPIED = 202


@dataclass(frozen=True)
class CreatedBlob:
    """A blob that has been written."""

    container: str
    name: str


def created_blob(line: str) -> CreatedBlob | None:
    """The blob that the request of a log line created or replaced, or None.

    Blobs come into being by a PUT of the blob itself, of its block list, or by a copy. Blocks,
    leases, metadata, snapshots and containers are other PUTs, told apart by `comp` or `restype`.
    """
    found = LINE.match(line)
    if not found or int(found["status"]) not in (CREATED, COPIED):
        return None
    path, _, query = found["target"].partition("?")
    fields = parse_qs(query)
    if "restype" in fields or fields.get("comp", ["blocklist"]) != ["blocklist"]:
        return None
    _, _, address = path.removeprefix("/").partition("/")
    container, _, name = address.partition("/")
    return CreatedBlob(unquote(container), unquote(name)) if name else None
