"""Every screen of the product, and how a person comes to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser.desk import LAYOUT_KEY, Desk
from tests.browser.gallery import Gallery
from tests.browser.test_regions import HEIGHT, WIDTH

Visit = Callable[[Desk, Gallery], None]


def wear(page: Page, theme: str) -> None:
    """Show the page in other colours, at once."""
    page.emulate_media(reduced_motion="reduce")
    page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)


@dataclass(frozen=True)
class Screen:
    """Who sees it (None: nobody is signed in), and what they do to see it."""

    visit: Visit
    user: str | None = "ana"

    def show(self, desk: Desk, gallery: Gallery) -> Page:
        """Come to the screen, and wait until nothing on it changes by itself."""
        self.visit(desk, gallery)
        desk.page.wait_for_load_state("networkidle")
        return desk.page


def _at(path: str, *seen: str) -> Visit:
    """An address with projects' names in braces; `seen` are texts that tell that it is all there."""

    def visit(desk: Desk, gallery: Gallery) -> None:
        places = {**gallery.projects, "item": gallery.item, "run": gallery.run}
        desk.page.goto(desk.base_url + path.format(**places))
        expect(desk.page.get_by_role("heading").first).to_be_visible()
        for text in seen:
            expect(desk.page.get_by_text(text).first).to_be_visible()

    return visit


def _label(desk: Desk, gallery: Gallery, project: str, layout: int = 1) -> Page:
    desk.page.add_init_script(f'localStorage["{LAYOUT_KEY}"] ??= "{layout}"')
    desk.page.goto(f"{desk.base_url}/projects/{gallery[project]}/label")
    return desk.page


def _drag(page: Page, host: Locator, *places: tuple[float, float]) -> None:
    """Over these places, in parts of what is there."""
    box = host.bounding_box()
    assert box
    for number, (x, y) in enumerate(places):
        page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"], steps=3)
        if number == 0:
            page.mouse.down()
    page.mouse.up()


def _canvas(desk: Desk, gallery: Gallery, project: str) -> Locator:
    page = _label(desk, gallery, project)
    shown = page.locator(".canvas-picture :is(img, canvas)").first
    expect(shown).to_be_visible()
    page.wait_for_function("document.querySelector('.canvas-picture img')?.complete ?? true")
    return shown


def _grid(desk: Desk, gallery: Gallery) -> None:
    _label(desk, gallery, "grid", layout=9)
    expect(desk.tiles).to_have_count(9)
    desk.press("1", "2", "3")


def _tree(desk: Desk, gallery: Gallery) -> None:
    _label(desk, gallery, "tree", layout=4)
    expect(desk.tiles).to_have_count(4)
    desk.press("1", "2")


def _boxes(desk: Desk, gallery: Gallery) -> None:
    shown = _canvas(desk, gallery, "boxes")
    _drag(desk.page, shown, (0.05, 0.6), (0.25, 0.9))
    expect(desk.page.get_by_role("region", name="Regions").get_by_role("listitem")).to_have_count(3)


def _polygons(desk: Desk, gallery: Gallery) -> None:
    shown = _canvas(desk, gallery, "polygons")
    box = shown.bounding_box()
    assert box
    for x, y in ((80, 60), (200, 70), (220, 200), (100, 220)):
        desk.page.mouse.click(box["x"] + x * box["width"] / WIDTH, box["y"] + y * box["height"] / HEIGHT)
    desk.press("Enter")


def _masks(desk: Desk, gallery: Gallery) -> None:
    _drag(desk.page, _canvas(desk, gallery, "masks"), (0.2, 0.3), (0.5, 0.4), (0.45, 0.7))


def _dicom(desk: Desk, gallery: Gallery) -> None:
    page = _label(desk, gallery, "dicom")
    expect(page.get_by_role("combobox", name="Window")).to_be_visible()
    _drag(page, page.get_by_role("application"), (0.4, 0.3), (0.6, 0.6))


def _texts(desk: Desk, gallery: Gallery) -> None:
    _label(desk, gallery, "texts", layout=4)
    expect(desk.tiles).to_have_count(4)
    desk.press("1")


