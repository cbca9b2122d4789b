"""Masks painted and pasted by mouse and keyboard, and their pixels as the server has them."""

from typing import Any

import pytest
from playwright.sync_api import expect

from core.domain.answers import Rle
from core.logic.geometry import masks
from tests.browser.desk import Desk
from tests.browser.test_regions import HEIGHT, LABELS, WIDTH, Canvas, only, regions_of, smear
from tests.browser.workbench import Json, Workbench, picture

Place = tuple[float, float]


@pytest.fixture
def canvas(desk: Desk) -> Canvas:
    return Canvas(desk)


def bitmap(rle: Json) -> Any:
    height, width = rle["size"]
    return masks.decode(Rle((height, width), rle["counts"]))


def painted(answer: Json) -> dict[str, Any]:
    """The bitmap of each label."""
    return {mask["label"]: bitmap(mask["rle"]) for mask in answer["masks"]}


def fill(canvas: Canvas, left: float, top: float, right: float, bottom: float) -> None:
    """Paint a rectangle by its corners."""
    canvas.desk.press("p")
    canvas.click((left, top), (right, top), (right, bottom), (left, bottom))
    canvas.desk.press("Enter")


def test_masks_by_brush_eraser_and_polygon(canvas: Canvas, ana: Workbench) -> None:
    project = regions_of(ana, "semantic_segmentation")
    canvas.open(project)
    fill(canvas, 50, 50, 150, 150)
    canvas.desk.press("2", "b")
    canvas.drag((100, 100), (250, 100))
    canvas.desk.press("]", "]", "e")
    canvas.drag((60, 60), (60, 60))
    expect(canvas.desk.submit_button).to_contain_text("2 masks")
    canvas.desk.press("Enter")
    found = painted(only(ana.wait_for_answers(project, 1)))
    assert found["cell"].shape == (HEIGHT, WIDTH)
    assert [
        found["cell"][140, 140],
        found["cell"][100, 130],
        found["cell"][60, 60],
        found["cell"][160, 140],
    ] == [1, 0, 0, 0]
    assert [found["germ"][100, 130], found["germ"][100, 240], found["germ"][130, 240]] == [1, 1, 0]
    assert not (found["cell"] & found["germ"]).any()


def test_a_mask_goes_to_the_next_image_and_takes_pixels_as_a_brush_does(
    canvas: Canvas, ana: Workbench
) -> None:
    project = regions_of(ana, "semantic_segmentation", 2)
    canvas.open(project)
    fill(canvas, 50, 50, 150, 150)
    canvas.desk.press("m")
    canvas.click((100, 100))
    canvas.desk.press("Control+c", "d")
    expect(canvas.page.get_by_text("The label's mask here has all of it already.")).to_be_visible()
    canvas.desk.press("Enter")
    ana.wait_for_answers(project, 1)
    canvas.expect_image()
    fill(canvas, 200, 50, 250, 150)
    canvas.desk.press("2")
    fill(canvas, 100, 100, 200, 200)
    canvas.desk.press("Control+v")
    expect(canvas.page.get_by_text("1 selected")).to_be_visible()
    canvas.desk.press("z", "Control+y", "Enter")
    answers = ana.wait_for_answers(project, 2)
    first, second = (painted(answers[item]["answer"]) for item in canvas.desk.claimed[:2])
    cell, germ = second["cell"], second["germ"]
    assert (cell[:, :175] == first["cell"][:, :175]).all()
    assert [cell[100, 225], cell[100, 175]] == [1, 0]
    assert [germ[125, 125], germ[125, 175], germ[175, 125]] == [0, 1, 1]
    assert not (cell & germ).any()


def test_a_mask_is_not_pasted_into_an_image_of_another_size(canvas: Canvas, ana: Workbench) -> None:
    files = {"a.png": smear(0), "b.png": picture(1)}
    project = ana.project_of(files, kind="semantic_segmentation", labels=LABELS)
    canvas.open(project)
    fill(canvas, 50, 50, 150, 150)
    canvas.desk.press("Control+a", "Control+c", "Enter")
    ana.wait_for_answers(project, 1)
    canvas.expect_image()
    canvas.desk.press("Control+v")
    expect(canvas.page.get_by_text("Not pasted: a mask fits only images of its own size")).to_be_visible()
    expect(canvas.regions).to_have_count(0)
