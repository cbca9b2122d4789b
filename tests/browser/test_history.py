"""One's last pages: back and forth, in a list, changed or left as they are; flags, time, instructions."""

import re

from playwright.sync_api import expect

from tests.browser.desk import Desk, SitDown
from tests.browser.workbench import Json, Workbench, wait_for


def said(answers: dict[str, Json], items: list[str]) -> list[str]:
    return [answers[item]["answer"]["labels"][0] if answers[item]["answer"] else "skipped" for item in items]


def revisions(ana: Workbench, project: str) -> int:
    (labeler,) = ana.get(f"/projects/{project}/dashboard")["labelers"]
    return int(labeler["labeled"])


def test_back_and_forth_through_what_was_submitted(desk: Desk, ana: Workbench) -> None:
    project = ana.project(9)
    desk.open(project, layout=1)
    for digit in "123456":
        desk.press(digit, "Enter")
    ana.wait_for_answers(project, 6)
    items = desk.claimed[:6]
    desk.page.reload()
    expect(desk.tiles).to_have_accessible_name("Image 1, no answer yet")
    for animal in ("fox", "elk", "dog", "cat", "bee", "ant"):
        desk.press("Alt+ArrowLeft")
        expect(desk.tiles).to_have_accessible_name(f"Image 1: {animal}")
    desk.press("Alt+ArrowLeft")
    expect(desk.page.get_by_text("There is no earlier page")).to_be_visible()
    expect(desk.page.get_by_text("Submitted before")).to_be_visible()
    desk.press("Enter")
    expect(desk.tiles).to_have_accessible_name("Image 1: bee")
    desk.press("9", "Enter")
    expect(desk.tiles).to_have_accessible_name("Image 1, no answer yet")
    wait_for(lambda: said(dict(ana.answers(project)), items[1:2]) == ["ibis"])
    assert said(dict(ana.answers(project)), items) == ["ant", "ibis", "cat", "dog", "elk", "fox"]
    desk.expect_saved()
    assert revisions(ana, project) == 6


def test_a_skipped_page_is_found_in_the_list_and_answered(desk: Desk, ana: Workbench) -> None:
    project = ana.project(4)
    desk.open(project, layout=1)
    desk.press("1", "Enter", "s", "1", "Enter", "3", "Enter")
    answers = ana.wait_for_answers(project, 3)
    assert sorted(said(dict(answers), list(answers))) == ["ant", "cat", "skipped"]
    desk.page.get_by_role("button", name="My last pages").click()
    panel = desk.page.get_by_role("region", name="My last pages")
    expect(panel.get_by_role("listitem")).to_have_count(3)
    panel.get_by_label("Only with something skipped").check()
    panel.get_by_role("button", name=re.compile("Skipped: Blurry")).click()
    expect(desk.tiles).to_have_accessible_name(re.compile("skipped", re.IGNORECASE))
    desk.press("5", "Enter")
    expect(panel.get_by_text("You have skipped nothing lately.")).to_be_visible()
    wait_for(lambda: "elk" in said(dict(ana.answers(project)), list(answers)))
    panel.get_by_role("button", name="Close my last pages").click()
    expect(desk.page.get_by_role("searchbox", name="Find a label")).to_be_visible()


def test_the_list_is_the_same_in_another_window(desk: Desk, ana: Workbench) -> None:
    project = ana.project(18)
    desk.page.goto(desk.base_url)
    desk.sign_in_as_before(desk.tokens)
    desk.open(project, layout=4)
    desk.press("1", "2", "3", "4", "Enter")
    ana.wait_for_answers(project, 4)
    window = Desk(desk.page.context.new_page(), desk.base_url)
    window.open(project, layout=4)
    window.page.get_by_role("button", name="My last pages").click()
    row = window.page.get_by_role("region", name="My last pages").get_by_role("listitem")
    expect(row).to_contain_text("and 3 more")
    row.get_by_role("button").click()
    expect(window.tiles.nth(2)).to_have_accessible_name("Image 3: cat")
    assert window.errors == []


def test_the_time_on_the_page_runs_and_can_be_hidden(desk: Desk, ana: Workbench) -> None:
    desk.open(ana.project(2), layout=1)
    timer = desk.page.get_by_role("button", name="Time on this page")
    expect(timer).to_contain_text("0:02")
    desk.press("1", "Enter")
    expect(timer).to_contain_text("0:00")
    timer.click()
    desk.page.reload()
    expect(timer).not_to_contain_text("0:0")


def test_instructions_open_when_they_change_while_one_labels(sit_down: SitDown, ana: Workbench) -> None:
    project = ana.project(9)
    ana.instruct(project, "Count the legs.")
    desk = sit_down("ana")
    desk.open(project, layout=1)
    notes = desk.page.get_by_role("complementary", name="Instructions")
    expect(notes).to_contain_text("Count the legs.")
    desk.press("i")
    expect(notes).to_have_count(0)
    ana.instruct(project, "Count the wings, too.")
    desk.press("1", "Enter", "1", "Enter")
    expect(notes).to_contain_text("Count the wings, too.", timeout=8_000)
    expect(notes.get_by_role("status")).to_have_text("The instructions have changed")


def test_an_item_is_flagged_with_a_note_that_comes_back_with_it(desk: Desk, ana: Workbench) -> None:
    project = ana.project(2)
    desk.open(project, layout=1)
    flags = desk.page.get_by_role("list", name="Flagged for review")
    desk.press("1", "Shift+S")
    desk.page.get_by_label("What should be looked at?").fill("Two of them?")
    desk.press("Enter")
    expect(flags).to_have_text("Two of them?")
    desk.press("Enter")
    ana.wait_for_answers(project, 1)
    (item,) = ana.get(f"/projects/{project}/items", flagged="true")["items"]
    assert [flag["note"] for flag in item["flags"]] == ["Two of them?"]
    desk.page.reload()
    expect(desk.tiles).to_have_accessible_name("Image 1, no answer yet")
    desk.press("Alt+ArrowLeft")
    expect(flags).to_have_text("Two of them?")
    desk.press("Shift+S")
    desk.page.get_by_role("button", name="Take the flag away").click()
    expect(flags).to_have_count(0)
    desk.press("Enter")
    wait_for(lambda: ana.get(f"/projects/{project}/items", flagged="true")["items"] == [])
