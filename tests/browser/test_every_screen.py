"""Every screen: axe finds nothing, nothing lies beyond the edges, nothing calls abroad; and keys reach all.

Pictures go to test-results/screens: light and dark, on a phone, a tablet and a desk. A person looks at them.
"""

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, ViewportSize

from local.azurite import ACCOUNT
from local.stack import REPOSITORY, Stack
from tests.browser.desk import SitDown
from tests.browser.gallery import Gallery, hang
from tests.browser.screens import SCREENS, wear
from tests.browser.workbench import Workbench

PICTURES = REPOSITORY / "test-results" / "screens"
SIZES: tuple[ViewportSize, ...] = (
    {"width": 1280, "height": 800},
    {"width": 768, "height": 1024},
    {"width": 390, "height": 844},
)
AXE = REPOSITORY / "web" / "node_modules" / "axe-core" / "axe.min.js"
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules of the standard that look at colours: dark ones change nothing for the others."""

FIND = """async rules => {
  const {violations} = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]})
  return violations.flatMap(({id, nodes}) => nodes.map(node => {
    const [reason] = [...node.any, ...node.all, ...node.none]
    return `${id}: ${node.target.join(" ")}: ${reason?.message ?? ""}`
  }))
}"""
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

STOP = """() => {
  const one = document.activeElement
  if (one === null || one === document.body) return null
  const {left, top, right, bottom} = one.getBoundingClientRect()
  const look = () => [one, one.parentElement].map(getComputedStyle)
    .map(style => style.outline + style.boxShadow).join()
  const focused = look()
  one.blur()
  const without = look()
  one.focus()
  const [x, y] = [(Math.max(0, left) + Math.min(innerWidth, right)) / 2, (top + bottom) / 2]
  const above = document.elementFromPoint(x, y)
  return {
    name: (one.getAttribute("aria-label") || one.textContent).replace(/\\d+:\\d+/, "").trim().slice(0, 40),
    part: one.closest("header, main, aside, footer")?.tagName ?? "",
    visible: focused !== without,
    uncovered: above !== null && (one.contains(above) || above.contains(one)),
  }
}"""
"""Where the focus is, and whether it can be seen."""

FROM_THE_TOP = """() => {
  document.body.tabIndex = -1
  document.body.focus()
  document.body.removeAttribute("tabindex")
}"""
MANY = 80
"""More stops than the labeling page has."""

DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture(scope="module")
def gallery(ana: Workbench, stack: Stack) -> Gallery:
    return hang(ana, stack)


def axe_findings(page: Page) -> list[str]:
    """What axe finds in light and dark colours, a line for each element."""
    page.evaluate(AXE.read_text())
    wear(page, "light")
    found: list[str] = page.evaluate(FIND, STANDARD)
    wear(page, "dark")
    found += page.evaluate(FIND, OF_COLOURS)
    return found


def photograph(page: Page, name: str) -> list[str]:
    """Take the pictures of every size; what lies beyond the edges."""
    found: list[str] = []
    for size in SIZES:
        page.set_viewport_size(size)
        page.evaluate(DRAWN)
        for theme in ("light", "dark"):
            wear(page, theme)
            page.screenshot(path=PICTURES / f"{name}-{theme}-{size['width']}.png")
        found += [f"{size['width']} px: {one}" for one in page.evaluate(BEYOND)]
    return found


def strangers(asked: list[str], stack: Stack) -> list[str]:
    """Addresses that are neither the app's, nor storage's, nor the issuer's."""
    blobs = f"http://127.0.0.1:{stack.azurite.base_port}/{ACCOUNT}"
    ours = (stack.base_url, stack.issuer.url, blobs)
    return [url for url in asked if urlsplit(url).scheme not in ("blob", "data") and not url.startswith(ours)]


@pytest.mark.parametrize("name", SCREENS)
def test_everybody_can_use_the_screen(name: str, sit_down: SitDown, stack: Stack, gallery: Gallery) -> None:
    screen = SCREENS[name]
    desk = sit_down(screen.user)
    asked: list[str] = []
    desk.page.on("request", lambda request: asked.append(request.url))
    page = screen.show(desk, gallery)
    found = [*axe_findings(page), *photograph(page, name)]
    assert not found, "\n".join(["", *found])
    assert asked
    assert strangers(asked, stack) == []


def stops_of(page: Page, key: str, most: int = MANY) -> list[dict[str, Any]]:
    """Every stop of the focus by this key, until it leaves the page, or `most`."""
    stops: list[dict[str, Any]] = []
    while len(stops) < most:
        page.keyboard.press(key)
        stop = page.evaluate(STOP)
        if stop is None:
            break
        stops.append(stop)
    return stops


@pytest.mark.parametrize("name", ["label-grid", "label-boxes", "label-entities"])
def test_the_focus_goes_through_the_labeling_page(name: str, sit_down: SitDown, gallery: Gallery) -> None:
    screen = SCREENS[name]
    page = screen.show(sit_down(screen.user), gallery)
    page.evaluate(FROM_THE_TOP)
    stops = stops_of(page, "Tab")
    assert len(stops) < MANY, "the focus does not come out of the page again"
    assert list(dict.fromkeys(stop["part"] for stop in stops)) == ["HEADER", "MAIN", "ASIDE", "FOOTER"]
    assert [stop["name"] for stop in stops if not (stop["visible"] and stop["uncovered"])] == []
    back = [stop["name"] for stop in stops_of(page, "Shift+Tab", len(stops))]
    assert back == [stop["name"] for stop in reversed(stops)]
