"""What to tell a person about a record that has not the shape it should have."""

from pydantic import ValidationError

from core.formats.record_values import shown


def why(error: ValidationError) -> str:
    """The first thing that is wrong, and where: `annotations.0.result.2.value: Field required`."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{shown(place)}: {first['msg']}" if place else first["msg"]
