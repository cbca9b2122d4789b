"""Which item a record means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.logic.known_paths import digest
from core.logic.locations import paths
from core.logic.matching import Ambiguous, Found, Index, Indexed


def _index(*names: str, prefix: str = "") -> Index:
    """An index of items at 3-0, 3-1, ..."""
    return Index((Indexed((3, at), name) for at, name in enumerate(names)), prefix)


PHOTOS = ("photos/a.jpg", "photos/b.jpg", "photos/val/b.jpg", "photos/x y.png")


@pytest.mark.parametrize(
    ("location", "found"),
    [
        ("photos/b.jpg", (3, 1)),  # exactly
        ("s3://bucket/photos/b.jpg", (3, 1)),
        ("val/b.jpg", (3, 2)),  # below the project's folder
        ("a.jpg", (3, 0)),
        ("/home/ana/val/b.jpg", (3, 2)),  # as much of the end as any
        ("/home/ana/b.jpg", Ambiguous(2)),
        ("https://acct.blob.core.windows.net/c/photos/x%20y.png?sig=1", (3, 3)),
        ("val/b", (3, 2)),  # without its extension
        ("labels/b", Ambiguous(2)),
        ("b.png", None),
        ("hotos/a.jpg.jpg", None),
        ("c.jpg", None),
        ("", None),
        ("photos/", None),
    ],
)
def test_a_location_finds_its_item(location: str, found: Found) -> None:
    assert _index(*PHOTOS, prefix="photos/").find(location) == found


def test_of_several_items_the_one_in_the_projects_folder_is_meant() -> None:
    names = ("photos/2024/a.jpg", "photos/2025/a.jpg")
    assert _index(*names).find("a.jpg") == Ambiguous(2)
    assert _index(*names, prefix="photos/2025/").find("a.jpg") == (3, 1)
    assert _index(*names, prefix="photos/2025/a").find("a.jpg") == (3, 1)


def test_a_file_really_named_so_comes_first() -> None:
    assert _index("x/a/b.jpg", "x/a%2Fb.jpg").find("x/a%2Fb.jpg") == (3, 1)
    assert _index("x/a/b.jpg").find("x/a%2Fb.jpg") == (3, 0)
    assert _index("1f2e3d4c-a.jpg", "a.jpg").find("/data/upload/7/1f2e3d4c-a.jpg") == (3, 0)


def test_names_with_dots_are_found_without_their_extension() -> None:
    assert _index("img.v1.jpg", "img.v2.jpg").find("train/img.v2") == (3, 1)
    assert _index("a.jpg.png").find("a.jpg") is None


def test_rows_of_tables_are_found_by_number() -> None:
    index = _index("news.csv#1", "news.csv#12", "old/news.csv#12")
    assert index.find("news.csv#12") == (3, 1)
    assert index.find("https://acct.blob.core.windows.net/c/old/news.csv#12") == (3, 2)
    assert index.find("news.csv#2") is None


def test_texts_are_found_by_all_their_characters() -> None:
    texts = ("Rain", "Snow", "Rain", "Zürich 😀")
    index = Index(Indexed((3, at), f"{at}.txt", digest(text)) for at, text in enumerate(texts))
    assert index.find_text("Snow") == (3, 1)
    assert index.find_text("Zürich 😀") == (3, 3)
    assert index.find_text("Rain") == Ambiguous(2)
    assert index.find_text("Snow ") is None


@pytest.mark.parametrize(
    "location", ["\ud800.jpg", "/" * 9_000, "%FF%00", "a/" * 4_000 + "a.jpg", "../../etc"]
)
def test_hostile_locations_find_nothing(location: str) -> None:
    assert _index("photos/b.jpg", prefix="photos/").find(location) is None


def test_items_may_come_shard_by_shard() -> None:
    index = Index(prefix="photos/")
    index.add([Indexed((0, 0), "photos/a.jpg")])
    assert index.find("a.jpg") == (0, 0)
    index.add([Indexed((1, 7), "photos/b.jpg"), Indexed((1, 8), "old/a.jpg")])
    assert [index.find(name) for name in ("b.jpg", "a.jpg", "old/a.jpg")] == [(1, 7), (0, 0), (1, 8)]


def test_an_empty_project_has_nothing_to_find() -> None:
    assert _index().find("a.jpg") is None


NAMES = st.text(st.sampled_from("ab%2F/.# 😀'"), min_size=1, max_size=12)
STARTS = st.sampled_from(["", "/", "./", "../", "s3://b/", "/data/upload/1/12345678-", "file:///", "C:\\"])


@given(st.lists(NAMES, unique=True, min_size=1), st.data(), NAMES)
def test_the_item_of_exactly_this_name_is_always_meant(
    names: list[str], data: st.DataObject, prefix: str
) -> None:
    at = data.draw(st.integers(0, len(names) - 1))
    assert _index(*names, prefix=prefix).find(names[at]) == (3, at)


@given(st.lists(NAMES, unique=True, min_size=1), STARTS, st.data())
def test_what_is_found_is_named_so(names: list[str], start: str, data: st.DataObject) -> None:
    location = start + data.draw(st.sampled_from(names))
    found = _index(*names).find(location)
    if isinstance(found, tuple):
        file_name = names[found[1]].rpartition("/")[2]
        meant = {path.rpartition("/")[2] for path in paths(location)}
        assert file_name in meant or file_name.rpartition(".")[0] in meant
