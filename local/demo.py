"""The demo project: handwritten digits, made through the HTTP API as anybody would."""

import asyncio
import io
from collections.abc import Callable, Iterator
from typing import Any

import httpx
from PIL import Image, ImageOps
from sklearn.datasets import load_digits

from local.errors import LocalError

NAME = "Handwritten digits"
PROJECT = {
    "name": NAME,
    "kind": "image_multiclass",
    "data": {"datastore": "data", "path": "digits/**", "type": "files"},
    "labels": [{"name": str(digit)} for digit in range(10)],
    "instructions": {
        "text": "# Which digit is it?\n\n"
        "Choose the digit that the person **meant** to write.\n\n"
        "- A seven may have a bar, a one may have a foot.\n"
        "- Skip an image if two digits are equally likely.\n",
        "url": None,
    },
    "refresh": {"enabled": True},
    "lease_minutes": 30,
}
MEMBERS = {"ben": "labeler", "cleo": "labeler", "dan": "reviewer"}
SIDE = 96
MARGIN = 2  # of the eight by eight: a digit needs paper around it
UPLOADS_PER_REQUEST = 1000
UPLOADS_AT_ONCE = 16
INITIALISE_SECONDS = 180
UNFINISHED = ("initializing", "created")
INK, PAPER = (27, 42, 73), (251, 250, 247)


Images = Callable[[], Iterator[tuple[str, bytes]]]


class DemoError(LocalError):
    """The demo project could not be made; the app itself may be fine."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The demo project could not be made: {reason}. DEMO=0 starts without it.")


def seed(base_url: str, token: str, images: Images | None = None) -> None:
    """Make the demo project unless it is there, finishing what an interrupted start began.

    Raises DemoError if the API refuses a step. `images` replaces the digits.
    """
    try:
        asyncio.run(_seed(base_url, token, images or digit_images))
    except httpx.HTTPStatusError as error:
        request = error.request
        raise DemoError(
            f"{request.method} {request.url.path} answered {error.response.status_code} "
            f"({error.response.text[:200]})"
        ) from error
    except httpx.HTTPError as error:
        raise DemoError(f"{type(error).__name__} {error}".strip()) from error


def digit_images() -> Iterator[tuple[str, bytes]]:
    """Every digit of scikit-learn's set as a PNG: its file name and its bytes."""
    shades = [p + (i - p) * shade // 255 for shade in range(256) for p, i in zip(PAPER, INK, strict=True)]
    for number, pixels in enumerate(load_digits().images):
        small = ImageOps.expand(Image.fromarray((pixels * (255 / 16)).astype("uint8")), MARGIN)
        large = small.resize((SIDE, SIDE), Image.Resampling.BICUBIC)
        large.putpalette(shades)
        content = io.BytesIO()
        large.save(content, "PNG")
        yield f"digits/{number:04}.png", content.getvalue()


async def _seed(base_url: str, token: str, images: Images) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    limits = httpx.Limits(max_connections=UPLOADS_AT_ONCE)
    async with (
        httpx.AsyncClient(base_url=base_url, headers=headers, timeout=60, trust_env=False) as api,
        httpx.AsyncClient(timeout=60, limits=limits, trust_env=False) as blobs,
    ):
        project = await _find(api)
        if project is None:
            print("Demo: drawing handwritten digits", flush=True)
            await _upload(dict(images()), api, blobs)
            answer = await api.post("/api/projects", json=PROJECT)
            if answer.status_code == httpx.codes.CONFLICT:
                print("Demo: somebody deleted the project, and no name is used twice", flush=True)
                return
            project = _json(answer)
        await _wait_until_running(project, api)
        await _add_members(project["id"], api)


async def _find(api: httpx.AsyncClient) -> dict[str, Any] | None:
    cursor: str | None = None
    while True:
        page = _json(await api.get("/api/projects", params={"cursor": cursor} if cursor else {}))
        for project in page["items"]:
            if project["name"] == NAME:
                return dict(project)
        cursor = page.get("next")
        if not cursor:
            return None


async def _upload(files: dict[str, bytes], api: httpx.AsyncClient, blobs: httpx.AsyncClient) -> None:
    names = sorted(files)
    for start in range(0, len(names), UPLOADS_PER_REQUEST):
        wanted = {"files": names[start : start + UPLOADS_PER_REQUEST], "overwrite": True}
        granted = _json(await api.post("/api/datastores/data/uploads", json=wanted))["uploads"]
        turn = asyncio.Semaphore(UPLOADS_AT_ONCE)
        await asyncio.gather(*(_put(one["url"], files[one["path"]], blobs, turn) for one in granted))
        print(f"Demo: {start + len(granted):,} of {len(names):,} images uploaded", flush=True)


async def _put(url: str, content: bytes, blobs: httpx.AsyncClient, turn: asyncio.Semaphore) -> None:
    headers = {"x-ms-blob-type": "BlockBlob", "Content-Type": "image/png"}
    async with turn:
        (await blobs.put(url, content=content, headers=headers)).raise_for_status()


async def _wait_until_running(project: dict[str, Any], api: httpx.AsyncClient) -> None:
    try:
        async with asyncio.timeout(INITIALISE_SECONDS):
            while project["status"] in UNFINISHED:
                await asyncio.sleep(0.5)
                project = _json(await api.get(f"/api/projects/{project['id']}"))
    except TimeoutError:
        raise DemoError(f"the project is still {project['status']} after {INITIALISE_SECONDS} s") from None
    if project["status"] == "failed":
        raise DemoError(f"the project failed ({project.get('reason')})")


async def _add_members(project: str, api: httpx.AsyncClient) -> None:
    page = _json(await api.get(f"/api/projects/{project}/members"))
    present = {member["user"] for member in page["items"]}
    for user, role in MEMBERS.items():
        if user not in present:
            answer = await api.put(f"/api/projects/{project}/members/{user}", json={"role": role})
            answer.raise_for_status()


def _json(answer: httpx.Response) -> Any:
    return answer.raise_for_status().json()
