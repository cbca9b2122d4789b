"""Work survives reloads, lost networks, lost leases and old tokens."""

import re

from playwright.sync_api import Route, expect

from tests.browser.desk import Desk, SitDown
from tests.browser.workbench import Workbench, wait_for

SPOIL_SIGN_IN = """refresh => {
  const key = "tagwerk.signed-in"
  const user = JSON.parse(sessionStorage.getItem(key))
  sessionStorage.setItem(key, JSON.stringify({...user, ...refresh, access_token: "old"}))
}"""


def test_a_reload_keeps_the_page_and_its_answers(desk: Desk, ana: Workbench) -> None:
    project = ana.project(8)
    desk.open(project, layout=4)
    desk.press("1", "2")
    before = desk.claimed[:4]
    desk.page.reload()
    expect(desk.tiles.first).to_have_accessible_name("Image 1: ant")
    expect(desk.tiles.nth(1)).to_have_accessible_name("Image 2: bee")
    desk.press("3", "4", "Enter")
    answers = ana.wait_for_answers(project, 4)
    assert [answers[item]["answer"]["labels"][0] for item in before] == ["ant", "bee", "cat", "dog"]


def test_pages_wait_for_the_network(desk: Desk, ana: Workbench) -> None:
    project = ana.project(6)
    desk.open(project, layout=1)
    desk.page.wait_for_load_state("networkidle")
    with desk.expecting("ERR_INTERNET_DISCONNECTED"):
        desk.page.context.set_offline(True)
        desk.press("1", "Enter", "2", "Enter")
        expect(desk.page.get_by_text("2 pages waiting for the network")).to_be_visible()
        assert ana.answers(project) == {}
        desk.page.context.set_offline(False)
        answers = ana.wait_for_answers(project, 2)
    assert [answers[item]["answer"]["labels"][0] for item in desk.claimed[:2]] == ["ant", "bee"]
    desk.expect_saved()


def test_a_page_sent_after_a_reload_counts_once(desk: Desk, ana: Workbench) -> None:
    project = ana.project(2)
    with desk.expecting("ERR_FAILED"):
        # Before the page is there: a page at work may send something before a later route reaches it.
        desk.page.route("**/submissions", lambda route: route.abort())
        desk.open(project, layout=1)
        desk.press("1", "Enter")
        expect(desk.page.get_by_text("1 page waiting for the network")).to_be_visible()
        desk.page.unroute("**/submissions")
        desk.page.reload()
        ana.wait_for_answers(project, 1)
    (labeler,) = ana.get(f"/projects/{project}/dashboard")["labelers"]
    assert labeler["labeled"] == 1


def test_a_task_that_is_gone_is_explained(desk: Desk, ana: Workbench) -> None:
    project = ana.project(2)
    desk.open(project, layout=1)
    ana.send("DELETE", f"/projects/{project}/tasks/{desk.tasks[0]}")
    with desk.expecting("409"):
        desk.press("1", "Enter")
        expect(desk.page.get_by_text("A page of 1 answer was not saved.")).to_be_visible()
    expect(desk.tiles).to_have_accessible_name("Image 1, no answer yet")
    desk.page.get_by_role("button", name="Dismiss").click()
    expect(desk.page.get_by_text("was not saved")).to_have_count(0)


def test_a_refused_token_is_renewed_silently(sit_down: SitDown, ana: Workbench) -> None:
    desk = sit_down("ana", afresh=True)
    project = ana.project(1)
    desk.open(project, layout=1)
    desk.page.evaluate(SPOIL_SIGN_IN, {})
    with desk.expecting("401"):
        desk.press("1", "Enter")
        ana.wait_for_answers(project, 1)
    desk.expect_saved()


def test_an_empty_queue_says_who_holds_the_rest(sit_down: SitDown, ana: Workbench) -> None:
    project = ana.project(2)
    ana.send("PUT", f"/projects/{project}/members/ben", {"role": "labeler"})
    held = ana.send("POST", f"/projects/{project}/tasks", {"size": 1})
    ben = sit_down("ben")
    on_its_way: list[Route] = []
    ben.page.route("**/submissions", lambda route: on_its_way.append(route))
    ben.open(project, layout=1)
    expect(ben.page.get_by_role("contentinfo")).to_contain_text("2 left")
    with ben.page.expect_request("**/submissions"):
        ben.press("1", "Enter")
    expect(ben.page.get_by_role("heading", name="Nothing left for you right now")).to_be_visible()
    expect(ben.page.get_by_text("held by other labelers")).to_have_count(0)
    on_its_way[0].continue_()
    expect(ben.page.get_by_text("1 image is held by other labelers")).to_be_visible()
    ana.send("DELETE", f"/projects/{project}/tasks/{held['id']}")
    expect(ben.tiles).to_have_count(1, timeout=12_000)


def test_leaving_hands_untouched_pages_to_others(desk: Desk, ana: Workbench) -> None:
    project = ana.project(4)
    desk.open(project, layout=1)
    desk.page.get_by_role("link", name="Back to the project").click()
    expect(desk.page.get_by_role("heading", name="Progress")).to_be_visible()
    handed: list[str] = []

    def all_are_mine() -> bool:
        task = ana.send("POST", f"/projects/{project}/tasks", {"size": 4})
        handed.extend(item["id"] for item in (task or {"items": []})["items"])
        return len(handed) == 4

    wait_for(all_are_mine)
    assert len(set(handed)) == 4


def test_signing_in_again_loses_nothing(sit_down: SitDown, ana: Workbench) -> None:
    project = ana.project(2)
    desk = sit_down("ana", afresh=True)
    desk.open(project, layout=1)
    shown = desk.claimed
    desk.page.evaluate(SPOIL_SIGN_IN, {"refresh_token": "old"})
    with desk.expecting("401", "400"):
        desk.press("1", "Enter", "2")
        desk.page.get_by_role("button", name="Sign in again").click()
        desk.page.locator('button[value="ana"]').click()
        expect(desk.tiles).to_have_accessible_name("Image 1: bee")
        ana.wait_for_answers(project, 1)
        desk.press("Enter")
        answers = ana.wait_for_answers(project, 2)
    assert [answers[item]["answer"]["labels"][0] for item in shown] == ["ant", "bee"]


def test_an_image_that_does_not_load_can_be_skipped(desk: Desk, ana: Workbench) -> None:
    project = ana.project(1)
    desk.page.route(re.compile(r"/000\.png\?"), lambda route: route.abort())
    desk.page.route("**/items/*/image", lambda route: route.fulfill(status=422, json={"detail": "Broken."}))
    with desk.expecting("422", "ERR_FAILED"):
        desk.open(project, layout=1)
        expect(desk.page.get_by_text("This image does not load")).to_be_visible()
        desk.press("s", "5", "Enter")
        (annotation,) = ana.wait_for_answers(project, 1).values()
    assert annotation["skipped"] == "Broken image"
