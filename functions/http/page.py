"""The page: static files that the front end's build has made, with a strict content security policy."""

import gzip
import mimetypes
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import APIRouter, HTTPException, Request, Response

from functions.access import CurrentServices
from functions.services import Connected

router = APIRouter(include_in_schema=False)

_FOREVER = "public, max-age=31536000, immutable"
_COMPRESSED = ("text/", "application/json", "application/manifest+json", "image/svg+xml")


@dataclass(frozen=True, slots=True)
class File:
    """A file of the page as it is sent."""

    data: bytes
    zipped: bytes | None
    media_type: str
    etag: str


def _file(page_dir: str, name: str) -> File | None:
    root = Path(page_dir).resolve()
    path = (root / name).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        return None
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _read(path: Path, _changed_ns: int) -> File:
    """A file, remembered until it changes."""
    data = path.read_bytes()
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    zipped = gzip.compress(data, mtime=0) if media_type.startswith(_COMPRESSED) else None
    return File(data, zipped, media_type, f'"{blake2b(data, digest_size=12).hexdigest()}"')


@router.api_route("/{path:path}", methods=["GET", "HEAD"])
async def page(path: str, request: Request, services: CurrentServices) -> Response:
    """A file of the page; any other address is one of the page's own, and gets its index."""
    if path == "api" or path.startswith("api/"):
        raise HTTPException(404, "There is no such address in the API. /api/docs lists them.")
    hashed = path.startswith("assets/")
    file = _file(services.settings.page_dir, path)
    if file is None and hashed:
        raise HTTPException(404, "There is no such file.")
    file = file or _file(services.settings.page_dir, "index.html")
    if file is None:
        raise HTTPException(404, "The page has not been built: run `make page`.")
    headers = _headers(file, await _policy(services), hashed=hashed)
    if request.headers.get("if-none-match") == file.etag:
        return Response(status_code=304, headers=headers)
    if file.zipped is not None and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(
            file.zipped, headers={**headers, "Content-Encoding": "gzip"}, media_type=file.media_type
        )
    return Response(file.data, headers=headers, media_type=file.media_type)


def _headers(file: File, policy: str, *, hashed: bool) -> dict[str, str]:
    return {
        "Cache-Control": _FOREVER if hashed else "no-cache",
        "Content-Security-Policy": policy,
        "ETag": file.etag,
        "Referrer-Policy": "same-origin",
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }


async def _policy(services: Connected) -> str:
    """The page speaks to us, to the issuer, and to the storage accounts of the datastores alone."""
    ports = services.ports
    containers = [ports.limits.app_container, *(one.address for one in await ports.datastores.all())]
    storage = " ".join(sorted({_origin(ports.blobs.url(container, "b")) for container in containers}))
    issuer = _origin(services.settings.oidc.issuer)
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "font-src 'self'",
            f"img-src 'self' data: blob: {storage}",
            f"connect-src 'self' {issuer} {storage}",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
