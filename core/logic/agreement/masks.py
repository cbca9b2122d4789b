"""Masks, one for each label. Merged: each pixel bears the labels that more than half of the votes give it.

What exactly half give it is up to the tie-break. Where masks may not share pixels, the label that comes first
in the tree keeps one that two would have.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from core.domain.answers import Mask, Rle
from core.domain.quality import TieBreak
from core.logic.agreement.votes import in_order
from core.logic.geometry.masks import area, covered, inverted, ious, merged

__all__ = ["ious", "merged_by_pixel", "place", "shapes"]


def place(mask: Mask) -> tuple[tuple[int, int], str]:
    """Where it is."""
    return mask.rle.size, mask.rle.counts


def shapes(answers: Sequence[Sequence[Mask]]) -> list[list[Rle]]:
    """The pixels of each answer's masks."""
    return [[mask.rle for mask in marks] for marks in answers]


def merged_by_pixel(
    answers: Sequence[Sequence[Mask]], tie_break: TieBreak, order: Sequence[str], *, overlap: bool
) -> list[Mask]:
    """The masks that votes, in order of arrival, come to; those without a pixel are left out.

    All are of the size that most masks have: those of another were made on another version of the image.
    """
    sizes = Counter(mask.rle.size for answer in answers for mask in answer)
    if not sizes:
        return []
    size = max(sizes, key=lambda size: (sizes[size], size))
    votes = [{mask.label: mask.rle for mask in answer if mask.rle.size == size} for answer in answers]
    found: list[Mask] = []
    taken: Rle | None = None
    for label in in_order(frozenset[str]().union(*votes), order):
        rle = _most(label, votes, tie_break)
        if taken and not overlap:
            rle = covered([rle, inverted(taken)], 2)
        if area(rle):
            found.append(Mask(label, rle))
            taken = merged([taken, rle]) if taken else rle
    return found


def _most(label: str, votes: Sequence[Mapping[str, Rle]], tie_break: TieBreak) -> Rle:
    """The pixels that more than half of the votes give the label, or half and the tie-break.

    By FIRST_VOTE each vote counts twice and the first three times, which decides between halves.
    """
    rles = [vote[label] for vote in votes if label in vote]
    match tie_break:
        case TieBreak.NONE:
            return covered(rles, len(votes) // 2 + 1)
        case TieBreak.FIRST_LABEL:
            return covered(rles, (len(votes) + 1) // 2)
        case TieBreak.FIRST_VOTE:
            first = [votes[0][label]] if label in votes[0] else []
            return covered([*rles, *rles, *first], len(votes) + 1)
