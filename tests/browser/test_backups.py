"""An owner backs a project up on its settings, and an administrator brings it back when it is gone."""

from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.browser.workbench import Workbench, wait_for


def test_a_project_is_backed_up_and_restored_on_the_page(desk: Desk, ana: Workbench) -> None:
    project, page = ana.project(2), desk.page
    name = ana.get(f"/projects/{project}")["name"]
    page.goto(f"{desk.base_url}/projects/{project}/settings")
    card = page.get_by_role("region", name="Backups")
    card.get_by_role("button", name="Back up").click()
    expect(card.get_by_role("link", name="Download the backup")).to_be_visible()
    ana.send("DELETE", f"/projects/{project}")
    wait_for(lambda: ana.http.get(f"/api/projects/{project}").status_code == 404)
    page.goto(desk.base_url)
    page.get_by_role("link", name="Backups").click()
    row = page.get_by_role("listitem").filter(has_text=name)
    row.get_by_role("button", name="Restore").click()
    dialog = page.get_by_role("dialog", name="Restore the project?")
    expect(dialog.get_by_role("textbox", name="Name")).to_have_value(name)
    dialog.get_by_role("button", name="Restore").click()
    expect(row.get_by_text(", restored")).to_be_visible()
    assert ana.get(f"/projects/{project}")["status"] == "running"
