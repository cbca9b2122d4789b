"""Values of records of imported files, which may be anything, as what they should be."""

FURTHEST = 1e9
"""No coordinate or size is further from 0, in pixels."""

_SHOWN = 60


class Misread(ValueError):
    """A record that cannot be read; `str()` says why. A reader makes a Refusal of it and goes on."""


def shown(value: object) -> str:
    """The value as a reason can name it: not for ever, and without halves of characters."""
    if isinstance(value, list | dict):
        return f"a {type(value).__name__} of {len(value)}"
    text = str(value).encode("utf-8", "backslashreplace").decode()
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def is_text(value: str) -> bool:
    """Whether it can be stored: JSON may hold halves of characters, which are no text."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def number(value: object, what: str) -> float:
    """A finite number, also as a text of digits. Raises Misread, which calls it `what`."""
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            raise Misread(f"{what} is '{shown(value)}', which is no number.") from None
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= FURTHEST:
        raise Misread(f"{what} is {shown(value)}, which is no number of pixels.")
    return float(value)


def image_size(width: object, height: object) -> tuple[int, int] | None:
    """An image's width and height in pixels, or None where they are not both whole and above 0."""
    try:
        size = number(width, "the width"), number(height, "the height")
    except Misread:
        return None
    if not all(side > 0 and side.is_integer() for side in size):
        return None
    return int(size[0]), int(size[1])
