"""Texts: classes page by page, and entities by mouse and keyboard, counted in code points."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.desk import Desk
from tests.browser.workbench import Json, Workbench, wait_for

TOPICS = [{"name": "sport"}, {"name": "business"}, {"name": "science"}]
ENTITIES = [{"name": "PER", "color": "#4477aa"}, {"name": "LOC", "color": "#228833"}]
POST = "👋🏽 Ada Lovelace went from London to Łódź with 👩‍🚀 Grace Hopper."
ROWS = 'title,body,id\n"Rates, again","The bank\nraised them.",7\n"Cup final","Two goals.",8\n'
PLACE = """([element, word]) => {
  const text = element.firstChild, at = text.data.indexOf(word), range = document.createRange()
  range.setStart(text, at)
  range.setEnd(text, at + word.length)
  const {left, right, top, bottom} = range.getBoundingClientRect()
  return [left, right, (top + bottom) / 2]
}"""


class Reader:
    """The text of an entity project as a hand with a mouse meets it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.page = desk.page
        self.text: Locator = self.page.locator("[data-start]")

    def open(self, project: str) -> None:
        self.page.goto(f"{self.desk.base_url}/projects/{project}/label")
        expect(self.text.first).to_be_visible()

    def place(self, word: str, cell: int = 0) -> tuple[float, float, float]:
        """Where a word begins and ends on the screen, and the middle of its line."""
        element = self.text.nth(cell).element_handle()
        left, right, middle = self.page.evaluate(PLACE, [element, word])
        return left, right, middle

    def drag(self, first: str, last: str) -> None:
        """From inside one word to inside another: they are taken whole."""
        left, _, start = self.place(first)
        _, right, end = self.place(last)
        self.page.mouse.move(left + 4, start)
        self.page.mouse.down()
        self.page.mouse.move(right - 4, end, steps=5)
        self.page.mouse.up()

    def at(self, word: str) -> tuple[float, float]:
        left, right, middle = self.place(word)
        return (left + right) / 2, middle

    @property
    def spans(self) -> Locator:
        return self.page.get_by_role("region", name="Entities").get_by_role("listitem")


@pytest.fixture
def reader(desk: Desk) -> Reader:
    return Reader(desk)


def entities(ana: Workbench, text: str = POST) -> str:
    return ana.project_of({"post.txt": text.encode()}, kind="text_ner", labels=ENTITIES)


def said(ana: Workbench, project: str, text: str = POST) -> list[tuple[str, str]]:
    """The label and the words of each span, as Python counts."""
    (annotation,) = ana.wait_for_answers(project, 1).values()
    spans: list[Json] = annotation["answer"]["spans"]
    return [(span["label"], text[span["start"] : span["end"]]) for span in spans]


def test_texts_are_labeled_page_by_page(desk: Desk, ana: Workbench) -> None:
    texts = {f"{number}.txt": f"Text number {number}.".encode() for number in range(4)}
    project = ana.project_of(texts, kind="text_multiclass", labels=TOPICS)
    desk.open(project, layout=4)
    expect(desk.tiles.first).to_have_accessible_name(re.compile(r"^Text 1, no answer yet Text number \d\.$"))
    desk.press("1", "2", "3", "s", "1", "Enter")
    answers = ana.wait_for_answers(project, 4)
    found: list[Any] = [answers[item] for item in desk.claimed]
    assert [one["answer"] and one["answer"]["labels"] for one in found] == [
        ["sport"],
        ["business"],
        ["science"],
        None,
    ]
    assert found[3]["skipped"] == "Not understandable"


def test_a_row_shows_its_columns(desk: Desk, ana: Workbench) -> None:
    data = {"type": "tabular", "columns": ["title", "body"]}
    project = ana.project_of({"news.csv": ROWS.encode()}, data=data, kind="text_multilabel", labels=TOPICS)
    desk.open(project, layout=4)
    row = desk.tiles.filter(has_text="Rates, again")
    expect(row).to_contain_text("titleRates, againbodyThe bank\nraised them.")
    expect(row).not_to_contain_text("7")
    larger = desk.page.get_by_role("button", name="Larger text")
    before = row.locator(".text-body").evaluate("element => getComputedStyle(element).fontSize")
    larger.click()
    after = row.locator(".text-body").evaluate("element => getComputedStyle(element).fontSize")
    assert float(after[:-2]) > float(before[:-2])
    desk.press("1", "2", "ArrowRight", "3", "Enter")
    answers = ana.wait_for_answers(project, 2)
    assert [answers[item]["answer"]["labels"] for item in desk.claimed] == [
        ["sport", "business"],
        ["science"],
    ]


def test_entities_by_mouse(reader: Reader, ana: Workbench) -> None:
    project = entities(ana)
    reader.open(project)
    reader.drag("da Love", "lace")
    reader.desk.press("2")
    reader.page.mouse.dblclick(*reader.at("Łódź"))
    reader.page.mouse.dblclick(*reader.at("London"))
    reader.desk.press("1")
    reader.drag("Grace", "Hopper")
    expect(reader.spans).to_have_count(4)
    expect(reader.spans.nth(3)).to_contain_text("Grace Hopper")
    reader.desk.press("Enter")
    wanted = [("PER", "Ada Lovelace"), ("LOC", "London"), ("LOC", "Łódź"), ("PER", "Grace Hopper")]
    assert said(ana, project) == wanted


