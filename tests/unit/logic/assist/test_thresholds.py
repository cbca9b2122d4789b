from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.assist import Assist, Judged, Unsure
from core.domain.kinds import Kind
from core.logic.assist.bounds import wilson
from core.logic.assist.thresholds import PER_LABEL, POINTS, choose_threshold, choose_trust


def _judged(*rights: bool) -> list[Judged]:
    """Predictions from the surest down: 0.99, 0.98, ..."""
    return [Judged(str(at), (99 - at) / 100, right) for at, right in enumerate(rights)]


@pytest.mark.parametrize(
    ("right", "total", "bound"),
    [(0, 0, 0), (52, 52, 0.9505), (51, 51, 0.9496), (95, 100, 0.9008), (1, 2, 0.1209), (0, 10, 0)],
)
def test_the_bound_is_wilsons(right: int, total: int, bound: float) -> None:
    assert wilson(right, total) == pytest.approx(bound, abs=5e-5)


@given(st.integers(1, 500).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_the_bound_is_below_the_share_and_tightens_with_more(counts: tuple[int, int]) -> None:
    right, total = counts
    assert 0 <= wilson(right, total) <= right / total + 1e-12
    assert wilson(2 * right, 2 * total) >= wilson(right, total) - 1e-12


def test_fewer_than_52_right_answers_cannot_promise_19_of_20() -> None:
    assert choose_threshold(_judged(*[True] * 51), 0.95).value is None
    chosen = choose_threshold(_judged(*[True] * 52), 0.95)
    assert chosen.value == pytest.approx(0.48)
    assert chosen.point is not None
    assert (chosen.point.precision, chosen.point.coverage) == (1, 1)


def test_the_lowest_confidence_that_passes_is_chosen_and_the_strict_one_stops_at_a_failure() -> None:
    judged = _judged(*[True] * 10, False, *[True] * 60)
    lowest = choose_threshold(judged, 0.75)
    assert lowest.value == pytest.approx(0.29)
    passing = [point.threshold for point in lowest.curve if point.bound >= 0.75]
    strict = choose_threshold(judged, 0.75, strict=True)
    assert strict.value == pytest.approx(0.9)
    assert pytest.approx(0.9) == min(value for value in passing if value > 0.89)


def test_equal_confidences_stand_and_fall_together() -> None:
    judged = [Judged(str(at), 0.5, at < 60) for at in range(100)]
    assert [point.precision for point in choose_threshold(judged, 0.5).curve] == [0.6]


def test_the_curve_has_a_bounded_number_of_points_and_ends_with_everything() -> None:
    chance = Random(1)
    judged = [Judged(str(at), chance.random(), chance.random() < 0.9) for at in range(5_000)]
    curve = choose_threshold(judged, 0.95).curve
    assert len(curve) <= POINTS
    assert curve[-1].coverage == 1
    assert [point.threshold for point in curve] == sorted((p.threshold for p in curve), reverse=True)


def test_regions_of_one_image_count_as_one_piece_of_evidence() -> None:
    """Ten images with twenty boxes each, all wrong in one of them: Wilson would be far too sure."""
    boxes = [Judged(str(image), 0.9, image != 3) for image in range(10) for _ in range(20)]
    alone = choose_threshold(boxes, 0.85)
    together = choose_threshold(boxes, 0.85, grouped=True)
    assert alone.value == 0.9
    assert together.value is None
    assert together.curve[0].bound == pytest.approx(0.7)


def test_nothing_judged_promises_nothing() -> None:
    assert choose_threshold([], 0.5).value is None
    assert choose_threshold([], 0.5, grouped=True).curve == ()


def test_the_promise_is_kept_in_19_of_20_runs() -> None:
    """A model whose predictions are right as often as it says; 300 answers, the rest predicted."""
    missed = 0
    for seed in range(100):
        chance = Random(seed)
        confidences = [1 - 0.6 * chance.random() ** 3 for _ in range(2_300)]
        judged = [Judged(str(at), sure, chance.random() < sure) for at, sure in enumerate(confidences)]
        value = choose_threshold(judged[:300], 0.95, strict=True).value
        if value is not None:
            trusted = [one.right for one in judged[300:] if one.confidence >= value]
            missed += sum(trusted) / len(trusted) < 0.95
    assert missed <= 5


def test_regions_that_are_all_right_are_no_surer_than_if_each_stood_alone() -> None:
    """However often one draws from five images without an error, there is none in the draw."""
    boxes = [Judged(str(image), 0.9, right=True) for image in range(5) for _ in range(10)]
    assert choose_threshold(boxes, 0.95, grouped=True).value is None
    assert choose_threshold(boxes, 0.9, grouped=True).curve[0].bound == pytest.approx(wilson(50, 50))


def _of_label(label: str, count: int, wrong: int = 0) -> list[Judged]:
    """Predictions of a label, of items of their own, from the surest down; the least sure ones are wrong."""
    return [
        Judged(f"{label}{at}", (999 - at) / 1_000, right=at < count - wrong, label=label)
        for at in range(count)
    ]


def test_the_terms_are_the_owners() -> None:
    assist = Assist(target=0.9, unsure=Unsure.HIDE, accept=True, audit_rate=0.2)
    trust, whole = choose_trust(Kind.IMAGE_MULTICLASS, assist, _of_label("Cat", 59), trust_id="r.2", run="r")
    assert (trust.id, trust.run, trust.unsure, trust.accept, trust.audit_rate) == (
        "r.2",
        "r",
        Unsure.HIDE,
        True,
        0.2,
    )
    assert trust.threshold == whole.value == 0.941
    assert trust.labels == {}


def test_a_label_with_enough_predictions_has_its_own_threshold_and_the_others_share_one() -> None:
    judged = [*_of_label("Cat", 100), *_of_label("Dog", PER_LABEL - 5), *_of_label("Fox", 3, wrong=3)]
    trust, whole = choose_trust(Kind.IMAGE_MULTICLASS, Assist(), judged, trust_id="r.1", run="r")
    assert trust.labels == {"Cat": 0.9, "Dog": None, "Fox": None}  # 55 of 58 are right: 0.87 at least
    assert trust.threshold == whole.value == trust.threshold_of("Owl") == 0.9


def test_a_label_whose_predictions_are_not_right_enough_is_not_carried_by_others() -> None:
    """Of all 1,060 predictions more than 19 of 20 are right, but of those of Dog only every second."""
    bad = [replace(one, right=at % 2 == 0) for at, one in enumerate(_of_label("Dog", PER_LABEL))]
    judged = [*_of_label("Cat", 1_000), *bad]
    trust, whole = choose_trust(Kind.IMAGE_MULTICLASS, Assist(target=0.9), judged, trust_id="r.1", run="r")
    assert whole.value == pytest.approx(0)
    assert trust.labels == {"Cat": pytest.approx(0), "Dog": None}


def test_one_image_is_one_piece_of_evidence_for_a_label() -> None:
    """Sixty boxes in six images are not enough for a threshold of their own."""
    boxes = [Judged(str(at // 10), 0.9, right=True, label="Cat") for at in range(PER_LABEL)]
    trust, _ = choose_trust(Kind.OBJECT_DETECTION, Assist(), boxes, trust_id="r.1", run="r")
    assert (trust.threshold, trust.labels) == (0.9, {})


def test_several_labels_together_have_one_threshold() -> None:
    judged = [replace(one, label="") for one in _of_label("Cat", 200)]
    trust, _ = choose_trust(Kind.IMAGE_MULTILABEL, Assist(), judged, trust_id="r.1", run="r")
    assert (trust.threshold, trust.labels) == (0.8, {})


@given(
    st.lists(
        st.builds(
            Judged,
            st.integers(0, 400).map(str),
            st.integers(0, 20).map(lambda sure: sure / 20),
            st.booleans() | st.just(True),
            st.sampled_from(["Cat", "Dog"]),
        ),
        max_size=400,
    )
)
def test_what_each_threshold_lets_through_was_right_enough(judged: list[Judged]) -> None:
    trust, whole = choose_trust(Kind.IMAGE_MULTICLASS, Assist(target=0.7), judged, trust_id="r.1", run="r")
    passed = [
        one
        for one in judged
        if (least := trust.threshold_of(one.label)) is not None and one.confidence >= least
    ]
    if trust.labels or whole.value is not None:
        assert not passed or sum(one.right for one in passed) / len(passed) >= 0.7
    else:
        assert passed == []
