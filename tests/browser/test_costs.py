"""An administrator looks at what all projects cost, month by month; nobody else does."""

import re
from uuid import uuid4

from playwright.sync_api import expect

from tests.browser.desk import Desk, SitDown
from tests.browser.workbench import Workbench


def test_what_everything_costs_is_told_by_project(desk: Desk, ana: Workbench) -> None:
    project, page = ana.project(1), desk.page
    name = ana.get(f"/projects/{project}")["name"]
    task = ana.send("POST", f"/projects/{project}/tasks", {"size": 1})
    answers = [{"item": task["items"][0]["id"], "answer": {"labels": ["ant"]}}]
    body = {"submission": str(uuid4()), "answers": answers}
    ana.send("POST", f"/projects/{project}/tasks/{task['id']}/submissions", body)
    page.goto(desk.base_url)
    page.get_by_role("link", name="Cost").click()
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name=name))
    expect(row.get_by_role("cell").first).to_have_text(re.compile("[1-9]"))
    expect(page.get_by_role("rowheader")).to_contain_text([name, "For no project", "In all"])
    row.get_by_role("button", name=f"Bill of {name}").click()
    bill = page.get_by_role("row").filter(has=page.get_by_role("cell", name="Table operations"))
    expect(bill.first).to_contain_text("per 10,000")
    expect(page.get_by_text("Per image (1 labeled")).to_be_visible()
    page.get_by_role("combobox", name="Month").select_option(index=1)
    expect(page.get_by_text("Nothing was used in")).to_be_visible()


def test_who_is_no_administrator_is_not_told(sit_down: SitDown) -> None:
    desk = sit_down("ben")
    desk.page.goto(desk.base_url)
    expect(desk.page.get_by_role("heading", name="Projects", exact=True)).to_be_visible()
    expect(desk.page.get_by_role("link", name="Cost")).to_have_count(0)
    desk.page.goto(f"{desk.base_url}/cost")
    expect(desk.page.get_by_role("heading", name="There is nothing here")).to_be_visible()
