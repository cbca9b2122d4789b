"""A text of any length in a row: Azure Tables hold 64 KiB of UTF-16 in a property and 1 MiB in a row."""

from collections.abc import Iterator, Mapping
from typing import Any

PART_CHARACTERS = 16_000
"""So many fit in a property even if UTF-16 takes four bytes for each."""


def body_parts(body: str) -> dict[str, str]:
    """The text as properties `body`, `body1` and so on."""
    starts = range(0, max(len(body), 1), PART_CHARACTERS)
    return {_name(number): body[at : at + PART_CHARACTERS] for number, at in enumerate(starts)}


def whole_body(row: Mapping[str, Any]) -> str:
    """The text that is in a row's properties."""
    return "".join(_parts(row))


def _parts(row: Mapping[str, Any]) -> Iterator[str]:
    number = 0
    while _name(number) in row:
        yield row[_name(number)]
        number += 1


def _name(number: int) -> str:
    return f"body{number or ''}"
