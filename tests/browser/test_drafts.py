"""What is drawn survives the window: killed tabs, lost networks, two windows of one labeler."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Error, expect

from tests.browser.desk import Desk
from tests.browser.test_regions import Canvas, near, only, regions_of
from tests.browser.workbench import Workbench

WRITTEN_MS = 400
"""Drafts are written 150 ms after they change."""


@pytest.fixture
def canvas(desk: Desk) -> Canvas:
    return Canvas(desk)


@pytest.fixture
def window(desk: Desk) -> Iterator[Desk]:
    """Another window of the same browser."""
    desk.page.goto(desk.base_url)
    desk.sign_in_as_before(desk.tokens)
    another = Desk(desk.page.context.new_page(), desk.base_url)
    yield another
    assert another.errors == []


def kill(desk: Desk) -> None:
    """End the tab's process as a crash does: nothing on the page gets to know."""
    desk.page.wait_for_timeout(WRITTEN_MS)
    with pytest.raises(Error, match="crash"):
        desk.page.goto("chrome://crash")


def test_a_tab_killed_in_the_midst_of_a_drag_loses_no_box(
    canvas: Canvas, window: Desk, ana: Workbench
) -> None:
    project = regions_of(ana, "object_detection", 6)
    canvas.open(project)
    canvas.drag((40, 50), (120, 110))
    canvas.desk.press("2")
    canvas.drag((200, 60), (260, 140))
    canvas.page.mouse.move(*canvas.at(300, 200))
    canvas.page.mouse.down()
    canvas.page.mouse.move(*canvas.at(340, 240), steps=4)
    kill(canvas.desk)
    after = Canvas(window)
    after.open(project)
    expect(after.regions).to_have_count(2)
    after.desk.press("Enter")
    boxes = only(ana.wait_for_answers(project, 1))["boxes"]
    assert [box["label"] for box in boxes] == ["cell", "germ"]
    assert near([boxes[0][side] for side in ("x", "y", "width", "height")], [40, 50, 80, 60])


def test_a_tab_killed_in_the_midst_of_a_polygon_keeps_those_that_are_closed(
    canvas: Canvas, window: Desk, ana: Workbench
) -> None:
    project = regions_of(ana, "instance_segmentation", 6)
    canvas.open(project)
    canvas.click((40, 40), (140, 40), (140, 140))
    canvas.desk.press("Enter")
    expect(canvas.regions).to_have_count(1)
    canvas.click((200, 60), (260, 140))
    kill(canvas.desk)
    after = Canvas(window)
    after.open(project)
    expect(after.regions).to_have_count(1)
    after.desk.press("z")
    expect(after.regions).to_have_count(0)
    after.desk.press("Shift+Z", "Enter")
    (polygon,) = only(ana.wait_for_answers(project, 1))["polygons"]
    assert near(polygon["parts"][0], [40, 40, 140, 40, 140, 140])


def test_the_network_is_lost_in_the_midst_of_a_drag(canvas: Canvas, ana: Workbench) -> None:
    project = regions_of(ana, "object_detection", 2)
    canvas.open(project)
    canvas.page.wait_for_load_state("networkidle")
    with canvas.desk.expecting("ERR_INTERNET_DISCONNECTED"):
        canvas.page.mouse.move(*canvas.at(40, 50))
        canvas.page.mouse.down()
        canvas.page.mouse.move(*canvas.at(80, 80), steps=4)
        canvas.page.context.set_offline(True)
        canvas.page.mouse.move(*canvas.at(120, 110), steps=4)
        canvas.page.mouse.up()
        canvas.desk.press("Enter")
        expect(canvas.page.get_by_text("1 page waiting for the network")).to_be_visible()
        canvas.expect_image()
        canvas.drag((200, 60), (260, 140))
        canvas.page.context.set_offline(False)
        canvas.desk.press("Enter")
        answers = ana.wait_for_answers(project, 2)
    assert [len(answer["answer"]["boxes"]) for answer in answers.values()] == [1, 1]
    canvas.desk.expect_saved()


def test_two_windows_of_one_labeler_share_the_work(desk: Desk, window: Desk, ana: Workbench) -> None:
    project = ana.project(6)
    desk.open(project, layout=1)
    desk.press("1")
    window.open(project, layout=1)
    expect(window.tiles).to_have_accessible_name("Image 1, no answer yet")
    window.press("2", "Enter", "2", "Enter")
    expect(window.page.get_by_text("You hold 4 images in another window.")).to_be_visible()
    expect(window.page.get_by_text("other labelers")).to_have_count(0)
    desk.page.wait_for_timeout(WRITTEN_MS)
    desk.page.close()
    expect(window.tiles).to_have_accessible_name("Image 1: ant", timeout=12_000)
    window.press("Enter", "3", "Enter", "3", "Enter", "3", "Enter")
    answers = ana.wait_for_answers(project, 6)
    said = sorted(answer["answer"]["labels"][0] for answer in answers.values())
    assert said == ["ant", "bee", "bee", "cat", "cat", "cat"]


def test_a_reload_right_after_a_key_keeps_what_it_said(desk: Desk, ana: Workbench) -> None:
    project = ana.project(2)
    desk.open(project, layout=1)
    desk.press("4")
    desk.page.reload()
    expect(desk.tiles).to_have_accessible_name("Image 1: dog")


def test_a_duplicated_tab_gets_pages_of_its_own(desk: Desk, ana: Workbench) -> None:
    project = ana.project(9)
    desk.open(project, layout=1)
    desk.press("1")
    desk.page.wait_for_timeout(WRITTEN_MS)
    with desk.page.expect_popup() as opened:
        desk.page.evaluate("void open(location.href)")
    twin = Desk(opened.value, desk.base_url)
    expect(twin.tiles).to_have_accessible_name("Image 1, no answer yet")
    twin.press("2", "Enter")
    expect(desk.tiles).to_have_accessible_name("Image 1: ant")
    desk.press("Enter")
    answers = ana.wait_for_answers(project, 2)
    assert sorted(answer["answer"]["labels"][0] for answer in answers.values()) == ["ant", "bee"]
    assert twin.errors == []
