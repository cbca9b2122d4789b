"""JSON documents with something wrong in them, for readers that must take anything."""

from collections.abc import Iterator

from hypothesis import strategies as st

ANYTHING: tuple[object, ...] = (
    *(None, True, -1, 10**400, float("nan"), float("-inf"), "", "x" * 500),
    *([], [[]], [None], {}, {"": {}}),
)

Place = tuple[object, ...]


def spoiled(document: object) -> st.SearchStrategy[object]:
    """The document with one of its parts, anywhere below the top, replaced by anything."""
    places = st.sampled_from([place for place in _places(document) if place])
    return st.builds(lambda place, other: _changed(document, place, other), places, st.sampled_from(ANYTHING))


def _places(value: object) -> Iterator[Place]:
    yield ()
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inside:
        yield from ((key, *place) for place in _places(part))


def _changed(value: object, place: Place, other: object) -> object:
    if not place:
        return other
    key, *rest = place
    if isinstance(value, dict):
        return value | {key: _changed(value[key], tuple(rest), other)}
    assert isinstance(value, list)
    return [_changed(part, tuple(rest), other) if at == key else part for at, part in enumerate(value)]
