"""How every screen looks: pictures in test-results/screens, light and dark, on a phone, a tablet and a desk.

A person looks at the pictures. The test holds that nothing lies beyond the right or left edge.
"""

import pytest
from playwright.sync_api import Page, ViewportSize

from local.stack import REPOSITORY, Stack
from tests.browser.desk import SitDown
from tests.browser.gallery import Gallery, hang
from tests.browser.screens import SCREENS, THEMES, wear
from tests.browser.workbench import Workbench

PICTURES = REPOSITORY / "test-results" / "screens"
SIZES: tuple[ViewportSize, ...] = (
    {"width": 1280, "height": 800},
    {"width": 768, "height": 1024},
    {"width": 390, "height": 844},
)
BEYOND = """() => {
  const scrolls = one => one !== null
    && (/auto|scroll/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement))
  const wide = document.documentElement.scrollWidth - innerWidth
  const found = wide > 0 ? [`the page is ${wide} px too wide`] : []
  for (const one of document.querySelectorAll("button, a, input, select, textarea, h1, h2, [role=option]")) {
    const {left, right, width} = one.getBoundingClientRect()
    if (!one.checkVisibility() || width <= 1 || scrolls(one.parentElement)) continue
    const name = (one.getAttribute("aria-label") || one.textContent).trim().slice(0, 40)
    if (left < -1 || right > innerWidth + 1) found.push(`${name}: ${left.toFixed()} to ${right.toFixed()}`)
  }
  return found
}"""
"""What cannot be seen without scrolling sideways, but for what scrolls in a box of its own."""


@pytest.fixture(scope="module")
def gallery(ana: Workbench, stack: Stack) -> Gallery:
    return hang(ana, stack)


def photograph(page: Page, name: str, size: ViewportSize) -> list[str]:
    """Take the pictures of one size; what lies beyond the edges."""
    page.set_viewport_size(size)
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    for theme in THEMES:
        wear(page, theme)
        page.screenshot(path=PICTURES / f"{name}-{theme}-{size['width']}.png")
    return [f"{size['width']} px: {one}" for one in page.evaluate(BEYOND)]


@pytest.mark.parametrize("name", SCREENS)
def test_nothing_lies_beyond_the_edges(name: str, sit_down: SitDown, gallery: Gallery) -> None:
    screen = SCREENS[name]
    page = screen.show(sit_down(screen.user), gallery)
    found = [one for size in SIZES for one in photograph(page, name, size)]
    assert not found, "\n".join(["", *found])
