from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.projects import Refresh, Refreshed, Status
from core.logic.refreshing import is_due, refresh_interval
from tests.examples import NOON, a_project


@pytest.mark.parametrize(
    ("done", "total", "minutes"),
    [
        (0, 1000, 360),
        (499, 1000, 360),
        (500, 1000, 180),
        (799, 1000, 180),
        (800, 1000, 60),
        (949, 1000, 60),
        (950, 1000, 15),
        (1000, 1000, 15),
        (0, 0, 15),
    ],
)
def test_the_nearer_the_end_the_sooner(done: int, total: int, minutes: int) -> None:
    assert refresh_interval(done, total) == timedelta(minutes=minutes)


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))
def test_more_done_is_never_a_longer_wait(one: int, other: int, left: int) -> None:
    less, more = sorted((one, other))
    total = more + left
    assert refresh_interval(more, total) <= refresh_interval(less, total)


@pytest.mark.parametrize("seconds", [-1, 0, 1, None])
@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("enabled", [True, False])
def test_a_project_is_due_when_it_is_under_way_and_its_time_has_come(
    seconds: int | None, status: Status, enabled: bool
) -> None:
    refreshed = None if seconds is None else Refreshed(NOON, 1, next=NOON + timedelta(seconds=seconds))
    project = replace(a_project(), status=status, refresh=Refresh(enabled=enabled), refreshed=refreshed)
    under_way = status in {Status.RUNNING, Status.PAUSED}
    assert is_due(project, NOON) is (enabled and under_way and seconds != 1)
