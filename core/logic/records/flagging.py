"""Who asks for another look at an item, and until when. Pure."""

from collections.abc import Sequence

from core.domain.records import ItemRecord, Revision


def flags(record: ItemRecord) -> Sequence[Revision]:
    """The votes that bear a flag, but for those from before a reviewer approved or settled what stands.

    Rejecting clears them too, because votes of before count no more, and so does removing the item.
    """
    if record.removed:
        return ()
    return [made for made in record.votes.values() if made.flag and not _looked_at(record, made)]


def _looked_at(record: ItemRecord, made: Revision) -> bool:
    approval, standing = record.approval, record.annotation
    approved = record.approved and approval is not None and approval.at >= made.at
    return approved or (record.decided and standing is not None and standing.at >= made.at)