def test_entities_by_keyboard(reader: Reader, ana: Workbench) -> None:
    project = entities(ana, "Bo met Eva Li. Bo left.")
    reader.open(project)
    reader.desk.press("ArrowRight", "1", "ArrowRight", "ArrowRight", "Shift+ArrowRight", "2")
    reader.desk.press("ArrowRight", "ArrowRight", "Space")
    expect(reader.spans).to_have_count(3)
    reader.desk.press("#", "1", "z", "Enter")
    wanted = [("PER", "Bo"), ("LOC", "Eva Li"), ("LOC", "Bo")]
    assert said(ana, project, "Bo met Eva Li. Bo left.") == wanted


def names_over(reader: Reader) -> list[tuple[str, float, float]]:
    """The names that stand over spans, with where they begin and end on the screen."""
    boxes = "texts => texts.map(text => [text.textContent, text.getBoundingClientRect()])"
    found: list[tuple[str, Json]] = reader.page.locator(".span-mark text").evaluate_all(boxes)
    return [(name, box["left"], box["right"]) for name, box in found]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("سافر أحمد علي من القاهرة إلى بيروت.", ("أحمد", "القاهرة", "بيروت")),
        ("דני נסע מירושלים לתל אביב.", ("דני", "מירושלים", "אביב")),
    ],
    ids=["Arabic", "Hebrew"],
)
def test_names_stand_over_their_own_words_from_right_to_left(
    reader: Reader, ana: Workbench, text: str, words: tuple[str, str, str]
) -> None:
    project = entities(ana, text)
    reader.open(project)
    for word, key in zip(words, "121", strict=True):
        reader.desk.press(key)
        reader.page.mouse.dblclick(*reader.at(word))
    expect(reader.spans).to_have_count(3)
    over = names_over(reader)
    for word, (_, left, right) in zip(words, over, strict=True):
        ends = reader.place(word)[1]
        assert left < right == pytest.approx(ends, abs=2)
    reader.desk.press("Enter")
    assert said(ana, project, text) == list(zip(("PER", "LOC", "PER"), words, strict=True))


def test_names_go_and_come_back_by_key_and_by_button(reader: Reader, ana: Workbench) -> None:
    reader.open(entities(ana))
    for word, key in (("London", "2"), ("Grace", "1")):
        reader.desk.press(key)
        reader.page.mouse.dblclick(*reader.at(word))
    over = reader.page.locator(".span-mark text")
    expect(over).to_have_text(["LOC", "PER"])
    reader.desk.press("n")
    expect(over).to_have_text(["PER"])
    reader.desk.press("Escape")
    expect(over).to_have_count(0)
    button = reader.page.get_by_role("button", name="Names", exact=True)
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(over).to_have_text(["LOC", "PER"])


def test_arrows_go_where_they_point(reader: Reader, ana: Workbench) -> None:
    text = "سافر أحمد علي."
    project = entities(ana, text)
    reader.open(project)
    reader.desk.press("ArrowLeft", "ArrowLeft", "Shift+ArrowLeft", "1")
    reader.desk.press("ArrowRight", "ArrowRight", "ArrowRight", "2", "Enter")
    assert said(ana, project, text) == [("LOC", "سافر"), ("PER", "أحمد علي")]


def test_spans_overlap_and_are_renamed_and_removed(reader: Reader, ana: Workbench) -> None:
    project = entities(ana)
    reader.open(project)
    reader.drag("Ada", "London")
    reader.page.mouse.dblclick(*reader.at("Lovelace"))
    reader.page.mouse.dblclick(*reader.at("Grace"))
    expect(reader.spans).to_have_count(3)
    reader.page.mouse.click(*reader.at("Lovelace"))
    expect(reader.spans.nth(1)).to_have_class(re.compile("selected"))
    reader.desk.press("2")
    reader.page.mouse.click(*reader.at("Grace"))
    reader.desk.press("Delete")
    expect(reader.spans).to_have_count(2)
    reader.desk.press("Enter")
    assert said(ana, project) == [("PER", "Ada Lovelace went from London"), ("LOC", "Lovelace")]


def test_several_are_selected_with_shift(reader: Reader, ana: Workbench) -> None:
    project = entities(ana)
    reader.open(project)
    for word in ("Ada", "London", "Grace"):
        reader.page.mouse.dblclick(*reader.at(word))
    reader.page.mouse.click(*reader.at("Ada"))
    reader.page.keyboard.down("Shift")
    reader.page.mouse.click(*reader.at("London"))
    reader.spans.filter(has_text="Grace").get_by_role("button").first.click()
    reader.page.mouse.click(*reader.at("Ada"))
    reader.page.keyboard.up("Shift")
    expect(reader.page.get_by_role("region", name="Entities")).to_contain_text("2 selected")
    reader.desk.press("2", "Enter")
    assert said(ana, project) == [("PER", "Ada"), ("LOC", "London"), ("LOC", "Grace")]


def test_a_row_of_a_table_is_one_text(reader: Reader, ana: Workbench) -> None:
    data = {"type": "tabular", "columns": ["title", "body"]}
    rows = "title,body\nAda in Paris,She met Bo.\n"
    project = ana.project_of({"t.csv": rows.encode()}, data=data, kind="text_ner", labels=ENTITIES)
    reader.open(project)
    left, right, middle = reader.place("Bo", 1)
    reader.page.mouse.dblclick((left + right) / 2, middle)
    reader.desk.press("Enter")
    assert said(ana, project, "Ada in Paris\nShe met Bo.") == [("PER", "Bo")]


def test_no_entities_are_an_answer_once_the_text_was_seen(reader: Reader, ana: Workbench) -> None:
    project = entities(ana)
    reader.open(project)
    reader.page.wait_for_timeout(600)
    expect(reader.desk.submit_button).to_contain_text("Nothing here")
    reader.desk.press("Enter")
    wait_for(lambda: len(ana.answers(project)) == 1)
    assert said(ana, project) == []
