"""Images that browsers cannot show by themselves, and those that nobody can."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect
from pydicom.data import get_testdata_file

from tests.browser.desk import Desk
from tests.browser.workbench import Workbench, picture

SHADE = """() => {
  const canvas = document.querySelector('.canvas-picture canvas:not(.canvas-masks)')
  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data
  return pixels.reduce((sum, value) => sum + value, 0) / pixels.length
}"""
LABELS = [{"name": "organ"}]
UNREADABLE = {"title": "It cannot be read", "status": 422, "detail": "The file ends too soon."}


def tiff() -> bytes:
    """Two pages, the first 60 wide and 40 high."""
    first, second = Image.new("RGB", (60, 40), "teal"), Image.new("RGB", (10, 10), "red")
    content = io.BytesIO()
    first.save(content, "TIFF", save_all=True, append_images=[second])
    return content.getvalue()


def dicom(name: str) -> bytes:
    path = get_testdata_file(name)
    assert path
    return Path(str(path)).read_bytes()


def test_a_tiff_is_shown_as_the_server_renders_it(desk: Desk, ana: Workbench) -> None:
    project = ana.project_of({"a.tif": tiff()}, labels=LABELS)
    desk.open(project, layout=1)
    expect(desk.page.locator(".tile-image")).to_have_js_property("naturalWidth", 60)
    desk.press("1", "Enter")
    (item,) = ana.wait_for_answers(project, 1)
    found = ana.get(f"/projects/{project}/items/{item}")
    assert (found["width"], found["height"]) == (60, 40)


def test_a_mislabeled_tiff_is_rendered_when_the_browser_fails(desk: Desk, ana: Workbench) -> None:
    project = ana.project_of({"a.png": tiff()}, labels=LABELS)
    with desk.expecting("ERR_"):
        desk.open(project, layout=1)
        expect(desk.page.locator(".tile-image")).to_have_js_property("naturalWidth", 60)
    expect(desk.page.get_by_text("This is page 1 of 2.")).to_be_visible()


def test_the_next_image_is_ready_in_the_size_it_is_shown_in(desk: Desk, ana: Workbench) -> None:
    project = ana.project(2)
    desk.open(project, layout=1)
    ready = desk.page.locator(".next-image")
    expect(ready).to_have_js_property("naturalWidth", 120)
    tile = desk.page.locator(".tile-image")
    wide, shown = (image.evaluate("image => image.clientWidth") for image in (ready, tile))
    assert wide == pytest.approx(shown, rel=0.1)
    url = ready.get_attribute("src")
    assert url
    desk.press("1", "Enter")
    expect(tile).to_have_attribute("src", url)
    expect(ready).to_have_count(0)


def test_what_nobody_can_show_says_why(desk: Desk, ana: Workbench) -> None:
    project = ana.project_of({"bad.png": picture(0), "good.png": picture(1)}, labels=LABELS)
    desk.page.route(re.compile(r"/bad\.png\?"), lambda route: route.abort())
    desk.page.route("**/items/*/image", lambda route: route.fulfill(status=422, json=UNREADABLE))
    with desk.expecting("422", "ERR_FAILED"):
        desk.open(project, layout=4)
        expect(desk.page.get_by_text("The file ends too soon.")).to_be_visible()
    broken = desk.tiles.filter(has_text="This image does not load")
    expect(broken).to_contain_text("bad.png")
    broken.get_by_role("button", name="Skip it").click()
    expect(desk.page.get_by_text("Skipped: Broken image", exact=True)).to_be_visible()


def test_a_dicom_file_is_seen_through_a_window(desk: Desk, ana: Workbench) -> None:
    project = ana.project_of({"ct.dcm": dicom("CT_small.dcm")}, kind="object_detection", labels=LABELS)
    page = desk.page
    page.goto(f"{desk.base_url}/projects/{project}/label")
    window = page.get_by_role("combobox", name="Window")
    expect(window).to_be_visible()
    before = page.evaluate(SHADE)
    window.select_option("Bone")
    bone = page.evaluate(SHADE)
    assert bone != before
    desk.press("w")
    page.mouse.move(500, 300)
    page.mouse.down()
    page.mouse.move(500, 420, steps=4)
    page.mouse.up()
    assert page.evaluate(SHADE) > bone
    desk.press("r")
    page.mouse.move(450, 250)
    page.mouse.down()
    page.mouse.move(550, 350, steps=4)
    page.mouse.up()
    inside = page.locator(".canvas-region .canvas-line")
    expect(inside).not_to_have_css("fill-opacity", "0")
    page.get_by_role("button", name="Fill", exact=True).click()
    page.get_by_role("slider", name="Fill of regions").fill("0")
    expect(inside).to_have_css("fill-opacity", "0")
    desk.press("Escape", "Enter")
    (annotation,) = ana.wait_for_answers(project, 1).values()
    assert len(annotation["answer"]["boxes"]) == 1


def test_the_frames_of_a_dicom_file(desk: Desk, ana: Workbench) -> None:
    project = ana.project_of({"dose.dcm": dicom("rtdose.dcm")}, kind="object_detection", labels=LABELS)
    page = desk.page
    page.goto(f"{desk.base_url}/projects/{project}/label")
    position = page.get_by_text("Frame 1 of 15")
    expect(position).to_be_visible()
    desk.press(">", ">")
    expect(page.get_by_text("Frame 3 of 15")).to_be_visible()
    desk.press("<")
    expect(page.get_by_text("Frame 2 of 15")).to_be_visible()
