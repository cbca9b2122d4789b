"""Phones and tablets: room for the work, and nothing that needs a key."""

import re

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser.desk import Desk, SitDown
from tests.browser.test_images import dicom
from tests.browser.test_texts import Reader, entities, said
from tests.browser.workbench import Workbench, picture

PHONE: ViewportSize = {"width": 390, "height": 844}
SMALL_PHONE: ViewportSize = {"width": 360, "height": 640}
TABLET: ViewportSize = {"width": 768, "height": 1024}
KINDS = ("image_multilabel", "text_multiclass", "object_detection", "semantic_segmentation", "text_ner")
ASIDE = "() => document.documentElement.scrollWidth - innerWidth"
CUT_OFF = """bar => [...bar.children].filter(part => part.scrollWidth > part.clientWidth
  || part.getBoundingClientRect().right > innerWidth).map(part => part.innerText)"""


class Hand:
    """Fingers and a pen on an image of 120 by 90 pixels, whose places these are, as screens tell of them."""

    def __init__(self, page: Page, image: Locator) -> None:
        self._image = image
        self._session = page.context.new_cdp_session(page)

    def _at(self, place: tuple[float, float]) -> dict[str, float]:
        box = self._image.bounding_box()
        assert box is not None
        return {"x": box["x"] + place[0] * box["width"] / 120, "y": box["y"] + place[1] * box["height"] / 90}

    def touch(self, kind: str, *places: tuple[float, float]) -> None:
        points = [{**self._at(place), "id": number} for number, place in enumerate(places)]
        self._session.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})

    def flick(self, start: tuple[float, float], by: tuple[float, float]) -> None:
        """A quick stroke of six steps by one finger."""
        self.touch("Start", start)
        for step in range(1, 7):
            self.touch("Move", (start[0] + step * by[0], start[1] + step * by[1]))
        self.touch("End")

    def _pen(self, kind: str, place: tuple[float, float]) -> None:
        pen = {"pointerType": "pen", "button": "left", "buttons": 1, "clickCount": 1}
        self._session.send("Input.dispatchMouseEvent", {"type": f"mouse{kind}", **pen, **self._at(place)})

    def draw(self, start: tuple[float, float], end: tuple[float, float], palm: tuple[float, float]) -> None:
        """With the pen, while the palm that is down moves a little."""
        self._pen("Pressed", start)
        self.touch("Move", palm)
        self._pen("Moved", ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2))
        self._pen("Moved", end)
        self._pen("Released", end)


@pytest.fixture
def tablet(sit_down: SitDown) -> Desk:
    """Ana with a tablet held upright."""
    return sit_down("ana", viewport=TABLET, touch=True)


def opened(desk: Desk, ana: Workbench, kind: str) -> Locator:
    """A new project of this kind, on screen; gives what is labeled there."""
    text = kind.startswith("text")
    file = ("a.txt", b"Ada went from London to Paris. " * 40) if text else ("a.png", picture(1))
    project = ana.project_of({file[0]: file[1]}, kind=kind)
    desk.page.goto(f"{desk.base_url}/projects/{project}/label")
    work = desk.page.get_by_role("option").or_(desk.page.get_by_role("application"))
    expect(work).to_be_visible()
    return work


def project_of(desk: Desk) -> str:
    """The project that is on screen."""
    return desk.page.url.split("/projects/")[1].split("/")[0]


