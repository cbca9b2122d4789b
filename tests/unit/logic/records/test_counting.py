from dataclasses import replace

import pytest

from core.domain.answers import Answer, Box, Boxes, Classes, Mask, Masks, Polygon, Polygons, Rle, Span, Spans
from core.domain.records import ItemRecord
from core.domain.shards import Counts, Tally
from core.logic.records import counting
from tests.examples import a_record

ANSWERS: list[Answer] = [
    Classes(("Rose", "Animal")),
    Boxes((Box("Rose", 0, 0, 1, 2), Box("Animal", 0, 0, 1, 2), Box("Rose", 3, 3, 1, 2))),
    Polygons((Polygon("Rose", ()), Polygon("Animal", ()), Polygon("Rose", ()))),
    Masks((Mask("Rose", Rle((1, 2), "")), Mask("Animal", Rle((1, 2), "")))),
    Spans((Span("Rose", 0, 1), Span("Animal", 2, 3), Span("Rose", 4, 5))),
]


@pytest.mark.parametrize("answer", ANSWERS)
def test_each_label_of_an_answer_counts_once(answer: Answer) -> None:
    assert counting.labels_of(answer) == {"Rose", "Animal"}


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_item_counts_once_for_each_of_its_labels(answer: Answer) -> None:
    assert counting.contribution(_answered(answer)).labels == {"Rose": 1, "Animal": 1}


@pytest.mark.parametrize("answer", ANSWERS)
def test_regions_count_one_by_one_where_a_label_may_have_several(answer: Answer) -> None:
    once = isinstance(answer, Classes | Masks)
    found = counting.contribution(_answered(answer)).regions
    assert found == ({} if once else {"Rose": 2, "Animal": 1})


def test_regions_that_are_replaced_no_longer_count() -> None:
    roses, rose, nothing = (
        _answered(Boxes(boxes)) for boxes in ((Box("Rose", 0, 0, 1, 2),) * 3, (Box("Rose", 5, 5, 1, 2),), ())
    )
    both = counting.recount([roses, rose])
    assert (both.labels, both.regions) == ({"Rose": 2}, {"Rose": 4})
    assert counting.moved(both, roses, rose).regions == {"Rose": 2}
    none = counting.moved(counting.moved(both, roses, nothing), rose, nothing)
    assert (none.labels, none.regions) == ({}, {})


@pytest.mark.parametrize("answer", [Boxes(()), Polygons(()), Masks(()), Spans(())])
def test_a_true_negative_is_labeled_with_nothing(answer: Answer) -> None:
    assert counting.contribution(_answered(answer)) == Counts(
        {}, {"ben": Tally(1, milliseconds=2_500)}, {"2026-11-20": 1}
    )


def test_a_record_counts_by_what_stands_and_its_time_by_all_that_was_said() -> None:
    first = a_record().revisions[0]
    late = replace(first, number=2, user="cleo", late=True, milliseconds=40)
    assert counting.contribution(ItemRecord((first, late), 1)) == Counts(
        {"Rose": 1}, {"ben": Tally(1, milliseconds=2_500), "cleo": Tally(milliseconds=40)}, {"2026-11-20": 1}
    )


def test_an_answer_that_took_no_time_and_does_not_stand_counts_for_nobody() -> None:
    first = a_record().revisions[0]
    late = replace(first, number=2, user="cleo", late=True, milliseconds=0)
    before, after = ItemRecord((first,), 1), ItemRecord((first, late), 1)
    assert counting.contribution(after) == counting.contribution(before)
    assert counting.moved(counting.recount([after, after]), after, before) == counting.recount(
        [before, after]
    )


def test_moving_a_record_moves_the_counters_and_drops_what_falls_to_nothing() -> None:
    before, after = a_record("ben", "Rose"), a_record("cleo", "Animal")
    both = counting.recount([before, a_record("dan", "Animal")])
    assert counting.moved(both, before, after) == counting.recount([after, a_record("dan", "Animal")])
    assert "ben" not in counting.moved(both, before, after).labelers


def _answered(answer: Answer) -> ItemRecord:
    record = a_record("ben")
    return replace(record, revisions=(replace(record.revisions[0], answer=answer),))
