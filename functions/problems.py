"""Every error as an RFC 9457 problem document."""

import logging
import re
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from core.domain.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    Stale,
    TagwerkError,
    Unauthenticated,
    Unavailable,
)
from core.settings import SettingsError
from functions.working import call_name

STATUSES: Mapping[type[TagwerkError], int] = {
    Unauthenticated: 401,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    Stale: 412,
    Invalid: 422,
    Unavailable: 503,
}
MEDIA_TYPE = "application/problem+json"


def add_problem_handlers(app: FastAPI) -> None:
    """Have the app answer every error with a problem document."""
    app.add_exception_handler(TagwerkError, _tagwerk_error)
    app.add_exception_handler(SettingsError, _settings_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _unexpected_error)


def problem(
    status: int, kind: str, title: str, detail: str, headers: Mapping[str, str] | None = None, **fields: Any
) -> JSONResponse:
    """A problem document; `kind` in words, such as 'not found', makes its type."""
    body = {"type": f"urn:tagwerk:problem:{kind}", "title": title, "status": status, "detail": detail}
    return JSONResponse({**fields, **body}, status, dict(headers or {}), media_type=MEDIA_TYPE)


def _tagwerk_error(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, TagwerkError)  # noqa: S101  Starlette calls this for nothing else
    status = next((STATUSES[kind] for kind in type(error).mro() if kind in STATUSES), 500)
    headers = {}
    if isinstance(error, Unauthenticated):
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, Unavailable):
        headers["Retry-After"] = str(error.retry_after_seconds)
    return problem(status, _words(type(error).__name__), error.title, str(error), headers, **error.fields)


def _settings_error(_request: Request, error: Exception) -> JSONResponse:
    return problem(503, "settings", "Not set up", str(error), {"Retry-After": "60"})


def _validation_error(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101  Starlette calls this for nothing else
    errors = [{"field": _field(found["loc"]), "reason": found["msg"]} for found in error.errors()]
    detail = "; ".join(f"{found['field']}: {found['reason']}" for found in errors)
    return problem(422, "invalid", "This makes no sense", detail, errors=errors)


def _http_error(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101  Starlette calls this for nothing else
    return problem(error.status_code, "http", str(error.detail), str(error.detail), error.headers)


def _unexpected_error(request: Request, error: Exception) -> JSONResponse:
    logging.getLogger(__name__).error("%s failed.", call_name(request.scope), exc_info=error)
    detail = "This is our fault, and it is logged. Nothing was half done; try again."
    return problem(500, "unexpected", "Something went wrong", detail)


def _field(place: Sequence[object]) -> str:
    return ".".join(str(part) for part in place if part != "body")


def _words(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()
