"""Approve, reject, correct, hand out: what reviewers do to items, in bulk and never to what has changed."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial

from core.domain.answers import Answer
from core.domain.errors import Conflict, Invalid, InvalidAnswer, ItemsChanged
from core.domain.items import item_id, parse_item_id
from core.domain.log import Happened
from core.domain.records import ItemRecord
from core.domain.shards import Change, Control
from core.logic.answering import Subject, misfit
from core.logic.permissions import REVIEWING, Action, allowed
from core.logic.records import reviewing
from core.logic.records.counting import labels_of
from core.logic.records.recording import apply_records
from core.logic.records.relabeling import brought_up
from core.logic.records.reviewing import Desk
from core.logic.records.settling import Terms
from core.logic.tasks.leasing import released
from core.ports import Ports
from core.usecases.authorize import Access
from core.usecases.batches import batches
from core.usecases.change_shard import RECORDS_A_WRITE, change_shard
from core.usecases.log_event import log_event
from core.usecases.measure_items import measure_items
from core.usecases.survey_project import survey_project

Step = Callable[[ItemRecord, Desk], ItemRecord]


class ReviewAction(StrEnum):
    """What a reviewer can do to items that they chose."""

    APPROVE = "approve"
    UNAPPROVE = "unapprove"
    REJECT = "reject"
    ACCEPT_SKIP = "accept_skip"
    REJECT_SKIP = "reject_skip"
    ASSIGN = "assign"
    MARK_GOLD = "mark_gold"
    UNMARK_GOLD = "unmark_gold"


_HAPPENED = {
    ReviewAction.ASSIGN: Happened.ITEMS_ASSIGNED,
    ReviewAction.MARK_GOLD: Happened.GOLD_MARKED,
    ReviewAction.UNMARK_GOLD: Happened.GOLD_MARKED,
}


@dataclass(frozen=True, slots=True)
class Review:
    """What to do to which items. `versions` are those that the reviewer saw, as far as they say so.

    `assign_to` is the labeler who alone gets what is rejected, or assigned (None: everybody again).
    """

    action: ReviewAction
    items: Sequence[str]
    versions: Mapping[str, int] = field(default_factory=dict)
    comment: str | None = None
    assign_to: str | None = None


async def review_items(ports: Ports, access: Access, review: Review) -> Sequence[str]:
    """Do it to every item, and return them. Doing it twice does no harm.

    An item that is not of the version the reviewer saw is left alone, and so are those after it: raises
    ItemsChanged, which says what changed and what was done before. Raises Forbidden, NotFound, Conflict.
    """
    access.require(REVIEWING[review.action])
    if review.assign_to is not None:
        access.require(Action.ASSIGN)
        await _check_labeler(ports, access, review.assign_to)
    step = _step(review)
    places: defaultdict[int, list[int]] = defaultdict(list)
    for item in dict.fromkeys(review.items):
        shard, index = parse_item_id(item)
        places[shard].append(index)
    seen = {parse_item_id(item): version for item, version in review.versions.items()}
    done: list[str] = []
    for shard, indexes in places.items():
        for some in batches(indexes, RECORDS_A_WRITE):
            expected = {index: seen[shard, index] for index in some if (shard, index) in seen}
            try:
                await _change(ports, access, shard, some, expected, step, review.comment)
            except ItemsChanged as error:
                raise error.after(done) from error
            done += [item_id(shard, index) for index in some]
    what = _HAPPENED.get(review.action, Happened.ITEMS_REVIEWED)
    await log_event(ports, access.project.id, access.user.id, what, action=review.action, items=len(done))
    return done


async def correct_item(
    ports: Ports, access: Access, item: str, answer: Answer, version: int | None, comment: str | None
) -> None:
    """Let this answer stand. Raises ItemsChanged unless the item is of this version, InvalidAnswer."""
    shard, index = parse_item_id(item)
    measured = (await measure_items(ports, access.project, shard, [index]))[index]
    width = measured.image.width if measured.image else None
    height = measured.image.height if measured.image else None
    terms = Terms.of(access.project)

    def step(record: ItemRecord, desk: Desk) -> ItemRecord:
        standing = record.annotation
        borne = labels_of(standing.answer) if standing and standing.answer else set()
        rules = replace(terms.rules, labels=terms.rules.labels | (borne & set(access.project.retired)))
        reason = misfit(rules, answer, Subject(width, height, measured.text))
        if reason:
            raise InvalidAnswer(item, reason)
        if standing is not None and width is None:
            return reviewing.correct(record, desk, answer, standing.width, standing.height)
        return reviewing.correct(record, desk, answer, width, height)

    expected = {} if version is None else {index: version}
    await _change(ports, access, shard, [index], expected, step, comment)
    await log_event(
        ports, access.project.id, access.user.id, Happened.ITEMS_REVIEWED, action="correct", items=1
    )


def _step(review: Review) -> Step:
    match review.action:
        case ReviewAction.REJECT:
            return partial(reviewing.reject, to=review.assign_to)
        case ReviewAction.REJECT_SKIP:
            return partial(reviewing.reject_skip, to=review.assign_to)
        case ReviewAction.ASSIGN:
            return partial(reviewing.assign, to=review.assign_to)
        case ReviewAction.APPROVE:
            return reviewing.approve
        case ReviewAction.UNAPPROVE:
            return reviewing.unapprove
        case ReviewAction.ACCEPT_SKIP:
            return reviewing.accept_skip
        case ReviewAction.MARK_GOLD:
            return reviewing.mark_gold
        case ReviewAction.UNMARK_GOLD:
            return reviewing.unmark_gold


async def _check_labeler(ports: Ports, access: Access, user: str) -> None:
    """Raises Invalid unless they may label here: as a member, or as one of a group who has labeled before."""
    members = await ports.members.of_project(access.project.id)
    if user in {member.user for member in members if allowed(Action.LABEL, member.role, administrator=False)}:
        return
    controls = await survey_project(ports, access.project)
    if not any(user in control.counts.labelers for control in controls):
        raise Invalid("Items can be handed only to people who label in this project.", field="assign_to")


async def _change(
    ports: Ports,
    access: Access,
    shard: int,
    indexes: Sequence[int],
    expected: Mapping[int, int],
    step: Step,
    comment: str | None,
) -> None:
    terms = Terms.of(access.project)
    desk = Desk(access.user.id, ports.clock.now(), terms, comment)

    def decide(control: Control, records: Mapping[int, ItemRecord]) -> tuple[Change | None, None]:
        known = {index: records.get(index, ItemRecord()) for index in indexes}
        stale = [index for index, version in expected.items() if known[index].version != version]
        if stale:
            raise ItemsChanged({item_id(shard, index): _last(known[index]) for index in stale})
        changed = {}
        for index, before in known.items():
            try:
                changed[index] = step(brought_up(before, control.labels, terms), desk)
            except Conflict as error:
                raise Conflict(f"Item {item_id(shard, index)}: {error}") from error
        moved = apply_records(control, records, changed)
        handed = {index: after.reserved_for for index, after in changed.items() if after.reserved_for}
        return (replace(moved, control=released(moved.control, handed)) if moved else None), None

    await change_shard(ports, access.project.id, shard, indexes, decide)


def _last(record: ItemRecord) -> Mapping[str, str | int | None]:
    """What whoever looked at an older version should know of the item."""
    event = record.events[-1] if record.events else None
    made = record.revisions[-1] if record.revisions else None
    told: dict[str, str | int | None] = {"version": record.version, "status": record.status}
    if event is not None and (made is None or event.at >= made.at):
        return {**told, "by": event.user, "at": event.at.isoformat(), "action": event.action}
    if made is not None:
        return {**told, "by": made.user, "at": made.at.isoformat(), "action": made.source}
    return told
