"""Labeling by keyboard, and what reaches the server."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk
from tests.browser.workbench import ANIMALS, Workbench

Typing = Callable[[Page, list[str]], None]
DIGITS = "314159265"
DISPATCH = """keys => {
  for (const key of keys) {
    const code = key === "Enter" ? "Enter" : `Digit${key}`
    document.dispatchEvent(new KeyboardEvent("keydown", {key, code, bubbles: true, cancelable: true}))
  }
}"""


def test_a_whole_page_by_keyboard_alone(desk: Desk, ana: Workbench) -> None:
    project = ana.project(18)
    desk.open(project)
    shown = desk.claimed[:9]
    desk.press(*DIGITS, "Enter")
    answers = ana.wait_for_answers(project, 9)
    assert [answers[item]["answer"]["labels"] for item in shown] == [
        [ANIMALS[int(key) - 1]] for key in DIGITS
    ]
    desk.expect_saved()
    item = ana.get(f"/projects/{project}/items/{shown[0]}")
    assert (item["width"], item["height"]) == (120, 90)
    assert 0 < item["history"][0]["seconds"] < 60


def type_through_the_browser(page: Page, keys: list[str]) -> None:
    for key in keys:
        page.keyboard.press(key)


def dispatch_at_once(page: Page, keys: list[str]) -> None:
    page.evaluate(DISPATCH, keys)


@pytest.mark.parametrize("typing", [type_through_the_browser, dispatch_at_once])
def test_forty_answers_without_waiting(desk: Desk, ana: Workbench, typing: Typing) -> None:
    project = ana.project(40)
    desk.open(project, layout=1)
    digits = [1 + (7 * number) % 9 for number in range(40)]
    typing(desk.page, [key for digit in digits for key in (str(digit), "Enter")])
    answers = ana.wait_for_answers(project, 40)
    said = [answers[item]["answer"]["labels"][0] for item in desk.claimed]
    assert said == [ANIMALS[digit - 1] for digit in digits]


def test_what_is_missing_is_said(desk: Desk, ana: Workbench) -> None:
    project = ana.project(4)
    desk.open(project, layout=4)
    desk.press("1", "ArrowRight", "2", "Enter")
    expect(desk.page.get_by_text("Images 2 and 4 still need an answer.")).to_be_visible()
    assert ana.answers(project) == {}


def test_a_selection_is_labeled_at_once(desk: Desk, ana: Workbench) -> None:
    project = ana.project(4)
    desk.open(project, layout=4)
    desk.press("Control+a", "2", "ArrowRight", "3")
    desk.tiles.nth(2).click()
    desk.tiles.nth(3).click(modifiers=["Shift"])
    desk.page.get_by_role("button", name="ant, key 1").click()
    desk.press("Enter")
    answers = ana.wait_for_answers(project, 4)
    assert [answers[item]["answer"]["labels"][0] for item in desk.claimed] == ["bee", "cat", "ant", "ant"]


def test_several_labels_on_one_image(desk: Desk, ana: Workbench) -> None:
    project = ana.project(1, kind="image_multilabel")
    desk.open(project, layout=1)
    desk.press("1", "2", "3", "2", "Enter")
    (annotation,) = ana.wait_for_answers(project, 1).values()
    assert annotation["answer"]["labels"] == ["ant", "cat"]


def test_a_label_is_found_by_name(desk: Desk, ana: Workbench) -> None:
    project = ana.project(1)
    desk.open(project, layout=1)
    desk.press("f", "i", "b", "i", "Enter", "Enter")
    (annotation,) = ana.wait_for_answers(project, 1).values()
    assert annotation["answer"]["labels"] == ["ibis"]


def test_skipping_with_a_reason(desk: Desk, ana: Workbench) -> None:
    project = ana.project(2)
    desk.open(project, layout=4)
    desk.press("s", "2", "s")
    desk.page.get_by_role("textbox", name="Another reason").fill("two animals")
    desk.press("Enter", "Enter")
    answers = ana.wait_for_answers(project, 2)
    assert [answers[item]["skipped"] for item in desk.claimed] == ["Nothing to label", "two animals"]


def test_undo_on_the_page_and_of_the_last_page(desk: Desk, ana: Workbench) -> None:
    project = ana.project(3)
    desk.open(project, layout=1)
    desk.press("1", "z", "2", "Enter")
    ana.wait_for_answers(project, 1)
    desk.press("Backspace")
    expect(desk.page.get_by_text("You submitted this page")).to_be_visible()
    expect(desk.tiles).to_have_accessible_name("Image 1: bee")
    desk.press("3", "Enter")
    expect(desk.tiles).to_have_accessible_name("Image 1, no answer yet")
    desk.press("4", "Enter")
    answers = ana.wait_for_answers(project, 2)
    assert [answers[item]["answer"]["labels"][0] for item in desk.claimed[:2]] == ["cat", "dog"]


def test_the_layout_switch_loses_nothing(desk: Desk, ana: Workbench) -> None:
    project = ana.project(9)
    desk.open(project)
    desk.press("5")
    desk.page.get_by_role("button", name="4 images").click()
    expect(desk.tiles).to_have_count(4)
    expect(desk.tiles.first).to_have_accessible_name("Image 1: elk")
    desk.page.get_by_role("button", name="9 images").click()
    desk.press("Control+a", "1", "Enter")
    ana.wait_for_answers(project, 9)


def test_instructions_show_once_and_again_when_they_have_changed(desk: Desk, ana: Workbench) -> None:
    project = ana.project(1)
    ana.instruct(project, "# Look *twice*")
    desk.open(project)
    expect(desk.page.get_by_role("heading", name="Look twice")).to_be_visible()
    desk.page.reload()
    expect(desk.tiles).to_have_count(1)
    expect(desk.page.get_by_role("heading", name="Look twice")).to_have_count(0)
    desk.press("i")
    expect(desk.page.get_by_role("heading", name="Look twice")).to_be_visible()
    ana.instruct(project, "# Look thrice")
    desk.page.reload()
    expect(desk.page.get_by_role("heading", name="Look thrice")).to_be_visible()
