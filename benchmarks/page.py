"""The page in a browser: its first load, what a submit takes, frames while drawing, an expert's keys."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import PurePosixPath

import httpx
from playwright.sync_api import Browser, sync_playwright

from benchmarks.figures import Figure, percentile, tell
from benchmarks.page_hand import FIRST_PAINT, STEP_MS, Hand, hand
from benchmarks.page_projects import LABELS, SMEAR, Cell, Projects, cells, large, many_boxes, smear
from local.chromium import executable
from local.stack import Stack

VISITS = 5
IMAGES = 20
LARGE_IMAGES = 8
LOOK_MS = 1_500
"""As long as a quick person looks at a large image, while the next one is fetched."""

MOVES = 80
SELECTED = ".mark-row.selected .region-place"
Place = tuple[float, float]


@dataclass(frozen=True)
class Bench:
    """A Tagwerk, and somebody who is signed in."""

    browser: Browser
    base_url: str
    projects: Projects
    remembered: str

    def hand(self) -> AbstractContextManager[Hand]:
        """Their hand, at a browser that has never been here."""
        return hand(self.browser, self.base_url, self.remembered)


def first_load(bench: Bench) -> list[Figure]:
    """Nothing in the browser's cache, five times: the sign-in page, and a labeling page with its image."""
    project = bench.projects.make("object_detection", {f"{n:02}.jpg": smear(n) for n in range(4 * VISITS)})
    landings, paints, images = [], [], []
    for _ in range(VISITS):
        with hand(bench.browser, bench.base_url) as stranger:
            stranger.page.goto(bench.base_url, wait_until="networkidle")
            landings.append(stranger.page.evaluate(FIRST_PAINT))
        with bench.hand() as labeler:
            labeler.open(project)
            images.append(labeler.page.evaluate("performance.now()"))
            paints.append(labeler.page.evaluate(FIRST_PAINT))
    return [
        Figure("sign-in page, first load: first contentful paint, median", percentile(landings, 50), "ms"),
        Figure("labeling page, first load: first contentful paint, median", percentile(paints, 50), "ms"),
        Figure("... its first image is there, median", percentile(images, 50), "ms"),
    ]


def expert(bench: Bench) -> list[Figure]:
    """Somebody who knows every cell draws all boxes of twenty smears, cell after cell as they come."""
    project = bench.projects.make("object_detection", {f"{n:02}.jpg": smear(n) for n in range(IMAGES)})
    with bench.hand() as labeler:
        labeler.open(project)
        label = LABELS[0]
        for number in range(IMAGES):
            label = _draw(labeler, label)
            if number + 1 < IMAGES:
                labeler.submit()
            else:
                labeler.press("Enter")
        labeler.page.get_by_role("heading", name="Nothing left for you right now").wait_for()
        submits = labeler.submits()
    boxes = IMAGES * len(cells(0))
    kept, worst = _compare(bench.projects, project)
    return [
        Figure("boxes drawn, of 360, that are stored", kept, "boxes", boxes, at_least=True),
        Figure("... the farthest corner from where it was drawn", worst, "pixels", 1),
        Figure("input events per box beyond its drag", labeler.keys / boxes, "events", 2.2),
        *_waits("submit to the next image painted, 640 x 480", submits),
    ]


def _draw(labeler: Hand, label: str) -> str:
    """Draw the boxes of the image that is shown, with `label` chosen; the label that is chosen then."""
    image = labeler.image()
    scale = image["width"] / SMEAR[0]
    path = labeler.page.locator(".view-path").get_attribute("title")
    assert path is not None
    for cell in cells(_number(path)):
        if cell.label != label:
            labeler.press(str(LABELS.index(cell.label) + 1))
        label = cell.label
        left, top, right, bottom = cell.corners
        corners = [(left, top), ((left + right) / 2, bottom), (right, bottom)]
        labeler.drag([(image["x"] + x * scale, image["y"] + y * scale) for x, y in corners])
    return label


def _number(path: str) -> int:
    return int(PurePosixPath(path).stem)


def _compare(projects: Projects, project: str) -> tuple[int, float]:
    """How many boxes are stored with their label, and how far a corner of them is from the truth at most."""
    kept, worst = 0, 0.0
    for path, boxes in projects.answers(project):
        left = [
            Cell(box["label"], (box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]))
            for box in boxes
        ]
        for cell in cells(_number(path)):
            same = [other for other in left if other.label == cell.label]
            if not same:
                continue
            nearest = min(same, key=lambda other: _distance(other, cell))
            left.remove(nearest)
            kept, worst = kept + 1, max(worst, _distance(nearest, cell))
    return kept, worst


def _distance(one: Cell, other: Cell) -> float:
    return max(abs(a - b) for a, b in zip(one.corners, other.corners, strict=True))


