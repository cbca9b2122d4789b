"""Find an item for somebody who may see it."""

from dataclasses import dataclass

from core.domain.errors import NotFound
from core.domain.items import Item, item_id, parse_item_id
from core.domain.shards import Control
from core.logic.permissions import Action
from core.ports import Ports
from core.usecases.authorize import Access


@dataclass(frozen=True, slots=True)
class FoundItem:
    """An item and its place."""

    shard: int
    index: int
    item: Item

    @property
    def id(self) -> str:
        """The item's id."""
        return item_id(self.shard, self.index)


async def find_item(ports: Ports, access: Access, item: str) -> FoundItem:
    """The item, for who may read all items, or holds this one under a lease that has not ended.

    Raises NotFound, also to those who may not know that the item exists.
    """
    shard, index = parse_item_id(item)
    control = (await ports.shards.read(access.project.id, shard)).value
    if not _may_see(ports, access, control, index):
        control = (await ports.shards.read(access.project.id, shard, fresh=True)).value
        if not _may_see(ports, access, control, index):
            raise NotFound("item", item)
    return FoundItem(shard, index, (await ports.manifests.read(control.manifest))[index])


def _may_see(ports: Ports, access: Access, control: Control, index: int) -> bool:
    if index >= len(control.states):
        return False
    now = ports.clock.now()
    return access.may(Action.READ_ITEMS) or any(
        lease.labeler == access.user.id and lease.expires > now and index in lease.indexes
        for lease in control.leases
    )
