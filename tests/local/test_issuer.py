import re
import secrets
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import pytest

from local.errors import NotLoopbackError
from local.issuer import DEVELOPMENT_GRANT, IssuerServer, challenge_of
from local.ports import free_ports
from local.token import NothingRunsError, token_for_app, token_from

PAGE = "http://127.0.0.1:7071/signed-in"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    server = IssuerServer(free_ports(1))
    server.start()
    yield server.url
    server.stop()


@pytest.fixture
def browser(issuer: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=issuer, trust_env=False) as client:
        yield client


def request_for(verifier: str, **more: str) -> dict[str, str]:
    return {
        "response_type": "code",
        "client_id": "tagwerk",
        "redirect_uri": PAGE,
        "scope": "openid profile",
        "state": "s&1",
        "nonce": "n1",
        "code_challenge": challenge_of(verifier),
        "code_challenge_method": "S256",
        **more,
    }


def sign_in(browser: httpx.Client, verifier: str, **choice: str) -> dict[str, list[str]]:
    """Choose somebody on the page, and return the query that the app's page gets."""
    page = browser.get("/authorize", params=request_for(verifier))
    assert page.status_code == 200
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    hidden = {name: value.replace("&amp;", "&") for name, value in hidden.items()}
    answer = browser.post("/authorize", data={**hidden, **choice})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"{PAGE}?")
    return parse_qs(urlsplit(answer.headers["location"]).query)


def redeem(browser: httpx.Client, code: str, verifier: str, **more: str) -> httpx.Response:
    form = {
        "grant_type": "authorization_code",
        "client_id": "tagwerk",
        "redirect_uri": PAGE,
        "code": code,
        "code_verifier": verifier,
        **more,
    }
    return browser.post("/token", data=form)


def verified(browser: httpx.Client, token: str) -> dict[str, Any]:
    """The claims of a token, verified as an API does it."""
    discovery = browser.get("/.well-known/openid-configuration").json()
    keys = jwt.PyJWKSet.from_dict(browser.get(discovery["jwks_uri"]).json())
    key = keys[jwt.get_unverified_header(token)["kid"]]
    claims: dict[str, Any] = jwt.decode(
        token, key, algorithms=["RS256"], audience="tagwerk", issuer=discovery["issuer"]
    )
    return claims


def test_a_page_signs_in_with_pkce(browser: httpx.Client, issuer: str) -> None:
    verifier = secrets.token_urlsafe(48)
    back = sign_in(browser, verifier, user="ana")
    assert back["state"] == ["s&1"]
    tokens = redeem(browser, back["code"][0], verifier).json()
    claims = verified(browser, tokens["access_token"])
    assert claims.pop("exp") - claims.pop("iat") == 3600
    assert isinstance(claims.pop("nbf"), int)
    assert claims == {
        "iss": issuer,
        "aud": "tagwerk",
        "sub": "ana",
        "oid": "ana",
        "name": "Ana",
        "preferred_username": "ana@tagwerk.local",
        "email": "ana@tagwerk.local",
        "tid": "7a67c0de-0000-4000-8000-000000000001",
        "ver": "2.0",
        "roles": ["Administrator"],
        "azp": "tagwerk",
        "scp": "access",
    }
    assert verified(browser, tokens["id_token"])["nonce"] == "n1"


def test_anybody_else_may_sign_in_too(browser: httpx.Client) -> None:
    back = sign_in(browser, "v" * 43, user="Dana Müller")
    token = redeem(browser, back["code"][0], "v" * 43).json()["access_token"]
    claims = verified(browser, token)
    assert (claims["oid"], claims["name"], claims.get("roles")) == ("dana-müller", "Dana Müller", None)


def test_a_code_serves_once_and_only_with_its_verifier(browser: httpx.Client) -> None:
    code = sign_in(browser, "v" * 43, user="ben")["code"][0]
    assert redeem(browser, code, "w" * 43).json()["error"] == "invalid_grant"
    assert redeem(browser, code, "v" * 43).status_code == 400
    other = sign_in(browser, "v" * 43, user="ben")["code"][0]
    assert redeem(browser, other, "v" * 43, redirect_uri="http://127.0.0.1:1/").status_code == 400


