"""Why an image cannot be shown, and how much of one is taken on at all."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from core.domain.errors import InvalidFile

HEADER_BYTES = 64 * 1024
"""Nearly every image tells what it is in so many bytes."""

MAX_PIXELS = 100_000_000
"""Width times height of what is decoded: 0.4 GB as RGB."""

MAX_BYTES = 256 * 1024 * 1024
"""The length of a file that is decoded."""

MAX_FRAMES = 100_000
"""Frames of a DICOM file, pages of a TIFF."""

_REASON_LENGTH = 160


class NeedsMore(Exception):
    """These first bytes of a file do not tell; all of them will."""


class Unreadable(InvalidFile):
    """Nobody could label this image. `str()` is a sentence for a person."""

    title = "The image cannot be shown"


EMPTY = "The file is empty."
CUT_OFF = "The file is cut off."


def check_grid(width: int, height: int, frames: int = 1) -> None:
    """Raise Unreadable for an image of no pixels, or of more than anybody decodes."""
    if width <= 0 or height <= 0:
        raise Unreadable(f"It has no pixels: it is {width} wide and {height} high.")
    if width * height > MAX_PIXELS:
        found, most = width * height / 1e6, MAX_PIXELS / 1e6
        raise Unreadable(f"It has {found:,.0f} megapixels; at most {most:,.0f} can be shown.")
    if frames > MAX_FRAMES:
        raise Unreadable(f"It has {frames:,} frames; at most {MAX_FRAMES:,} can be shown.")


def check_length(data: bytes) -> None:
    """Raise Unreadable for a file that is too long to be decoded."""
    if len(data) > MAX_BYTES:
        found, most = len(data) / 2**20, MAX_BYTES / 2**20
        raise Unreadable(f"It has {found:,.0f} MiB; at most {most:,.0f} can be decoded.")


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Turn whatever a library raises over a file into Unreadable: for a hostile one that is nearly anything.

    Raises Unreadable and NeedsMore as they are.
    """
    for library in ("PIL", "pydicom"):  # they warn and log of what is said here, or matters to nobody
        warnings.filterwarnings("ignore", module=rf"{library}\b")
        logging.getLogger(library).propagate = False
    try:
        yield
    except (Unreadable, NeedsMore):
        raise
    except MemoryError as error:
        raise Unreadable(f"{what} needs more memory than there is.") from error
    except Exception as error:
        because = " ".join(str(error).split())[:_REASON_LENGTH] or type(error).__name__
        raise Unreadable(f"{what} cannot be decoded ({because}).") from error
