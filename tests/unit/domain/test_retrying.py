from datetime import UTC, datetime

import pytest

from core.domain.retrying import asked_seconds, is_transient, patience_seconds, silence_seconds, wait_seconds

NOW = datetime(2026, 11, 21, 12, 0, 0, tzinfo=UTC)


def test_the_span_doubles_up_to_ten_seconds() -> None:
    longest = [wait_seconds(failures, None, 1.0) for failures in range(1, 9)]
    assert longest == [0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10.0, 10.0]
    assert wait_seconds(10_000, None, 1.0) == 10.0


def test_any_part_of_the_span_may_be_waited_for() -> None:
    assert wait_seconds(3, None, 0.0) == 0.0
    assert wait_seconds(3, None, 0.5) == 0.4


def test_what_a_service_asks_for_comes_on_top_within_reason() -> None:
    assert wait_seconds(1, 5.0, 0.5) == 5.1
    assert wait_seconds(1, 86_400.0, 0.0) == 30.0


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("", None),
        ("soon", None),
        ("3", 3.0),
        ("0.5", 0.5),
        ("-3", 0.0),
        ("nan", 0.0),
        ("Sat, 21 Nov 2026 12:00:09 GMT", 9.0),
        ("Sat, 21 Nov 2026 12:00:09 -0000", 9.0),
        ("Sat, 21 Nov 2026 13:00:09 +0100", 9.0),
        ("Sat, 21 Nov 2026 11:00:00 GMT", 0.0),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str | None, seconds: float | None) -> None:
    assert asked_seconds(header, NOW) == seconds


def test_what_is_busy_or_broken_for_a_moment_is_transient() -> None:
    statuses = (200, 202, 304, 400, 401, 403, 404, 408, 409, 412, 413, 416, 429, 500, 501, 502, 503, 504, 505)
    assert [status for status in statuses if is_transient(status)] == [408, 429, 500, 502, 503, 504]


def test_people_wait_for_less_than_queues_do() -> None:
    assert (patience_seconds(3.5), silence_seconds(3.5)) == (3.5, 6.0)
    assert (patience_seconds(None), silence_seconds(None)) == (120.0, 60.0)
