"""How much labeling a model saves: scikit-learn's digits, or a folder with a folder of images for each class.

    python -m benchmarks.assist [FOLDER]

A simulated labeler answers 300 images; a run starts by itself; the labeler goes on with whatever pages come.
Without ML assist it takes an action an image. While the run learns, somebody labels another project.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from time import monotonic

import httpx

from benchmarks.figures import Figure, percentile, tell
from benchmarks.labelers import Labeler, wait_for
from local.samples import digit_images
from local.stack import Stack

FIRST = 300
FOLDER = "assist"
RUN_SECONDS = 600
TARGET = 0.95
QUARTERS = (0.25, 0.5, 0.75, 1.0)


def digits() -> tuple[Mapping[str, bytes], Mapping[str, str]]:
    """scikit-learn's handwritten digits: files and classes by path."""
    from sklearn.datasets import load_digits

    files = {f"{FOLDER}/{Path(name).name}": data for name, data in digit_images()}
    return files, dict(zip(sorted(files), (str(digit) for digit in load_digits().target), strict=True))


def folders(root: Path) -> tuple[Mapping[str, bytes], Mapping[str, str]]:
    """The images of a folder, in one folder for each class."""
    found = {path: path.parent.name for path in sorted(root.glob("*/*")) if path.is_file()}
    names = {path: f"{FOLDER}/{label}-{path.name}" for path, label in found.items()}
    files = {name: path.read_bytes() for path, name in names.items()}
    return files, {name: found[path] for path, name in names.items()}


def measure(files: Mapping[str, bytes], truth: Mapping[str, str]) -> list[Figure]:
    with Stack() as stack, httpx.Client(base_url=stack.base_url, timeout=60) as http:
        http.headers["Authorization"] = f"Bearer {stack.token('ana', admin=True)}"
        labeler, other = Labeler(http, truth), Labeler(http, truth)
        labeler.create(files, FOLDER, {"enabled": True, "target": TARGET})
        other.create({}, FOLDER, {"enabled": False})
        begun = monotonic()
        labeler.label(FIRST)
        answered = monotonic()
        wait_for(lambda: _is_done(labeler, other), RUN_SECONDS)
        ran = monotonic()
        held_out = _held_out(labeler)
        while labeler.label(FIRST):
            pass
        return [
            *held_out,
            *_savings(labeler),
            *_beside(other),
            Figure("from the last answer to prelabels", ran - answered, "s"),
            Figure("the whole loop", monotonic() - begun, "s", 360),
            *_checked(labeler),
        ]


def _is_done(labeler: Labeler, other: Labeler) -> bool:
    """Whether a model was trained. While it is not, the other labels some images, at a busy person's pace."""
    other.label(4, size=1)
    runs = labeler.get("/runs")["items"]
    failed = [run["error"] for run in runs if run["status"] == "failed"]
    if failed:
        raise RuntimeError(f"the run failed: {failed[0]}")
    return any(run["status"] == "done" and run["stage"] == "train" for run in runs)


def _held_out(labeler: Labeler) -> list[Figure]:
    pending = [item for item in labeler.items(status="pending") if item["prelabel"]]
    right = [item["prelabel"]["labels"] == [labeler.truth[item["path"]]] for item in pending]
    trusted = [one for one, item in zip(right, pending, strict=True) if item["trusted"]]
    return [
        Figure("accuracy on what nobody has labeled", sum(right) / len(right), "", 0.95, at_least=True),
        Figure(
            "precision of trusted prelabels", sum(trusted) / max(1, len(trusted)), "", TARGET, at_least=True
        ),
        Figure("share of prelabels that are trusted", len(trusted) / len(right), ""),
    ]


def _beside(other: Labeler) -> list[Figure]:
    return [
        Figure("next task while a job runs beside, median", percentile(other.claims, 50), "ms", 8),
        Figure("next task while a job runs beside, p95", percentile(other.claims, 95), "ms", 15),
        Figure("submit while a job runs beside, median", percentile(other.submits, 50), "ms", 10),
        Figure("submit while a job runs beside, p95", percentile(other.submits, 95), "ms", 20),
    ]


def _savings(labeler: Labeler) -> list[Figure]:
    total = len(labeler.truth)
    points = [next(point for point in labeler.course if point[0] >= share * total) for share in QUARTERS]
    shares = [round(100 * share) for share in QUARTERS]
    return [
        *(
            Figure(f"actions for {share} % of {total} images (without: {labeled})", actions, "actions")
            for share, (labeled, actions) in zip(shares, points, strict=True)
        ),
        Figure("actions for each image", labeler.actions / total, "", 700 / 2062),
        Figure("clustered pages", len(labeler.purities), "pages"),
        Figure(
            "purity of clustered pages",
            sum(labeler.purities) / max(1, len(labeler.purities)),
            "",
            0.93,
            at_least=True,
        ),
        Figure("purity of clustered pages, lowest twentieth", percentile(labeler.purities, 5), ""),
    ]


def _checked(labeler: Labeler) -> list[Figure]:
    labeled = labeler.items(status="labeled")
    right = sum(item["annotation"]["answer"]["labels"] == [labeler.truth[item["path"]]] for item in labeled)
    audit = labeler.get("/dashboard")["assist"]["audit"] or {}
    return [
        Figure("images labeled", len(labeled), "images", len(labeler.truth), at_least=True),
        Figure("accuracy of all labels", right / len(labeled), "", 0.99, at_least=True),
        Figure("items audited", audit.get("items", 0), "items"),
        Figure("precision that the audit found", audit.get("precision") or 0.0, ""),
    ]


if __name__ == "__main__":
    tell("assist", measure(*(folders(Path(sys.argv[1])) if len(sys.argv) > 1 else digits())))
