"""Regions drawn by mouse and keyboard, and what of them reaches the server."""

import io
import json
import re
from collections.abc import Sequence
from typing import Any

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk
from tests.browser.workbench import Json, Workbench, wait_for

WIDTH, HEIGHT = 400, 300
LABELS = [{"name": "cell"}, {"name": "germ", "color": "#ee6677"}, {"name": "dust"}]
NEAR = 0.51
"""Half a pixel of the screen, in pixels of an image that is shown larger than it is."""


LOADED = """() => {
  const image = document.querySelector('.canvas-picture img')
  return image?.complete && !document.querySelector('.mark-row') || document.querySelector('.closed')
}"""


def smear(number: int) -> bytes:
    """A picture with discs on it, 400 wide and 300 high."""
    image = Image.new("RGB", (WIDTH, HEIGHT), (236, 228, 214))
    draw = ImageDraw.Draw(image)
    for index in range(9):
        x, y, radius = 20 + (index * 97 + 31 * number) % 330, 20 + (index * 61) % 230, 14 + 3 * (index % 4)
        draw.ellipse(
            (x, y, x + 2 * radius, y + 2 * radius), fill=(214, 120 + 9 * index, 130), outline=(150, 70, 90)
        )
    content = io.BytesIO()
    image.save(content, "PNG")
    return content.getvalue()


class Canvas:
    """The canvas as a hand with a mouse meets it. Places are in pixels of the image."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.page: Page = desk.page
        self.host = self.page.get_by_role("application")

    def open(self, project: str) -> None:
        self.page.goto(f"{self.desk.base_url}/projects/{project}/label")
        self.expect_image()

    def expect_image(self) -> None:
        expect(self.host.locator("img")).to_be_visible()
        self.page.wait_for_function("document.querySelector('.canvas-picture img').complete")
        self.page.wait_for_timeout(450)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a place of the image is on the screen."""
        box = self.host.locator("img").bounding_box()
        assert box
        return box["x"] + x * box["width"] / WIDTH, box["y"] + y * box["height"] / HEIGHT

    def drag(self, *places: tuple[float, float]) -> None:
        mouse = self.page.mouse
        mouse.move(*self.at(*places[0]))
        mouse.down()
        for place in places[1:]:
            mouse.move(*self.at(*place), steps=4)
        mouse.up()

    def click(self, *places: tuple[float, float]) -> None:
        for place in places:
            self.page.mouse.click(*self.at(*place))

    @property
    def regions(self) -> Any:
        return self.page.get_by_role("region", name="Regions").get_by_role("listitem")


@pytest.fixture
def canvas(desk: Desk) -> Canvas:
    return Canvas(desk)


def only(answers: Any) -> Json:
    (annotation,) = answers.values()
    return dict(annotation["answer"])


def regions_of(ana: Workbench, kind: str, count: int = 1) -> str:
    return ana.project(count, kind=kind, labels=LABELS, picture=smear)


def near(found: Sequence[float], wanted: Sequence[float]) -> bool:
    return len(found) == len(wanted) and all(abs(a - b) <= NEAR for a, b in zip(found, wanted, strict=True))


def test_boxes_by_drag_and_by_clicks(canvas: Canvas, ana: Workbench) -> None:
    project = regions_of(ana, "object_detection")
    canvas.open(project)
    canvas.drag((40, 50), (120, 110))
    canvas.desk.press("2")
    canvas.click((200, 60), (260, 140))
    canvas.drag((390, 290), (480, 400))
    expect(canvas.regions).to_have_count(3)
    canvas.desk.press("z")
    expect(canvas.desk.submit_button).to_contain_text("2 boxes")
    canvas.desk.press("Enter")
    boxes = only(ana.wait_for_answers(project, 1))["boxes"]
    assert [box["label"] for box in boxes] == ["cell", "germ"]
    measured = [[box["x"], box["y"], box["width"], box["height"]] for box in boxes]
    assert near(measured[0], [40, 50, 80, 60])
    assert near(measured[1], [200, 60, 60, 80])


