"""A shard under any sequence of claims, expiries, submissions, retries, skips, give-backs, reopenings,
imports, approvals, and items that are set aside and put back.

The rules it must keep: nobody holds an item that another holds or has answered, the counters always equal a
recount of the records, every status agrees with its record, and no answer that was handed in is lost.
"""

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
)

from core.domain.answers import Classes
from core.domain.errors import Conflict, TaskGone
from core.domain.items import ItemRecord, ItemStatus
from core.domain.shards import Change, Lease
from core.domain.tasks import ItemAnswer, Outcome, Submission
from core.logic import approving, counting, leasing, submitting
from core.logic.setting_aside import SET_ASIDE, Defect, put_back, set_aside
from core.logic.taking_labels import ImportedLabel, Stamp, take_labels
from tests.examples import NOON, a_control

ITEMS = 7
MINUTES = 30
INDEXES = st.lists(st.integers(0, ITEMS - 1), min_size=1, max_size=3, unique=True)
LABELERS = st.sampled_from(["ben", "cleo", "dan"])
LABELS = st.sampled_from(["Rose", "Animal", "Animal/Cat"])


class ShardMachine(RuleBasedStateMachine):
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

    def fresh(self) -> str:
        self.numbers += 1
        return str(self.numbers)

    @rule(target=leases, labeler=LABELERS, size=st.sampled_from([1, 4, 6, 9]))
    def claim(self, labeler: str, size: int) -> Lease | MultipleResults[Lease]:
        free = list(leasing.free_indexes(self.control, self.now))
        claimed = leasing.claim(self.control, f"0000-{self.fresh()}", labeler, size, self.now, MINUTES)
        if claimed is None:
            assert not free
            return multiple()
        self.control, lease = claimed
        assert list(lease.indexes) == free[:size]
        return lease

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

    def answer(self, index: int, answers: st.DataObject) -> ItemAnswer:
        label = answers.draw(st.none() | LABELS)
        milliseconds = answers.draw(st.integers(0, 9_999))
        if label is None:
            return ItemAnswer(index, skipped="blurred", milliseconds=milliseconds)
        return ItemAnswer(index, Classes((label,)), milliseconds=milliseconds)

    def send(self, submission: Submission) -> None:
        held = leasing.find_lease(self.control.leases, submission.task, submission.labeler)
        lapsed = leasing.find_lease(self.control.lapsed, submission.task, submission.labeler)
        try:
            change, outcomes = submitting.submit(self.control, self.seen(submission), submission)
        except TaskGone:
            assert held is None
            assert lapsed is None
            return
        if submission.id in self.outcomes:
            assert change is None
            assert outcomes == self.outcomes[submission.id]
            return
        assert change is not None
        assert held is None or Outcome.LATE not in outcomes.values()
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
        standing = self.records[index].annotation
        assert standing is not None
        assert standing.user == labeler
        return lease

    @rule(indexes=INDEXES, label=LABELS, again=st.booleans())
    def import_labels(self, indexes: list[int], label: str, again: bool) -> None:
        name = f"i{self.numbers if again else self.fresh()}"
        labels = {index: ImportedLabel(Classes((label,))) for index in indexes}
        before = dict(self.records)
        change, reasons = take_labels(self.control, before, labels, Stamp(name, "ana", self.now))
        self.apply(change)
        for index in set(indexes) - set(reasons):
            assert any(revision.submission == name for revision in self.records[index].revisions)
        self.imported += len(change.records) if change else 0

    @rule(indexes=INDEXES)
    def approve(self, indexes: list[int]) -> None:
        try:
            self.apply(approving.approve(self.control, self.records, indexes, "dan", self.now))
        except Conflict:
            return
        assert all(self.records[index].approved for index in indexes)

    @rule(indexes=INDEXES)
    def unapprove(self, indexes: list[int]) -> None:
        self.apply(approving.unapprove(self.control, self.records, indexes))
        assert not any(self.records[index].approved for index in indexes if index in self.records)

    @rule(indexes=INDEXES, status=st.sampled_from(sorted(SET_ASIDE)))
    def set_aside(self, indexes: list[int], status: ItemStatus) -> None:
        defects = dict.fromkeys(indexes, Defect(status, "broken"))
        self.apply(set_aside(self.control, self.records, defects))
        assert not set(indexes) & set(leasing.free_indexes(self.control, self.now))

    @rule(indexes=INDEXES)
    def put_back(self, indexes: list[int]) -> None:
        self.apply(put_back(self.control, self.records, indexes))
        assert not any(self.control.status(index) in SET_ASIDE for index in indexes)

    def apply(self, change: Change | None) -> None:
        if change is not None:
            self.control = change.control
            self.records |= change.records

    @rule(minutes=st.sampled_from([1, 29, 31, 24 * 60]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @invariant()
    def nobody_holds_what_another_holds(self) -> None:
        held = [index for lease in self.control.leases if lease.expires > self.now for index in lease.indexes]
        assert len(held) == len(set(held))

    @invariant()
    def counters_equal_a_recount(self) -> None:
        assert self.control.counts == counting.recount(self.records.values())

    @invariant()
    def statuses_agree_with_records(self) -> None:
        for index in range(ITEMS):
            record = self.records.get(index, ItemRecord())
            status, standing = self.control.status(index), record.annotation
            if standing is None:
                assert status in (SET_ASIDE if record.defect else {ItemStatus.PENDING})
            else:
                assert status is (ItemStatus.LABELED if standing.answer else ItemStatus.SKIPPED)
            assert self.control.recorded(index) == (index in self.records)

    @invariant()
    def no_answer_is_lost(self) -> None:
        kept = sum(len(record.revisions) for record in self.records.values())
        submitted = sum(len(outcomes) for outcomes in self.outcomes.values())
        assert kept == submitted + self.imported


ShardMachine.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestShardMachine = ShardMachine.TestCase
