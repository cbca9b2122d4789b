"""What instructions may be, and when they are a new version."""

from dataclasses import replace
from urllib.parse import urlsplit

from core.domain.errors import Invalid
from core.domain.projects import Instructions, Wording

TEXT_MAX = 50_000
URL_MAX = 2_000


def check_wording(wording: Wording) -> None:
    """Raises Invalid unless labelers can be given this to read."""
    if len(wording.text) > TEXT_MAX:
        raise Invalid(
            f"Instructions have at most {TEXT_MAX:,} characters, not {len(wording.text):,}. "
            "Put the rest on a page of its own and link to it.",
            field="instructions.text",
        )
    if wording.url is not None and not _is_web_address(wording.url):
        raise Invalid(
            f"The link of the instructions must be an address that begins with https:// or http:// and has "
            f"at most {URL_MAX:,} characters.",
            field="instructions.url",
        )


def reworded(before: Instructions, wording: Wording) -> Instructions:
    """The next version, or the same one when nothing changes."""
    after = replace(before, text=wording.text, url=wording.url)
    return before if after == before else replace(after, version=before.version + 1)


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    plain = url.isprintable() and " " not in url
    return plain and len(url) <= URL_MAX and parts.scheme in {"http", "https"} and bool(parts.hostname)
