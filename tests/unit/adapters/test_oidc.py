"""Tokens: what is believed, and what is not. A real issuer's documents are served over HTTP."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from core.adapters.oidc import ASK_AGAIN_AFTER, KEYS_LAST, OidcTokens
from core.domain.errors import Unauthenticated, Unavailable
from core.domain.people import User
from tests.issuer import Issuer, served_issuer


@dataclass
class Clock:
    time: datetime = field(default_factory=lambda: datetime.now(UTC))

    def now(self) -> datetime:
        return self.time


@pytest.fixture
async def issuer() -> AsyncIterator[Issuer]:
    async with served_issuer() as running:
        yield running


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tokens(issuer: Issuer, clock: Clock) -> OidcTokens:
    return OidcTokens(issuer.url, ("tagwerk", "api://tagwerk"), clock)


async def test_a_good_token_tells_who_it_is(issuer: Issuer, tokens: OidcTokens) -> None:
    user = await tokens.verify(issuer.token())
    assert user == User(
        "ana-id", "Ana", "ana@example.org", administrator=True, addresses=frozenset({"ana@example.org"})
    )


async def test_nobody_is_a_group(issuer: Issuer, tokens: OidcTokens) -> None:
    with pytest.raises(Unauthenticated):
        await tokens.verify(issuer.token(oid="group:owners"))


async def test_groups_are_read(issuer: Issuer, tokens: OidcTokens) -> None:
    user = await tokens.verify(issuer.token(groups=["florists", "owners"]))
    assert user.groups == {"florists", "owners"}


async def test_more_groups_than_a_token_names_are_none(
    issuer: Issuer, tokens: OidcTokens, caplog: pytest.LogCaptureFixture
) -> None:
    user = await tokens.verify(issuer.token(_claim_names={"groups": "src1"}))
    assert user.groups == frozenset()
    assert "ana-id has too many groups" in caplog.text


@pytest.mark.parametrize(
    ("changes", "addresses"),
    [
        ({"email": "Ana@Work.example"}, {"ana@example.org", "ana@work.example"}),
        ({"email": "ana@work.example", "email_verified": True}, {"ana@example.org", "ana@work.example"}),
        ({"email": "ana@work.example", "email_verified": False}, set()),
        ({"email": "ana@work.example", "email_verified": "false"}, set()),
        ({"oid": None, "email": "ana@work.example"}, {"ana@work.example"}),
        ({"oid": None}, set()),
        ({"preferred_username": "ana"}, set()),
    ],
    ids=lambda value: str(sorted(value)) if isinstance(value, set) else str(value),
)
async def test_only_addresses_that_the_issuer_vouches_for_count(
    issuer: Issuer, tokens: OidcTokens, changes: dict[str, Any], addresses: set[str]
) -> None:
    """Without `oid` it is not Entra ID, and people may have chosen their own `preferred_username`."""
    assert (await tokens.verify(issuer.token(**changes))).addresses == addresses


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
    ids=lambda changes: "-".join(changes),
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