def _entities(desk: Desk, gallery: Gallery) -> None:
    page = _label(desk, gallery, "entities")
    expect(page.locator("[data-start]").first).to_be_visible()
    desk.press("ArrowRight", "1", *["ArrowRight"] * 4, "2")


def _keys(desk: Desk, gallery: Gallery) -> None:
    _boxes(desk, gallery)
    desk.press("?")
    expect(desk.page.get_by_role("dialog")).to_be_visible()


def _skip(desk: Desk, gallery: Gallery) -> None:
    _grid(desk, gallery)
    desk.press("s")
    expect(desk.page.get_by_role("textbox", name="Another reason")).to_be_visible()


def _instructions(desk: Desk, gallery: Gallery) -> None:
    page = _label(desk, gallery, "explained")
    expect(page.get_by_role("heading", name="What counts")).to_be_visible()


def _nothing_left(desk: Desk, gallery: Gallery) -> None:
    page = _label(desk, gallery, "done")
    expect(page.get_by_role("heading", name="Nothing left for you right now")).to_be_visible()


def _refused(desk: Desk, gallery: Gallery) -> None:
    with desk.expecting("409"):
        page = _label(desk, gallery, "paused")
    expect(page.get_by_role("heading", name="There is nothing to label here")).to_be_visible()


def _items(desk: Desk, gallery: Gallery) -> None:
    _at("/projects/{team}/items")(desk, gallery)
    expect(desk.page.get_by_role("gridcell").first).to_be_visible()


def _item(desk: Desk, gallery: Gallery) -> None:
    _items(desk, gallery)
    desk.page.get_by_role("gridcell").first.dblclick()
    expect(desk.page.get_by_role("dialog").get_by_role("region", name="History")).to_be_visible()


def _correction(desk: Desk, gallery: Gallery) -> None:
    _item(desk, gallery)
    desk.press("e")
    expect(desk.page.get_by_role("dialog").get_by_role("button", name="Save")).to_be_visible()


SCREENS: Mapping[str, Screen] = {
    "sign-in": Screen(_at("/"), user=None),
    "projects": Screen(_at("/", "Blood cells")),
    "projects-none": Screen(_at("/", "No projects yet"), user="finn"),
    "not-found": Screen(_at("/nowhere/at/all")),
    "backups": Screen(_at("/backups")),
    "cost": Screen(_at("/cost", "In all")),
    "create": Screen(_at("/projects/new")),
    "failed": Screen(_at("/projects/{failed}", "No image matches")),
    "dashboard": Screen(_at("/projects/{team}", "Progress")),
    "items": Screen(_items),
    "item": Screen(_item),
    "correction": Screen(_correction),
    "team": Screen(_at("/projects/{team}/team", "Ben")),
    "labels": Screen(_at("/projects/{tree}/labels")),
    "agreement": Screen(_at("/projects/{team}/agreement", "By labeler")),
    "models": Screen(_at("/projects/{models}/models", "Accuracy")),
    "run": Screen(_at("/projects/{models}/models?run={run}", "What is taken for what")),
    "doubts": Screen(_at("/projects/{models}/doubts", "decided")),
    "log": Screen(_at("/projects/{team}/log", "Ana created the project")),
    "settings": Screen(_at("/projects/{models}/settings", "Webhooks")),
    "not-for-you": Screen(_at("/projects/{team}/settings", "There is nothing here for you"), user="ben"),
    "label-grid": Screen(_grid),
    "label-tree": Screen(_tree),
    "label-boxes": Screen(_boxes),
    "label-polygons": Screen(_polygons),
    "label-masks": Screen(_masks),
    "label-dicom": Screen(_dicom),
    "label-texts": Screen(_texts),
    "label-entities": Screen(_entities),
    "label-keys": Screen(_keys),
    "label-skip": Screen(_skip),
    "label-instructions": Screen(_instructions),
    "label-nothing-left": Screen(_nothing_left),
    "label-refused": Screen(_refused),
}
