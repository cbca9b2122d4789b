"""Large pictures, and projects over pictures, for the benchmarks of the page."""

import io
import json
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from uuid import uuid4

import httpx
from PIL import Image

Json = dict[str, Any]
LABELS = ("red cell", "white cell", "platelet")
LARGE = (4000, 3000)
"""Twelve megapixels."""

BLOCK = {"x-ms-blob-type": "BlockBlob"}


def large() -> bytes:
    """A JPEG of twelve megapixels that is nowhere plain."""
    return jpeg(Image.effect_noise(LARGE, 60).convert("RGB"))


def jpeg(image: Image.Image) -> bytes:
    """As cameras would keep it."""
    content = io.BytesIO()
    image.save(content, "JPEG", quality=85)
    return content.getvalue()


def many_boxes(count: int) -> list[Json]:
    """Prelabels: small boxes all over an image, in parts of its sides."""
    draw = random.Random(count)  # noqa: S311  the same boxes every time
    return [
        {
            "label": draw.choice(LABELS),
            "topX": (x := draw.uniform(0, 0.95)),
            "topY": (y := draw.uniform(0, 0.95)),
            "bottomX": x + draw.uniform(0.02, 0.05),
            "bottomY": y + draw.uniform(0.02, 0.05),
        }
        for _ in range(count)
    ]


class Projects:
    """Projects made over HTTP, each over a folder of its own."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def make(
        self,
        kind: str,
        files: Mapping[str, bytes],
        boxes: Sequence[Json] = (),
        labels: Sequence[str] = LABELS,
    ) -> str:
        """A running project over these files, with these boxes as prelabels of each; its id."""
        folder = uuid4().hex
        self._put({f"{folder}/{name}": content for name, content in files.items()})
        body = {
            "name": f"Page {folder}",
            "kind": kind,
            "data": {"datastore": "data", "path": f"{folder}/**"},
            "labels": [{"name": label} for label in labels],
        }
        project = str(self._send("POST", "", body)["id"])
        self._until(lambda: self._send("GET", f"/{project}")["status"] == "running")
        if boxes:
            self._suggest(project, folder, files, boxes)
        return project

    def answers(self, project: str) -> Iterator[tuple[str, list[Json]]]:
        """Each item's path and its boxes."""
        for item in self._send("GET", f"/{project}/items?limit=200")["items"]:
            yield item["path"], item["annotation"]["answer"]["boxes"] if item["annotation"] else []

    def _suggest(self, project: str, folder: str, files: Mapping[str, bytes], boxes: Sequence[Json]) -> None:
        lines = [
            json.dumps(
                {
                    "image_url": f"AmlDatastore://data/{folder}/{name}",
                    "label": boxes,
                    "label_confidence": [0.9] * len(boxes),
                }
            )
            for name in files
        ]
        path = f"{folder}-boxes/prelabels.jsonl"
        self._put({path: "\n".join(lines).encode()})
        self._send("POST", f"/{project}/imports", {"format": "jsonl", "path": path, "as": "prelabels"})
        self._until(lambda: self._send("GET", f"/{project}/imports")["items"][0]["status"] == "done")

    def _put(self, files: Mapping[str, bytes]) -> None:
        asked = self._http.post("/api/datastores/data/uploads", json={"files": list(files)})
        for upload in asked.raise_for_status().json()["uploads"]:
            httpx.put(
                upload["url"], content=files[upload["path"]], headers=BLOCK, timeout=60
            ).raise_for_status()

    def _send(self, method: str, path: str, body: Any = None) -> Any:
        return self._http.request(method, f"/api/projects{path}", json=body).raise_for_status().json()

    def _until(self, question: Callable[[], bool]) -> None:
        while not question():
            time.sleep(0.1)
