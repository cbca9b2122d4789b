"""An administrator forgets a person from a project's team; owners who are none cannot."""

from uuid import uuid4

from playwright.sync_api import expect

from tests.browser.desk import Desk, SitDown
from tests.browser.workbench import Workbench


def members(ana: Workbench, project: str) -> set[str]:
    return {member["user"] for member in ana.get(f"/projects/{project}/members")["items"]}


def employ(ana: Workbench, project: str, user: str, role: str = "labeler") -> None:
    ana.send("PUT", f"/projects/{project}/members/{user}", {"role": role})


def test_a_person_is_forgotten_in_every_project(desk: Desk, ana: Workbench) -> None:
    user, projects, page = f"gone-{uuid4().hex[:8]}", (ana.project(1), ana.project(1)), desk.page
    for project in projects:
        employ(ana, project, user)
    page.goto(f"{desk.base_url}/projects/{projects[0]}/team")
    page.get_by_role("button", name=f"Remove {user}").click()
    page.get_by_role("button", name="Forget them everywhere").click()
    dialog = page.get_by_role("dialog", name=f"Forget {user} everywhere?")
    forget = dialog.get_by_role("button", name="Forget for good")
    dialog.get_by_role("textbox").fill("somebody else")
    expect(forget).to_be_disabled()
    dialog.get_by_role("textbox").fill(user)
    forget.click()
    expect(dialog.get_by_role("status")).to_contain_text("They are forgotten.")
    dialog.get_by_role("button", name="Close").last.click()
    expect(page.get_by_text(user)).to_have_count(0)
    assert [user in members(ana, project) for project in projects] == [False, False]


def test_who_is_in_no_project_any_more_is_forgotten_by_their_id(desk: Desk, ana: Workbench) -> None:
    user, (here, other), page = f"gone-{uuid4().hex[:8]}", (ana.project(1), ana.project(1)), desk.page
    employ(ana, other, user)
    page.goto(f"{desk.base_url}/projects/{here}/team")
    page.get_by_role("button", name="Forget somebody who has left").click()
    dialog = page.get_by_role("dialog", name="Forget somebody?")
    dialog.get_by_role("textbox").fill(user)
    dialog.get_by_role("button", name="Forget for good").click()
    expect(dialog.get_by_role("status")).to_contain_text("They are forgotten.")
    assert user not in members(ana, other)


def test_a_projects_only_owner_stays_and_the_page_says_where(desk: Desk, ana: Workbench) -> None:
    user, project, page = f"owner-{uuid4().hex[:8]}", ana.project(1), desk.page
    employ(ana, project, user, "owner")
    ana.send("DELETE", f"/projects/{project}/members/ana")
    page.goto(f"{desk.base_url}/projects/{project}/team")
    page.get_by_role("button", name=f"Remove {user}").click()
    page.get_by_role("button", name="Forget them everywhere").click()
    page.get_by_role("dialog").get_by_role("textbox").fill(user)
    with desk.expecting("409"):
        page.get_by_role("button", name="Forget for good").click()
        expect(page.get_by_role("alert")).to_contain_text("A project needs an owner")
    assert members(ana, project) == {user}


def test_an_owner_who_is_no_administrator_removes_but_cannot_forget(
    sit_down: SitDown, ana: Workbench
) -> None:
    project, desk = ana.project(1), sit_down("ben")
    employ(ana, project, "ben", "owner")
    desk.page.goto(f"{desk.base_url}/projects/{project}/team")
    desk.page.get_by_role("button", name="Remove Ana").click()
    expect(desk.page.get_by_role("dialog").get_by_role("button", name="Keep")).to_be_visible()
    expect(desk.page.get_by_role("button", name="Forget")).to_have_count(0)
