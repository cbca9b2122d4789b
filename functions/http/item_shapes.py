"""An item as the API says it."""

from collections.abc import Mapping
from typing import Any

from core.domain.log import NOBODY
from core.domain.predictions import Prelabel
from core.domain.records import ItemEvent, ItemRecord, Revision
from core.usecases.list_items import ListedItem
from functions.schemas.items import AnnotationOut, EventOut, FlagOut, ItemDetail, RevisionOut

Names = Mapping[str, str]


def item_fields(listed: ListedItem, names: Names | None = None) -> dict[str, Any]:
    """The fields of an item in a list."""
    view, record, standing = listed.view, listed.record, listed.record.annotation
    width, height = (view.image.width, view.image.height) if view.image else (None, None)
    return {
        "id": listed.id,
        "path": listed.item.name,
        "status": listed.status,
        "version": record.version,
        "text": view.text,
        "columns": view.columns,
        "url": view.url,
        "width": width or (standing.width if standing else None),
        "height": height or (standing.height if standing else None),
        "frames": view.image.frames if view.image else None,
        "defect": record.defect.reason if record.defect else None,
        "annotation": AnnotationOut(**_annotation(standing, record, names or {})) if standing else None,
        **prelabel_fields(listed.prelabel),
        "gold": record.gold is not None,
        "flags": [_flag(made, names or {}) for made in listed.flags],
        "reserved_for": record.reserved_for,
        "voters": len(record.votes),
    }


def prelabel_fields(prelabel: Prelabel | None) -> dict[str, Any]:
    """What a prelabel is called wherever it is shown."""
    if prelabel is None:
        return {"prelabel": None, "confidence": None, "trusted": None, "confidences": None, "unsure": ()}
    prediction = prelabel.prediction
    return {
        "prelabel": prediction.answer,
        "confidence": prediction.confidence,
        "trusted": prelabel.trusted,
        "confidences": prediction.regions,
        "unsure": prelabel.unsure,
    }


def people_of(listed: ListedItem) -> set[str]:
    """Everybody who said something of the item, or did something to it."""
    record = listed.record
    people = {made.user for made in record.revisions} | {event.user for event in record.events}
    return people - {NOBODY}


def item_detail(listed: ListedItem, names: Names) -> ItemDetail:
    """The item with its votes and history."""
    record, merged = listed.record, listed.merged
    history = {made.number: _revision(made, listed, names) for made in record.revisions}
    return ItemDetail(
        **item_fields(listed, names),
        etag=listed.item.etag,
        history=list(history.values()),
        votes=[history[made.number] for made in record.votes.values()],
        events=[_event(event, names) for event in record.events],
        candidate=merged.answer if merged else None,
        agreement=merged.agreement if merged and _answers(record) > 1 else None,
    )


def _answers(record: ItemRecord) -> int:
    return sum(made.answer is not None for made in record.votes.values())


def _annotation(made: Revision, record: ItemRecord, names: Names) -> dict[str, Any]:
    return {
        "answer": made.answer,
        "skipped": made.skipped,
        "user": made.user,
        "name": names.get(made.user),
        "at": made.at,
        "revision": made.number,
        "source": made.source,
        "approved": record.approved and made.number == record.standing,
        "agreement": made.agreement,
    }


def _revision(made: Revision, listed: ListedItem, names: Names) -> RevisionOut:
    record = listed.record
    vote = record.votes.get(made.user)
    return RevisionOut(
        **_annotation(made, record, names),
        late=made.late,
        counts=vote is not None and vote.number == made.number,
        rejected=made.rejected,
        corrected=made.corrected,
        right=made.right,
        flag=made.flag,
        run=made.run,
        seconds=made.milliseconds / 1000,
        etag=listed.etag_at(made.at),
    )


def _flag(made: Revision, names: Names) -> FlagOut:
    name = names.get(made.user)
    return FlagOut(revision=made.number, user=made.user, name=name, at=made.at, note=made.flag or "")


def _event(event: ItemEvent, names: Names) -> EventOut:
    return EventOut(
        at=event.at,
        user=event.user,
        name=names.get(event.user),
        action=event.action,
        revision=event.revision,
        comment=event.comment,
        to=event.to,
        detail=event.detail,
    )
