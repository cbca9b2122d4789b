"""How soon an uploaded blob can be claimed: event, webhook, queue, function, shard."""

import time
from time import perf_counter
from typing import Any
from uuid import uuid4

import httpx

from benchmarks.figures import Figure, percentile, tell
from local.stack import Stack

BLOBS = 20
BLOCK = {"x-ms-blob-type": "BlockBlob"}


def measure() -> list[Figure]:
    with Stack() as stack:
        headers = {"Authorization": f"Bearer {stack.token('ana', admin=True)}"}
        with httpx.Client(base_url=stack.base_url, headers=headers, timeout=30) as http:
            _upload(http, "arrival/first.jpg")
            project = _project(http)
            _label(http, project)
            times = [_arrival(http, project, number) for number in range(BLOBS)]
    return [
        Figure("a blob uploaded is claimable, median", percentile(times, 50), "s"),
        Figure("a blob uploaded is claimable, slowest of 20", max(times), "s", 10),
    ]


def _arrival(http: httpx.Client, project: str, number: int) -> float:
    begun = perf_counter()
    _upload(http, f"arrival/{number}.jpg")
    _label(http, project)
    return perf_counter() - begun


def _upload(http: httpx.Client, path: str) -> None:
    uploads = http.post("/api/datastores/data/uploads", json={"files": [path]}).raise_for_status().json()
    httpx.put(uploads["uploads"][0]["url"], content=b"image", headers=BLOCK).raise_for_status()


def _project(http: httpx.Client) -> str:
    body = {
        "name": "Arrival",
        "kind": "image_multiclass",
        "data": {"datastore": "data", "path": "arrival/**"},
        "labels": [{"name": "seen"}],
    }
    project = str(http.post("/api/projects", json=body).raise_for_status().json()["id"])
    while http.get(f"/api/projects/{project}").raise_for_status().json()["status"] == "initializing":
        time.sleep(0.1)
    return project


def _label(http: httpx.Client, project: str) -> None:
    task: dict[str, Any] = {}
    while not task:
        answer = http.post(f"/api/projects/{project}/tasks", json={"size": 1}).raise_for_status()
        task = answer.json() if answer.content else {}
        time.sleep(0 if task else 0.05)
    answers = [{"item": task["items"][0]["id"], "answer": {"labels": ["seen"]}}]
    address = f"/api/projects/{project}/tasks/{task['id']}/submissions"
    http.post(address, json={"submission": str(uuid4()), "answers": answers}).raise_for_status()


if __name__ == "__main__":
    tell("arrival", measure())
