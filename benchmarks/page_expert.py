"""Somebody who knows every box draws all of them: what that takes beside the drags."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from benchmarks.figures import Figure
from benchmarks.page_bench import Bench, waits
from benchmarks.page_boxes import Boxed, Drawn
from benchmarks.page_hand import Hand
from benchmarks.page_projects import Projects


def expert(bench: Bench, boxed: Boxed) -> list[Figure]:
    """The boxes of each image one after the other, as they come."""
    project = bench.projects.make("object_detection", boxed.files, labels=boxed.labels)
    with bench.hand() as labeler:
        labeler.open(project)
        label = boxed.labels[0]
        for left in reversed(range(len(boxed.files))):
            label = _draw(labeler, boxed, label)
            if left:
                labeler.submit()
            else:
                labeler.press("Enter")
        labeler.page.get_by_role("heading", name="Nothing left for you right now").wait_for()
        submits = labeler.submits()
    boxes = sum(len(found) for found in boxed.boxes.values())
    kept, worst = _compare(bench.projects, project, boxed)
    return [
        Figure(f"boxes drawn, of {boxes}, that are stored", kept, "boxes", boxes, at_least=True),
        Figure("... the farthest corner from where it was drawn", worst, "pixels", 1),
        Figure("input events per box beyond its drag", labeler.keys / boxes, "events", 2.2),
        *waits("submit to the next image painted", submits),
    ]


def _draw(labeler: Hand, boxed: Boxed, label: str) -> str:
    """Draw the boxes of the image that is shown, with `label` chosen; the label that is chosen then."""
    image = labeler.image()
    path = labeler.page.locator(".view-path").get_attribute("title")
    assert path is not None
    name = PurePosixPath(path).name
    scale = image["width"] / boxed.width(name)
    for box in boxed.boxes[name]:
        if box.label != label:
            labeler.press(str(boxed.labels.index(box.label) + 1))
        label = box.label
        left, top, right, bottom = box.corners
        corners = [(left, top), ((left + right) / 2, bottom), (right, bottom)]
        labeler.drag([(image["x"] + x * scale, image["y"] + y * scale) for x, y in corners])
    return label


def _compare(projects: Projects, project: str, boxed: Boxed) -> tuple[int, float]:
    """How many boxes are stored with their label, and how far a corner of them is from the truth at most."""
    kept, worst = 0, 0.0
    for path, boxes in projects.answers(project):
        left = [
            Drawn(box["label"], (box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]))
            for box in boxes
        ]
        for box in boxed.boxes[PurePosixPath(path).name]:
            found = _nearest(box, left)
            if found is None:
                continue
            left.remove(found)
            kept, worst = kept + 1, max(worst, _distance(found, box))
    return kept, worst


def _nearest(box: Drawn, others: Sequence[Drawn]) -> Drawn | None:
    same = [other for other in others if other.label == box.label]
    return min(same, key=lambda other: _distance(other, box), default=None)


def _distance(one: Drawn, other: Drawn) -> float:
    return max(abs(a - b) for a, b in zip(one.corners, other.corners, strict=True))
