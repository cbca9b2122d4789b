"""How far labelers agree: figures that a reader can count, and parts that add up to the whole."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.agreement import AgreementReport, AgreementSums, LabelAgreement, LabelerAgreement
from core.domain.answers import Box, Boxes, Classes
from core.domain.kinds import Kind
from core.domain.quality import Quality
from core.domain.records import ItemRecord, Revision, Source
from core.domain.shards import Tally
from core.formats.documents import AGREEMENT_REPORT, AGREEMENT_SUMS
from core.logic.agreement.report import CONFUSIONS_MAX, report, summed, total
from core.logic.records.settling import Terms, settle
from tests.examples import NOON, a_project

PAIR = Quality(consensus=True, min_labelers=2, max_labelers=3)
TERMS = Terms.of(replace(a_project(), quality=PAIR))
SETS = Terms.of(replace(a_project(), kind=Kind.IMAGE_MULTILABEL, quality=PAIR))


def _voted(votes: Mapping[str, str | None], terms: Terms = TERMS) -> ItemRecord:
    """An item with these votes, whose labels are joined by commas, settled. None is a skip."""
    made = [
        Revision(
            number=number,
            user=user,
            at=NOON,
            task="t",
            submission=user,
            answer=None if labels is None else Classes(tuple(filter(None, labels.split(",")))),
            skipped="dark" if labels is None else None,
        )
        for number, (user, labels) in enumerate(votes.items(), 1)
    ]
    return settle(ItemRecord(tuple(made)), terms, NOON)


def _decided(record: ItemRecord, label: str, source: Source = Source.REVIEW) -> ItemRecord:
    number = len(record.revisions) + 1
    made = Revision(number, "rev", NOON, "review", "review", Classes((label,)), source=source)
    return replace(record, revisions=(*record.revisions, made), standing=number)


def _report(
    records: Sequence[ItemRecord], terms: Terms = TERMS, tallies: Mapping[str, Tally] | None = None
) -> AgreementReport:
    return report(summed(records, tallies or {}, terms), NOON)


ITEMS = [
    _voted({"ana": "Rose", "ben": "Rose"}),
    _voted({"ana": "Rose", "ben": "Rose", "cleo": "Animal"}),
    _voted({"ana": "Rose", "ben": "Animal", "cleo": "Animal/Cat"}),
    _voted({"ana": "Rose"}),
    _voted({"ana": "Rose", "ben": None}),
    ItemRecord(),
]
"""All agree; two of three; none, so nothing stands; and three items without two answers."""


def test_the_figures_can_be_counted() -> None:
    found = _report(ITEMS)
    assert (found.items, found.votes) == (3, 8)
    assert found.mean == pytest.approx((1 + 2 / 3 + 1 / 3) / 3)
    assert found.labels == (LabelAgreement("Animal", 1, 0), LabelAgreement("Rose", 4, 4))
    assert [(each.given, each.consensus, each.count) for each in found.confusion] == [
        ("Rose", "Rose", 4),
        ("Animal", "Rose", 1),
    ]
    assert found.labelers == {
        "ana": LabelerAgreement(3, 1.0, 0, 0),
        "ben": LabelerAgreement(3, 1.0, 0, 0),
        "cleo": LabelerAgreement(2, 0.0, 0, 0),
    }


def test_alpha_is_that_of_all_units_together() -> None:
    """Pairs that differ, by weight: 0, 4 / 2, 6 / 2; of the 8 values 5 are Rose, 2 Animal, 1 Cat."""
    expected = 8 * 8 - (5**2 + 2**2 + 1**2)
    assert _report(ITEMS).alpha == pytest.approx(1 - (8 - 1) * (2 + 3) / expected)


def test_votes_are_held_against_what_a_reviewer_decided() -> None:
    found = _report([_decided(ITEMS[2], "Animal")])
    assert {user: labeler.agreement for user, labeler in found.labelers.items()} == {
        "ana": 0.0,
        "ben": 1.0,
        "cleo": 0.0,
    }
    assert found.labels == (
        LabelAgreement("Animal", 1, 1),
        LabelAgreement("Animal/Cat", 1, 0),
        LabelAgreement("Rose", 1, 0),
    )
    assert found.mean == pytest.approx(1 / 3)


def test_nobody_is_held_against_a_labelers_own_answer() -> None:
    record = _voted({"ana": "Rose", "ben": "Animal"})
    found = _report([replace(record, standing=1, contested=False)])
    assert (found.items, found.confusion, found.labels) == (1, (), ())
    assert {labeler.agreement for labeler in found.labelers.values()} == {None}


def test_sets_of_labels_agree_in_part() -> None:
    record = _voted({"ana": "Rose,Animal", "ben": "Rose"}, SETS)
    found = _report([_decided(record, "Rose")], SETS)
    assert found.mean == 1 / 2
    assert (found.labelers["ana"].agreement, found.labelers["ben"].agreement) == (1 / 2, 1.0)
    assert [(each.given, each.consensus, each.count) for each in found.confusion] == [
        ("Rose", "Rose", 2),
        ("Animal", None, 1),
    ]


def test_regions_are_units_of_their_own() -> None:
    terms = Terms.of(replace(a_project(), kind=Kind.OBJECT_DETECTION, quality=PAIR))
    one, other = Box("Rose", 0, 0, 10, 20), Box("Animal", 50, 60, 30, 40)
    ana = Revision(1, "ana", NOON, "t", "1", Boxes((one, other)))
    ben = Revision(2, "ben", NOON, "t", "2", Boxes((one,)))
    merged = Revision(3, "consensus", NOON, "c", "c", Boxes((one,)), source=Source.CONSENSUS)
    found = _report([ItemRecord((ana, ben, merged), standing=3)], terms)
    assert found.mean == pytest.approx(2 / 3)
    assert {user: labeler.agreement for user, labeler in found.labelers.items()} == {
        "ana": pytest.approx(2 / 3),
        "ben": 1.0,
    }
    assert found.labels == (LabelAgreement("Animal", 1, 0), LabelAgreement("Rose", 2, 2))


def test_gold_is_told_of_labelers_without_any_second_opinion() -> None:
    tallies = {"dora": Tally(labeled=9, gold=4, gold_right=3), "eve": Tally(labeled=2)}
    found = _report([], tallies=tallies)
    assert (found.items, found.votes, found.mean, found.alpha) == (0, 0, None, None)
    assert found.labelers == {"dora": LabelerAgreement(0, None, 4, 3)}


def test_of_very_many_confusions_the_most_frequent_are_kept() -> None:
    records = [
        _decided(_voted({"ana": f"L{number}", "ben": f"L{number}"}), "Rose")
        for number in range(CONFUSIONS_MAX + 1)
    ]
    found = _report([*records, *ITEMS])
    assert len(found.confusion) == CONFUSIONS_MAX
    assert (found.confusion[0].given, found.confusion[0].count) == ("Rose", 4)
    assert len(found.labels) == CONFUSIONS_MAX + 1 + 2


LABEL_SETS = st.lists(st.sampled_from(["Rose", "Animal", "Animal/Cat"]), max_size=3, unique=True).map(
    ",".join
)


@st.composite
def _items(draw: st.DrawFn) -> ItemRecord:
    votes = draw(st.dictionaries(st.sampled_from("abcd"), st.none() | LABEL_SETS, max_size=4))
    record = _voted(votes, SETS)
    return _decided(record, "Rose") if draw(st.booleans()) else record


@given(st.lists(_items(), max_size=12), st.integers(0, 12))
def test_the_report_of_two_halves_is_that_of_the_whole(records: list[ItemRecord], at: int) -> None:
    tally = Tally(gold=3, gold_right=2)
    halves = [summed(half, {"a": tally}, SETS) for half in (records[:at], records[at:])]
    stored = [AGREEMENT_SUMS.decode(AGREEMENT_SUMS.encode(half)) for half in halves]
    assert stored == halves
    found = report(total(stored), NOON)
    whole = _report(records, SETS, {"a": Tally(gold=6, gold_right=4)})
    assert (found.items, found.votes, found.labels, found.confusion) == (
        whole.items,
        whole.votes,
        whole.labels,
        whole.confusion,
    )
    assert found.mean == pytest.approx(whole.mean)
    assert found.alpha == pytest.approx(whole.alpha)
    assert found.labelers.keys() == whole.labelers.keys()
    for user, labeler in found.labelers.items():
        other = whole.labelers[user]
        assert replace(labeler, agreement=None) == replace(other, agreement=None)
        assert labeler.agreement == pytest.approx(other.agreement)
    assert AGREEMENT_REPORT.decode(AGREEMENT_REPORT.encode(found)) == found


def test_nothing_adds_up_to_nothing() -> None:
    assert total([]) == AgreementSums()
