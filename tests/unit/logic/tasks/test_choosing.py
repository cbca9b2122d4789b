"""Where a labeler looks for work first."""

from dataclasses import replace

import pytest

from core.domain.items import ItemStatus
from core.domain.shards import STATUS_CODES, Counts, Outline, Tally
from core.logic.tasks.choosing import NEAR, gold_shards, open_shards, outline, past_shards, urgent_shards
from core.logic.tasks.sharding import rank_shards
from tests.examples import a_control

DONE = Outline(pending=False)
BEGUN = Outline(labelers=frozenset(("dan",)))
FOR_BEN = Outline(reserved=frozenset(("ben",)))


def test_a_shard_is_outlined_by_what_is_in_it() -> None:
    control = a_control(2)
    assert outline(control) == Outline(True, False, frozenset(), frozenset())
    labeled = bytes([STATUS_CODES[ItemStatus.LABELED]])
    for states, pending in ((labeled * 2, False), (labeled + control.states[:1], True)):
        assert outline(replace(control, states=states)).pending is pending
    tallies = {"ben": Tally(skipped=1), "cleo": Tally(1)}
    assert outline(replace(control, counts=Counts(labelers=tallies))).labelers == {"ben", "cleo"}
    assert outline(replace(control, gold=(1,))).gold
    assert outline(replace(control, reserved={"ben": (0,), "cleo": (1,)})).reserved == {"ben", "cleo"}


def test_a_labeler_goes_home_and_on_from_there_past_what_is_done() -> None:
    home, second, *others = rank_shards("ben", 500)
    assert [*open_shards({}, "ben", 500)] == [home, second, *others]
    assert [*open_shards({second: DONE, others[0]: BEGUN}, "ben", 500)] == [home, *others]


def test_what_others_began_is_urgent_with_consensus_alone() -> None:
    said = {
        3: BEGUN,
        5: FOR_BEN,
        7: replace(BEGUN, pending=False),
        9: replace(FOR_BEN, labelers=BEGUN.labelers),
    }
    assert set(urgent_shards(said, "ben", 10, "t", consensus=False)) == {5, 9}
    assert set(urgent_shards(said, "cleo", 10, "t", consensus=False)) == set()
    with_consensus = urgent_shards(said, "ben", 10, "t", consensus=True)
    assert (set(with_consensus[:2]), with_consensus[2:]) == ({5, 9}, [3])
    assert set(urgent_shards(said, "cleo", 10, "t", consensus=True)) == {3, 9}


@pytest.mark.parametrize("said", [BEGUN, FOR_BEN])
def test_of_many_urgent_shards_each_task_sees_some_and_many_tasks_all(said: Outline) -> None:
    everywhere = dict.fromkeys(range(500), said)
    seen = [urgent_shards(everywhere, "ben", 500, f"t{number}", consensus=True) for number in range(200)]
    assert {len(set(some)) for some in seen} == {len(some) for some in seen} == {NEAR}
    assert {shard for some in seen for shard in some} == set(range(500))


def test_gold_is_looked_for_where_there_is_some() -> None:
    said = {number: Outline(gold=True) for number in (2, 4)}
    assert set(gold_shards(said, "ben", 500, "t")) == {2, 4}
    assert gold_shards({2: BEGUN}, "ben", 500, "t") == []


def test_a_labeler_is_counted_where_they_answered() -> None:
    said = {2: BEGUN, 4: Outline(pending=False, labelers=frozenset(("ben", "dan")))}
    assert (past_shards(said, "ben"), past_shards(said, "dan"), past_shards(said, "cleo")) == (
        [4],
        [2, 4],
        [],
    )
