"""Tokens over HTTP: what is believed, and what is answered with 401 whatever the request."""

import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from core.adapters.oidc import OidcTokens
from core.adapters.system import SystemClock
from tests.functions.in_process import an_api, client, connect
from tests.issuer import Issuer, served_issuer
from tests.unit.usecases.conftest import make_world

NOW = datetime.now(UTC)


@pytest.fixture
async def issuer() -> AsyncIterator[Issuer]:
    async with served_issuer() as running:
        yield running


@pytest.fixture
async def http(issuer: Issuer) -> AsyncIterator[httpx.AsyncClient]:
    """An app that believes the issuer, and nobody's client."""
    app = an_api()
    tokens = OidcTokens(issuer.url, ("tagwerk",), SystemClock())
    connect(app, (await make_world()).ports, tokens, OIDC_ISSUER=issuer.url)
    async with client(app, None) as nobody:
        yield nobody


async def _answer(http: httpx.AsyncClient, authorization: str) -> httpx.Response:
    return await http.get("/api/me", headers={"Authorization": authorization})


def _encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).decode().rstrip("=")


def _swapped(token: str, **changes: Any) -> str:
    """The token with other claims under the old signature."""
    header, _, signature = token.split(".")
    claims = jwt.decode(token, options={"verify_signature": False}) | changes
    return f"{header}.{_encoded(json.dumps(claims).encode())}.{signature}"


def _signed_with_the_public_key(issuer: Issuer, claims: dict[str, Any], form: Encoding) -> str:
    """HS256 with the issuer's public key as the secret, which PyJWT itself refuses to make."""
    public = issuer.keys["one"].public_key()
    shape = PublicFormat.SubjectPublicKeyInfo if form is Encoding.PEM else PublicFormat.PKCS1
    header = _encoded(json.dumps({"alg": "HS256", "typ": "JWT", "kid": "one"}).encode())
    signed = f"{header}.{_encoded(json.dumps(claims).encode())}"
    secret = public.public_bytes(form, shape)
    return f"{signed}.{_encoded(hmac.digest(secret, signed.encode(), hashlib.sha256))}"


async def test_a_good_token_is_believed(http: httpx.AsyncClient, issuer: Issuer) -> None:
    answer = await _answer(http, f"Bearer {issuer.token()}")
    assert answer.status_code == 200
    assert (answer.json()["id"], answer.json()["roles"]) == ("ana-id", ["Administrator"])


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": NOW - timedelta(minutes=1)},
        {"exp": None},
        {"nbf": NOW + timedelta(hours=1)},
        {"aud": "another-app"},
        {"aud": None},
        {"iss": "https://elsewhere.example"},
        {"iss": None},
        {"sub": None},
        {"kid": "unknown", "key": rsa.generate_private_key(public_exponent=65537, key_size=2048)},
        {"kid": "one", "key": rsa.generate_private_key(public_exponent=65537, key_size=2048)},
        {"algorithm": "HS256", "key": "a secret that is long enough for HMAC, at the least 32 bytes"},
    ],
    ids=", ".join,
)
async def test_a_token_with_something_wrong_is_refused(
    http: httpx.AsyncClient, issuer: Issuer, changes: dict[str, Any]
) -> None:
    await _refused(http, issuer.token(**changes))


async def test_claims_changed_after_signing_are_refused(http: httpx.AsyncClient, issuer: Issuer) -> None:
    await _refused(http, _swapped(issuer.token(roles=None), roles=["Administrator"]))
    await _refused(http, _swapped(issuer.token(), oid="ben-id"))


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "nOnE"])
@pytest.mark.parametrize("signature", ["", "x"])
async def test_a_token_without_a_signature_is_refused(
    http: httpx.AsyncClient, issuer: Issuer, algorithm: str, signature: str
) -> None:
    payload = issuer.token().split(".")[1]
    header = _encoded(json.dumps({"alg": algorithm, "typ": "JWT", "kid": "one"}).encode())
    await _refused(http, f"{header}.{payload}.{signature}")


@pytest.mark.parametrize("form", [Encoding.PEM, Encoding.DER], ids=str)
async def test_the_public_key_is_no_secret(http: httpx.AsyncClient, issuer: Issuer, form: Encoding) -> None:
    claims = jwt.decode(issuer.token(), options={"verify_signature": False})
    await _refused(http, _signed_with_the_public_key(issuer, claims, form))


async def test_a_token_names_its_key(http: httpx.AsyncClient, issuer: Issuer) -> None:
    claims = jwt.decode(issuer.token(), options={"verify_signature": False})
    await _refused(http, jwt.encode(claims, issuer.keys["one"], "RS256"))


async def test_a_key_that_the_token_brings_along_is_not_used(http: httpx.AsyncClient, issuer: Issuer) -> None:
    own = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    claims = jwt.decode(issuer.token(), options={"verify_signature": False})
    for headers in (
        {"kid": "one", "jwk": jwt.algorithms.RSAAlgorithm.to_jwk(own.public_key(), as_dict=True)},
        {"kid": "one", "jku": "https://elsewhere.example/keys"},
        {"kid": "../../one"},
    ):
        await _refused(http, jwt.encode(claims, own, "RS256", headers=headers))


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer x", "Bearer a.b.c", "Bearer e30.e30.", "Basic eDp5", "Token x"]
)
async def test_nonsense_is_refused(http: httpx.AsyncClient, authorization: str) -> None:
    assert (await _answer(http, authorization)).status_code == 401


async def _refused(http: httpx.AsyncClient, token: str) -> None:
    answer = await _answer(http, f"Bearer {token}")
    assert answer.status_code == 401, answer.text
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.headers["content-type"] == "application/problem+json"
