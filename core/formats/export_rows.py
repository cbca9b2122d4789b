"""What every export format is made from: one row per exported item."""

from dataclasses import dataclass

from core.domain.items import Item, ItemStatus, Revision


@dataclass(frozen=True, slots=True)
class ExportRow:
    """An item, the revision that stands, and its size in pixels of the upright image where known."""

    item: Item
    url: str
    status: ItemStatus
    annotation: Revision
    width: int | None
    height: int | None
