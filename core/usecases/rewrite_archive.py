"""Put new contents in place of those that a shard's control entity names, which themselves never change."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, Literal

from core.domain.errors import Unavailable
from core.domain.records import ItemRecord
from core.domain.shards import Change, Control
from core.ports import Ports
from core.usecases.change_shard import Decide, change_shard

ATTEMPTS = 8

Naming = Literal["manifest", "predictions"]
"""The field of a control entity that names the contents."""


async def rewrite_archive(
    ports: Ports,
    project: str,
    shard: int,
    field: Naming,
    write: Callable[[Control], Awaitable[str | None]],
    labels: int | None = None,
) -> None:
    """Have `write` store what is to follow, and its name written where the present one is.

    `write` gets the control entity with the present name, and returns a name that was never used. It is
    asked again if somebody else was quicker. With `labels`, the shard is marked in the same write as brought
    to that version of the labels. Raises NotFound, Unavailable.
    """
    for _ in range(ATTEMPTS):
        before = (await ports.shards.read(project, shard, fresh=True)).value
        name = await write(before)
        if await change_shard(ports, project, shard, (), _renaming(field, before, name, labels)):
            return
    raise Unavailable("Many change these items at once. Try again in a moment.")


def _renaming(field: Naming, before: Control, name: str | None, labels: int | None) -> Decide[bool]:
    def decide(control: Control, _records: Mapping[int, ItemRecord]) -> tuple[Change | None, bool]:
        if getattr(control, field) != getattr(before, field):
            return None, False
        renamed: dict[str, Any] = {field: name, "labels": control.labels if labels is None else labels}
        return Change(replace(control, **renamed)), True

    return decide
