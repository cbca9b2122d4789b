"""Phones and tablets: room for the work, targets for fingers, and nothing that needs a key."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from local.stack import Stack
from tests.browser.desk import Desk
from tests.browser.test_texts import Reader, entities, said
from tests.browser.workbench import Workbench, picture

PHONE: ViewportSize = {"width": 390, "height": 844}
TABLET: ViewportSize = {"width": 768, "height": 1024}
FINGER = 44
"""CSS pixels: the least that a finger hits."""

KINDS = ("image_multilabel", "text_multiclass", "object_detection", "semantic_segmentation", "text_ner")
SMALL = f"""() => [...document.querySelectorAll("main button, aside button, aside input, header button")]
  .filter(control => control.checkVisibility() && control.getBoundingClientRect().height < {FINGER})
  .map(control => control.outerHTML)"""
ASIDE = "() => document.documentElement.scrollWidth - innerWidth"


@pytest.fixture
def tablet(browser: Browser, stack: Stack, tokens: dict[str, str]) -> Iterator[Desk]:
    """Ana with a tablet held upright."""
    context = browser.new_context(viewport=TABLET, locale="en-GB", has_touch=True, is_mobile=True)
    desk = Desk(context.new_page(), stack.base_url)
    if "ana" in tokens:
        desk.sign_in_as_before(tokens["ana"])
    else:
        desk.sign_in("ana")
    yield desk
    context.close()
    assert desk.errors == []


def opened(desk: Desk, ana: Workbench, kind: str) -> Locator:
    """A new project of this kind, on screen; gives what is labeled there."""
    text = kind.startswith("text")
    file = ("a.txt", b"Ada went from London to Paris. " * 40) if text else ("a.png", picture(1))
    project = ana.project_of({file[0]: file[1]}, kind=kind)
    desk.page.goto(f"{desk.base_url}/projects/{project}/label")
    work = desk.page.get_by_role("option").or_(desk.page.get_by_role("application"))
    expect(work).to_be_visible()
    return work


@pytest.mark.parametrize("size", [PHONE, TABLET], ids=["phone", "tablet"])
@pytest.mark.parametrize("kind", KINDS)
def test_everything_is_in_reach_of_a_finger(
    tablet: Desk, ana: Workbench, kind: str, size: ViewportSize
) -> None:
    page = tablet.page
    page.set_viewport_size(size)
    work = opened(tablet, ana, kind)
    assert page.evaluate(ASIDE) == 0
    box = work.bounding_box()
    assert box is not None
    assert box["width"] > size["width"] - 30
    assert box["height"] > size["height"] / 2
    expect(tablet.submit_button).to_be_in_viewport(ratio=1)
    assert tablet.submit_button.evaluate("button => button.scrollWidth <= button.clientWidth")
    assert page.evaluate(SMALL) == []


def test_a_polygon_by_finger(tablet: Desk, ana: Workbench) -> None:
    work = opened(tablet, ana, "instance_segmentation")
    box = work.locator("img").bounding_box()
    assert box is not None
    page: Page = tablet.page

    def tap(x: float, y: float) -> None:
        page.touchscreen.tap(box["x"] + x * box["width"], box["y"] + y * box["height"])

    for x, y in ((0.2, 0.2), (0.8, 0.2), (0.5, 0.8)):
        tap(x, y)
    page.get_by_role("button", name="Finish").tap()
    regions = page.get_by_role("region", name="Regions")
    expect(regions).to_be_hidden()
    page.get_by_role("button", name="1 polygon", exact=True).tap()
    expect(regions.get_by_role("listitem")).to_have_count(1)
    page.get_by_role("button", name="1 polygon", exact=True).tap()
    page.get_by_role("button", name="Delete").tap()
    expect(page.get_by_role("button", name="0 polygons", exact=True)).to_be_visible()
    tap(0.2, 0.2)
    page.get_by_role("button", name="Cancel").tap()
    expect(tablet.submit_button).to_contain_text("Nothing here")


@pytest.mark.parametrize("without", ["", "highlights", "caretPositionFromPoint"])
def test_entities_by_finger(tablet: Desk, ana: Workbench, without: str) -> None:
    """Also in browsers that lack what Chromium has."""
    reader = Reader(tablet)
    tablet.page.add_init_script(f"delete CSS['{without}']; delete Document.prototype['{without}']")
    project = entities(ana)
    reader.open(project)
    tap = tablet.page.touchscreen.tap
    tap(*reader.at("Ada"))
    tap(*reader.at("Lovelace"))
    tablet.page.get_by_role("button", name="PER").tap()
    tap(*reader.at("London"))
    tablet.page.get_by_role("button", name="LOC").tap()
    tap(*reader.at("Łódź"))
    tap(*reader.at("Łódź"))
    tap(*reader.at("went"))
    tablet.page.get_by_role("button", name="Cancel").tap()
    tap(*reader.at("Grace"))
    tablet.page.get_by_role("button", name="Mark", exact=True).tap()
    tap(*reader.at("Grace"))
    tablet.page.get_by_role("button", name="Delete").tap()
    expect(tablet.page.locator(".span-mark")).to_have_count(3)
    tablet.submit_button.tap()
    assert said(ana, project) == [("PER", "Ada Lovelace"), ("LOC", "London"), ("LOC", "Łódź")]
