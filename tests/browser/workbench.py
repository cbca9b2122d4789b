"""What the tests prepare and check through the API, as the people of the development sign-in."""

import io
from collections.abc import Callable, Mapping, Sequence
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

import httpx
from PIL import Image, ImageDraw

from local.stack import Stack

Json = dict[str, Any]
BLOCK = {"x-ms-blob-type": "BlockBlob"}
ANIMALS = ("ant", "bee", "cat", "dog", "elk", "fox", "gnu", "hen", "ibis")


def wait_for(question: Callable[[], bool], seconds: float = 60) -> None:
    """Ask again and again until the answer is yes."""
    end = monotonic() + seconds
    while not question():
        assert monotonic() < end, f"still not so after {seconds} s"
        sleep(0.05)


def picture(number: int) -> bytes:
    """A small PNG that shows its number, 120 wide and 90 high."""
    image = Image.new("RGB", (120, 90), (40 + 7 * number % 200, 120, 200 - 5 * number % 150))
    ImageDraw.Draw(image).text((40, 30), str(number), fill="white", font_size=30)
    content = io.BytesIO()
    image.save(content, "PNG")
    return content.getvalue()


class Workbench:
    """The API on behalf of one person."""

    def __init__(self, stack: Stack, user: str) -> None:
        headers = {"Authorization": f"Bearer {stack.token(user)}"}
        self._blobs = httpx.Client(timeout=30, trust_env=False)
        self.http = httpx.Client(base_url=stack.base_url, headers=headers, timeout=30, trust_env=False)

    def close(self) -> None:
        self.http.close()
        self._blobs.close()

    def get(self, path: str, **params: str | int) -> Any:
        response = self.http.get(f"/api{path}", params=params)
        assert response.is_success, response.text
        return response.json()

    def send(self, method: str, path: str, body: Any = None) -> Any:
        response = self.http.request(method, f"/api{path}", json=body)
        assert response.is_success, response.text
        return response.json() if response.content else None

    def upload(self, folder: str, count: int, content: Callable[[int], bytes]) -> None:
        self.put({f"{folder}/{number:03}.png": content(number) for number in range(count)})

    def put(self, files: Mapping[str, bytes]) -> None:
        """Put files into the datastore `data`, by path."""
        granted = self.send("POST", "/datastores/data/uploads", {"files": list(files)})["uploads"]
        for upload in granted:
            content = files[upload["path"]]
            self._blobs.put(upload["url"], content=content, headers=BLOCK).raise_for_status()

    def project_of(self, files: Mapping[str, bytes], pattern: str = "**", **changes: Any) -> str:
        """A running project over these files, named below a folder of their own; gives its id."""
        project = self.ask(files, pattern, **changes)
        self.until(project, "running")
        return project

    def ask(self, files: Mapping[str, bytes], pattern: str = "**", **changes: Any) -> str:
        """Ask for a project over these files, which runs in a while; gives its id."""
        folder = uuid4().hex
        self.put({f"{folder}/{name}": content for name, content in files.items()})
        data = {"datastore": "data", "path": f"{folder}/{pattern}", **changes.pop("data", {})}
        body = {
            "name": f"Project {folder}",
            "kind": "image_multiclass",
            "labels": [{"name": label} for label in ANIMALS],
            "data": data,
            **changes,
        }
        return str(self.send("POST", "/projects", body)["id"])

    def project(self, images: int, picture: Callable[[int], bytes] = picture, **changes: Any) -> str:
        """A running project over so many new images; gives its id."""
        return self.project_of({f"{number:03}.png": picture(number) for number in range(images)}, **changes)

    def until(self, project: str, status: str) -> None:
        """Wait until the project is `status`."""
        wait_for(lambda: bool(self.get(f"/projects/{project}")["status"] == status))

    def answer(self, project: str, labels: Sequence[str]) -> list[str]:
        """Answer one page that has as many items, the first by id by the first label; the items."""
        task = self.send("POST", f"/projects/{project}/tasks", {"size": 9})
        items = sorted(item["id"] for item in task["items"])
        answers = [
            {"item": item, "answer": {"labels": [label]}, "seconds": 2}
            for item, label in zip(items, labels, strict=True)
        ]
        body = {"submission": str(uuid4()), "answers": answers}
        self.send("POST", f"/projects/{project}/tasks/{task['id']}/submissions", body)
        return items

    def instruct(self, project: str, text: str) -> None:
        self.send("PATCH", f"/projects/{project}", {"instructions": {"text": text, "url": None}})

    def answers(self, project: str) -> Mapping[str, Json]:
        """The standing annotations by item, without those that have none."""
        items = self.get(f"/projects/{project}/items", limit=200)["items"]
        return {item["id"]: item["annotation"] for item in items if item["annotation"]}

    def wait_for_answers(self, project: str, count: int) -> Mapping[str, Json]:
        wait_for(lambda: len(self.answers(project)) == count)
        return self.answers(project)