def test_a_box_is_moved_resized_and_renamed(canvas: Canvas, ana: Workbench) -> None:
    project = regions_of(ana, "object_detection")
    canvas.open(project)
    canvas.drag((40, 50), (120, 110))
    canvas.drag((117, 107), (137, 147))
    canvas.desk.press("m")
    canvas.drag((60, 60), (160, 90))
    canvas.desk.press("ArrowRight", "ArrowRight", "Shift+ArrowDown", "3", "Enter")
    (box,) = only(ana.wait_for_answers(project, 1))["boxes"]
    assert box["label"] == "dust"
    assert near([box["x"], box["y"], box["width"], box["height"]], [142, 90, 100, 100])


def test_boxes_side_by_side_are_drawn_and_leave_each_other_alone(canvas: Canvas, ana: Workbench) -> None:
    project = regions_of(ana, "object_detection")
    canvas.open(project)
    small = [[100, 100, 10, 10], [110, 100, 10, 10], [110, 110, 10, 10], [100, 110, 10, 10]]
    large = [[200, 40, 60, 50], [260, 40, 60, 50], [260, 90, 60, 50]]
    for x, y, width, height in small + large:
        canvas.drag((x, y), (x + width, y + height))
    canvas.desk.press("Enter")
    boxes = only(ana.wait_for_answers(project, 1))["boxes"]
    measured = [[box["x"], box["y"], box["width"], box["height"]] for box in boxes]
    assert len(measured) == len(small + large)
    assert all(near(found, wanted) for found, wanted in zip(measured, small + large, strict=True))


def test_escape_leaves_nothing_behind(canvas: Canvas, ana: Workbench) -> None:
    project = regions_of(ana, "object_detection")
    canvas.open(project)
    canvas.page.mouse.move(*canvas.at(40, 50))
    canvas.page.mouse.down()
    canvas.page.mouse.move(*canvas.at(90, 90), steps=3)
    canvas.desk.press("Escape")
    canvas.page.mouse.up()
    canvas.click((200, 100), (200, 100))
    expect(canvas.desk.submit_button).to_contain_text("Nothing here")
    canvas.desk.press("Enter")
    assert only(ana.wait_for_answers(project, 1)) == {"boxes": []}


def test_a_polygon_with_a_hole_and_another_part(canvas: Canvas, ana: Workbench) -> None:
    project = regions_of(ana, "instance_segmentation")
    canvas.open(project)
    canvas.click((50, 50), (150, 50), (150, 150))
    canvas.page.mouse.dblclick(*canvas.at(50, 150))
    canvas.desk.press("c")
    canvas.click((80, 80), (110, 80), (110, 110))
    canvas.desk.press("Enter", "a")
    canvas.click((200, 200), (260, 200), (230, 260), (200, 200))
    expect(canvas.regions).to_have_count(1)
    expect(canvas.regions).to_contain_text("2 parts · 1 cut out")
    canvas.desk.press("Enter")
    (polygon,) = only(ana.wait_for_answers(project, 1))["polygons"]
    assert near(polygon["parts"][0], [50, 50, 150, 50, 150, 150, 50, 150])
    assert near(polygon["parts"][1], [200, 200, 260, 200, 230, 260])
    assert near(polygon["holes"][0], [80, 80, 110, 80, 110, 110])


def test_zooming_changes_no_place(canvas: Canvas, ana: Workbench) -> None:
    project = regions_of(ana, "object_detection")
    canvas.open(project)
    canvas.page.mouse.move(*canvas.at(100, 100))
    canvas.page.mouse.wheel(0, -600)
    expect(canvas.page.get_by_role("button", name="One image pixel")).not_to_have_text("177 %")
    canvas.drag((90, 90), (120, 115))
    canvas.desk.press("Enter")
    (box,) = only(ana.wait_for_answers(project, 1))["boxes"]
    assert near([box["x"], box["y"], box["width"], box["height"]], [90, 90, 30, 25])


