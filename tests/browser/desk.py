"""The labeling page as a labeler uses it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from playwright.sync_api import ConsoleMessage, Error, Locator, Page, Response, ViewportSize, expect

VIEWPORT: ViewportSize = {"width": 1280, "height": 720}


class SitDown(Protocol):
    """Signs somebody in, or nobody, in a browser of their own; with `touch`, on a phone or a tablet."""

    def __call__(
        self,
        user: str | None,
        *,
        afresh: bool = False,
        viewport: ViewportSize = VIEWPORT,
        locale: str = "en-GB",
        touch: bool = False,
    ) -> "Desk": ...


LAYOUT_KEY = "tagwerk.layout"


class Desk:
    """A signed-in person's browser page, which remembers everything that went wrong on it."""

    def __init__(self, page: Page, base_url: str) -> None:
        self.page = page
        self.base_url = base_url
        self._claims: list[Response] = []
        self.errors: list[str] = []
        self._expected: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", self._page_error)
        page.on("response", self._response)

    def sign_in(self, user: str) -> None:
        """Go through the landing page and the issuer's page."""
        self.page.goto(self.base_url)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.locator(f'button[value="{user}"]').click()
        self._expect_projects()

    def sign_in_as_before(self, tokens: str) -> None:
        """Begin with the tokens of an earlier sign-in."""
        self.page.context.add_init_script(
            f"Object.assign(sessionStorage, {{...{tokens}, ...sessionStorage}})"
        )

    @property
    def tokens(self) -> str:
        return str(self.page.evaluate("JSON.stringify(sessionStorage)"))

    def _expect_projects(self) -> None:
        expect(self.page.get_by_role("heading", name="Projects", exact=True)).to_be_visible()

    def open(self, project: str, layout: int = 9) -> None:
        """Go to the labeling page, with so many images on a page."""
        self.page.add_init_script(f'localStorage["{LAYOUT_KEY}"] ??= "{layout}"')
        self.page.goto(f"{self.base_url}/projects/{project}/label")
        expect(self.tiles.first).to_be_visible()
        self.page.wait_for_function(
            "() => [...document.querySelectorAll('.tiles img')].every(image => image.complete)"
        )

    @property
    def claimed(self) -> list[str]:
        """The items that the page was handed, in order."""
        self.page.wait_for_load_state("networkidle")
        return [item["id"] for claim in self._claims for item in claim.json()["items"]]

    @property
    def tasks(self) -> list[str]:
        """The tasks that the page was handed, in order."""
        self.page.wait_for_load_state("networkidle")
        return [claim.json()["id"] for claim in self._claims]

    @property
    def tiles(self) -> Locator:
        return self.page.get_by_role("option")

    @property
    def submit_button(self) -> Locator:
        return self.page.get_by_role("button", name=re.compile("^Submit"))

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def expect_saved(self) -> None:
        expect(self.page.get_by_role("contentinfo")).to_contain_text("Saved")

    @contextmanager
    def expecting(self, *patterns: str) -> Iterator[None]:
        """Errors that the test provokes on purpose."""
        self._expected += patterns
        yield

    def _console(self, message: ConsoleMessage) -> None:
        ours = message.location.get("url", "").startswith(self.base_url)
        if message.type == "error" and ours:
            self._note(message.text)

    def _page_error(self, error: Error) -> None:
        self._note(str(error))

    def _note(self, text: str) -> None:
        if not any(re.search(pattern, text) for pattern in self._expected):
            self.errors.append(text)

    def _response(self, response: Response) -> None:
        claim = response.request.method == "POST" and response.url.endswith("/tasks")
        if claim and response.status == 200:
            self._claims.append(response)
