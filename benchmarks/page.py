"""The page in a browser: its first load, what a submit takes, frames while drawing, an expert's keys.

    python -m benchmarks.page [FOLDER]

The expert draws the boxes of images that are made on the spot, or of those of a folder of Pascal VOC.
"""

import sys
from pathlib import Path

import httpx
from playwright.sync_api import sync_playwright

from benchmarks.figures import Figure, percentile, tell
from benchmarks.page_bench import Bench, waits
from benchmarks.page_boxes import Boxed, drawn, pascal_voc
from benchmarks.page_expert import expert
from benchmarks.page_hand import FIRST_PAINT, STEP_MS, Hand, hand
from benchmarks.page_projects import Projects, large, many_boxes
from local.chromium import executable
from local.stack import Stack

VISITS = 5
LARGE_IMAGES = 8
LOOK_MS = 1_500
"""As long as a quick person looks at a large image, while the next one is fetched."""

MOVES = 80
SELECTED = ".mark-row.selected .region-place"
Place = tuple[float, float]


def first_load(bench: Bench) -> list[Figure]:
    """Nothing in the browser's cache, five times: the sign-in page, and a labeling page with its image."""
    project = bench.projects.make("object_detection", drawn().files)
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
        return waits("submit to the next image painted, 12 megapixels", labeler.submits())


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


def measure(boxed: Boxed) -> list[Figure]:
    with Stack() as stack, sync_playwright() as playwright:
        headers = {"Authorization": f"Bearer {stack.token('ana', admin=True)}"}
        with httpx.Client(base_url=stack.base_url, headers=headers, timeout=60) as http:
            browser = playwright.chromium.launch(executable_path=executable())
            with hand(browser, stack.base_url) as first:
                remembered = first.sign_in()
            bench = Bench(browser, stack.base_url, Projects(http), remembered)
            figures = [
                *first_load(bench),
                *expert(bench, boxed),
                *next_paint(bench),
                *idle(bench),
                *frames_among(bench, 500),
                *frames_among(bench, 2_000),
                *brush(bench),
            ]
            browser.close()
    return figures


if __name__ == "__main__":
    tell("page", measure(pascal_voc(Path(sys.argv[1])) if len(sys.argv) > 1 else drawn()))
