"""What a comparison says, against what a reader of both lists would say."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from core.domain.items import Item, ItemStatus
from core.domain.shards import STATUS_CODES
from core.logic.comparing import Comparison
from tests.examples import a_control

NAMES = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from(["v1", "v2"]))


@given(NAMES, NAMES, st.sets(st.sampled_from("abcdefgh")), st.integers(1, 3))
def test_news_are_what_the_listing_has_otherwise_or_not(
    known: dict[str, str], listed: dict[str, str], missing: set[str], a_shard: int
) -> None:
    comparison = Comparison()
    names = sorted(known)
    places = {name: divmod(number, a_shard) for number, name in enumerate(names)}
    for start in range(0, len(names), a_shard):
        some = names[start : start + a_shard]
        statuses = (ItemStatus.MISSING if name in missing else ItemStatus.LABELED for name in some)
        control = a_control(len(some), start // a_shard)
        states = bytes(STATUS_CODES[status] for status in statuses)
        comparison.know(replace(control, states=states), [Item(name, known[name], 1) for name in some])
    new = {name for name, etag in listed.items() if not comparison.see(Item(name, etag, 2))}

    assert comparison.known == len(known)
    assert new == set(listed) - set(known)
    otherwise = {
        name for name in known if name in listed and (name in missing or known[name] != listed[name])
    }
    gone = set(known) - set(listed) - missing
    found = {
        (shard, index): item for shard, items in comparison.news().items() for index, item in items.items()
    }
    assert found == {
        **{places[name]: Item(name, listed[name], 2) for name in otherwise},
        **{places[name]: None for name in gone},
    }


def test_what_is_only_named_is_known_but_not_there() -> None:
    comparison = Comparison()
    comparison.know(a_control(2), [Item("a.jpg", "v1", 1), Item("b.jpg", "v1", 1)])
    assert [comparison.see(Item(name, "", 0)) for name in ("a.jpg", "b.jpg", "c.jpg")] == [True, True, False]
    assert comparison.see(Item("b.jpg", "v1", 1))
    assert comparison.news() == {0: {0: None}}
