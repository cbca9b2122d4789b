"""What a labeler's browser loads on the first visit, gzipped as the app sends it. `make page` builds it."""

import gzip
import json
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, tell

DIST = Path("web/dist")
FIRST_VISIT = ("index.html", "src/label/LabelPage.tsx")
"""The chunks of a first visit to the labeling page; each brings those it imports."""
GERMAN = "src/words/de/label.ts"
SIGNING_IN = "src/auth/oidc.ts"

Manifest = dict[str, dict[str, Any]]


def measure() -> list[Figure]:
    manifest: Manifest = json.loads((DIST / ".vite" / "manifest.json").read_text())
    sizes = {
        file: len(gzip.compress((DIST / file).read_bytes())) / 1024
        for file in _files(manifest, set(manifest))
    }

    def weight(*entries: str) -> float:
        return sum(sizes[file] for file in _files(manifest, _reached(manifest, entries)))

    first = weight(*FIRST_VISIT)
    return [
        Figure("labeling page, first visit, gzipped", first, "KB", 130),
        Figure("the same in German", weight(*FIRST_VISIT, GERMAN), "KB", 130),
        Figure("more for signing in, once", weight(*FIRST_VISIT, SIGNING_IN) - first, "KB"),
        Figure("every asset of the page, gzipped", sum(sizes.values()), "KB"),
    ]


def _reached(manifest: Manifest, entries: tuple[str, ...]) -> set[str]:
    reached: set[str] = set()
    waiting = list(entries)
    while waiting:
        chunk = waiting.pop()
        if chunk not in reached:
            reached.add(chunk)
            waiting += manifest[chunk].get("imports", [])
    return reached


def _files(manifest: Manifest, chunks: set[str]) -> set[str]:
    return {file for chunk in chunks for file in (manifest[chunk]["file"], *manifest[chunk].get("css", []))}


if __name__ == "__main__":
    tell("page_weight", measure())
