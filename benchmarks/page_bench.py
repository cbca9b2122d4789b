"""A Tagwerk in a browser, for the benchmarks of the page."""

from contextlib import AbstractContextManager
from dataclasses import dataclass

from playwright.sync_api import Browser

from benchmarks.figures import Figure, percentile
from benchmarks.page_hand import Hand, hand
from benchmarks.page_projects import Projects


@dataclass(frozen=True)
class Bench:
    """A Tagwerk, and somebody who is signed in."""

    browser: Browser
    base_url: str
    projects: Projects
    remembered: str

    def hand(self) -> AbstractContextManager[Hand]:
        """Their hand, at a browser that has never been here."""
        return hand(self.browser, self.base_url, self.remembered)


def waits(name: str, found: list[float]) -> list[Figure]:
    """Milliseconds to the next image, beside what is promised."""
    return [
        Figure(f"{name}, median", percentile(found, 50), "ms", 60),
        Figure("... p95", percentile(found, 95), "ms"),
    ]
