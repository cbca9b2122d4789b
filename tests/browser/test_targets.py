"""What a finger hits: where items are labeled and reviewed, whatever can be tapped is as large as one."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from local.stack import Stack
from tests.browser.desk import Desk, SitDown
from tests.browser.gallery import Gallery, hang
from tests.browser.screens import SCREENS
from tests.browser.workbench import Workbench

FINGER = 44
"""CSS pixels."""

SIZES: tuple[ViewportSize, ...] = (
    {"width": 1024, "height": 768},
    {"width": 768, "height": 1024},
    {"width": 390, "height": 844},
)
LABELING = [name for name in SCREENS if name.startswith("label-") and name != "label-keys"]
REVIEW = ["item", "correction"]
SMALL = """finger => {
  const clips = one => one.parentElement === null ? [] : [one.parentElement, ...clips(one.parentElement)]
    .filter(parent => getComputedStyle(parent).overflowY === "hidden")
  const found = []
  const page = document.querySelector("dialog[open]") ?? document
  for (const one of page.querySelectorAll("button:not(.link), a, input, select, summary, [role=option]")) {
    let {top, bottom, width} = one.getBoundingClientRect()
    if (!one.checkVisibility({visibilityProperty: true}) || width <= 1) continue
    for (const parent of clips(one)) {
      const edge = parent.getBoundingClientRect()
      top = Math.max(top, edge.top)
      bottom = Math.min(bottom, edge.bottom)
    }
    const name = (one.getAttribute("aria-label") || one.textContent).trim().slice(0, 40)
    if (Math.round(Math.min(width, bottom - top)) < finger)
      found.push(`${name}: ${width.toFixed()} x ${(bottom - top).toFixed()}`)
  }
  return found
}"""
"""What is smaller, without what a box cuts off that does not scroll, and but for links in sentences."""


@pytest.fixture(scope="module")
def gallery(ana: Workbench, stack: Stack) -> Gallery:
    return hang(ana, stack)


@pytest.fixture
def tablet(sit_down: SitDown) -> Desk:
    """Ana with a tablet."""
    return sit_down("ana", viewport=SIZES[0], touch=True)


def small(page: Page, size: ViewportSize) -> list[str]:
    page.set_viewport_size(size)
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    found: list[str] = page.evaluate(SMALL, FINGER)
    return [f"{size['width']} px: {one}" for one in found]


@pytest.mark.parametrize("name", [*LABELING, *REVIEW])
def test_everything_is_as_large_as_a_finger(name: str, tablet: Desk, gallery: Gallery) -> None:
    page = SCREENS[name].show(tablet, gallery)
    found = [one for size in SIZES for one in small(page, size)]
    assert not found, "\n".join(["", *found])


def test_the_list_of_regions_leaves_the_stroke_to_be_ended(tablet: Desk, gallery: Gallery) -> None:
    page = SCREENS["label-polygons"].show(tablet, gallery)
    page.set_viewport_size(SIZES[-1])
    page.get_by_role("button", name="1 polygon", exact=True).tap()
    expect(page.get_by_role("region", name="Regions")).to_be_visible()
    finish = page.get_by_role("button", name="Finish")
    expect(finish).to_be_in_viewport(ratio=1)
    finish.tap()
