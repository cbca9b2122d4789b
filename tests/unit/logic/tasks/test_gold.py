import pytest

from core.logic.tasks.gold import is_test


@pytest.mark.parametrize(("size", "rate"), [(1, 0.05), (4, 0.1), (9, 0.05), (1, 0.5)])
def test_the_rate_of_all_items_is_gold_in_the_long_run(size: int, rate: float) -> None:
    tests = sum(is_test(f"task{number}", size, rate) for number in range(20_000))
    assert tests / 20_000 / size == pytest.approx(rate, rel=0.1)


def test_nothing_is_gold_where_the_rate_is_nothing() -> None:
    assert not any(is_test(f"task{number}", 9, 0) for number in range(1_000))


def test_the_same_task_decides_the_same() -> None:
    assert len({is_test("task", 4, 0.1) for _ in range(3)}) == 1
