"""Tokens: what is believed, and what is not. A real issuer's documents are served over HTTP."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from core.adapters.oidc import ASK_AGAIN_AFTER, KEYS_LAST, OidcTokens
from core.domain.errors import Unauthenticated, Unavailable
from core.domain.people import User


@dataclass
class Clock:
    time: datetime = field(default_factory=lambda: datetime.now(UTC))

    def now(self) -> datetime:
        return self.time


@dataclass
class Issuer:
    """An issuer with keys that the test turns over."""

    url: str = ""
    keys: dict[str, rsa.RSAPrivateKey] = field(default_factory=dict)
    asked: int = 0

    def add_key(self, kid: str) -> None:
        self.keys[kid] = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    async def discovery(self, _request: web.Request) -> web.Response:
        return web.json_response({"issuer": self.url, "jwks_uri": f"{self.url}/keys"})

    async def jwks(self, _request: web.Request) -> web.Response:
        self.asked += 1
        public = [
            {**RSAAlgorithm.to_jwk(key.public_key(), as_dict=True), "kid": kid, "use": "sig"}
            for kid, key in self.keys.items()
        ]
        return web.json_response({"keys": public})

    def token(self, kid: str = "one", algorithm: str = "RS256", key: Any = None, **changes: Any) -> str:
        now = datetime.now(UTC)
        claims = {
            "iss": self.url,
            "aud": "tagwerk",
            "exp": now + timedelta(hours=1),
            "sub": "pairwise",
            "oid": "ana-id",
            "name": "Ana",
            "preferred_username": "ana@example.org",
            "roles": ["Administrator"],
        } | changes
        claims = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(claims, key or self.keys[kid], algorithm, headers={"kid": kid})


@pytest.fixture
async def issuer() -> AsyncIterator[Issuer]:
    issuer = Issuer()
    issuer.add_key("one")
    app = web.Application()
    app.router.add_get("/.well-known/openid-configuration", issuer.discovery)
    app.router.add_get("/keys", issuer.jwks)
    async with TestServer(app) as server:
        issuer.url = str(server.make_url("")).rstrip("/")
        yield issuer


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tokens(issuer: Issuer, clock: Clock) -> OidcTokens:
    return OidcTokens(issuer.url, ("tagwerk", "api://tagwerk"), clock)


async def test_a_good_token_tells_who_it_is(issuer: Issuer, tokens: OidcTokens) -> None:
    user = await tokens.verify(issuer.token())
    assert user == User("ana-id", "Ana", "ana@example.org", administrator=True)


async def test_without_the_role_nobody_is_an_administrator(issuer: Issuer, tokens: OidcTokens) -> None:
    user = await tokens.verify(issuer.token(roles=None, oid=None, aud="api://tagwerk"))
    assert (user.id, user.administrator) == ("pairwise", False)


HMAC_KEY = "a secret that is long enough for HMAC, at the least 32 bytes"


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": datetime(2020, 1, 1, tzinfo=UTC)},
        {"exp": None},
        {"aud": "another app"},
        {"aud": None},
        {"iss": "https://elsewhere.example"},
        {"nbf": datetime(2100, 1, 1, tzinfo=UTC)},
        {"sub": None},
        {"algorithm": "HS256", "key": HMAC_KEY},
        {"kid": "unknown", "key": rsa.generate_private_key(public_exponent=65537, key_size=2048)},
        {"key": rsa.generate_private_key(public_exponent=65537, key_size=2048)},
    ],
    ids=str,
)
async def test_a_token_that_is_not_right_is_refused(
    issuer: Issuer, tokens: OidcTokens, changes: dict[str, Any]
) -> None:
    with pytest.raises(Unauthenticated):
        await tokens.verify(issuer.token(**changes))


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "e30.e30."])
async def test_nonsense_is_refused(tokens: OidcTokens, token: str) -> None:
    with pytest.raises(Unauthenticated):
        await tokens.verify(token)


async def test_an_unsigned_token_is_refused(issuer: Issuer, tokens: OidcTokens) -> None:
    good = jwt.decode(issuer.token(), options={"verify_signature": False})
    with pytest.raises(Unauthenticated):
        await tokens.verify(jwt.encode(good, "", "none", headers={"kid": "one"}))


async def test_keys_are_fetched_once_and_again_for_a_new_one(
    issuer: Issuer, tokens: OidcTokens, clock: Clock
) -> None:
    for _ in range(3):
        await tokens.verify(issuer.token())
    assert issuer.asked == 1
    issuer.add_key("two")
    with pytest.raises(Unauthenticated):
        await tokens.verify(issuer.token("two"))
    clock.time += ASK_AGAIN_AFTER + timedelta(seconds=1)
    await tokens.verify(issuer.token("two"))
    assert issuer.asked == 2


async def test_a_key_that_was_withdrawn_is_forgotten(
    issuer: Issuer, tokens: OidcTokens, clock: Clock
) -> None:
    old = issuer.token()
    await tokens.verify(old)
    del issuer.keys["one"]
    issuer.add_key("two")
    clock.time += KEYS_LAST + timedelta(seconds=1)
    with pytest.raises(Unauthenticated):
        await tokens.verify(old)


async def test_an_issuer_that_is_away_is_not_the_callers_fault(clock: Clock) -> None:
    away = OidcTokens("http://127.0.0.1:9", ("tagwerk",), clock)
    issuer = Issuer("http://127.0.0.1:9")
    issuer.add_key("one")
    with pytest.raises(Unavailable):
        await away.verify(issuer.token())
