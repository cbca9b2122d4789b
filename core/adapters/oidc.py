"""Bearer tokens by OpenID Connect: discovery, keys cached and rotated, signature and claims by PyJWT."""

import asyncio
import logging
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import jwt
from cachetools import TTLCache

from core.domain.errors import Unauthenticated, Unavailable
from core.domain.people import GROUP, User
from core.ports import Clock

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384")
ADMINISTRATOR = "Administrator"
KEYS_LAST = timedelta(hours=12)
CLOCK_SKEW = timedelta(seconds=30)
ASK_AGAIN_AFTER = timedelta(seconds=20)
BELIEVED_SECONDS = 15
"""For so long a token that was good is not checked again."""

_TOKENS_KEPT = 1_000
_log = logging.getLogger(__name__)
_TIMEOUT = aiohttp.ClientTimeout(total=10)


class OidcTokens:
    """A TokenVerifier for one issuer. Its keys are fetched on first use and when a token names a new one."""

    def __init__(self, issuer: str, audiences: tuple[str, ...], clock: Clock) -> None:
        self._issuer = issuer
        self._audiences = audiences
        self._clock = clock
        self._keys: Mapping[str, jwt.PyJWK] = {}
        self._fetched: datetime | None = None
        self._fetching = asyncio.Lock()
        self._verified: TTLCache[str, User] = TTLCache(
            _TOKENS_KEPT, ttl=BELIEVED_SECONDS, timer=lambda: clock.now().timestamp()
        )

    async def verify(self, token: str) -> User:
        known = self._verified.get(token)
        if known is None:
            known = self._verified[token] = await self._verify(token)
        return known

    async def _verify(self, token: str) -> User:
        try:
            key = await self._key(str(jwt.get_unverified_header(token).get("kid")))
            claims = jwt.decode(
                token,
                key,
                algorithms=ALGORITHMS,
                audience=self._audiences,
                issuer=self._issuer,
                leeway=CLOCK_SKEW,
                options={"require": ["exp", "iss", "aud", "sub"]},
            )
        except jwt.ExpiredSignatureError as error:
            raise Unauthenticated("The token has expired. Sign in again.") from error
        except jwt.PyJWTError as error:
            raise Unauthenticated(f"The token is not valid: {error}. Sign in again.") from error
        return _user(claims)

    async def check(self) -> None:
        """Fetch the keys unless they are known. Raises Unavailable."""
        if not self._keys:
            await self._fetch()

    async def _key(self, kid: str) -> jwt.PyJWK:
        if self._is_older_than(KEYS_LAST) or (kid not in self._keys and self._is_older_than(ASK_AGAIN_AFTER)):
            await self._fetch()
        if kid not in self._keys:
            raise jwt.InvalidKeyError("it is signed with a key that the issuer does not have")
        return self._keys[kid]

    def _is_older_than(self, age: timedelta) -> bool:
        return self._fetched is None or self._clock.now() - self._fetched > age

    async def _fetch(self) -> None:
        before = self._fetched
        async with self._fetching:
            if self._fetched is not before:
                return
            discovery = self._issuer.rstrip("/") + "/.well-known/openid-configuration"
            try:
                async with aiohttp.ClientSession(timeout=_TIMEOUT, raise_for_status=True) as session:
                    async with session.get(discovery) as response:
                        address = (await response.json())["jwks_uri"]
                    async with session.get(address) as response:
                        found = jwt.PyJWKSet.from_dict(await response.json())
            except (aiohttp.ClientError, TimeoutError, KeyError, ValueError, jwt.PyJWTError) as error:
                raise Unavailable(f"The issuer {self._issuer} cannot be asked for its keys.", 5) from error
            self._keys = {str(key.key_id): key for key in found.keys}
            self._fetched = self._clock.now()


def _user(claims: Mapping[str, Any]) -> User:
    """Entra ID's `oid` is the same for every app of a tenant; other issuers have `sub` alone.

    Instead of more than 200 groups Entra ID says where to ask for them, which we do not.
    """
    user = str(claims.get("oid") or claims["sub"])
    if user.startswith(GROUP):
        raise Unauthenticated("The token's subject looks like a group, not like a person.")
    email = str(claims.get("preferred_username") or claims.get("email") or "")
    if "groups" in (claims.get("_claim_names") or ()) or claims.get("hasgroups"):
        _log.warning("The token of %s has too many groups to name them, so none counts.", user)
    return User(
        id=user,
        name=str(claims.get("name") or email or user),
        email=email,
        administrator=ADMINISTRATOR in (claims.get("roles") or ()),
        groups=frozenset(map(str, claims.get("groups") or ())),
        addresses=frozenset(_addresses(claims)),
    )


def _addresses(claims: Mapping[str, Any]) -> Iterator[str]:
    """The addresses that are the user's for sure.

    The `email` claim is, unless the issuer says that it was not verified. A `preferred_username` is one that
    the user chose, but in Entra ID, which alone has `oid`: there it is the sign-in name the directory gave.
    """
    verified = str(claims.get("email_verified", True)).lower() == "true"
    for claim in ("email", "preferred_username") if "oid" in claims else ("email",):
        address = str(claims.get(claim) or "").strip().casefold()
        if verified and "@" in address:
            yield address
