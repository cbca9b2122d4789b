"""Keys that people change, and labels that answer to letters."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.desk import LAYOUT_KEY, Desk, SitDown
from tests.browser.test_regions import Canvas, only, regions_of
from tests.browser.workbench import Workbench


def editor(desk: Desk) -> Locator:
    """The list of keys, where each can be changed."""
    desk.press("?")
    dialog = desk.page.get_by_role("dialog", name="Keys")
    dialog.get_by_role("button", name="Change keys").click()
    return dialog


def ask(dialog: Locator, what: str) -> None:
    dialog.get_by_role("button", name=f"Change the key of “{what}”", exact=True).click()
    expect(dialog.get_by_text("Press a key.")).to_be_visible()


def change(dialog: Locator, what: str, key: str) -> None:
    ask(dialog, what)
    dialog.page.keyboard.press(key)


def close(dialog: Locator) -> None:
    dialog.get_by_role("button", name="Done").click()
    dialog.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_a_changed_key_is_kept_and_shown(desk: Desk, ana: Workbench) -> None:
    project = ana.project(4)
    desk.open(project, layout=4)
    shown = desk.claimed[:4]
    dialog = editor(desk)
    change(dialog, "Submit, or accept what is suggested", "Shift+U")
    change(dialog, "Put a message away", "Control+Shift+x")
    close(dialog)
    desk.page.reload()
    expect(desk.submit_button).to_have_attribute("aria-keyshortcuts", "Shift+U")
    expect(desk.submit_button.locator("kbd")).to_have_text("⇧U")
    desk.press("1", "2", "3", "4", "Enter")
    desk.page.wait_for_timeout(300)
    assert ana.answers(project) == {}
    desk.press("Shift+U")
    assert set(ana.wait_for_answers(project, 4)) == set(shown)


def test_a_label_answers_to_its_letter_in_its_project_alone(desk: Desk, ana: Workbench) -> None:
    project, other = ana.project(1), ana.project(1)
    desk.open(project, layout=1)
    dialog = editor(desk)
    change(dialog, "bee", "b")
    close(dialog)
    expect(desk.page.get_by_role("button", name="bee, key B")).to_be_visible()
    desk.press("b", "Enter")
    assert only(ana.wait_for_answers(project, 1)) == {"labels": ["bee"]}
    desk.open(other, layout=1)
    desk.press("3", "b", "Enter")
    assert only(ana.wait_for_answers(other, 1)) == {"labels": ["cat"]}


def choose_key(page: Page, label: str, key: str, problem: str | None = None) -> None:
    """In the label editor."""
    field = page.get_by_role("textbox", name=f"Key of {label}", exact=True)
    field.click()
    page.keyboard.press(key)
    expect(field).to_have_value(key)
    if problem is not None:
        expect(field).to_have_accessible_description(problem)
        expect(page.get_by_role("button", name="Review and change")).to_be_disabled()


def test_an_owners_key_is_everybodys_and_a_labelers_own_wins(
    desk: Desk, ana: Workbench, sit_down: SitDown
) -> None:
    project = ana.project(2)
    ana.send("PUT", f"/projects/{project}/members/ben", {"role": "labeler"})
    page = desk.page
    page.goto(f"{desk.base_url}/projects/{project}/labels")
    taken = (
        "S is “Skip, with a reason” on the labeling page. Free letters: B C D E G H J M N O P Q R T U W X Y."
    )
    choose_key(page, "bee", "s", taken)
    choose_key(page, "bee", "b")
    choose_key(page, "cat", "b", "B is the key of “bee” already.")
    choose_key(page, "cat", "1")
    expect(page.get_by_role("textbox", name="Key of ant")).to_have_attribute("placeholder", "2")
    page.get_by_role("button", name="Review and change").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".change-lines")).to_have_text("2 keys changed")
    dialog.get_by_role("button", name="Pause the project").click()
    dialog.get_by_role("button", name="Change the labels").click()
    page.get_by_role("button", name="Resume the project").click()
    expect(page.get_by_text("The project is paused")).to_have_count(0)

    ben = sit_down("ben")
    ben.open(project, layout=1)
    bee = ben.page.get_by_role("button", name="bee, key B")
    expect(bee.locator("kbd")).to_have_text("B")
    ben.press("1", "b", "Enter")
    assert only(ana.wait_for_answers(project, 1)) == {"labels": ["bee"]}
    dialog = editor(ben)
    change(dialog, "bee", "x")
    close(dialog)
    expect(ben.page.get_by_role("button", name="bee, key X")).to_be_visible()
    ben.press("1", "b", "Enter")
    answers = ana.wait_for_answers(project, 2).values()
    assert sorted(answer["answer"]["labels"][0] for answer in answers) == ["bee", "cat"]


def test_what_a_key_is_already_is_told(desk: Desk, ana: Workbench) -> None:
    desk.open(ana.project(1), layout=1)
    dialog = editor(desk)
    change(dialog, "Skip, with a reason", "z")
    told = dialog.get_by_role("alert")
    expect(told).to_contain_text("Z is already “Undo”")
    told.get_by_role("button", name="Another key").click()
    desk.press("1")
    expect(dialog.get_by_text("1 stays with “ant”.")).to_be_visible()
    desk.press("Escape")
    expect(dialog).to_be_visible()
    change(dialog, "cat", "s")
    expect(told).to_contain_text("S is already “Skip, with a reason”")
    told.get_by_role("button", name="Take it").click()
    change(dialog, "Skip, with a reason", "F5")
    expect(dialog.get_by_text("The browser needs that key.")).to_be_visible()
    desk.press("Shift+D")
    close(dialog)
    desk.press("Shift+D")
    expect(desk.page.get_by_role("dialog", name="Why skip?")).to_be_visible()
    desk.press("Escape", "s")
    expect(desk.page.get_by_role("button", name="cat, key S")).to_have_attribute("aria-pressed", "true")
    dialog = editor(desk)
    dialog.get_by_role("button", name="Reset all").click()
    expect(dialog.get_by_role("alert")).to_contain_text("S is “cat” here")
    close(dialog)
    expect(desk.page.get_by_role("button", name="Skip")).to_have_attribute("aria-keyshortcuts", "S")


def test_what_has_a_button_has_a_key(desk: Desk, ana: Workbench) -> None:
    desk.open(ana.project(9), layout=4)
    theme = "document.documentElement.dataset.theme"
    before = desk.page.evaluate(theme)
    desk.press("Shift+T")
    assert desk.page.evaluate(theme) != before
    desk.press("l")
    expect(desk.page.get_by_role("button", name="6 images")).to_have_attribute("aria-pressed", "true")
    desk.press("l", "l")
    expect(desk.tiles).to_have_count(1)
    assert desk.page.evaluate(f"localStorage['{LAYOUT_KEY}']") == "1"


def test_the_canvas_by_other_keys(desk: Desk, ana: Workbench) -> None:
    project = regions_of(ana, "object_detection")
    canvas = Canvas(desk)
    canvas.open(project)
    desk.press("Shift+Home")
    expect(desk.page.get_by_role("button", name="One image pixel to one screen pixel")).to_contain_text(
        "100 %"
    )
    desk.press("Home", "Shift+W", "ArrowRight", "ArrowRight")
    brightness = desk.page.get_by_role("slider", name="Brightness")
    expect(brightness).to_be_focused()
    expect(brightness).to_have_value("1.1")
    desk.press("Escape")
    expect(brightness).to_be_hidden()
    dialog = editor(desk)
    change(dialog, "Box", "b")
    change(dialog, "Select and move", "Shift+E")
    close(dialog)
    desk.press("Shift+E")
    expect(desk.page.get_by_role("button", name="Select and move")).to_have_attribute("aria-pressed", "true")
    desk.press("b")
    canvas.drag((40, 50), (120, 110))
    desk.press("Enter")
    (box,) = only(ana.wait_for_answers(project, 1))["boxes"]
    assert box["label"] == "cell"
