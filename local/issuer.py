"""A small OpenID issuer for development: everybody is who they say, and nobody is asked for a password."""

import base64
import hashlib
import hmac
import secrets
import threading
import time
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from local.errors import ChildError
from local.people import Person, person_of
from local.ports import LOOPBACK, require_loopback
from local.sign_in_page import message_page, sign_in_page
from local.signing import LIFETIME_SECONDS, Signer

CLIENT = "tagwerk"
SCOPE = "openid profile email offline_access"
DEVELOPMENT_GRANT = "urn:tagwerk:development"
LOOPBACK_NAMES = (LOOPBACK, "localhost")
CODE_SECONDS = 120
COOKIE = "tagwerk_sign_in"
# What of an authorization request comes back with the choice made on the page.
REQUEST_FIELDS = ("client_id", "redirect_uri", "state", "nonce", "scope", "code_challenge")


class RefusedError(Exception):
    """A token request that must be answered with an OAuth error."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(description)
        self.error = error
        self.description = description


@dataclass(frozen=True)
class Grant:
    """Who signed in, and what the code that stands for it may be exchanged by."""

    person: Person
    nonce: str = ""
    redirect_uri: str = ""
    code_challenge: str = ""
    expires: float = 0


class Issuer:
    """The issuer's endpoints; `app` is their ASGI application."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._signer = Signer(url, CLIENT)
        self._codes: dict[str, Grant] = {}
        self._refresh_tokens: dict[str, Grant] = {}
        self.app = Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._discover),
                Route("/keys", self._keys),
                Route("/authorize", self._ask, methods=["GET"]),
                Route("/authorize", self._answer, methods=["POST"]),
                Route("/token", self._token, methods=["POST"]),
                Route("/logout", self._sign_out),
            ],
            middleware=[
                # Another site's name must not lead here (DNS rebinding): it could read tokens.
                Middleware(TrustedHostMiddleware, allowed_hosts=list(LOOPBACK_NAMES)),
                Middleware(CORSMiddleware, allow_origin_regex=r"http://(127\.0\.0\.1|localhost)(:\d+)?"),
            ],
        )

    async def _discover(self, _: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/keys",
                "end_session_endpoint": f"{self.url}/logout",
                "response_types_supported": ["code"],
                "response_modes_supported": ["query"],
                "grant_types_supported": ["authorization_code", "refresh_token", DEVELOPMENT_GRANT],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
                "token_endpoint_auth_methods_supported": ["none"],
                "scopes_supported": SCOPE.split(),
            }
        )

    async def _keys(self, _: Request) -> Response:
        return JSONResponse(self._signer.key_set())

    async def _ask(self, request: Request) -> Response:
        """Show whom one can sign in as, or, with prompt=none, sign in as last time."""
        wanted = dict(request.query_params)
        wrong = _wrong_in(wanted)
        if wrong:
            return HTMLResponse(message_page("This sign-in cannot go on", wrong), 400)
        if wanted.get("prompt") != "none":
            return HTMLResponse(sign_in_page({k: v for k, v in wanted.items() if k in REQUEST_FIELDS}))
        person = _remembered(request)
        if person is None:
            return _back(wanted, {"error": "login_required"})
        return _back(wanted, {"code": self._issue_code(person, wanted)})

    async def _answer(self, request: Request) -> Response:
        """Go back to the page with a code for the person chosen."""
        wanted = await _form(request)
        person = person_of(wanted.get("user", ""), administrator=wanted.get("admin") == "1")
        wrong = _wrong_in({**wanted, "response_type": "code", "code_challenge_method": "S256"})
        if wrong or person is None:
            return HTMLResponse(message_page("This sign-in cannot go on", wrong or "Choose a name."), 400)
        response = _back(wanted, {"code": self._issue_code(person, wanted)})
        remembered = urlencode({"user": person.name, "admin": int(person.administrator)})
        response.set_cookie(COOKIE, remembered, httponly=True, samesite="lax")
        return response

    async def _token(self, request: Request) -> Response:
        form = await _form(request)
        try:
            grant = self._grant(form)
        except RefusedError as refused:
            return JSONResponse({"error": refused.error, "error_description": refused.description}, 400)
        return JSONResponse(self._tokens(grant), headers={"Cache-Control": "no-store"})

    async def _sign_out(self, request: Request) -> Response:
        target = request.query_params.get("post_logout_redirect_uri", "")
        response: Response = HTMLResponse(message_page("Signed out", "You may close this page."))
        if _is_loopback(target):
            state = request.query_params.get("state")
            response = RedirectResponse(_with_query(target, {"state": state} if state else {}), 303)
        response.delete_cookie(COOKIE)
        return response

    def _issue_code(self, person: Person, wanted: dict[str, str]) -> str:
        code = secrets.token_urlsafe(32)
        self._codes[code] = Grant(
            person=person,
            nonce=wanted.get("nonce", ""),
            redirect_uri=wanted["redirect_uri"],
            code_challenge=wanted["code_challenge"],
            expires=time.monotonic() + CODE_SECONDS,
        )
        return code

    def _grant(self, form: dict[str, str]) -> Grant:
        kind = form.get("grant_type", "")
        if kind == "authorization_code":
            return self._redeem_code(form)
        if kind == "refresh_token":
            return self._redeem_refresh_token(form)
        if kind != DEVELOPMENT_GRANT:
            raise RefusedError("unsupported_grant_type", f"{kind!r} is not a grant that is known here.")
        person = person_of(
            form.get("user", ""),
            administrator=form.get("admin") == "1",
            groups=form.get("groups", "").split(),
        )
        if person is None:
            raise RefusedError("invalid_request", "user is missing.")
        return Grant(person)

    def _redeem_code(self, form: dict[str, str]) -> Grant:
        grant = self._codes.pop(form.get("code", ""), None)
        if grant is None or grant.expires < time.monotonic():
            raise RefusedError("invalid_grant", "The code is unknown, used or older than two minutes.")
        if form.get("redirect_uri") != grant.redirect_uri or form.get("client_id") != CLIENT:
            raise RefusedError("invalid_grant", "The code was issued for another page.")
        if not hmac.compare_digest(challenge_of(form.get("code_verifier", "")), grant.code_challenge):
            raise RefusedError("invalid_grant", "The code_verifier does not match the code_challenge.")
        return grant

    def _redeem_refresh_token(self, form: dict[str, str]) -> Grant:
        grant = self._refresh_tokens.pop(form.get("refresh_token", ""), None)
        if grant is None:
            raise RefusedError("invalid_grant", "The refresh token is unknown or used.")
        return grant

    def _tokens(self, grant: Grant) -> dict[str, object]:
        refresh_token = secrets.token_urlsafe(32)
        self._refresh_tokens[refresh_token] = grant
        nonce = {"nonce": grant.nonce} if grant.nonce else {}
        return {
            "token_type": "Bearer",
            "expires_in": LIFETIME_SECONDS,
            "scope": SCOPE,
            "access_token": self._signer.sign(grant.person, azp=CLIENT, scp="access"),
            "id_token": self._signer.sign(grant.person, **nonce),
            "refresh_token": refresh_token,
        }


