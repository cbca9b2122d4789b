"""What the labeling page shows later is fetched ahead: it is there when the network is not."""

from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.browser.workbench import Workbench

LATER = ("Closed", "Enlarged", "FlagForm", "HistoryPanel", "Instructions", "KeyHelp", "SkipReasons", "oidc")
SHOWN = {"s": "Why skip?", "Shift+S": "Flag for review", "?": "Keys", "v": "000.png"}
"""Dialogs, by their keys."""

FETCHED = """parts => parts.every(part =>
  performance.getEntriesByType("resource").some(({name}) => name.includes(`/assets/${part}-`)))"""


def test_what_is_shown_later_is_there_without_a_network(desk: Desk, ana: Workbench) -> None:
    page = desk.page
    desk.open(ana.project(1), layout=1)
    page.wait_for_function(FETCHED, arg=LATER)
    page.wait_for_load_state("networkidle")
    with desk.expecting("ERR_INTERNET_DISCONNECTED"):
        page.context.set_offline(True)
        for key, name in SHOWN.items():
            desk.press(key)
            expect(page.get_by_role("dialog", name=name)).to_be_visible()
            desk.press("Escape")
            expect(page.get_by_role("dialog")).to_have_count(0)
        desk.press("1", "Enter")
        expect(page.get_by_text("1 page waiting for the network")).to_be_visible()
        page.context.set_offline(False)
        desk.expect_saved()
