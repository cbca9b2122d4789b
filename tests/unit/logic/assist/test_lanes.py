from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.answers import Box, Boxes, Classes
from core.domain.assist import Trust, Unsure
from core.domain.predictions import Prediction, Prelabel
from core.domain.shards import Lane
from core.logic.assist.lanes import is_audited, is_trusted, lane_of, laned, shown, trusted_parts
from tests.examples import a_control, a_trust, predicted

HIDE = replace(a_trust(), unsure=Unsure.HIDE)
CAT, DOG = Box("Cat", 0, 0, 10, 10), Box("Dog", 20, 20, 10, 10)


def boxes(*sure: float, whole: float = 1.0) -> Prediction:
    """A cat, then dogs, as sure as that."""
    marks = (CAT, *(replace(DOG, x=20.0 * number) for number in range(1, len(sure))))[: len(sure)]
    return Prediction(Boxes(marks), whole, tuple(sure), "r1")


@pytest.mark.parametrize(
    ("prediction", "trust", "lane"),
    [
        (None, a_trust(), Lane.MANUAL),
        (predicted("Rose", 0.95), None, Lane.PRELABELED),
        (predicted("Rose", 0.95, run=None), a_trust(), Lane.PRELABELED),
        (predicted("Rose", 0.95, run="r0"), a_trust(), Lane.PRELABELED),
        (predicted("Rose", 0.90), a_trust(), Lane.TRUSTED),
        (predicted("Rose", 0.89), a_trust(), Lane.PRELABELED),
        (predicted("Rose", 0.89), HIDE, Lane.MANUAL),
        (predicted("Rose", 1.0), a_trust(None), Lane.PRELABELED),
        (predicted("Rose", 0.85), replace(a_trust(), labels={"Rose": 0.8}), Lane.TRUSTED),
        (predicted("Rose", 1.0), replace(a_trust(), labels={"Rose": None}), Lane.PRELABELED),
        (Prediction(Classes(()), 0.95, (), "r1"), a_trust(), Lane.TRUSTED),
        (boxes(0.95, 0.92), a_trust(), Lane.TRUSTED),
        (boxes(0.95, 0.92, whole=0.5), a_trust(), Lane.PRELABELED),
        (boxes(0.95, 0.5), a_trust(), Lane.PRELABELED),
        (boxes(0.95, 0.5), HIDE, Lane.PRELABELED),
        (boxes(0.5, 0.5), HIDE, Lane.MANUAL),
        (boxes(), a_trust(), Lane.MANUAL),
    ],
)
def test_items_go_where_their_prediction_puts_them(
    prediction: Prediction | None, trust: Trust | None, lane: Lane
) -> None:
    assert lane_of(prediction, trust, audited=False) is lane


@pytest.mark.parametrize(
    ("prediction", "lane"),
    [
        (predicted("Rose", 0.95), Lane.AUDIT),
        (predicted("Rose", 0.5), Lane.PRELABELED),
        (boxes(0.95, 0.5), Lane.AUDIT),
        (boxes(), Lane.MANUAL),
    ],
)
def test_only_what_is_trusted_is_audited(prediction: Prediction, lane: Lane) -> None:
    assert lane_of(prediction, a_trust(), audited=True) is lane


def test_the_audited_share_is_drawn_from_the_items_alone() -> None:
    drawn = [is_audited("flowers", shard, index, 0.05) for shard in range(40) for index in range(1_000)]
    assert sum(drawn) == pytest.approx(2_000, abs=175)  # four standard deviations
    more = [is_audited("flowers", 0, index, 0.5) for index in range(1_000)]
    assert all(now or not before for before, now in zip(drawn[:1_000], more, strict=True))
    assert not any(is_audited("flowers", 0, index, 0.0) for index in range(1_000))


def test_a_shard_gets_its_lanes_and_keeps_everything_else() -> None:
    control = replace(a_control(4), states=bytes([0, 1, 0xC0, 0x40]))
    moved = laned(control, "flowers", {0: predicted("Rose", 0.95), 1: predicted("Rose", 0.5)}, a_trust())
    assert [moved.lane(index) for index in range(4)] == [
        Lane.TRUSTED,
        Lane.PRELABELED,
        Lane.MANUAL,
        Lane.MANUAL,
    ]
    assert [moved.status(index) for index in range(4)] == [control.status(index) for index in range(4)]
    assert moved.trust == a_trust()
    assert laned(moved, "flowers", {}, None) == replace(a_control(4), states=bytes([0, 1, 0, 0]))


def test_labelers_are_told_what_is_trusted() -> None:
    sure, unsure = predicted("Rose", 0.95), predicted("Rose", 0.5)
    assert shown(sure, None) == Prelabel(sure)
    assert shown(sure, a_trust()) == Prelabel(sure, trusted=True)
    assert shown(unsure, a_trust()) == Prelabel(unsure, trusted=False)
    assert shown(unsure, HIDE) is None
    assert shown(sure, HIDE) == Prelabel(sure, trusted=True)


def test_unsure_regions_are_marked_or_left_out() -> None:
    found = boxes(0.95, 0.5)
    assert shown(found, a_trust()) == Prelabel(found, trusted=False, unsure=(1,))
    assert shown(found, HIDE) == Prelabel(
        replace(found, answer=Boxes((CAT,)), regions=(0.95,)), trusted=False
    )
    assert shown(boxes(0.5), HIDE) is None


@given(
    st.lists(st.floats(0, 1), max_size=4),
    st.floats(0, 1),
    st.floats(0, 1),
    st.sampled_from(Unsure),
    st.booleans(),
)
def test_lanes_and_what_is_shown_agree(
    sure: list[float], whole: float, threshold: float, unsure: Unsure, audited: bool
) -> None:
    """What comes in a lane with prelabels has something to show, and only TRUSTED is vouched for."""
    prediction, trust = boxes(*sure, whole=whole), replace(a_trust(threshold), unsure=unsure)
    lane, prelabel = lane_of(prediction, trust, audited=audited), shown(prediction, trust)
    if lane in {Lane.PRELABELED, Lane.TRUSTED}:
        assert prelabel is not None
        assert prelabel.trusted is (lane is Lane.TRUSTED)
    if lane is Lane.MANUAL:
        assert prelabel is None
    if lane is Lane.TRUSTED:
        assert is_trusted(prediction, trust)
        assert all(trusted_parts(prediction, trust))