def test_regions_survive_a_reload_and_come_back_by_undo(canvas: Canvas, ana: Workbench) -> None:
    project = regions_of(ana, "object_detection", 2)
    canvas.open(project)
    canvas.drag((40, 50), (120, 110))
    canvas.page.reload()
    canvas.expect_image()
    expect(canvas.regions).to_have_count(1)
    canvas.drag((200, 50), (220, 110))
    canvas.desk.press("Enter")
    ana.wait_for_answers(project, 1)
    canvas.expect_image()
    expect(canvas.regions).to_have_count(0)
    canvas.desk.press("Backspace")
    expect(canvas.regions).to_have_count(2)
    canvas.desk.press(",", "Delete", "Enter")
    wait_for(lambda: len(only(ana.answers(project))["boxes"]) == 1)
    (box,) = only(ana.answers(project))["boxes"]
    assert box["x"] == pytest.approx(40, abs=NEAR)


def test_prelabels_are_where_one_begins(canvas: Canvas, ana: Workbench) -> None:
    project = regions_of(ana, "object_detection")
    folder = ana.get(f"/projects/{project}")["data"]["path"].removesuffix("/**")
    image = {"id": 1, "file_name": f"{folder}/000.png", "width": WIDTH, "height": HEIGHT}
    boxes = [[40, 50, 80, 60], [200, 100, 50, 40]]
    annotations = [
        {"id": number, "image_id": 1, "category_id": 1, "bbox": box, "area": 1, "iscrowd": 0}
        for number, box in enumerate(boxes)
    ]
    coco = {"images": [image], "annotations": annotations, "categories": [{"id": 1, "name": "cell"}]}
    path = f"{folder}-labels/coco.json"
    ana.put({path: json.dumps(coco).encode()})
    ana.send("POST", f"/projects/{project}/imports", {"format": "coco", "path": path, "as": "prelabels"})
    wait_for(lambda: bool(ana.get(f"/projects/{project}/imports")["items"][0]["status"] == "done"))
    canvas.open(project)
    expect(canvas.regions.filter(has_text="suggested")).to_have_count(2)
    canvas.desk.press("m")
    canvas.drag((60, 70), (70, 70))
    expect(canvas.regions.filter(has_text="suggested")).to_have_count(1)
    canvas.desk.press("Enter")
    found = only(ana.wait_for_answers(project, 1))["boxes"]
    assert near([found[0]["x"], found[1]["x"]], [50, 200])


