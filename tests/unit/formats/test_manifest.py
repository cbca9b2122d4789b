from hypothesis import given
from hypothesis import strategies as st

from core.domain.items import ImageInfo, Item
from core.formats import manifest

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
IMAGES = st.builds(
    ImageInfo, st.integers(1), st.integers(1), st.integers(1, 8), st.integers(1), st.booleans()
)
FILES = st.builds(
    Item,
    path=TEXT,
    etag=TEXT,
    size=st.integers(0),
    row=st.none(),
    columns=st.none(),
    image=st.none() | IMAGES,
)
ROWS = st.builds(
    Item,
    path=TEXT,
    etag=TEXT,
    size=st.integers(0),
    row=st.integers(1),
    columns=st.dictionaries(TEXT, TEXT, max_size=3),
    image=st.none(),
)


@given(st.lists(FILES | ROWS, max_size=20))
def test_a_manifest_comes_back(items: list[Item]) -> None:
    data = manifest.encode(items)
    assert list(manifest.decode(data)) == items
    assert manifest.encode(items) == data
