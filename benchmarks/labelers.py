"""A simulated labeler who knows the truth, and how many actions it takes them to label everything.

Accepting a page as it stands is one action, and so is each answer that is given or corrected.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from time import monotonic, perf_counter, sleep
from typing import Any
from uuid import uuid4

import httpx

Json = dict[str, Any]
BLOCK = {"x-ms-blob-type": "BlockBlob"}
UPLOADS_A_REQUEST = 1_000


@dataclass
class Labeler:
    """Somebody who labels images of one class each over HTTP. `truth` is by path.

    `claims` and `submits` are how long each took, in milliseconds. `course` is how many items were labeled
    after how many actions, page by page.
    """

    http: httpx.Client
    truth: Mapping[str, str]
    project: str = ""
    actions: int = 0
    labeled: int = 0
    given: Counter[str] = field(default_factory=Counter)
    trusted: Counter[bool] = field(default_factory=Counter)
    purities: list[float] = field(default_factory=list)
    course: list[tuple[int, int]] = field(default_factory=list)
    claims: list[float] = field(default_factory=list)
    submits: list[float] = field(default_factory=list)

    def create(self, files: Mapping[str, bytes], folder: str, assist: Json) -> None:
        """Upload the images and make a project over them, which runs when this returns."""
        for names in _parts(sorted(files), UPLOADS_A_REQUEST):
            body = {"files": names, "overwrite": True}
            for upload in self.post("/api/datastores/data/uploads", body)["uploads"]:
                httpx.put(upload["url"], content=files[upload["path"]], headers=BLOCK).raise_for_status()
        created = self.post(
            "/api/projects",
            {
                "name": f"Assist {uuid4().hex}",
                "kind": "image_multiclass",
                "data": {"datastore": "data", "path": f"{folder}/**", "type": "files"},
                "labels": [{"name": label} for label in sorted(set(self.truth.values()))],
                "refresh": {"enabled": False},
                "assist": assist,
            },
        )
        self.project = f"/api/projects/{created['id']}"
        wait_for(lambda: self.get("")["status"] == "running", 120)

    def label(self, most: int, size: int = 9) -> bool:
        """Answer up to `most` items, page by page; False once nothing is left."""
        end = self.labeled + most
        while self.labeled < end:
            begun = perf_counter()
            body = {"size": min(size, _page(end - self.labeled))}
            response = self.http.post(f"{self.project}/tasks", json=body)
            self.claims.append((perf_counter() - begun) * 1000)
            response.raise_for_status()
            if response.status_code == httpx.codes.NO_CONTENT:
                return False
            self._answer(response.json())
        return True

    def get(self, path: str, **params: Any) -> Json:
        """What the API says below the project."""
        response = self.http.get(self.project + path, params=params)
        response.raise_for_status()
        found: Json = response.json()
        return found

    def post(self, path: str, body: Json | None = None) -> Json:
        """What the API answers."""
        response = self.http.post(path, json=body)
        response.raise_for_status()
        made: Json = response.json()
        return made

    def items(self, **params: Any) -> list[Json]:
        """All items that a filter lets through."""
        found: list[Json] = []
        cursor: str | None = None
        while True:
            page = self.get("/items", limit=200, **params, **({"cursor": cursor} if cursor else {}))
            found += page["items"]
            cursor = page["next"]
            if cursor is None:
                return found

    def _answer(self, task: Json) -> None:
        items = task["items"]
        right = [self.truth[_path(item)] for item in items]
        shown = [item["prelabel"]["labels"][0] if item["prelabel"] else None for item in items]
        wrong = sum(one != other for one, other in zip(shown, right, strict=True))
        self.actions += wrong + any(shown)
        self.given[task["type"]] += len(items)
        for item, one, other in zip(items, shown, right, strict=True):
            if item["trusted"]:
                self.trusted[one == other] += 1
        if task["type"] == "clustered":
            self.purities.append(max(Counter(right).values()) / len(right))
        answers = [
            {"item": item["id"], "answer": {"labels": [label]}, "seconds": 1.0}
            for item, label in zip(items, right, strict=True)
        ]
        body = {"submission": str(uuid4()), "answers": answers}
        begun = perf_counter()
        self.post(f"{self.project}/tasks/{task['id']}/submissions", body)
        self.submits.append((perf_counter() - begun) * 1000)
        self.labeled += len(items)
        self.course.append((self.labeled, self.actions))


def wait_for(question: Callable[[], bool], seconds: float) -> None:
    """Ask again and again until the answer is yes. Raises TimeoutError."""
    end = monotonic() + seconds
    while not question():
        if monotonic() > end:
            raise TimeoutError(f"still not so after {seconds} s")
        sleep(0.25)


def _page(left: int) -> int:
    return max(size for size in (1, 4, 6, 9) if size <= max(1, left))


def _path(item: Json) -> str:
    return str(PurePosixPath(item["path"]))


def _parts(names: list[str], size: int) -> list[list[str]]:
    return [names[start : start + size] for start in range(0, len(names), size)]
