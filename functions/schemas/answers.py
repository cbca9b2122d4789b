"""Answers, as the API takes them: an answer's one field tells its type, and errors are about that type."""

from typing import Annotated

from pydantic import Discriminator, Tag

from core.domain.answers import Boxes, Classes, Masks, Polygons, Spans

_TYPES = {"labels": Classes, "boxes": Boxes, "polygons": Polygons, "masks": Masks, "spans": Spans}


def _tag(value: object) -> str | None:
    if isinstance(value, dict):
        return next((kind.__name__ for field, kind in _TYPES.items() if field in value), None)
    return type(value).__name__


AnswerIn = Annotated[
    Annotated[Classes, Tag("Classes")]
    | Annotated[Boxes, Tag("Boxes")]
    | Annotated[Polygons, Tag("Polygons")]
    | Annotated[Masks, Tag("Masks")]
    | Annotated[Spans, Tag("Spans")],
    Discriminator(
        _tag,
        custom_error_type="no_answer",
        custom_error_message="An answer is an object with one of: " + ", ".join(_TYPES),
    ),
]
"""One of the five shapes of an answer, and no field besides."""
