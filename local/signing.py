"""Tokens signed with a key made at start, so that a new start invalidates every old token."""

import json
import time
import uuid
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from local.people import Person, claims_of

LIFETIME_SECONDS = 3600


class Signer:
    """Signs tokens as `issuer` for `audience` with RS256."""

    def __init__(self, issuer: str, audience: str) -> None:
        self.issuer = issuer
        self.audience = audience
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._key_id = uuid.uuid4().hex

    def key_set(self) -> dict[str, Any]:
        """The JSON Web Key Set that verifies the tokens."""
        key = json.loads(RSAAlgorithm.to_jwk(self._key.public_key()))
        return {"keys": [{**key, "kid": self._key_id, "use": "sig", "alg": "RS256"}]}

    def sign(self, person: Person, **more: str) -> str:
        """A token about a person that is good for an hour."""
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": self.audience,
            "iat": now,
            "nbf": now,
            "exp": now + LIFETIME_SECONDS,
            **claims_of(person),
            **more,
        }
        return jwt.encode(claims, self._key, algorithm="RS256", headers={"kid": self._key_id})
