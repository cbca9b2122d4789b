"""Texts as words with their places, and spans as tags of words; in any language.

A word is a run of letters, digits and marks, or one other visible character; where writing does not part
words (Han, kana, Thai, Lao, Khmer, Burmese), one character with its marks. A part of the Unicode range is
enough to know it.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

_UNPARTED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_MARKS = "\u200c\u200d" + "".join(
    mark for mark in map(chr, range(0x300, 0x1F000)) if unicodedata.category(mark).startswith("M")
)
"""What goes with the letter before it: vowels of Hindi and Arabic, accents, tones; and joiners of letters."""

_LETTERS = rf"[^\W{_UNPARTED}]"
RUN = rf"[{_UNPARTED}][{_MARKS}]*|{_LETTERS}+(?:[{_MARKS}]+{_LETTERS}*)*"
"""A word that is no lone sign, as a regular expression."""
_WORD = re.compile(rf"{RUN}|[^\w\s]")


class Word(NamedTuple):
    """Code points `start` up to, not including, `end`."""

    text: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """The words of a text, in order."""
    return [Word(found.group(), found.start(), found.end()) for found in _WORD.finditer(text)]


def tags_of(
    places: Sequence[tuple[int, int]], spans: Sequence[Mapping[str, Any]], known: Sequence[str]
) -> list[int]:
    """A tag for each place (start, end): 0 outside, 2n + 1 where a span of label n begins, 2n + 2 inside it.

    What a span touches belongs to it, of several to the one that starts first.
    """
    tags = [0] * len(places)
    for span in sorted(spans, key=lambda one: (-one["start"], one["end"])):
        label, begun = known.index(span["label"]), False
        for index, (start, end) in enumerate(places):
            if start < end and start < span["end"] and end > span["start"]:
                tags[index] = 2 * label + 1 + begun
                begun = True
    return tags


def spans_of(
    places: Sequence[tuple[int, int]], tags: Sequence[int], sure: Sequence[float], known: Sequence[str]
) -> tuple[list[dict[str, Any]], list[float]]:
    """The spans that tags make, and how sure each is: as its least sure place."""
    spans: list[dict[str, Any]] = []
    scores: list[float] = []
    before = 0
    for (start, end), tag, share in zip(places, tags, sure, strict=True):
        label = (tag - 1) // 2
        if tag and tag % 2 == 0 and before and (before - 1) // 2 == label:
            spans[-1]["end"] = end
            scores[-1] = min(scores[-1], share)
        elif tag:
            spans.append({"label": known[label], "start": start, "end": end})
            scores.append(share)
        before = tag
    return spans, scores
