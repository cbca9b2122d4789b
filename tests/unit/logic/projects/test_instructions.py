import pytest

from core.domain.errors import Invalid
from core.domain.projects import Instructions, Wording
from core.logic.projects.instructions import TEXT_MAX, URL_MAX, check_wording, reworded

SITE = "https://example.org/"


@pytest.mark.parametrize(
    "wording",
    [
        Wording(),
        Wording("🌸" * TEXT_MAX),
        Wording(url="http://example.org:8080/how?to=label#cats"),
        Wording(url=SITE + "x" * (URL_MAX - len(SITE))),
    ],
)
def test_what_labelers_can_be_given(wording: Wording) -> None:
    check_wording(wording)


def test_a_text_can_be_too_long() -> None:
    with pytest.raises(Invalid, match="at most 50,000 characters, not 50,001") as error:
        check_wording(Wording("a" * (TEXT_MAX + 1)))
    assert error.value.fields["field"] == "instructions.text"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "javascript:alert(1)",
        "ftp://example.org",
        "https://",
        "http:///how",
        "//example.org",
        "https://[::1",
        SITE + "a b",
        SITE + "\n",
        SITE + "x" * URL_MAX,
    ],
)
def test_a_link_must_lead_to_a_page(url: str) -> None:
    with pytest.raises(Invalid, match="https://") as error:
        check_wording(Wording(url=url))
    assert error.value.fields["field"] == "instructions.url"


def test_every_change_is_a_new_version() -> None:
    first = Instructions("Look.", SITE, 1)
    assert reworded(first, Wording("Look.", SITE)) == first
    assert reworded(first, Wording("Look twice.", SITE)) == Instructions("Look twice.", SITE, 2)
    assert reworded(first, Wording("Look.")) == Instructions("Look.", None, 2)
