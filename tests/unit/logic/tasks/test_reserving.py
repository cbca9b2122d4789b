from core.domain.answers import Classes
from core.domain.items import Item
from core.domain.predictions import Prediction
from core.domain.projects import Reservation
from core.logic.tasks.reserving import parts

ITEMS = [Item(f"{folder}/{number}.jpg", "e", 1) for folder in ("left", "right") for number in range(2)]
ROSE = {3: Prediction(Classes(("Rose",)))}


def _barred(labeler: str, *reservations: Reservation) -> list[int]:
    barred = parts(ITEMS, ROSE, reservations).barred(labeler)
    return [index for index in range(4) if index in barred]


def test_a_path_is_for_its_labelers_alone() -> None:
    left = Reservation("r", ("ben",), path="left/**")
    assert _barred("ben", left) == []
    assert _barred("cleo", left) == [0, 1]


def test_so_is_what_is_prelabeled_with_a_label() -> None:
    roses = Reservation("r", ("ben",), labels=("Rose", "Tulip"))
    assert _barred("cleo", roses) == [3]


def test_an_item_of_two_reservations_is_for_the_labelers_of_both() -> None:
    left, first = Reservation("1", ("ben",), path="left/*"), Reservation("2", ("cleo",), path="*/0.jpg")
    assert _barred("ben", left, first) == [2]
    assert _barred("cleo", left, first) == [1]
    assert _barred("dan", left, first) == [0, 1, 2]


def test_an_item_that_nobody_looked_at_yet_waits() -> None:
    assert 4 in parts(ITEMS, ROSE, [Reservation("r", ("ben",), path="left/*")]).barred("ben")
