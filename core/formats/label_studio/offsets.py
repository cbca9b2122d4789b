"""What the offsets of Label Studio's text labels count.

Since version 1.4.1 they count code points, before they counted UTF-16 units (HumanSignal/label-studio#1008).
The export does not tell its version, but the text that each stretch covers, usually: where that is right for
UTF-16 units only, they are what was counted.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from core.formats.label_studio.tasks import Stretch

_ONE_UNIT_MAX = 0xFFFF


def code_points(text: str, stretches: Sequence[Stretch]) -> list[tuple[int, int]]:
    """Where each stretch starts and ends, in code points, half-open."""
    given = [(stretch.start, stretch.end) for stretch in stretches]
    if _agrees(text, stretches, given):
        return given
    units = list(accumulate((1 + (ord(character) > _ONE_UNIT_MAX) for character in text), initial=0))
    counted = [(bisect_left(units, start), bisect_left(units, end)) for start, end in given]
    return counted if _agrees(text, stretches, counted) else given


def _agrees(text: str, stretches: Sequence[Stretch], places: Sequence[tuple[int, int]]) -> bool:
    """Whether each place covers what its stretch says, line breaks aside, which some versions escape."""
    return all(
        stretch.text in {None, text[start:end]} or "\n" in text[start:end]
        for stretch, (start, end) in zip(stretches, places, strict=True)
    )