def test_a_refresh_token_serves_once(browser: httpx.Client) -> None:
    code = sign_in(browser, "v" * 43, user="cleo")["code"][0]
    refresh = {
        "grant_type": "refresh_token",
        "refresh_token": redeem(browser, code, "v" * 43).json()["refresh_token"],
    }
    token = browser.post("/token", data=refresh).json()["access_token"]
    assert verified(browser, token)["oid"] == "cleo"
    assert browser.post("/token", data=refresh).json()["error"] == "invalid_grant"


def test_silent_sign_in_needs_an_earlier_one(browser: httpx.Client) -> None:
    silent = request_for("v" * 43, prompt="none")
    assert "error=login_required" in browser.get("/authorize", params=silent).headers["location"]
    sign_in(browser, "v" * 43, user="dan")
    location = browser.get("/authorize", params=silent).headers["location"]
    token = redeem(browser, parse_qs(urlsplit(location).query)["code"][0], "v" * 43).json()["access_token"]
    assert verified(browser, token)["oid"] == "dan"
    out = browser.get("/logout", params={"post_logout_redirect_uri": "http://127.0.0.1:7071/"})
    assert out.headers["location"] == "http://127.0.0.1:7071/"
    assert "error=login_required" in browser.get("/authorize", params=silent).headers["location"]


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("client_id", "other", "client_id must be tagwerk"),
        ("redirect_uri", "https://example.com/", "redirect_uri must be a page on this machine"),
        ("redirect_uri", "http://127.0.0.1.example.com/", "redirect_uri must be a page on this machine"),
        ("response_type", "token", "response_type must be code"),
        ("code_challenge_method", "plain", "code_challenge_method=S256 is needed"),
    ],
)
def test_other_requests_are_refused(browser: httpx.Client, field: str, value: str, why: str) -> None:
    answer = browser.get("/authorize", params=request_for("v" * 43, **{field: value}))
    assert answer.status_code == 400
    assert why in answer.text


def test_the_page_escapes_what_it_is_given(browser: httpx.Client) -> None:
    page = browser.get("/authorize", params=request_for("v" * 43, state='"><script>'))
    assert "<script>" not in page.text


def test_a_script_gets_a_token_at_once(browser: httpx.Client, issuer: str) -> None:
    assert "roles" not in verified(browser, token_from(issuer, "ben"))
    assert verified(browser, token_from(issuer, "ben", admin=True))["roles"] == ["Administrator"]
    assert verified(browser, token_from(issuer, "gil", groups=("a", "b")))["groups"] == ["a", "b"]
    assert verified(browser, token_from(issuer, "finn"))["groups"] == ["labelers"]
    empty = browser.post("/token", data={"grant_type": DEVELOPMENT_GRANT, "user": " "})
    assert empty.json()["error"] == "invalid_request"
    assert browser.post("/token", data={"grant_type": "password"}).json()["error"] == "unsupported_grant_type"


def test_pages_on_this_machine_may_ask_for_tokens_and_others_not(browser: httpx.Client) -> None:
    allowed = browser.get("/keys", headers={"Origin": "http://127.0.0.1:7071"})
    assert allowed.headers["access-control-allow-origin"] == "http://127.0.0.1:7071"
    refused = browser.get("/keys", headers={"Origin": "https://example.com"})
    assert "access-control-allow-origin" not in refused.headers
    assert browser.get("/keys", headers={"Host": "rebound.example.com"}).status_code == 400


def test_other_addresses_are_refused() -> None:
    with pytest.raises(NotLoopbackError):
        IssuerServer(7072, "0.0.0.0")  # noqa: S104 # it must be refused


def test_no_app_is_one_clear_sentence() -> None:
    with pytest.raises(NothingRunsError, match="start it with `make run` first"):
        token_for_app(free_ports(1), "ana")
