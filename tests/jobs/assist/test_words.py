"""Words, tags and windows of texts in any language; and who learns from whom."""

import pytest
from learning.errors import Unusable
from learning.folds import assign
from learning.items import Item
from learning.words import spans_of, tags_of, words_of


def test_words_of_any_language() -> None:
    assert [word.text for word in words_of("It's Łódź, 東京 and กข")] == [
        *("It", "'", "s", "Łódź", ","),
        *("東", "京", "and", "ก", "ข"),
    ]
    assert words_of("🍋 a")[1][1:] == (2, 3)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("لُغَةٌ جديدة", ["لُغَةٌ", "جديدة"]),
        ("می‌روم", ["می‌روم"]),
        ("e\u0301cole", ["e\u0301cole"]),
        ("ครั้ง", ["ค", "รั้", "ง"]),
    ],
)
def test_marks_stay_with_their_letters(text: str, words: list[str]) -> None:
    """And so do the joiners of Persian."""
    assert [word.text for word in words_of(text)] == words


def test_tags_and_back() -> None:
    places = [word[1:] for word in words_of("we met Ada Lovelace Byron in London")]
    spans = [
        {"label": "person", "start": 7, "end": 19},
        {"label": "person", "start": 20, "end": 25},
        {"label": "place", "start": 29, "end": 35},
    ]
    tags = tags_of(places, spans, ["person", "place"])
    assert tags == [0, 0, 1, 2, 1, 0, 3]
    sure = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3]
    assert spans_of(places, tags, sure, ["person", "place"]) == (spans, [0.6, 0.5, 0.3])


def test_inside_without_begin_begins() -> None:
    assert spans_of([(0, 1), (2, 3)], [2, 4], [1, 1], ["a", "b"])[0] == [
        {"label": "a", "start": 0, "end": 1},
        {"label": "b", "start": 2, "end": 3},
    ]


def test_every_label_is_in_every_fold() -> None:
    items = [Item(str(number), answer={"labels": ["ab"[number % 2]]}) for number in range(12)]
    folds = assign(items, 3, seed=1)
    for fold in range(3):
        mine = [item for item, one in zip(items, folds, strict=True) if one == fold]
        assert sorted((item.answer or {})["labels"][0] for item in mine) == ["a", "a", "b", "b"]
    assert folds != assign(items, 3, seed=2)
    assert folds == assign(items[::-1], 3, seed=1)[::-1]


def test_folds_that_are_asked_for() -> None:
    items = [Item(str(number), answer={"labels": ["a"]}, fold=number % 2) for number in range(4)]
    assert assign(items, 2, seed=0) == [0, 1, 0, 1]
    with pytest.raises(Unusable, match="wants fold 1, and there are 1"):
        assign(items, 1, seed=0)
    with pytest.raises(Unusable, match="not every one of the 3 folds"):
        assign(items, 3, seed=0)
