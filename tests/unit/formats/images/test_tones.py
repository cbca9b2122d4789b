import numpy as np
import pytest

from core.formats.images.tones import extremes, linear, mapped, screen, spread


@pytest.mark.parametrize("kind", ["u1", "<i2", ">u2", "i4", "f4", "f8"])
def test_gray_is_spread_from_the_darkest_to_the_brightest(kind: str) -> None:
    pixels = np.array([[10, 20, 30], [110, 60, 10]], kind)
    assert spread(pixels).tolist() == [[0, 26, 51], [255, 128, 0]]


def test_negative_values_are_darker() -> None:
    assert spread(np.array([[-30, 0, 30]], "i2")).tolist() == [[0, 128, 255]]


def test_a_single_gray_is_black() -> None:
    assert spread(np.full((2, 3), 700, "u2")).tolist() == [[0, 0, 0], [0, 0, 0]]


def test_what_is_no_number_is_black_and_does_not_count() -> None:
    pixels = np.array([[np.nan, 1.0, 3.0, np.inf]])
    assert extremes(pixels) == (1.0, 3.0)
    assert spread(pixels)[0, :3].tolist() == [0, 0, 255]
    assert extremes(np.array([[np.nan]])) == (0.0, 0.0)


def test_what_lies_outside_is_clipped() -> None:
    assert screen(np.array([[0, 100, 150, 200, 999]], "u2"), linear(100, 200)).tolist() == [
        [0, 0, 128, 255, 255]
    ]


def test_blocks_cover_every_row() -> None:
    tall = np.arange(3_000_000, dtype="i4").reshape(1_000, 3_000)
    assert np.array_equal(mapped(tall, lambda values: values + 1, np.int32), tall + 1)
