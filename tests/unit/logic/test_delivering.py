from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.webhooks import Delivery, Reply
from core.logic.delivering import attempted, given_up
from tests.examples import NOON

QUEUED = Delivery("1-a", "hook", "test", NOON, "{}", next_at=NOON)


@pytest.mark.parametrize("status", [200, 204, 299])
def test_a_message_that_is_taken_is_not_sent_again(status: int) -> None:
    done = attempted(QUEUED, Reply(status=status), NOON)
    assert done == replace(QUEUED, attempts=1, status=status, next_at=None)


def test_a_message_that_is_not_taken_is_sent_again_later_and_later_and_given_up() -> None:
    now, waits, delivery = NOON, list[int](), QUEUED
    while delivery.next_at is not None:
        delivery = attempted(delivery, Reply(status=500), now)
        if delivery.next_at is not None:
            waits.append(round((delivery.next_at - now).total_seconds()))
            now = delivery.next_at
    assert waits == [10, 60, 300, 1_800, 7_200, 28_800]
    assert delivery.attempts == 7
    assert now - NOON == timedelta(hours=10, minutes=36, seconds=10)


@pytest.mark.parametrize(
    "reply", [Reply(status=302), Reply(status=404), Reply(status=199), Reply(error="No connection.")]
)
def test_everything_else_is_a_failure(reply: Reply) -> None:
    tried = attempted(QUEUED, reply, NOON)
    assert (tried.status, tried.error) == (reply.status, reply.error)
    assert tried.next_at == NOON + timedelta(seconds=10)


def test_a_delivery_can_be_given_up() -> None:
    assert given_up(QUEUED, "Disabled.") == replace(QUEUED, error="Disabled.", next_at=None)
