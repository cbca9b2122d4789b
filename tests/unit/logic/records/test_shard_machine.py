"""A shard under any sequence of claims, expiries, submissions, retries, skips, give-backs, reopenings,
imports, everything that reviewers do, changes of labels, items that are set aside and put back, blobs that
go, come back or are replaced, and models whose predictions are shown, accepted, audited and withdrawn: with
one labeler an item, and with two or three.

The rules it must keep: an item is never with more labelers than may answer it, nobody has the same item
twice, what the control entity says follows from the records and the predictions, no answer that was handed in
is lost, and no model's stands where a person has said something.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    consumes,
    invariant,
    multiple,
    rule,
)

from core.domain.answers import Answer, Box, Boxes
from core.domain.errors import Conflict, TaskGone
from core.domain.items import Item, ItemStatus
from core.domain.kinds import Kind
from core.domain.labels import Relabel, RelabelMode
from core.domain.quality import Quality
from core.domain.records import Defect, ItemRecord, Source
from core.domain.shards import Change, Lane, Lease
from core.domain.tasks import ItemAnswer, Outcome, Submission, TaskType
from core.logic.assist.lanes import laned
from core.logic.records import counting, reviewing, submitting
from core.logic.records.following_blobs import follow
from core.logic.records.recording import apply_record, apply_records
from core.logic.records.relabeling import brought_up, relabeled_predictions
from core.logic.records.setting_aside import SET_ASIDE, put_back, set_aside
from core.logic.records.taking_labels import ImportedLabel, Stamp, take_labels
from core.logic.tasks import leasing
from tests.examples import ALONE, NOON, a_control, an_ask, terms
from tests.unit.logic.records.model_rules import ITEMS, LABELS, PROJECT, ModelRules

ITEM = Item("photos/a.jpg", "v1", 1)
MINUTES = 30
INDEXES = st.lists(st.integers(0, ITEMS - 1), min_size=1, max_size=3, unique=True)
LABELERS = st.sampled_from(["ben", "cleo", "dan", "eve", "finn"])


Step = Callable[[ItemRecord, reviewing.Desk, str | None], ItemRecord]

STEPS: list[Step] = [
    lambda record, desk, _: reviewing.approve(record, desk),
    lambda record, desk, _: reviewing.unapprove(record, desk),
    lambda record, desk, _: reviewing.accept_skip(record, desk),
    lambda record, desk, _: reviewing.mark_gold(record, desk),
    lambda record, desk, _: reviewing.unmark_gold(record, desk),
    reviewing.reject,
    reviewing.reject_skip,
    reviewing.assign,
]

TWO_OR_THREE = Quality(consensus=True, min_labelers=2, max_labelers=3)


class ShardMachine(ModelRules):
    quality = ALONE
    leases: Bundle[Lease] = Bundle("leases")
    submitted: Bundle[Submission] = Bundle("submitted")

    def __init__(self) -> None:
        super().__init__()
        self.control = a_control(ITEMS)
        self.records: dict[int, ItemRecord] = {}
        self.now = NOON
        self.numbers = 0
        self.imported = 0
        self.outcomes: dict[str, submitting.Outcomes] = {}
        self.terms = terms(self.quality, self.kind)
        self.begin()

    def fresh(self) -> str:
        self.numbers += 1
        return str(self.numbers)

    @rule(target=leases, labeler=LABELERS, size=st.sampled_from([1, 4, 6, 9]), gold=st.booleans())
    def claim(self, labeler: str, size: int, gold: bool) -> Lease | MultipleResults[Lease]:
        free = list(leasing.free_indexes(self.control, labeler, self.quality, self.now))
        golden = set(leasing.gold_indexes(self.control, labeler, self.now)) if gold else set()
        held = {index: self.holders(index) for index in range(ITEMS)}
        asked = an_ask(labeler, size, f"0000-{self.fresh()}", self.quality, gold=gold)
        claimed = leasing.claim(self.control, asked, self.now)
        if claimed is None:
            assert not free
            assert not golden
            return multiple()
        self.control, lease = claimed
        for index in lease.indexes:
            record = self.records.get(index, ItemRecord())
            assert labeler not in record.votes
            assert record.status is ItemStatus.PENDING or index in golden
            assert record.reserved_for in {None, labeler} or index in golden
            assert labeler not in held[index]
            asked_too = len(held[index] - set(record.votes))
            if index not in golden and record.reserved_for is None:
                if len(record.votes) < self.quality.min_labelers:
                    assert len(record.votes) + asked_too < self.quality.min_labelers
                else:
                    assert not asked_too
        tested = golden.intersection(lease.indexes)
        looks = {self.look(index) for index in lease.indexes if index not in tested}
        alike = [index for index in free if self.look(index) in looks]
        assert len(lease.indexes) == min(size, len(alike) + len(tested))
        assert max(len(looks), len(tested)) <= 1
        if looks:  # a gold item by itself may come as the other items do
            assert (lease.type is TaskType.MANUAL) == (looks == {Lane.MANUAL})
        return lease

    def look(self, index: int) -> Lane:
        """How an item looks to labelers."""
        lane = self.control.lane(index)
        return Lane.MANUAL if lane is Lane.AUDIT else lane

    @rule(lease=leases, answers=st.data())
    def submit(self, lease: Lease, answers: st.DataObject) -> None:
        chosen = answers.draw(st.sets(st.sampled_from(lease.indexes), min_size=1))
        submission = Submission(
            id=f"s{self.fresh()}",
            task=lease.task,
            labeler=lease.labeler,
            at=self.now,
            answers=tuple(self.answer(index, answers) for index in sorted(chosen)),
        )
        self.send(submission)

    @rule(labeler=LABELERS, size=st.sampled_from([1, 4, 9]), gold=st.booleans(), answers=st.data())
    def work(self, labeler: str, size: int, gold: bool, answers: st.DataObject) -> None:
        """Claims and submissions by themselves seldom meet."""
        lease = self.claim(labeler, size, gold)
        if isinstance(lease, Lease):
            self.submit(lease, answers)

    def answer(self, index: int, answers: st.DataObject) -> ItemAnswer:
        label = answers.draw(st.none() | LABELS)
        milliseconds = answers.draw(st.integers(0, 9_999))
        flag = answers.draw(st.sampled_from([None, "look at this"]))
        if label is None:
            return ItemAnswer(index, skipped="blurred", milliseconds=milliseconds, flag=flag)
        return ItemAnswer(index, self.says(label), milliseconds=milliseconds, flag=flag)

    def send(self, submission: Submission) -> None:
        held = leasing.find_lease(self.control.leases, submission.task, submission.labeler)
        lapsed = leasing.find_lease(self.control.lapsed, submission.task, submission.labeler)
        try:
            change, outcomes = submitting.submit(
                self.control, self.seen(submission), submission, self.terms, self.blind()
            )
        except TaskGone:
            assert held is None
            assert lapsed is None
            return
        if submission.id in self.outcomes:
            assert change is None
            assert outcomes == self.outcomes[submission.id]
            return
        assert change is not None
        for index in held.indexes if held else ():
            assert outcomes.get(index) is not Outcome.LATE
        self.control = change.control
        self.records |= change.records
        self.outcomes[submission.id] = outcomes
        self.last = submission

    def seen(self, submission: Submission) -> dict[int, ItemRecord]:
        return {
            answer.index: self.records[answer.index]
            for answer in submission.answers
            if answer.index in self.records
        }

    @rule()
    def send_the_last_one_again(self) -> None:
        if self.outcomes:
            self.send(self.last)

    @rule(lease=leases)
    def renew(self, lease: Lease) -> None:
        try:
            self.control, renewed = leasing.renew(self.control, lease.task, lease.labeler, self.now, MINUTES)
        except TaskGone:
            return
        assert renewed.expires == self.now + timedelta(minutes=MINUTES)

    @rule(lease=consumes(leases))
    def give_back(self, lease: Lease) -> None:
        try:
            self.control = leasing.give_back(self.control, lease.task, lease.labeler)
        except TaskGone:
            assert leasing.find_lease(self.control.leases, lease.task, lease.labeler) is None

    @rule(target=leases, labeler=LABELERS, index=st.integers(0, ITEMS - 1))
    def reopen(self, labeler: str, index: int) -> Lease | MultipleResults[Lease]:
        task = f"0000-{self.fresh()}"
        try:
            self.control, lease = leasing.reopen(
                self.control, self.records, task, labeler, (index,), self.now, MINUTES
            )
        except Conflict:
            return multiple()
        assert labeler in self.records[index].votes
        return lease

    @rule(indexes=INDEXES, label=LABELS, again=st.booleans())
    def import_labels(self, indexes: list[int], label: str, again: bool) -> None:
        name = f"i{self.numbers if again else self.fresh()}"
        labels = {index: ImportedLabel(self.says(label)) for index in indexes}
        before = dict(self.records)
        change, reasons = take_labels(self.control, before, labels, Stamp(name, "ana", self.now), self.terms)
        self.apply(change)
        for index in set(indexes) - set(reasons):
            assert any(revision.submission == name for revision in self.records[index].revisions)
        self.imported += len(change.records) if change else 0

    @rule(indexes=INDEXES, label=LABELS)
    def correct(self, indexes: list[int], label: str) -> None:
        answer = self.says(label)
        self.review(indexes, lambda record, desk, _: reviewing.correct(record, desk, answer, 640, 480), None)

    @rule(indexes=INDEXES, step=st.sampled_from(STEPS), to=st.none() | LABELERS)
    def review(self, indexes: list[int], step: Step, to: str | None) -> None:
        desk = reviewing.Desk("ana", self.now, self.terms, "look again")
        before = {index: self.records.get(index, ItemRecord()) for index in indexes}
        try:
            after = {index: step(record, desk, to) for index, record in before.items()}
        except Conflict:
            return
        change = apply_records(self.control, self.records, after)
        handed = {index: record.reserved_for for index, record in after.items() if record.reserved_for}
        if change is not None:
            self.apply(replace(change, control=leasing.released(change.control, handed)))

    @rule(mode=st.sampled_from(RelabelMode), keys=st.sets(st.integers(0, ITEMS - 1)))
    def change_labels(self, mode: RelabelMode, keys: set[int]) -> None:
        """Some records are brought up at once, the others when they are next written."""
        change = Relabel(self.fresh(), mode, {"Animal/Cat": "Animal"}, (), "ana", self.now)
        self.bring_up(set(self.records))
        self.terms = replace(self.terms, version=self.terms.version + 1, relabel=change)
        self.bring_up(keys)
        self.show(
            relabeled_predictions(self.predictions, change, self.terms.rules.labels), self.control.trust
        )

    def bring_up(self, keys: set[int]) -> None:
        before = {index: self.records[index] for index in keys if index in self.records}
        after = {
            index: replace(brought_up(record, 0, self.terms), labels=self.terms.version)
            for index, record in before.items()
        }
        self.apply(apply_records(self.control, self.records, after))

    @rule(indexes=INDEXES, status=st.sampled_from(sorted(SET_ASIDE)))
    def set_aside(self, indexes: list[int], status: ItemStatus) -> None:
        defects = dict.fromkeys(indexes, Defect(status, "broken"))
        self.apply(set_aside(self.control, self.records, defects, self.now))
        assert not set(indexes) & set(leasing.free_indexes(self.control, "ben", self.quality, self.now))

    @rule(indexes=INDEXES)
    def put_back(self, indexes: list[int]) -> None:
        self.apply(put_back(self.control, self.records, indexes, self.now))
        assert not any(self.control.status(index) in SET_ASIDE for index in indexes)

    @rule(indexes=INDEXES, now=st.sampled_from([None, ITEM, replace(ITEM, etag="v2")]))
    def follow_blobs(self, indexes: list[int], now: Item | None) -> None:
        before = {index: self.records.get(index, ItemRecord()) for index in indexes}
        after = {index: follow(record, ITEM, now, self.now) for index, record in before.items()}
        self.apply(apply_records(self.control, self.records, after))
        statuses = {self.control.status(index) for index in indexes}
        if now is None:
            assert statuses <= {ItemStatus.MISSING, ItemStatus.REMOVED}
        else:
            assert ItemStatus.MISSING not in statuses

    def apply(self, change: Change | None) -> None:
        if change is not None:
            self.control = change.control
            self.records |= change.records

    @rule(minutes=st.sampled_from([1, 29, 31, 24 * 60]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    def holders(self, index: int) -> set[str]:
        holding = [
            lease.labeler
            for lease in self.control.leases
            if index in lease.indexes and lease.expires > self.now
        ]
        assert len(holding) == len(set(holding))
        return set(holding)

    @invariant()
    def an_item_is_with_no_more_labelers_than_may_answer_it(self) -> None:
        for index in range(ITEMS):
            record = self.records.get(index, ItemRecord())
            if record.status is ItemStatus.PENDING and record.reserved_for is None:
                assert len(self.holders(index) | set(record.votes)) <= self.quality.max_labelers

    @invariant()
    def counters_equal_a_recount(self) -> None:
        assert self.control.counts == counting.recount(self.records.values())

    @invariant()
    def the_control_entity_follows_from_the_records(self) -> None:
        rebuilt = laned(a_control(ITEMS), PROJECT, self.predictions, self.control.trust)
        for index, record in self.records.items():
            rebuilt = apply_record(rebuilt, index, ItemRecord(), record)
        for part in ("states", "voted", "reserved", "gold", "tested", "flagged"):
            assert getattr(self.control, part) == getattr(rebuilt, part), part

    @invariant()
    def no_answer_is_lost(self) -> None:
        said = [revision for record in self.records.values() for revision in record.revisions]
        kept = sum(revision.source in {Source.MANUAL, Source.IMPORTED} for revision in said)
        assert kept == sum(len(outcomes) for outcomes in self.outcomes.values()) + self.imported


class ConsensusMachine(ShardMachine):
    quality = TWO_OR_THREE


class BoxesMachine(ShardMachine):
    kind = Kind.OBJECT_DETECTION

    def says(self, label: str) -> Answer:
        """Up to three boxes; that of a cat is one of an animal too, and one when the labels become one."""
        places = [Box(label, 10.0 * number, 0, 5, 5) for number in range(1 + self.numbers % 3)]
        return Boxes((*places, Box("Animal", 0, 0, 5, 5)) if label == "Animal/Cat" else tuple(places))

    @invariant()
    def labels_are_counted_by_item_and_by_region(self) -> None:
        labeled = [record for record in self.records.values() if record.status is ItemStatus.LABELED]
        answers = [record.annotation.answer for record in labeled if record.annotation]
        borne = [[box.label for box in answer.boxes] for answer in answers if isinstance(answer, Boxes)]
        for label in ("Rose", "Animal", "Animal/Cat"):
            assert self.control.counts.labels.get(label, 0) == sum(label in labels for labels in borne)
            assert self.control.counts.regions.get(label, 0) == sum(labels.count(label) for labels in borne)


ShardMachine.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestShardMachine = ShardMachine.TestCase
ConsensusMachine.TestCase.settings = ShardMachine.TestCase.settings
TestConsensusMachine = ConsensusMachine.TestCase
BoxesMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestBoxesMachine = BoxesMachine.TestCase
