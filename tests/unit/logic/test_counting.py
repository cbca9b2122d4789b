from dataclasses import replace

import pytest

from core.domain.answers import Answer, Box, Boxes, Classes, Mask, Masks, Polygon, Polygons, Rle, Span, Spans
from core.domain.items import ItemRecord
from core.domain.shards import Counts, Tally
from core.logic import counting
from tests.examples import a_record


@pytest.mark.parametrize(
    "answer",
    [
        Classes(("Rose", "Animal")),
        Boxes((Box("Rose", 0, 0, 1, 2), Box("Animal", 0, 0, 1, 2), Box("Rose", 3, 3, 1, 2))),
        Polygons((Polygon("Rose", ()), Polygon("Animal", ()))),
        Masks((Mask("Rose", Rle((1, 2), "")), Mask("Animal", Rle((1, 2), "")))),
        Spans((Span("Rose", 0, 1), Span("Animal", 2, 3))),
    ],
)
def test_each_label_of_an_answer_counts_once(answer: Answer) -> None:
    assert counting.labels_of(answer) == {"Rose", "Animal"}


def test_a_record_counts_by_what_stands_and_its_time_by_all_that_was_said() -> None:
    first = a_record().revisions[0]
    late = replace(first, number=2, user="cleo", late=True, milliseconds=40)
    assert counting.contribution(ItemRecord((first, late), 1)) == Counts(
        {"Rose": 1}, {"ben": Tally(1, 0, 2_500), "cleo": Tally(0, 0, 40)}, {"2026-11-20": 1}
    )


def test_moving_a_record_moves_the_counters_and_drops_what_falls_to_nothing() -> None:
    before, after = a_record("ben", "Rose"), a_record("cleo", "Animal")
    both = counting.recount([before, a_record("dan", "Animal")])
    assert counting.moved(both, before, after) == counting.recount([after, a_record("dan", "Animal")])
    assert "ben" not in counting.moved(both, before, after).labelers
