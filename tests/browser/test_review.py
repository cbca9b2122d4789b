"""Reviewing by keyboard: approve, reject, decide between votes, correct, and what others did meanwhile."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from local.stack import Stack
from tests.browser.desk import Desk, SitDown
from tests.browser.test_regions import HEIGHT, LABELS, WIDTH, smear
from tests.browser.workbench import Json, Workbench, wait_for

TWO_VOTES = {"consensus": True, "min_labelers": 2, "max_labelers": 2, "gold_rate": 0}


def known(stack: Stack, user: str) -> Workbench:
    """The API as somebody whose name is known, because they have signed in."""
    workbench = Workbench(stack, user)
    workbench.get("/me")
    return workbench


@pytest.fixture
def ben(stack: Stack) -> Iterator[Workbench]:
    workbench = known(stack, "ben")
    yield workbench
    workbench.close()


@pytest.fixture
def cleo(stack: Stack) -> Iterator[Workbench]:
    workbench = known(stack, "cleo")
    yield workbench
    workbench.close()


def member(ana: Workbench, project: str, user: str, role: str = "labeler") -> None:
    ana.send("PUT", f"/projects/{project}/members/{user}", {"role": role})


def label_all(labeler: Workbench, project: str, said: Json) -> None:
    """Say the same of everything that is handed out: an `answer`, or `skipped` with a reason."""
    while True:
        response = labeler.http.post(f"/api/projects/{project}/tasks", json={"size": 9})
        if response.status_code == 204:
            return
        task = response.json()
        answers = [{"item": item["id"], **said} for item in task["items"]]
        body = {"submission": str(uuid4()), "answers": answers}
        labeler.send("POST", f"/projects/{project}/tasks/{task['id']}/submissions", body)


def open_items(desk: Desk, project: str, query: str = "") -> Page:
    page = desk.page
    page.goto(f"{desk.base_url}/projects/{project}/items{query}")
    expect(tiles(page).first).to_be_visible()
    page.wait_for_load_state("networkidle")
    return page


def tiles(page: Page) -> Locator:
    return page.get_by_role("grid").get_by_role("gridcell")


def items(ana: Workbench, project: str) -> list[Json]:
    found: list[Json] = ana.get(f"/projects/{project}/items", limit=200)["items"]
    return found


def test_ten_are_approved_by_keyboard(desk: Desk, ana: Workbench) -> None:
    project = ana.project(12)
    label_all(ana, project, {"answer": {"labels": ["ant"]}})
    page = open_items(desk, project)
    desk.press("ArrowRight", *["a"] * 10)
    expect(tiles(page).filter(has_text="approved")).to_have_count(10)
    expect(tiles(page).nth(10)).to_be_focused()
    wait_for(lambda: sum(item["annotation"]["approved"] for item in items(ana, project)) == 10)
    desk.press("ArrowLeft", "Shift+ArrowLeft", "u")
    wait_for(lambda: sum(item["annotation"]["approved"] for item in items(ana, project)) == 8)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_many_are_selected_and_made_gold_at_once(desk: Desk, ana: Workbench) -> None:
    project = ana.project(6)
    label_all(ana, project, {"answer": {"labels": ["bee"]}})
    page = open_items(desk, project)
    tiles(page).nth(1).click()
    tiles(page).nth(3).click(modifiers=["Shift"])
    expect(page.get_by_role("status").filter(has_text="3 images selected")).to_be_visible()
    page.get_by_role("toolbar", name="Review").get_by_role("button", name="Make gold").click()
    expect(tiles(page).filter(has_text="gold")).to_have_count(3)
    wait_for(lambda: [at for at, item in enumerate(items(ana, project)) if item["gold"]] == [1, 2, 3])
    page.get_by_role("combobox", name="Gold").select_option("gold")
    expect(tiles(page)).to_have_count(3)
    page.reload()
    expect(page).to_have_url(re.compile(r"\?gold=true$"))
    expect(tiles(page)).to_have_count(3)
    page.get_by_role("button", name="Clear all").click()
    expect(tiles(page)).to_have_count(6)


def test_a_rejected_image_goes_back_with_a_comment(
    sit_down: SitDown, desk: Desk, ana: Workbench, ben: Workbench
) -> None:
    project = ana.project(2)
    member(ana, project, "ben")
    label_all(ben, project, {"answer": {"labels": ["cat"]}})
    page = open_items(desk, project)
    desk.press("ArrowRight", "r")
    expect(page.get_by_role("textbox", name="Comment for the labeler")).to_be_focused()
    page.keyboard.type("Count the legs")
    page.get_by_role("combobox", name="Who labels it next").select_option("Ben")
    page.get_by_role("textbox", name="Comment for the labeler").press("Enter")
    expect(tiles(page).first).to_contain_text("pending")
    expect(tiles(page).first).to_contain_text("Ben")
    expect(tiles(page).nth(1)).to_be_focused()
    wait_for(lambda: items(ana, project)[0]["reserved_for"] == "ben")
    labeler = sit_down("ben")
    labeler.open(project, layout=1)
    expect(labeler.page.get_by_role("main")).to_contain_text("Sent back: Count the legs")
    expect(labeler.tiles).to_have_count(1)


def test_votes_are_shown_and_settled(desk: Desk, ana: Workbench, ben: Workbench, cleo: Workbench) -> None:
    project = ana.project(2, kind="object_detection", labels=LABELS, picture=smear, quality=TWO_VOTES)
    box = {"label": "cell", "x": 40, "y": 50, "width": 80, "height": 60}
    germ = {**box, "label": "germ"}
    for labeler, user, found in ((ben, "ben", box), (cleo, "cleo", germ)):
        member(ana, project, user)
        label_all(labeler, project, {"answer": {"boxes": [found]}, "width": WIDTH, "height": HEIGHT})
    page = open_items(desk, project, "?status=needs_review")
    desk.press("ArrowRight", "Enter")
    dialog = page.get_by_role("dialog")
    votes = dialog.get_by_role("region", name="Votes")
    expect(votes).to_contain_text("Ben")
    expect(votes).to_contain_text("1 germ")
    expect(dialog.locator(".canvas-regions .canvas-line")).to_have_count(2)
    votes.get_by_role("group", name="Cleo: 1 germ").hover()
    expect(dialog.locator(".canvas-regions .canvas-line")).to_have_count(1)
    expect(dialog.locator(".canvas-regions .canvas-line")).to_have_attribute("d", "M40 50h80v60h-80z")
    votes.get_by_role("button", name="Use this: Ben").click()
    expect(dialog).to_contain_text("2 of 2")
    wait_for(lambda: items(ana, project)[0]["status"] == "labeled")
    settled = items(ana, project)[0]["annotation"]
    assert (settled["answer"], settled["source"]) == ({"boxes": [box]}, "review")
    desk.press("p")
    history = dialog.get_by_role("region", name="History").get_by_role("listitem")
    expect(history.first).to_contain_text("Ana corrected: 1 cell")
    expect(history).to_have_count(3)


def test_a_skip_is_accepted_and_another_put_back(desk: Desk, ana: Workbench) -> None:
    project = ana.project(2)
    label_all(ana, project, {"skipped": "Blurry"})
    page = open_items(desk, project)
    expect(tiles(page).first).to_have_accessible_name(re.compile("Skipped: Blurry"))
    desk.press("ArrowRight", "s")
    expect(tiles(page).first).to_contain_text("removed")
    desk.press("r")
    expect(page.get_by_role("dialog", name="Reject skip: 1 image")).to_be_visible()
    desk.press("Enter")
    wait_for(lambda: [item["status"] for item in items(ana, project)] == ["removed", "pending"])


def test_two_reviewers_see_what_the_other_did(sit_down: SitDown, desk: Desk, ana: Workbench) -> None:
    project = ana.project(3)
    member(ana, project, "eva", "customer_qa")
    label_all(ana, project, {"answer": {"labels": ["dog"]}})
    mine = open_items(desk, project)
    other = sit_down("eva")
    theirs = open_items(other, project)
    expect(theirs.get_by_role("button", name="Make gold")).to_have_count(0)
    other.press("ArrowRight", "ArrowRight", "a")
    wait_for(lambda: bool(items(ana, project)[1]["annotation"]["approved"]))
    with desk.expecting("412"):
        desk.press("ArrowRight", "Control+a", "r")
        mine.keyboard.type("Look again")
        desk.press("Enter")
        changed = mine.get_by_role("alert")
        expect(changed).to_contain_text("Eva approved it")
    expect(tiles(mine).filter(has_text="pending")).to_have_count(2)
    expect(tiles(mine).nth(1)).to_contain_text("approved")
    states = ["pending", "labeled", "pending"]
    wait_for(lambda: [item["status"] for item in items(ana, project)] == states)
    changed.get_by_role("button").first.click()
    expect(mine.get_by_role("dialog").get_by_role("region", name="History")).to_contain_text("Eva approved")


def test_what_the_server_refuses_is_taken_back(desk: Desk, ana: Workbench) -> None:
    project = ana.project(1)
    label_all(ana, project, {"answer": {"labels": ["elk"]}})
    page = open_items(desk, project)
    busy = {"detail": "Busy. Try later."}
    page.route("**/items/review", lambda route: route.fulfill(status=503, json=busy))
    with desk.expecting("503"):
        desk.press("ArrowRight", "a")
        expect(page.get_by_role("status").filter(has_text="Busy. Try later.")).to_be_visible()
    expect(tiles(page).first).not_to_contain_text("approved")


def test_boxes_are_corrected_on_the_canvas(desk: Desk, ana: Workbench) -> None:
    project = ana.project(1, kind="object_detection", labels=LABELS, picture=smear)
    box = {"label": "cell", "x": 40, "y": 50, "width": 80, "height": 60}
    label_all(ana, project, {"answer": {"boxes": [box]}, "width": WIDTH, "height": HEIGHT})
    page = open_items(desk, project)
    desk.press("ArrowRight", "Enter", "e")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("application")).to_be_focused()
    expect(dialog.get_by_role("region", name="Regions").get_by_text("1 box")).to_be_visible()
    page.wait_for_function("document.querySelector('.canvas-picture img')?.complete")
    desk.press(".", "2", "ArrowRight", "Enter")
    expect(dialog.get_by_role("region", name="History")).to_contain_text("Ana corrected: 1 germ")
    moved = {**box, "label": "germ", "x": 41}
    assert items(ana, project)[0]["annotation"]["answer"] == {"boxes": [moved]}


BEGUN = {"label": "cell", "x": 40, "y": 50, "width": 80, "height": 60}


def begin_correction(desk: Desk, ana: Workbench) -> tuple[str, Page, Locator]:
    """A box that stands is one pixel further right in a correction that is not saved."""
    project = ana.project(1, kind="object_detection", labels=LABELS, picture=smear)
    label_all(ana, project, {"answer": {"boxes": [BEGUN]}, "width": WIDTH, "height": HEIGHT})
    page = open_items(desk, project)
    desk.press("ArrowRight", "Enter", "e")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("application")).to_be_focused()
    desk.press(".", "ArrowRight")
    expect(dialog.get_by_role("button", name="Undo")).to_be_enabled()
    return project, page, dialog


def again(desk: Desk, dialog: Locator) -> None:
    """Open the correction again: it goes on where it was."""
    desk.press("Enter", "e")
    expect(dialog).to_contain_text("You began this correction before")


def test_a_correction_is_kept_however_it_is_left(desk: Desk, ana: Workbench) -> None:
    project, page, dialog = begin_correction(desk, ana)
    kept = page.get_by_role("status").filter(has_text="not saved, but kept")
    page.go_back()
    expect(dialog).to_have_count(0)
    expect(kept).to_be_visible()
    again(desk, dialog)
    dialog.get_by_role("button", name="Close").click()
    expect(dialog.get_by_role("region", name="History")).to_be_visible()
    expect(dialog.get_by_role("status").filter(has_text="not saved, but kept")).to_be_visible()
    again(desk, dialog)
    page.reload()
    expect(dialog.get_by_role("region", name="History")).to_be_visible()
    again(desk, dialog)
    dialog.get_by_role("application").press("Escape")
    expect(dialog.get_by_role("region", name="History")).to_be_visible()
    desk.press("Escape")
    page.get_by_role("link", name="Projects").first.click()
    page.go_back()
    expect(tiles(page).first).to_be_visible()
    tiles(page).first.dblclick()
    again(desk, dialog)
    dialog.get_by_role("application").press("Enter")
    expect(dialog.get_by_role("region", name="History")).to_contain_text("Ana corrected: 1 cell")
    assert items(ana, project)[0]["annotation"]["answer"] == {"boxes": [{**BEGUN, "x": 41}]}
    desk.press("e")
    expect(dialog.get_by_role("application")).to_be_focused()
    expect(dialog).not_to_contain_text("You began this correction before")


def test_a_cancelled_correction_is_forgotten(desk: Desk, ana: Workbench) -> None:
    project, page, dialog = begin_correction(desk, ana)
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog.get_by_role("region", name="History")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="kept")).to_have_count(0)
    desk.press("e")
    expect(dialog.get_by_role("application")).to_be_focused()
    expect(dialog.get_by_role("button", name="Undo")).to_be_disabled()
    expect(dialog).not_to_contain_text("You began this correction before")
    assert items(ana, project)[0]["annotation"]["answer"] == {"boxes": [BEGUN]}


def test_a_kept_correction_tells_what_changed_since(desk: Desk, ana: Workbench) -> None:
    project, page, dialog = begin_correction(desk, ana)
    page.go_back()
    expect(dialog).to_have_count(0)
    item = items(ana, project)[0]["id"]
    ana.send("POST", f"/projects/{project}/items/review", {"action": "approve", "items": [item]})
    page.reload()
    expect(tiles(page).first).to_contain_text("approved")
    tiles(page).first.dblclick()
    again(desk, dialog)
    expect(dialog).to_contain_text("The answer has changed since")
    dialog.get_by_role("button", name="Begin anew").click()
    expect(dialog).not_to_contain_text("You began this correction before")
    expect(dialog.get_by_role("button", name="Undo")).to_be_disabled()


def test_a_class_is_corrected_over_what_somebody_else_did(desk: Desk, ana: Workbench) -> None:
    project = ana.project(1)
    label_all(ana, project, {"answer": {"labels": ["elk"]}})
    item = items(ana, project)[0]["id"]
    page = open_items(desk, project)
    desk.press("ArrowRight", "e")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="elk, key 5")).to_have_attribute("aria-pressed", "true")
    ana.send("POST", f"/projects/{project}/items/review", {"action": "approve", "items": [item]})
    with desk.expecting("412"):
        desk.press("2", "Enter")
        expect(dialog).to_contain_text("Your correction is still here")
    desk.press("Enter")
    expect(dialog.get_by_role("region", name="History")).to_contain_text("Ana corrected: bee")
    assert items(ana, project)[0]["annotation"]["answer"] == {"labels": ["bee"]}


def test_a_small_window_holds_everything(desk: Desk, ana: Workbench) -> None:
    project = ana.project(3)
    label_all(ana, project, {"answer": {"labels": ["gnu"]}})
    page = open_items(desk, project)
    page.set_viewport_size({"width": 640, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 640
    desk.press("ArrowRight", "Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name=re.compile("^Approve"))).to_be_in_viewport(ratio=1)
    expect(dialog.get_by_role("img")).to_be_in_viewport(ratio=1)
    expect(dialog.get_by_role("region", name="History")).to_contain_text("Ana answered: gnu")
    desk.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    desk.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_have_count(0)
    desk.press("n", "Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(tiles(page).nth(1)).to_be_focused()
