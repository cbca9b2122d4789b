"""The function app as Azure would run it: in the local host, against Azurite, over HTTP."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

import httpx
import pytest
from PIL import Image

from local.stack import REPOSITORY, Stack
from tests.assist_app import QUICK, write_app

Json = dict[str, Any]
BLOCK = {"x-ms-blob-type": "BlockBlob"}


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with Stack(app_folder=write_app(tmp_path_factory.mktemp("app"))) as running:
        yield running


def wait_for(question: Callable[[], bool], seconds: float = 60) -> None:
    """Ask again and again until the answer is yes."""
    end = monotonic() + seconds
    while not question():
        assert monotonic() < end, f"still not so after {seconds} s"
        sleep(0.05)


@dataclass
class Person:
    """Somebody who is signed in, and what they do."""

    http: httpx.Client

    def get(self, path: str, **params: Any) -> Any:
        return self._ok(self.http.get(path, params=params), 200)

    def post(self, path: str, body: Any = None, status: int = 200) -> Any:
        return self._ok(self.http.post(path, json=body), status)

    def _ok(self, response: httpx.Response, status: int) -> Any:
        assert response.status_code == status, response.text[:500]
        return response.json() if response.content else None

    def upload(self, files: dict[str, bytes], *, overwrite: bool = False) -> None:
        body = {"files": list(files), "overwrite": overwrite}
        for upload in self.post("/api/datastores/data/uploads", body)["uploads"]:
            content = files[upload["path"]]
            assert httpx.put(upload["url"], content=content, headers=BLOCK).status_code == 201

    def create(self, path: str, **changes: Any) -> str:
        body = {
            "name": f"Project {uuid4().hex}",
            "kind": "image_multiclass",
            "data": {"datastore": "data", "path": path, "type": "files"},
            "labels": [{"name": "Animal", "children": [{"name": "Cat"}]}, {"name": "Rose"}],
        }
        created: Json = self.post("/api/projects", body | changes, 201)
        return str(created["id"])

    def running(self, path: str, **changes: Any) -> str:
        project = self.create(path, **changes)
        wait_for(lambda: self.get(f"/api/projects/{project}")["status"] == "running")
        return project

    def claim(self, project: str, size: int = 1) -> Json | None:
        response = self.http.post(f"/api/projects/{project}/tasks", json={"size": size})
        assert response.status_code in {200, 204}, response.text
        task: Json | None = response.json() if response.content else None
        return task

    def must_claim(self, project: str, size: int = 1) -> Json:
        task = self.claim(project, size)
        assert task is not None
        return task

    def submit(self, project: str, task: Json, label: str = "Rose", **fields: Any) -> httpx.Response:
        answers = [
            {"item": item["id"], "answer": {"labels": [label]}, "seconds": 1.5} for item in task["items"]
        ]
        body = {"submission": str(uuid4()), "answers": answers} | fields
        return self.http.post(f"/api/projects/{project}/tasks/{task['id']}/submissions", json=body)

    def exported(self, project: str, **options: Any) -> tuple[Json, bytes]:
        export = self.post(f"/api/projects/{project}/exports", options, 202)
        address = f"/api/projects/{project}/exports/{export['id']}"
        wait_for(lambda: self.get(address)["status"] in {"done", "failed"})
        done: Json = self.get(address)
        return done, httpx.get(done["url"]).content

    def imported(self, project: str, form: str, path: str, taken_as: str) -> Json:
        body = {"format": form, "path": path, "as": taken_as}
        asked = self.post(f"/api/projects/{project}/imports", body, 202)
        address = f"/api/projects/{project}/imports/{asked['id']}"
        wait_for(lambda: self.get(address)["status"] in {"done", "failed"})
        done: Json = self.get(address)
        return done


@pytest.fixture(scope="session")
def sign_in(stack: Stack) -> Iterator[Callable[..., Person]]:
    """Signs somebody in by name."""
    clients: list[httpx.Client] = []

    def signed_in(user: str, *, admin: bool = False) -> Person:
        headers = {"Authorization": f"Bearer {stack.token(user, admin=admin)}"}
        clients.append(httpx.Client(base_url=stack.base_url, headers=headers, timeout=30))
        return Person(clients[-1])

    yield signed_in
    for client in clients:
        client.close()


@pytest.fixture(scope="session")
def ana(sign_in: Callable[..., Person]) -> Person:
    """An administrator."""
    return sign_in("ana", admin=True)


@pytest.fixture(scope="session")
def quick_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The same with an app that is quick to look after runs, whose jobs may be stand-ins."""
    app = write_app(tmp_path_factory.mktemp("app"), QUICK)
    programs = str(REPOSITORY / "tests" / "assist_program")
    settings = {
        "JOBS_PROGRAMS": programs,
        "LOOK_AFTER_SCHEDULE": "* * * * * *",
        "PRICES": "currency=EUR, gpu_hour=36000, cpu_hour=36000",
    }
    with Stack(app_folder=app, settings=settings) as running:
        yield running


@pytest.fixture(scope="session")
def quick_ana(quick_stack: Stack) -> Iterator[Person]:
    """An administrator there."""
    headers = {"Authorization": f"Bearer {quick_stack.token('ana', admin=True)}"}
    with httpx.Client(base_url=quick_stack.base_url, headers=headers, timeout=30) as http:
        yield Person(http)


@pytest.fixture
def folder() -> str:
    """A folder that no other test uses."""
    return f"photos-{uuid4().hex}"


def photo(number: int, width: int = 60, height: int = 40) -> bytes:
    """A small JPEG, each number another one."""
    data = io.BytesIO()
    Image.new("RGB", (width, height), (number % 256, 120, 200)).save(data, "JPEG")
    return data.getvalue()


def photos(folder: str, count: int) -> dict[str, bytes]:
    """Small JPEGs by path."""
    return {f"{folder}/{number:03d}.jpg": photo(number) for number in range(count)}
