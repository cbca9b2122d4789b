"""A whole Tagwerk and a browser; each test signs in through the issuer's own page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ViewportSize, expect, sync_playwright

from local.chromium import executable
from local.stack import REPOSITORY, Stack
from tests.assist_app import write_app
from tests.browser.desk import VIEWPORT, Desk, SitDown
from tests.browser.workbench import Workbench

PATIENCE_MS = 30_000
"""Two stacks and two browsers share the cores: how long something took is no finding."""

NOT_BUILT = "The page is not built: run `make page` first."

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    assert (REPOSITORY / "web" / "dist" / "index.html").exists(), NOT_BUILT
    programs = str(REPOSITORY / "tests" / "assist_program")
    settings = {"JOBS_PROGRAMS": programs, "LOOK_AFTER_SCHEDULE": "* * * * * *"}
    app = write_app(tmp_path_factory.mktemp("app"))
    with Stack(app_folder=app, settings=settings) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable())
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def ana(stack: Stack) -> Iterator[Workbench]:
    """The API as the administrator."""
    workbench = Workbench(stack, "ana")
    yield workbench
    workbench.close()


@pytest.fixture(scope="session")
def tokens() -> dict[str, str]:
    """What each person's first sign-in left in the browser."""
    return {}


@pytest.fixture
def sit_down(browser: Browser, stack: Stack, tokens: dict[str, str]) -> Iterator[SitDown]:
    """Sign somebody in (None: nobody), in a browser of their own. Any error on a page fails the test.

    Only the first time, and with `afresh`, it goes through the issuer's page.
    """
    desks: list[Desk] = []

    def sit(
        user: str | None,
        *,
        afresh: bool = False,
        viewport: ViewportSize = VIEWPORT,
        locale: str = "en-GB",
        touch: bool = False,
    ) -> Desk:
        context = browser.new_context(viewport=viewport, locale=locale, has_touch=touch, is_mobile=touch)
        context.set_default_timeout(PATIENCE_MS)
        desk = Desk(context.new_page(), stack.base_url)
        desks.append(desk)
        if user is None:
            return desk
        if user in tokens and not afresh:
            desk.sign_in_as_before(tokens[user])
        else:
            desk.sign_in(user)
            tokens.setdefault(user, desk.tokens)
        return desk

    yield sit
    for desk in desks:
        desk.page.context.close()
    assert [error for desk in desks for error in desk.errors] == []


@pytest.fixture
def desk(sit_down: SitDown) -> Desk:
    """Ana at her desk."""
    return sit_down("ana")
