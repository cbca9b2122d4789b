from hypothesis import given
from hypothesis import strategies as st

from core.adapters.table_bodies import PART_CHARACTERS, body_parts, whole_body


@given(st.integers(0, 3 * PART_CHARACTERS), st.sampled_from("aé🌸"))
def test_a_text_comes_back_from_parts_that_fit_in_a_property(length: int, letter: str) -> None:
    parts = body_parts(letter * length)
    assert whole_body(parts) == letter * length
    assert all(len(part.encode("utf-16-le")) <= 64 * 1024 for part in parts.values())


def test_a_short_text_is_one_property() -> None:
    assert body_parts("{}") == {"body": "{}"}