def next_paint(bench: Bench) -> list[Figure]:
    """Classes for images of twelve megapixels, each looked at for a moment."""
    picture = large()
    files = {f"{n}.jpg": picture for n in range(LARGE_IMAGES + 1)}
    project = bench.projects.make("image_multiclass", files)
    with bench.hand() as labeler:
        labeler.open(project)
        for _ in range(LARGE_IMAGES):
            labeler.page.wait_for_timeout(LOOK_MS)
            labeler.press("1")
            labeler.submit()
        return _waits("submit to the next image painted, 12 megapixels", labeler.submits())


def _waits(name: str, waits: list[float]) -> list[Figure]:
    return [
        Figure(f"{name}, median", percentile(waits, 50), "ms", 60),
        Figure("... p95", percentile(waits, 95), "ms"),
    ]


def frames_among(bench: Bench, count: int) -> list[Figure]:
    """A box drawn, and one moved, on twelve megapixels that have so many boxes already."""
    boxes = many_boxes(count)
    project = bench.projects.make("object_detection", {"a.jpg": large()}, boxes)
    promise = 20 if count <= 500 else None
    with bench.hand() as labeler:
        labeler.open(project)
        labeler.page.wait_for_timeout(1_000)
        assert labeler.page.locator(".mark-row").count() == count
        name = f"{count:,} boxes, 12 MP: frame gap"
        return [
            Figure(f"{name}, drawing one, p95", _drawing(labeler), "ms", promise),
            Figure("... moving one, p95", _moving(labeler), "ms", promise),
        ]


def _drawing(labeler: Hand) -> float:
    image = labeler.image()
    boxes = labeler.page.locator(".mark-row").count()
    with labeler.watching():
        labeler.drag(_line(image["x"] + 60, image["y"] + 60), STEP_MS)
    assert labeler.page.locator(".mark-row").count() == boxes + 1
    return percentile(labeler.gaps, 95)


def _moving(labeler: Hand) -> float:
    """What lies on the middle of the box that was drawn last."""
    image = labeler.image()
    places = _line(image["x"] + 60, image["y"] + 60)
    labeler.press("m")
    middle = places[len(places) // 2]
    labeler.page.mouse.click(*middle)
    before = labeler.page.locator(SELECTED).inner_text()
    with labeler.watching():
        labeler.drag(_line(*middle), STEP_MS)
    assert labeler.page.locator(SELECTED).inner_text() != before
    return percentile(labeler.gaps, 95)


def _line(x: float, y: float) -> list[Place]:
    return [(x + 3 * step, y + 2 * step) for step in range(MOVES)]


def brush(bench: Bench) -> list[Figure]:
    """A wide brush over a mask of twelve megapixels: the first stroke, and four more."""
    project = bench.projects.make("semantic_segmentation", {"a.jpg": large()})
    with bench.hand() as labeler:
        labeler.open(project)
        labeler.page.wait_for_timeout(1_000)
        labeler.press(*"]" * 8)
        image = labeler.image()
        strokes = []
        for number in range(5):
            with labeler.watching():
                labeler.drag(_zigzag(image["x"] + 60, image["y"] + 40 + 70 * number), STEP_MS)
            strokes.append(labeler.gaps)
    later = [gap for gaps in strokes[1:] for gap in gaps]
    return [
        Figure("brush on 12 MP: frame gap, p95", percentile(later, 95), "ms"),
        Figure("... the longest of four strokes", max(later), "ms"),
        Figure("... the longest of the first stroke", max(strokes[0]), "ms"),
    ]


def _zigzag(x: float, y: float) -> list[Place]:
    return [(x + 6 * step, y + 10 * (step % 20)) for step in range(MOVES)]


def idle(bench: Bench) -> list[Figure]:
    """What the machine itself takes between two frames."""
    with bench.hand() as labeler:
        labeler.page.goto(bench.base_url, wait_until="networkidle")
        with labeler.watching():
            labeler.page.wait_for_timeout(1_500)
    return [Figure("frame gap while nothing happens, p95", percentile(labeler.gaps, 95), "ms")]


def measure() -> list[Figure]:
    with Stack() as stack, sync_playwright() as playwright:
        headers = {"Authorization": f"Bearer {stack.token('ana', admin=True)}"}
        with httpx.Client(base_url=stack.base_url, headers=headers, timeout=60) as http:
            browser = playwright.chromium.launch(executable_path=executable())
            with hand(browser, stack.base_url) as first:
                remembered = first.sign_in()
            bench = Bench(browser, stack.base_url, Projects(http), remembered)
            figures = [
                *first_load(bench),
                *expert(bench),
                *next_paint(bench),
                *idle(bench),
                *frames_among(bench, 500),
                *frames_among(bench, 2_000),
                *brush(bench),
            ]
            browser.close()
    return figures


if __name__ == "__main__":
    tell("page", measure())
