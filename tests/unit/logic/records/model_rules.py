"""What models do to a shard: their predictions are shown on some terms or others, audited by blind answers,
accepted without a person, and withdrawn."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

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
from core.logic.records.settling import Terms
from tests.examples import predicted

PROJECT = "flowers"
ITEMS = 7
LABELS = st.sampled_from(["Rose", "Animal", "Animal/Cat"])

_INDEXES = st.integers(0, ITEMS - 1)
_PREDICTED = st.dictionaries(_INDEXES, st.tuples(LABELS, st.sampled_from([0.5, 0.8, 0.95])))
_THRESHOLDS = st.sampled_from([None, 0.7, 0.9])
_RATES = st.sampled_from([0.0, 0.5, 1.0])
_FIRST = {1: ("Rose", 0.95), 2: ("Animal", 0.95), 3: ("Rose", 0.5), 4: ("Rose", 0.95), 6: ("Animal", 0.95)}


class ModelRules(RuleBasedStateMachine):
    """The part of a shard's machine that models have."""

    control: Control
    records: dict[int, ItemRecord]
    predictions: dict[int, Prediction]
    quality: Quality
    terms: Terms
    now: datetime
    begun: datetime

    def fresh(self) -> str:
        raise NotImplementedError

    def apply(self, change: Change | None) -> None:
        raise NotImplementedError

    def begin(self) -> None:
        """There are items in all lanes from the beginning."""
        self.apply_a_run(_FIRST, 0.9, 0.5, accept=False, unsure=Unsure.SHOW)

    @rule(
        said=_PREDICTED,
        threshold=_THRESHOLDS,
        rate=_RATES,
        accept=st.booleans(),
        unsure=st.sampled_from(Unsure),
    )
    def apply_a_run(
        self,
        said: Mapping[int, tuple[str, float]],
        threshold: float | None,
        rate: float,
        *,
        accept: bool,
        unsure: Unsure,
    ) -> None:
        run = f"r{self.fresh()}"
        trust = Trust(f"{run}.1", run, threshold, unsure=unsure, accept=accept, audit_rate=rate)
        self.begun = self.now
        self.show({index: predicted(*one, run=run) for index, one in said.items()}, trust)

    @rule(threshold=_THRESHOLDS, rate=_RATES, accept=st.booleans())
    def change_trust(self, threshold: float | None, rate: float, *, accept: bool) -> None:
        trust = self.control.trust
        assert trust is not None
        name = f"{trust.run}.{self.fresh()}"
        terms = replace(trust, id=name, threshold=threshold, accept=accept, audit_rate=rate)
        self.show(self.predictions, terms)

    @rule(said=_PREDICTED)
    def import_prelabels(self, said: Mapping[int, tuple[str, float]]) -> None:
        found = {index: predicted(*one, run=None) for index, one in said.items()}
        self.show({**self.predictions, **found}, self.control.trust)

    def show(self, predictions: Mapping[int, Prediction], trust: Trust | None) -> None:
        self.predictions = dict(predictions)
        moved = laned(self.control, PROJECT, predictions, trust)
        self.control = replace(moved, predictions=f"p{self.fresh()}")

    def blind(self) -> Blind:
        """What a submission is held against."""
        kind, rules = Kind.IMAGE_MULTICLASS, self.quality.agreement
        return Blind(self.control.predictions, self.predictions, kind, rules)

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
        for index, record in self.records.items():
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
