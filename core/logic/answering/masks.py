"""Masks: of the image's size, one for each label, and some pixels in each.

All that reaches pycocotools, which trusts its input, has passed here.
"""

from collections.abc import Sequence

from core.domain.answers import Mask, Rle
from core.logic.answering.rules import Rules, Subject, shown, unknown
from core.logic.geometry.masks import PIXELS_MAX, area, is_sound, overlapping

CHARACTERS_MAX = 2_000_000
"""The run-length encodings of an answer have at most so many characters together."""


def misfits(masks: Sequence[Mask], rules: Rules, subject: Subject) -> dict[int, str]:
    """Why masks do not fit, by index."""
    known = subject.width is not None and subject.height is not None
    size = (subject.height, subject.width) if known else None
    found: dict[int, str] = {}
    fitting: dict[str, int] = {}
    characters = 0
    for index, mask in enumerate(masks):
        characters += len(mask.rle.counts)
        if characters > CHARACTERS_MAX:
            found[index] = f"the masks of an item have at most {CHARACTERS_MAX:,} characters, and these more."
        elif mask.label in fitting:
            found[index] = f"mask {fitting[mask.label] + 1} has the same label; a label has one mask."
        elif reason := unknown(rules, mask.label) or _flaw(mask.rle, size or mask.rle.size):
            found[index] = reason
        else:
            fitting[mask.label] = index
            size = size or mask.rle.size
    return found if rules.overlap else found | _overlaps(masks, list(fitting.values()))


def _flaw(rle: Rle, size: tuple[int | None, int | None]) -> str | None:
    if tuple(rle.size) != size:
        return f"its size is {_size(rle.size)}, not {_size(size)}."
    height, width = rle.size
    if height * width > PIXELS_MAX:
        return f"it has more than {PIXELS_MAX:,} pixels."
    if not is_sound(rle):
        return f"its counts are not COCO's compressed run-length encoding of {_size(rle.size)} pixels."
    return None if area(rle) else "there is no pixel in it."


def _overlaps(masks: Sequence[Mask], indices: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for one, other in overlapping([masks[index].rle for index in indices]).items():
        earlier = masks[indices[other]]
        found[indices[one]] = (
            f"it shares pixels with mask {indices[other] + 1} ('{shown(earlier.label)}'), which this project "
            "does not allow."
        )
    return found


def _size(size: tuple[int | None, int | None]) -> str:
    height, width = size
    return f"{shown(height)} high and {shown(width)} wide"
