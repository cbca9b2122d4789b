"""Coordinates `x1, y1, x2, y2, ...` in pixels, and as fractions of an image's width and height."""

from collections.abc import Sequence


def to_fractions(pixels: Sequence[float], width: int, height: int) -> tuple[float, ...]:
    """What is 0..1 inside the image."""
    return tuple(value / (height if at % 2 else width) for at, value in enumerate(pixels))


def to_pixels(fractions: Sequence[float], width: int, height: int) -> tuple[float, ...]:
    """Of what is 0..1 inside the image."""
    return tuple(value * (height if at % 2 else width) for at, value in enumerate(fractions))
