"""The demo projects: sample data and what is over it, made through the HTTP API as anybody would."""

import asyncio
from collections.abc import Sequence
from typing import Any

import httpx

from local.errors import LocalError
from local.people import LABELERS
from local.samples import SAMPLES, Sample

MEMBERS = {
    "ben": "labeler",
    "cleo": "labeler",
    "dan": "reviewer",
    "eva": "customer_qa",
    f"group:{LABELERS}": "labeler",
}
UPLOADS_PER_REQUEST = 1000
UPLOADS_AT_ONCE = 16
INITIALISE_SECONDS = 180
UNFINISHED = ("initializing", "created")


class DemoError(LocalError):
    """The demo projects could not be made; the app itself may be fine."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The demo projects could not be made: {reason}. DEMO=0 starts without it.")


def seed(base_url: str, token: str, samples: Sequence[Sample] = SAMPLES) -> None:
    """Make the demo projects that are not there, finishing what an interrupted start began.

    Raises DemoError if the API refuses a step.
    """
    try:
        asyncio.run(_seed(base_url, token, samples))
    except httpx.HTTPStatusError as error:
        request = error.request
        raise DemoError(
            f"{request.method} {request.url.path} answered {error.response.status_code} "
            f"({error.response.text[:200]})"
        ) from error
    except httpx.HTTPError as error:
        raise DemoError(f"{type(error).__name__} {error}".strip()) from error


async def _seed(base_url: str, token: str, samples: Sequence[Sample]) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    limits = httpx.Limits(max_connections=UPLOADS_AT_ONCE)
    async with (
        httpx.AsyncClient(base_url=base_url, headers=headers, timeout=60, trust_env=False) as api,
        httpx.AsyncClient(timeout=60, limits=limits, trust_env=False) as blobs,
    ):
        known = await _projects(api)
        for sample in samples:
            await _make(sample, known.get(sample.name), api, blobs)


async def _make(
    sample: Sample, project: dict[str, Any] | None, api: httpx.AsyncClient, blobs: httpx.AsyncClient
) -> None:
    if project is None:
        print(f"Demo: {sample.name}", flush=True)
        await _upload(dict(sample.files()), api, blobs)
        answer = await api.post("/api/projects", json=sample.project)
        if answer.status_code == httpx.codes.CONFLICT:
            print("Demo: somebody deleted the project, and no name is used twice", flush=True)
            return
        project = _json(answer)
    await _wait_until_running(project, api)
    await _add_members(project["id"], api)


async def _projects(api: httpx.AsyncClient) -> dict[str, dict[str, Any]]:
    """All projects by name."""
    found: dict[str, dict[str, Any]] = {}
    cursor: str | None = None
    while True:
        page = _json(await api.get("/api/projects", params={"cursor": cursor} if cursor else {}))
        found |= {project["name"]: project for project in page["items"]}
        cursor = page.get("next")
        if not cursor:
            return found


async def _upload(files: dict[str, bytes], api: httpx.AsyncClient, blobs: httpx.AsyncClient) -> None:
    names = sorted(files)
    for start in range(0, len(names), UPLOADS_PER_REQUEST):
        wanted = {"files": names[start : start + UPLOADS_PER_REQUEST], "overwrite": True}
        granted = _json(await api.post("/api/datastores/data/uploads", json=wanted))["uploads"]
        turn = asyncio.Semaphore(UPLOADS_AT_ONCE)
        await asyncio.gather(*(_put(one["url"], files[one["path"]], blobs, turn) for one in granted))
        print(f"Demo: {start + len(granted):,} of {len(names):,} files uploaded", flush=True)


async def _put(url: str, content: bytes, blobs: httpx.AsyncClient, turn: asyncio.Semaphore) -> None:
    headers = {"x-ms-blob-type": "BlockBlob"}
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
