"""What holds on every page: names for all controls, room for everything, no foreign script."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk, SitDown
from tests.browser.workbench import Workbench

CONTROLS = {"button", "link", "textbox", "searchbox", "checkbox", "radio", "combobox", "option", "spinbutton"}
OVERFLOW = """() => {
  const {scrollHeight, scrollWidth} = document.documentElement
  return scrollHeight > innerHeight || scrollWidth > innerWidth
}"""


def nameless(page: Page) -> list[str]:
    """Controls that a screen reader could not name."""
    session = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    roles = [(node.get("role", {}).get("value"), node.get("name", {}).get("value", "")) for node in nodes]
    return [str(role) for role, name in roles if role in CONTROLS and not str(name).strip()]


def test_signing_in_and_out(sit_down: SitDown) -> None:
    page = sit_down("ana", afresh=True).page
    page.get_by_role("button", name="Signed in as Ana").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()


def test_every_control_has_a_name(desk: Desk, ana: Workbench) -> None:
    project = ana.project(4)
    ana.instruct(project, "Look at [this](https://example.org)")
    page = desk.page
    found = {}
    for path in ("", "projects/new", f"projects/{project}", f"projects/{project}/items"):
        page.goto(f"{desk.base_url}/{path}")
        expect(page.get_by_role("heading").first).to_be_visible()
        page.wait_for_load_state("networkidle")
        found[path] = nameless(page)
    desk.open(project, layout=4)
    desk.press("1", "s")
    found["label"] = nameless(page)
    desk.press("Escape", "?")
    expect(page.get_by_role("dialog")).to_be_visible()
    found["keys"] = nameless(page)
    regions = ana.project(1, kind="object_detection")
    page.goto(f"{desk.base_url}/projects/{regions}/label")
    expect(page.get_by_role("application")).to_be_visible()
    desk.press("g")
    expect(page.get_by_role("region", name="Regions").get_by_role("listitem")).to_have_count(1)
    found["regions"] = nameless(page)
    spans = ana.project_of({"a.txt": b"Ada left."}, kind="text_ner")
    page.goto(f"{desk.base_url}/projects/{spans}/label")
    expect(page.locator("[data-start]")).to_be_visible()
    desk.press("ArrowRight", "1")
    found["entities"] = nameless(page)
    assert found == {path: [] for path in found}


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (640, 360)], ids=["720p", "720p at 200%"])
def test_the_labeling_page_fits(desk: Desk, ana: Workbench, width: int, height: int) -> None:
    project = ana.project(9)
    desk.open(project)
    desk.page.set_viewport_size({"width": width, "height": height})
    assert not desk.page.evaluate(OVERFLOW)
    for control in (desk.submit_button, desk.tiles.last, desk.page.get_by_role("button", name="9 images")):
        expect(control).to_be_in_viewport()


@pytest.mark.parametrize("kind", ["object_detection", "instance_segmentation", "semantic_segmentation"])
def test_the_canvas_fits_too(desk: Desk, ana: Workbench, kind: str) -> None:
    project = ana.project(1, kind=kind)
    desk.page.goto(f"{desk.base_url}/projects/{project}/label")
    desk.page.set_viewport_size({"width": 640, "height": 360})
    canvas = desk.page.get_by_role("application")
    expect(canvas.locator("img")).to_be_visible()
    assert not desk.page.evaluate(OVERFLOW)
    expect(desk.submit_button).to_be_in_viewport()
    expect(canvas).to_be_in_viewport(ratio=0.99)


def test_tools_are_one_stop_of_the_tab_key(desk: Desk, ana: Workbench) -> None:
    project = ana.project(1, kind="object_detection")
    page = desk.page
    page.goto(f"{desk.base_url}/projects/{project}/label")
    box = page.get_by_role("button", name="Box", exact=True)
    canvas = page.get_by_role("application")
    expect(canvas.locator("img")).to_be_visible()
    box.focus()
    desk.press("Tab")
    expect(canvas).to_be_focused()
    desk.press("Shift+Tab", "ArrowDown", "Enter")
    expect(page.get_by_role("button", name="Box by four points")).to_have_attribute("aria-pressed", "true")
    desk.press("End")
    expect(page.get_by_role("button", name="Lock what is there")).to_be_focused()
    desk.press("ArrowDown")
    expect(box).to_be_focused()


def test_branches_of_labels_fold(desk: Desk, ana: Workbench) -> None:
    hand = {"name": "Hand", "children": [{"name": "open"}, {"name": "shut"}]}
    project = ana.project(1, labels=[hand, {"name": "Foot"}])
    desk.open(project, layout=1)
    labels = desk.page.get_by_role("region", name="Labels")
    name = "Hand/open"
    labels.get_by_role("button", name="Fold Hand").click()
    expect(labels.get_by_role("button", name=name)).to_have_count(0)
    labels.get_by_role("button", name="Unfold Hand").click()
    labels.get_by_role("button", name=name).focus()
    desk.press("ArrowLeft")
    expect(labels.get_by_role("button", name=name)).to_have_count(0)
    expect(labels.get_by_role("button", name=re.compile(r"^Hand\b"))).to_be_focused()
    desk.page.reload()
    expect(labels.get_by_role("button", name="Unfold Hand")).to_be_visible()
    expect(labels.get_by_role("button", name=name)).to_have_count(0)
    desk.press("2")
    expect(desk.submit_button).to_contain_text("1 of 1")
    desk.submit_button.click()
    (annotation,) = ana.wait_for_answers(project, 1).values()
    assert annotation["answer"]["labels"] == ["Hand/open"]


def test_forced_colours_leave_selections_to_be_seen(desk: Desk, ana: Workbench) -> None:
    project = ana.project(4)
    desk.page.emulate_media(forced_colors="active")
    desk.open(project, layout=4)
    width = "tile => parseFloat(getComputedStyle(tile.parentElement).outlineWidth)"
    desk.press("Space")
    chosen, current, plain = desk.tiles.nth(0), desk.tiles.nth(1), desk.tiles.nth(2)
    desk.press("ArrowRight")
    assert chosen.evaluate(width) > current.evaluate(width) > plain.evaluate(width) > 0


def test_labelers_see_no_more_than_they_may(sit_down: SitDown, ana: Workbench) -> None:
    project = ana.project(1)
    ana.send("PUT", f"/projects/{project}/members/cleo", {"role": "labeler"})
    cleo = sit_down("cleo")
    page = cleo.page
    page.goto(cleo.base_url)
    expect(page.get_by_role("heading", name="Projects", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="New project")).to_have_count(0)
    page.goto(f"{cleo.base_url}/projects/{project}")
    expect(page.get_by_role("heading", name="Progress")).to_be_visible()
    for name in ("Export", "Members"):
        expect(page.get_by_role("region", name=name)).to_have_count(0)
    for name in ("Pause", "Delete", "Edit"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)


def test_the_colours_can_be_switched(desk: Desk) -> None:
    page = desk.page
    page.goto(desk.base_url)
    before = page.evaluate("getComputedStyle(document.body.parentElement).backgroundColor")
    page.get_by_role("button", name="Use dark colours").click()
    page.reload()
    expect(page.get_by_role("button", name="Use light colours")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body.parentElement).backgroundColor") != before