class IssuerServer:
    """Serves an issuer on loopback from a thread of this process."""

    def __init__(self, port: int, address: str = LOOPBACK) -> None:
        self.url = f"http://{require_loopback(address)}:{port}"
        config = uvicorn.Config(
            Issuer(self.url).app,
            host=address,
            port=port,
            log_level="warning",
            access_log=False,
            lifespan="off",
            ws="none",
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, name="issuer", daemon=True)

    def start(self) -> None:
        """Start serving and wait until it does; raise ChildError if it cannot."""
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            time.sleep(0.01)
        if not self._server.started:
            raise ChildError("The sign-in", f"could not listen at {self.url}", "")

    def stop(self) -> None:
        """Stop serving."""
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join()


def challenge_of(verifier: str) -> str:
    """The S256 challenge of a PKCE verifier."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _wrong_in(wanted: dict[str, str]) -> str | None:
    """Why an authorization request cannot be served, or None."""
    if wanted.get("client_id") != CLIENT:
        return f"client_id must be {CLIENT}."
    if not _is_loopback(wanted.get("redirect_uri", "")):
        return "redirect_uri must be a page on this machine."
    if wanted.get("response_type") != "code":
        return "response_type must be code."
    if wanted.get("code_challenge_method") != "S256" or not wanted.get("code_challenge"):
        return "A code_challenge with code_challenge_method=S256 is needed."
    return None


def _is_loopback(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "http" and parts.hostname in LOOPBACK_NAMES


def _back(wanted: dict[str, str], answer: dict[str, str]) -> RedirectResponse:
    state = {"state": wanted["state"]} if "state" in wanted else {}
    return RedirectResponse(_with_query(wanted["redirect_uri"], {**answer, **state}), 303)


def _with_query(url: str, fields: dict[str, str]) -> str:
    parts = urlsplit(url)
    query = "&".join(filter(None, (parts.query, urlencode(fields))))
    return parts._replace(query=query).geturl()


def _remembered(request: Request) -> Person | None:
    cookie = dict(parse_qsl(request.cookies.get(COOKIE, "")))
    return person_of(cookie.get("user", ""), administrator=cookie.get("admin") == "1")


async def _form(request: Request) -> dict[str, str]:
    return dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))