def test_fingers_draw_and_pinch(canvas: Canvas, ana: Workbench) -> None:
    project = regions_of(ana, "object_detection")
    canvas.open(project)
    session = canvas.page.context.new_cdp_session(canvas.page)

    def touch(kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(places)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", canvas.at(40, 50))
    touch("touchMove", canvas.at(80, 80))
    touch("touchMove", canvas.at(120, 110))
    touch("touchEnd")
    expect(canvas.regions).to_have_count(1)
    box = canvas.host.locator("img").bounding_box()
    assert box
    middle_x, middle_y = canvas.at(200, 150)
    touch("touchStart", (middle_x - 40, middle_y))
    touch("touchStart", (middle_x - 40, middle_y), (middle_x + 40, middle_y))
    for apart in (60, 80, 100):
        touch("touchMove", (middle_x - apart, middle_y), (middle_x + apart, middle_y))
    touch("touchEnd")
    expect(canvas.regions).to_have_count(1)
    pinched = canvas.host.locator("img").bounding_box()
    assert pinched
    assert pinched["width"] == pytest.approx(2.5 * box["width"], rel=0.05)
    canvas.desk.press("Enter")
    (found,) = only(ana.wait_for_answers(project, 1))["boxes"]
    assert near([found["x"], found["y"], found["width"], found["height"]], [40, 50, 80, 60])


def test_ten_images_at_full_speed(canvas: Canvas, ana: Workbench) -> None:
    project = regions_of(ana, "object_detection", 10)
    canvas.open(project)
    for number in range(10):
        canvas.drag((20 + 10 * number, 30), (60 + 10 * number, 90))
        canvas.desk.press("Enter")
        canvas.page.wait_for_function(LOADED)
    answers = ana.wait_for_answers(project, 10)
    wide = [answers[item]["answer"]["boxes"] for item in canvas.desk.claimed]
    assert [len(boxes) for boxes in wide] == [1] * 10
    found = [round(boxes[0]["x"]) for boxes in wide]
    assert found == [20 + 10 * number for number in range(10)]


def test_two_enters_do_not_answer_an_image_nobody_has_seen(canvas: Canvas, ana: Workbench) -> None:
    project = regions_of(ana, "object_detection", 3)
    canvas.open(project)
    canvas.drag((40, 50), (120, 110))
    canvas.desk.press("Enter", "Enter")
    ana.wait_for_answers(project, 1)
    canvas.page.wait_for_timeout(500)
    assert len(ana.answers(project)) == 1


def test_the_list_names_every_region(canvas: Canvas, ana: Workbench) -> None:
    project = regions_of(ana, "object_detection")
    canvas.open(project)
    canvas.drag((40, 50), (120, 110))
    canvas.drag((200, 50), (220, 110))
    expect(canvas.host).to_have_accessible_name("Image with 2 boxes")
    canvas.regions.first.get_by_role("button", name=re.compile("cell")).first.click()
    canvas.desk.press("2")
    expect(canvas.regions.first).to_contain_text("germ")
    canvas.regions.first.get_by_role("button").first.focus()
    canvas.desk.press("ArrowDown")
    expect(canvas.regions.nth(1).get_by_role("button").first).to_be_focused()
    canvas.desk.press("ArrowUp")
    expect(canvas.regions.first.get_by_role("button").first).to_be_focused()
    canvas.regions.first.get_by_role("button", name="Remove germ 1").click()
    expect(canvas.regions).to_have_count(1)
    canvas.desk.press("s", "1", "Enter")
    (annotation,) = ana.wait_for_answers(project, 1).values()
    assert annotation["skipped"] == "Blurry or dark"


def test_labels_are_hidden_and_regions_locked_one_by_one(canvas: Canvas, ana: Workbench) -> None:
    project = regions_of(ana, "object_detection")
    canvas.open(project)
    canvas.drag((40, 50), (120, 110))
    canvas.desk.press("2")
    canvas.drag((200, 50), (260, 110))
    canvas.drag((300, 150), (360, 210))
    drawn = canvas.page.locator(".canvas-region")
    canvas.page.get_by_role("button", name=re.compile("germ 2 regions")).click()
    expect(drawn).to_have_count(1)
    canvas.page.get_by_role("button", name=re.compile("germ 2 regions")).click()
    expect(drawn).to_have_count(3)
    canvas.desk.press("m")
    canvas.click((80, 80))
    canvas.page.get_by_role("button", name="Lock cell 1").click()
    canvas.drag((80, 80), (90, 90))
    canvas.desk.press("Shift+ArrowRight")
    canvas.regions.nth(1).get_by_role("button").first.click()
    canvas.regions.nth(2).get_by_role("button").first.click(modifiers=["Shift"])
    expect(canvas.page.get_by_text("2 selected")).to_be_visible()
    canvas.desk.press("3")
    before = canvas.host.locator("img").bounding_box()
    canvas.desk.press("v")
    canvas.page.wait_for_timeout(100)
    after = canvas.host.locator("img").bounding_box()
    assert before
    assert after
    assert after["width"] > 1.2 * before["width"]
    canvas.desk.press("Enter")
    boxes = only(ana.wait_for_answers(project, 1))["boxes"]
    assert [box["label"] for box in boxes] == ["cell", "dust", "dust"]
    assert near([boxes[0]["x"], boxes[0]["y"]], [40, 50])
