"""The page in another language: it follows the browser, and may be chosen."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from local.stack import Stack
from tests.browser.workbench import Workbench

TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


@pytest.fixture
def german(browser: Browser, stack: Stack) -> Iterator[Page]:
    """Ana's page in a German browser, signed in."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="de-DE")
    page = context.new_page()
    page.goto(stack.base_url)
    page.get_by_role("button", name="Anmelden").click()
    page.locator('button[value="ana"]').click()
    expect(page.get_by_role("heading", name="Projekte", exact=True)).to_be_visible()
    yield page
    context.close()


def test_a_page_is_labeled_in_german(german: Page, stack: Stack, ana: Workbench) -> None:
    project = ana.project(4)
    german.goto(f"{stack.base_url}/projects/{project}/label")
    expect(german.locator("html")).to_have_attribute("lang", "de")
    tiles = german.get_by_role("option")
    expect(tiles).to_have_count(4)
    for key in ("1", "2", "1"):
        german.keyboard.press(key)
    german.keyboard.press("Enter")
    expect(german.get_by_text("Bild 4 braucht noch eine Antwort.")).to_be_visible()
    german.keyboard.press("s")
    german.get_by_role("button", name="Unscharf oder dunkel").click()
    german.keyboard.press("Enter")
    skipped = [answer["skipped"] for answer in ana.wait_for_answers(project, 4).values()]
    assert [reason for reason in skipped if reason] == ["Blurry or dark"], "reasons are stored in English"


def test_tools_and_keys_are_named_in_german(german: Page, stack: Stack, ana: Workbench) -> None:
    german.goto(f"{stack.base_url}/projects/{ana.project(1, kind='object_detection')}/label")
    expect(german.get_by_role("toolbar", name="Werkzeuge")).to_be_visible()
    expect(german.get_by_role("region", name="Regionen")).to_contain_text("Noch nichts.")
    german.keyboard.press("?")
    expect(german.get_by_role("dialog", name="Tasten")).to_contain_text("Wiederholen")


def test_the_pages_fit_in_german(german: Page, stack: Stack, ana: Workbench) -> None:
    rows = "\n".join(["text", *(f"Text {number}" for number in range(1797))])
    data = {"type": "tabular", "columns": ["text"]}
    project = ana.project_of({"t.csv": rows.encode()}, data=data, kind="text_multiclass")
    parts = ("", "/items", "/team", "/models", "/settings", "/label")
    for path in ("", "projects/new", *(f"projects/{project}{part}" for part in parts)):
        german.goto(f"{stack.base_url}/{path}")
        german.wait_for_load_state("networkidle")
        assert not german.evaluate(TOO_WIDE), path
        if path == f"projects/{project}":
            expect(german.get_by_text("1.797").first).to_be_visible()


def test_the_language_is_chosen_in_the_menu(german: Page) -> None:
    german.get_by_role("button", name="Angemeldet als Ana").click()
    german.get_by_label("Sprache").select_option("English")
    expect(german.get_by_role("heading", name="Projects", exact=True)).to_be_visible()
    german.reload()
    expect(german.locator("html")).to_have_attribute("lang", "en")
