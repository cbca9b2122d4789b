from hypothesis import given
from hypothesis import strategies as st

from core.domain.items import Item
from core.formats import manifest

ITEMS = st.builds(
    Item,
    path=st.text(st.characters(exclude_categories=["Cs"])),
    etag=st.text(st.characters(exclude_categories=["Cs"])),
    size=st.integers(0),
    text=st.none() | st.text(st.characters(exclude_categories=["Cs"])),
)


@given(st.lists(ITEMS, max_size=20))
def test_a_manifest_comes_back(items: list[Item]) -> None:
    data = manifest.encode(items)
    assert list(manifest.decode(data)) == items
    assert manifest.encode(items) == data
