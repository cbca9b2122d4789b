import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.formats.zips import original, safe_name

PATHS = st.text(st.sampled_from("./\\:%2FfE5a\n\x7f é🌹"), min_size=1) | st.text(min_size=1)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("photos/a b.jpg", "photos/a b.jpg"),
        ("🌹/100%.jpg", "🌹/100%.jpg"),
        ("../../etc/passwd", "%2E%2E/%2E%2E/etc/passwd"),
        ("a/./b..c/...", "a/%2E/b..c/..."),
        ("/root//b/", "%2Froot/%2Fb%2F"),
        ("C:\\a", "C%3A%5Ca"),
        ("a%2Fb", "a%252Fb"),
        ("line\nfeed", "line%0Afeed"),
    ],
)
def test_what_is_dangerous_is_encoded(path: str, name: str) -> None:
    assert safe_name(path) == name


@given(PATHS)
def test_a_name_stays_in_its_folder(path: str) -> None:
    name = safe_name(path)
    assert posixpath.normpath(f"folder/{name}") == f"folder/{name}"
    assert not set(name) & {"\\", ":", "\n", "\0"}


@given(PATHS)
def test_the_path_comes_back(path: str) -> None:
    assert original(safe_name(path)) == path


@pytest.mark.parametrize("name", ["a%20b.jpg", "50%25.jpg", "%C3%A9.jpg"])
def test_what_others_have_encoded_stays(name: str) -> None:
    assert original(name) == name
