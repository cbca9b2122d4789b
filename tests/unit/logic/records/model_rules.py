"""What models do to a shard: their predictions are shown on some terms or others, audited by blind answers,
accepted without a person, and withdrawn."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from core.domain.answers import Answer, Classes, regions
from core.domain.assist import Trust, Unsure
from core.domain.kinds import Kind
from core.domain.predictions import Prediction
from core.domain.quality import Quality
from core.domain.records import ItemRecord, Source
from core.domain.shards import Change, Control, Lane
from core.logic.assist.accepting import Acceptance, reconsidered
from core.logic.assist.auditing import Blind
from core.logic.assist.lanes import is_audited, lane_of, laned
from core.logic.records.recording import apply_records
from core.logic.records.relabeling import brought_up
from core.logic.records.settling import Terms

Said = Mapping[int, tuple[str, float]]

PROJECT = "flowers"
ITEMS = 7
LABELS = st.sampled_from(["Rose", "Animal", "Animal/Cat"])

_INDEXES = st.integers(0, ITEMS - 1)
_PREDICTED = st.dictionaries(_INDEXES, st.tuples(LABELS, st.sampled_from([0.5, 0.8, 0.95])))
_TERMS = st.tuples(
    st.sampled_from([0.7, 0.9, None]),
    st.sampled_from([True, False]),
    st.sampled_from([0.5, 0.0, 1.0]),
    st.sampled_from(Unsure),
)
_FIRST = {1: ("Rose", 0.95), 2: ("Animal", 0.95), 3: ("Rose", 0.5), 4: ("Rose", 0.95), 6: ("Animal", 0.95)}


class ModelRules(RuleBasedStateMachine):
    """The part of a shard's machine that models have."""

    kind = Kind.IMAGE_MULTICLASS
    control: Control
    records: dict[int, ItemRecord]
    predictions: dict[int, Prediction]
    quality: Quality
    terms: Terms
    now: datetime
    begun: datetime

    def fresh(self) -> str:
        raise NotImplementedError

    def says(self, label: str) -> Answer:
        """An answer with this label."""
        return Classes((label,))

    def predicted(self, said: Said, run: str | None) -> Mapping[int, Prediction]:
        answers = {index: (self.says(label), confidence) for index, (label, confidence) in said.items()}
        return {
            index: Prediction(answer, confidence, (confidence,) * len(regions(answer)) or None, run)
            for index, (answer, confidence) in answers.items()
        }

    def apply(self, change: Change | None) -> None:
        raise NotImplementedError

    def begin(self) -> None:
        """There are items in all lanes from the beginning."""
        self.apply_a_run(_FIRST, anew=True, terms=(0.9, False, 0.5, Unsure.SHOW), keys=set())

    @rule(said=_PREDICTED, anew=st.booleans(), terms=_TERMS, keys=st.sets(_INDEXES))
    def apply_a_run(self, said: Said, anew: bool, terms: tuple[Any, ...], keys: set[int]) -> None:
        """A new run's predictions are shown, or the last one's on other terms."""
        threshold, accept, rate, unsure = terms
        before = self.control.trust
        run = f"r{self.fresh()}" if anew or before is None else before.run
        trust = Trust(f"{run}.{self.fresh()}", run, threshold, {}, unsure, accept, rate)
        if before is not None and run == before.run:
            self.show(self.predictions, trust)
        else:
            self.begun = self.now
            self.show(self.predicted(said, run), trust)
        self.accept(keys)

    @rule(said=_PREDICTED)
    def import_prelabels(self, said: Said) -> None:
        self.show({**self.predictions, **self.predicted(said, None)}, self.control.trust)

    def show(self, predictions: Mapping[int, Prediction], trust: Trust | None) -> None:
        self.predictions = dict(predictions)
        moved = laned(self.control, PROJECT, predictions, trust)
        self.control = replace(moved, predictions=f"p{self.fresh()}")

    def blind(self) -> Blind:
        """What a submission is held against."""
        return Blind(self.control.predictions, self.predictions, self.kind, self.quality.agreement)

    @rule(keys=st.sets(_INDEXES))
    def accept(self, keys: set[int]) -> None:
        """Broken off after some items and begun again, it comes to the same as at once."""
        whole = apply_records(self.control, self.records, self.reconsidered(range(ITEMS)))
        for indexes in (keys, range(ITEMS)):
            self.apply(apply_records(self.control, self.records, self.reconsidered(indexes)))
        if whole is not None:
            assert self.control == whole.control
            assert self.records == {**self.records, **whole.records}
        assert not self.reconsidered(range(ITEMS))
        for index, stored in self.records.items():
            record = brought_up(stored, self.control.labels, self.terms)
            if record.by_model:
                assert record.annotation is not None
                assert self.control.lane(index) is Lane.TRUSTED
                assert record.annotation.answer == self.predictions[index].answer

    def reconsidered(self, indexes: set[int] | range) -> Mapping[int, ItemRecord]:
        assert self.control.trust is not None
        asked = Acceptance(self.control.trust, self.terms, self.begun, self.now)
        return reconsidered(self.control, self.records, self.predictions, asked, indexes)

    @invariant()
    def lanes_follow_from_the_predictions(self) -> None:
        trust = self.control.trust
        for index in range(ITEMS):
            audited = is_audited(PROJECT, 0, index, trust.audit_rate if trust else 0.0)
            lane = lane_of(self.predictions.get(index), trust, audited=audited)
            assert self.control.lane(index) is lane

    @invariant()
    def what_people_say_stands_before_what_a_model_says(self) -> None:
        for record in self.records.values():
            standing = record.annotation
            if standing is not None and standing.source is Source.MODEL:
                assert not record.votes
                assert not self.quality.consensus

    @invariant()
    def an_item_is_audited_once_under_a_trust(self) -> None:
        for record in self.records.values():
            said = [vote.audited.trust for vote in record.votes.values() if vote.audited]
            assert len(said) == len(set(said))
