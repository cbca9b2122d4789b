"""An issuer whose documents are served over HTTP, and whose tokens a test makes as it likes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm


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


@asynccontextmanager
async def served_issuer() -> AsyncIterator[Issuer]:
    """An issuer with one key, `one`."""
    issuer = Issuer()
    issuer.add_key("one")
    app = web.Application()
    app.router.add_get("/.well-known/openid-configuration", issuer.discovery)
    app.router.add_get("/keys", issuer.jwks)
    async with TestServer(app) as server:
        issuer.url = str(server.make_url("")).rstrip("/")
        yield issuer