@pytest.mark.parametrize("size", [PHONE, TABLET], ids=["phone", "tablet"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_work_has_the_room(tablet: Desk, ana: Workbench, kind: str, size: ViewportSize) -> None:
    page = tablet.page
    page.set_viewport_size(size)
    work = opened(tablet, ana, kind)
    assert page.evaluate(ASIDE) == 0
    box = work.bounding_box()
    assert box is not None
    assert box["width"] > size["width"] - 30
    assert box["height"] > size["height"] / 2
    expect(tablet.submit_button).to_be_in_viewport(ratio=1)
    assert tablet.submit_button.evaluate("button => button.scrollWidth <= button.clientWidth")


@pytest.mark.parametrize("locale", ["en-GB", "de-DE"])
@pytest.mark.usefixtures("desk")
def test_nothing_below_the_work_is_cut_off(sit_down: SitDown, ana: Workbench, locale: str) -> None:
    """On the narrowest phones, with something saved and much left; at the desk, Ana signed in in English."""
    project = ana.project(50)
    phone = sit_down("ana", viewport=SMALL_PHONE, locale=locale, touch=True)
    phone.page.goto(f"{phone.base_url}/projects/{project}/label")
    phone.page.get_by_role("option").first.wait_for()
    phone.press("1", "1", "1", "1", "Enter")
    ana.wait_for_answers(project, 4)
    bar = phone.page.get_by_role("contentinfo")
    expect(bar).to_contain_text("46")
    expect(bar).to_contain_text("Saved" if locale == "en-GB" else "Gesichert")
    assert bar.evaluate(CUT_OFF) == []


def test_a_polygon_by_finger(tablet: Desk, ana: Workbench) -> None:
    work = opened(tablet, ana, "instance_segmentation")
    box = work.locator("img").bounding_box()
    assert box is not None
    page: Page = tablet.page

    def tap(x: float, y: float) -> None:
        page.touchscreen.tap(box["x"] + x * box["width"], box["y"] + y * box["height"])

    for x, y in ((0.2, 0.2), (0.8, 0.2), (0.5, 0.8)):
        tap(x, y)
    page.get_by_role("button", name="Finish").tap()
    regions = page.get_by_role("region", name="Regions")
    expect(regions).to_be_hidden()
    page.get_by_role("button", name="1 polygon", exact=True).tap()
    expect(regions.get_by_role("listitem")).to_have_count(1)
    page.get_by_role("button", name="1 polygon", exact=True).tap()
    page.get_by_role("button", name="Delete").tap()
    expect(page.get_by_role("button", name="0 polygons", exact=True)).to_be_visible()
    tap(0.2, 0.2)
    page.get_by_role("button", name="Cancel").tap()
    expect(tablet.submit_button).to_contain_text("Nothing here")


def test_a_pen_draws_and_the_hand_that_holds_it_does_not(tablet: Desk, ana: Workbench) -> None:
    """On an image of 120 by 90 pixels. A palm lies down before the pen, beside it, and after it."""
    work = opened(tablet, ana, "object_detection")
    image = work.locator("img")
    count = tablet.page.get_by_role("button", name=re.compile(r"^\d box(es)?$"))
    hand = Hand(tablet.page, image)
    hand.touch("Start", (100, 80))
    hand.draw((10, 20), (40, 60), palm=(105, 82))
    expect(count).to_have_text("1 box")
    hand.touch("Start", (60, 45))
    hand.touch("Start", (60, 45), (70, 45))
    hand.touch("Move", (55, 45), (75, 45))
    hand.touch("End")
    larger = image.bounding_box()
    hand.touch("Start", (60, 45))
    hand.touch("Move", (60, 55))
    hand.touch("End")
    panned = image.bounding_box()
    assert larger
    assert panned
    assert panned["y"] - larger["y"] == pytest.approx(10 * larger["height"] / 90, abs=1)
    expect(count).to_have_text("1 box")
    hand.touch("Start", (70, 60))
    hand.draw((50, 30), (60, 50), palm=(72, 62))
    hand.touch("End")
    expect(count).to_have_text("2 boxes")
    assert image.bounding_box() == panned
    tablet.submit_button.tap()
    (annotation,) = ana.wait_for_answers(project_of(tablet), 1).values()
    found = [[box["x"], box["y"], box["width"], box["height"]] for box in annotation["answer"]["boxes"]]
    assert found == [pytest.approx([10, 20, 30, 40], abs=0.3), pytest.approx([50, 30, 10, 20], abs=0.3)]


def test_the_tap_after_a_quick_stroke_counts(tablet: Desk, ana: Workbench) -> None:
    """No browser takes the stroke for a scroll that the next tap would only end."""
    work = opened(tablet, ana, "object_detection")
    Hand(tablet.page, work.locator("img")).flick((10, 20), by=(5, 5))
    tablet.submit_button.tap()
    (annotation,) = ana.wait_for_answers(project_of(tablet), 1).values()
    assert len(annotation["answer"]["boxes"]) == 1


def test_the_tap_after_a_drag_of_the_window_counts(tablet: Desk, ana: Workbench) -> None:
    project = ana.project_of({"ct.dcm": dicom("CT_small.dcm")})
    page = tablet.page
    page.goto(f"{tablet.base_url}/projects/{project}/label")
    page.get_by_role("option").wait_for()
    tablet.press("v")
    picture = page.get_by_role("dialog").locator("canvas")
    Hand(page, picture).flick((60, 20), by=(0, 5))
    page.get_by_role("dialog").get_by_role("button", name="Close").tap()
    expect(picture).to_be_hidden()


@pytest.mark.parametrize("without", ["", "highlights", "caretPositionFromPoint"])
def test_entities_by_finger(tablet: Desk, ana: Workbench, without: str) -> None:
    """Also in browsers that lack what Chromium has."""
    reader = Reader(tablet)
    tablet.page.add_init_script(f"delete CSS['{without}']; delete Document.prototype['{without}']")
    project = entities(ana)
    reader.open(project)
    tap = tablet.page.touchscreen.tap
    tap(*reader.at("Ada"))
    tap(*reader.at("Lovelace"))
    tablet.page.get_by_role("button", name="PER").tap()
    tap(*reader.at("London"))
    tablet.page.get_by_role("button", name="LOC").tap()
    tap(*reader.at("Łódź"))
    tap(*reader.at("Łódź"))
    tap(*reader.at("went"))
    tablet.page.get_by_role("button", name="Cancel").tap()
    tap(*reader.at("Grace"))
    tablet.page.get_by_role("button", name="Mark", exact=True).tap()
    tap(*reader.at("Grace"))
    tablet.page.get_by_role("button", name="Delete").tap()
    expect(tablet.page.locator(".span-mark")).to_have_count(3)
    tablet.submit_button.tap()
    assert said(ana, project) == [("PER", "Ada Lovelace"), ("LOC", "London"), ("LOC", "Łódź")]


SELECT = """([element, word]) => {
  const at = element.firstChild.data.indexOf(word)
  getSelection().setBaseAndExtent(element.firstChild, at, element.firstChild, at + word.length)
}"""


def press_long(reader: Reader, word: str) -> None:
    """Hold a finger on a word: the platform selects it, for which a browser without a window has no hands."""
    touch = reader.page.context.new_cdp_session(reader.page)
    x, y = reader.at(word)
    start = {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
    touch.send("Input.dispatchTouchEvent", start)
    reader.page.evaluate(SELECT, [reader.text.first.element_handle(), word])
    touch.send("Input.dispatchTouchEvent", {"type": "touchCancel", "touchPoints": []})


def test_what_a_long_press_selects_is_taken_in_whole_words(tablet: Desk, ana: Workbench) -> None:
    reader = Reader(tablet)
    project = entities(ana)
    reader.open(project)
    page = tablet.page
    press_long(reader, "Lovelace")
    mark = page.get_by_role("button", name="Mark", exact=True)
    expect(mark).to_be_visible()
    pull = "getSelection().extend(getSelection().focusNode, getSelection().focusOffset + 8)"
    page.evaluate(pull)
    page.get_by_role("button", name="LOC").tap()
    expect(page.locator(".span-mark")).to_have_count(1)
    expect(mark).to_have_count(0)
    assert page.evaluate("getSelection().isCollapsed")
    press_long(reader, "Grace")
    page.get_by_role("button", name="Cancel").tap()
    expect(mark).to_have_count(0)
    assert page.evaluate("getSelection().isCollapsed")
    page.touchscreen.tap(*reader.at("Grace"))
    page.get_by_role("button", name="PER").tap()
    tablet.submit_button.tap()
    assert said(ana, project) == [("LOC", "Lovelace went from"), ("PER", "Grace")]
