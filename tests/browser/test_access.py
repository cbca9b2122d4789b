"""What everybody can use: axe finds nothing on any screen, keys reach all, nothing calls abroad."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from local.azurite import ACCOUNT
from local.stack import REPOSITORY, Stack
from tests.browser.desk import SitDown
from tests.browser.gallery import Gallery, hang
from tests.browser.screens import SCREENS, THEMES, wear
from tests.browser.workbench import Workbench

AXE = REPOSITORY / "web" / "node_modules" / "axe-core" / "axe.min.js"
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FIND = """async standard => {
  const {violations} = await axe.run(document, {runOnly: standard, resultTypes: ["violations"]})
  return violations.flatMap(({id, nodes}) => nodes.map(node => {
    const [reason] = [...node.any, ...node.all, ...node.none]
    return `${id}: ${node.target.join(" ")}: ${reason?.message ?? ""}`
  }))
}"""
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


@pytest.fixture(scope="module")
def gallery(ana: Workbench, stack: Stack) -> Gallery:
    return hang(ana, stack)


def findings(page: Page) -> list[str]:
    """What axe finds in light and dark colours, a line for each element."""
    page.evaluate(AXE.read_text())
    found: dict[str, None] = {}
    for theme in THEMES:
        wear(page, theme)
        found |= dict.fromkeys(page.evaluate(FIND, STANDARD))
    return list(found)


def strangers(asked: list[str], stack: Stack) -> list[str]:
    """Addresses that are neither the app's, nor storage's, nor the issuer's."""
    blobs = f"http://127.0.0.1:{stack.azurite.base_port}/{ACCOUNT}"
    ours = (stack.base_url, stack.issuer.url, blobs)
    return [url for url in asked if urlsplit(url).scheme not in ("blob", "data") and not url.startswith(ours)]


@pytest.mark.parametrize("name", SCREENS)
def test_axe_finds_nothing_and_nothing_calls_abroad(
    name: str, sit_down: SitDown, stack: Stack, gallery: Gallery
) -> None:
    screen = SCREENS[name]
    desk = sit_down(screen.user)
    asked: list[str] = []
    desk.page.on("request", lambda request: asked.append(request.url))
    found = findings(screen.show(desk, gallery))
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
