"""What every import format is read into: one record per item that the file speaks of."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from core.domain.answers import Answer
from core.domain.kinds import Kind
from core.domain.transfers import Refusal


@dataclass(frozen=True, slots=True)
class Record:
    """What a file says of one item.

    `where` tells a person which record of the file it is: `line 12`, `image 7`. `location` is the image's or
    text's path or URL exactly as the file has it; None when the file holds only the `text` itself.
    `normalized`: coordinates are fractions of width and height, not pixels. `size` is the width and height
    that the file gives the image. `confidence` is 0..1.

    In formats in which every region is a record of its own (COCO), `regions` says where each region of the
    answer is, in the answer's order; regions that do not fit are then refused one by one. Otherwise a region
    that does not fit refuses the whole record.
    """

    where: str
    answer: Answer
    location: str | None = None
    text: str | None = None
    confidence: float | None = None
    size: tuple[int, int] | None = None
    normalized: bool = False
    regions: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[str, ...]:
        """Where in the file the records are that this one stands for."""
        return self.regions or (self.where,)


@dataclass(frozen=True, slots=True)
class Sought:
    """What the project wants to know: its kind of answer, and its labels by path."""

    kind: Kind
    labels: Sequence[str]


Read = Callable[[BinaryIO, str, Sought], Iterator[Record | Refusal]]
"""How every format is read: an open file and its path. Raises InvalidFile when nothing in it can be read.

What is read plus what is refused is all that the file holds; a Refusal stands for one record.
"""
