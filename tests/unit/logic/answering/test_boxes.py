from math import inf, nan

import pytest

from core.domain.answers import Box, Boxes
from core.domain.kinds import Kind
from core.logic.answering import Rules, Subject, misfit

RULES = Rules(Kind.OBJECT_DETECTION, frozenset({"Cat", "Dog"}))
IMAGE = Subject(width=640, height=480)


def test_no_boxes_are_a_true_negative() -> None:
    assert misfit(RULES, Boxes(()), IMAGE) is None


@pytest.mark.parametrize(
    "box",
    [
        Box("Cat", 1, 2.5, 3, 4),
        Box("Dog", 0, 0, 640, 480),
        Box("Dog", 639.5, 479.75, 0.5, 0.25),
        Box("Cat", -0.01, -0.01, 640.02, 480.02),  # to the hundredth of a pixel
    ],
)
def test_boxes_in_the_image(box: Box) -> None:
    assert misfit(RULES, Boxes((box,)), IMAGE) is None


@pytest.mark.parametrize(
    ("box", "reason"),
    [
        (Box("Fox", 1, 2, 3, 4), "('Fox'): there is no label 'Fox' in this project."),
        (Box("Cat", nan, 2, 3, 4), "('Cat'): its x is nan, which is no number of pixels."),
        (Box("Cat", 1, inf, 3, 4), "('Cat'): its y is inf, which is no number of pixels."),
        (Box("Cat", 1, 2, -inf, 4), "('Cat'): its width is -inf, which is no number of pixels."),
        (Box("Cat", 1, 2, 3, 1e12), "('Cat'): its height is 1000000000000.0, which is no number of pixels."),
        (Box("Cat", 1, 2, 0, 4), "('Cat'): it is 0 wide and 4 high; both must be more than 0 pixels."),
        (Box("Cat", 1, 2, 3, -4.5), "('Cat'): it is 3 wide and -4.5 high; both must be more than 0 pixels."),
        (Box("Cat", -0.02, 2, 3, 4), "('Cat'): it sticks out of the image of 640 x 480 pixels on the left."),
        (Box("Cat", 1, -2, 3, 4), "('Cat'): it sticks out of the image of 640 x 480 pixels at the top."),
        (
            Box("Cat", 630, 2, 10.02, 4),
            "('Cat'): it sticks out of the image of 640 x 480 pixels on the right.",
        ),
        (Box("Cat", 1, 477, 3, 4), "('Cat'): it sticks out of the image of 640 x 480 pixels at the bottom."),
        (
            Box("Dog", 700, 500, 3, 4),
            "('Dog'): it sticks out of the image of 640 x 480 pixels on the right and at the bottom.",
        ),
    ],
)
def test_boxes_that_do_not_fit(box: Box, reason: str) -> None:
    assert misfit(RULES, Boxes((Box("Dog", 5, 6, 7, 8), box)), IMAGE) == f"box 2 {reason}"


@pytest.mark.parametrize("subject", [Subject(), Subject(width=640), Subject(height=480)])
def test_where_the_size_of_the_image_is_not_known_a_box_may_be_anywhere(subject: Subject) -> None:
    assert misfit(RULES, Boxes((Box("Cat", 700, 500, 3, 4),)), subject) is None
    assert misfit(RULES, Boxes((Box("Cat", 700, 500, 3, 0),)), subject) is not None


def test_a_number_too_large_for_a_float_has_its_reason_too() -> None:
    found = misfit(RULES, Boxes((Box("Cat", 10**400, 2, 3, 4),)), IMAGE)
    assert found == f"box 1 ('Cat'): its x is 1{'0' * 99}…, which is no number of pixels."
