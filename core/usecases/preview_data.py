"""Say what a path would give a project, before there is one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from core.domain.projects import Data
from core.logic.paths import check_path
from core.ports import Ports
from core.usecases.find_items import Found, find_items

SHOWN = 6
PATIENCE = timedelta(seconds=3)
_URL_LASTS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Preview:
    """How many images match, a few of them with URLs, and how many blobs are left out for which reason.

    `more` says that the count stopped early, because the path holds very many.
    """

    matched: int
    more: bool
    first: Sequence[tuple[str, str]]
    left_out: Mapping[str, int]


async def preview_data(ports: Ports, data: Data) -> Preview:
    """Count what matches, for a few seconds. Raises Invalid for the path, NotFound for the datastore."""
    check_path(data.path)
    container = (await ports.datastores.get(data.datastore)).container
    begun = ports.clock.now()
    found, more = Found(), False
    async for so_far in find_items(ports, data, ports.limits.max_items):
        found = so_far
        more = ports.clock.now() - begun > PATIENCE
        if more:
            break
    until = ports.clock.now() + _URL_LASTS
    first = [
        (item.path, await ports.blobs.sign_read(container, item.path, until)) for item in found.items[:SHOWN]
    ]
    return Preview(len(found.items), more, first, _reasons(found, ports.limits.max_items))


def _reasons(found: Found, cap: int) -> Mapping[str, int]:
    reasons = {
        "The file's extension is not one of an image.": found.not_images,
        f"A project holds at most {cap:,} items.": found.left_out,
    }
    return {reason: count for reason, count in reasons.items() if count}
