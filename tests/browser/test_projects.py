"""Creating a project, and reading its figures."""

import json
import re
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.browser.workbench import Workbench, picture, wait_for


def test_creating_a_project_with_an_upload(desk: Desk, ana: Workbench, tmp_path: Path) -> None:
    name = f"Herd {uuid4().hex}"
    files = [tmp_path / f"{number}.png" for number in range(5)]
    for number, file in enumerate(files):
        file.write_bytes(picture(number))
    page = desk.page
    page.goto(desk.base_url)
    page.get_by_role("link", name="New project").first.click()
    page.get_by_role("textbox", name="Name", exact=True).fill(name)
    page.get_by_role("textbox", name="One per line").fill("Animal\n  Cat\n  Dog\nPerson")
    page.get_by_role("textbox", name="Key of Animal/Dog").fill("D")
    page.reload()
    expect(page.get_by_role("textbox", name="Name", exact=True)).to_have_value(name)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose images").click()
    chooser.value.set_files(files)
    expect(page.get_by_text("5 of 5 images uploaded")).to_be_visible()
    expect(page.get_by_text("5 images match.")).to_be_visible()
    page.get_by_role("button", name="Create the project").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    expect(page.get_by_role("link", name="Label", exact=True)).to_be_visible()
    project = ana.get(f"/projects/{page.url.rsplit('/', 1)[1]}")
    children = [(child["name"], child["key"]) for child in project["labels"][0]["children"]]
    assert children == [("Cat", None), ("Dog", "d")]
    assert project["found"] == 5


def test_creating_a_project_over_the_rows_of_a_table(desk: Desk, ana: Workbench, tmp_path: Path) -> None:
    name = f"News {uuid4().hex}"
    table = tmp_path / "news.csv"
    table.write_text('title,body,id\nRates,"Up, again",7\nCup,Two goals,8\n')
    page = desk.page
    page.goto(f"{desk.base_url}/projects/new")
    page.get_by_role("textbox", name="Name", exact=True).fill(name)
    page.get_by_role("radio", name="Several labels per text").check()
    page.get_by_role("radio", name="Tables").check()
    page.get_by_role("textbox", name="One per line").fill("sport\nbusiness")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose tables").click()
    chooser.value.set_files([table])
    expect(page.get_by_text("2 texts match.")).to_be_visible()
    page.get_by_role("checkbox", name="id").uncheck()
    expect(page.locator(".preview-texts")).to_contain_text("titleRatesbodyUp, again")
    page.get_by_role("button", name="Create the project").click()
    expect(page.get_by_role("link", name="Label", exact=True)).to_be_visible()
    project = ana.get(f"/projects/{page.url.rsplit('/', 1)[1]}")
    assert (project["kind"], project["data"]["columns"]) == ("text_multilabel", ["title", "body"])


def test_creating_a_project_over_an_mltable(desk: Desk, ana: Workbench) -> None:
    folder = uuid4().hex
    rows = [{"image_url": f"AmlDatastore://data/{folder}/{number}.png", "label": "ant"} for number in (1, 2)]
    mltable = "paths: [{file: ./rows.jsonl}]\ntransformations: [{read_json_lines: {encoding: utf8}}]\n"
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    pictures = {f"{folder}/{number}.png": picture(number) for number in (1, 2)}
    ana.put({f"{folder}/MLTable": mltable.encode(), f"{folder}/rows.jsonl": lines.encode(), **pictures})
    page = desk.page
    page.goto(f"{desk.base_url}/projects/new")
    page.get_by_role("textbox", name="Name", exact=True).fill(f"MLTable {folder}")
    page.get_by_role("radio", name="MLTable").check()
    page.get_by_role("textbox", name="Path", exact=True).fill(folder)
    page.get_by_role("textbox", name="One per line").fill("ant\nbee")
    page.get_by_role("combobox", name="Of its label").fill("label")
    expect(page.get_by_text("2 images match.")).to_be_visible()
    page.get_by_role("button", name="Create the project").click()
    page.get_by_role("link", name="Label", exact=True).click()
    expect(desk.tiles.first).to_have_accessible_name("Image 1: ant, suggested")


def test_many_projects_are_searched_and_counted_as_they_come_in_sight(desk: Desk, ana: Workbench) -> None:
    herd = uuid4().hex
    names = [f"Herd {herd} no{number:02}" for number in range(14)]
    projects = [ana.ask({"0.png": picture(0)}, name=name) for name in names]
    for project in projects:
        ana.until(project, "running")
    counted: list[str] = []
    page = desk.page
    page.on("request", lambda request: counted.extend(re.findall(r"/projects/(\w+)/dashboard", request.url)))
    page.goto(desk.base_url)
    rows = page.get_by_role("listitem")
    oldest = rows.filter(has_text=names[0])
    expect(rows.filter(has_text=names[13])).to_contain_text("0 of 1")
    assert projects[13] in counted
    assert projects[0] not in counted
    oldest.scroll_into_view_if_needed()
    expect(oldest).to_contain_text("0 of 1")
    search = page.get_by_role("searchbox", name="Find a project")
    search.fill(f"NO07 {herd}")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(names[7])
    expect(page.get_by_role("main").get_by_role("status")).to_have_text("1 project")
    search.fill("nothing of the kind")
    expect(page.get_by_text("No project is called that.")).to_be_visible()


def test_errors_stay_beside_their_fields(desk: Desk, ana: Workbench) -> None:
    project = ana.project(1)
    page = desk.page
    page.goto(f"{desk.base_url}/projects/new")
    page.get_by_role("button", name="Create the project").click()
    expect(page.get_by_text("The project needs a name.")).to_be_visible()
    expect(page.get_by_role("textbox", name="Name", exact=True)).to_be_focused()
    page.get_by_role("textbox", name="Name", exact=True).fill(ana.get(f"/projects/{project}")["name"])
    page.get_by_role("textbox", name="Path", exact=True).fill("anything/**")
    page.get_by_role("textbox", name="One per line").fill("ant")
    with desk.expecting("409"):
        page.get_by_role("button", name="Create the project").click()
        expect(page.get_by_text("Names are never used twice; choose another.")).to_be_visible()
    expect(page.get_by_role("textbox", name="One per line")).to_have_value("ant")


def test_the_dashboard_equals_what_was_done(desk: Desk, ana: Workbench) -> None:
    project = ana.project(12)
    desk.open(project, layout=4)
    desk.press("1", "1", "1", "2", "Enter", "1", "3", "s", "1", "3", "Enter")
    ana.wait_for_answers(project, 8)
    page = desk.page
    page.get_by_role("link", name="Back to the project").click()
    progress = page.get_by_role("region", name="Progress")
    for name, value in {"Labeled": 7, "Skipped": 1, "Pending": 4, "All images": 12}.items():
        row = progress.locator("dl > div").filter(has_text=name)
        expect(row.locator("dd")).to_have_text(str(value), timeout=8_000)
    labels = page.get_by_role("region", name="Labels")
    for label, value in {"ant": 4, "bee": 1, "cat": 2, "dog": 0}.items():
        expect(labels.locator("li").filter(has_text=label).locator(".number").first).to_have_text(str(value))
    cells = page.get_by_role("region", name="Labelers").locator("tbody td")
    expect(cells.nth(0)).to_have_text("Ana")
    expect(cells.nth(1)).to_have_text("7")
    expect(cells.nth(2)).to_have_text("1")
    expect(page.get_by_role("region", name="By day")).to_contain_text("7 today")


def test_the_dashboard_counts_every_box(desk: Desk, ana: Workbench) -> None:
    project = ana.project(3, kind="object_detection", labels=[{"name": "cell"}, {"name": "dust"}])
    task = ana.send("POST", f"/projects/{project}/tasks", {"size": 9})
    boxes = [{"label": "cell", "x": 10 * x, "y": 0, "width": 8, "height": 8} for x in range(4)]
    said = [boxes, [*boxes[:1], {**boxes[0], "label": "dust"}], []]
    answers = [
        {"item": item["id"], "answer": {"boxes": found}}
        for item, found in zip(task["items"], said, strict=True)
    ]
    body = {"submission": str(uuid4()), "answers": answers}
    ana.send("POST", f"/projects/{project}/tasks/{task['id']}/submissions", body)
    desk.page.goto(f"{desk.base_url}/projects/{project}")
    labels = desk.page.get_by_role("region", name="Labels").get_by_role("listitem")
    expect(labels).to_have_text(["cell5 on 2 images83%", "dust1 on 1 image16%"])


def test_pausing_and_exporting(desk: Desk, ana: Workbench) -> None:
    project = ana.project(1)
    desk.open(project, layout=1)
    desk.press("1", "Enter")
    ana.wait_for_answers(project, 1)
    page = desk.page
    page.goto(f"{desk.base_url}/projects/{project}")
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert b'"ant"' in Path(download.value.path()).read_bytes()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("The project is paused")).to_be_visible()
    assert ana.get(f"/projects/{project}")["status"] == "paused"


def test_the_images_and_their_history(desk: Desk, ana: Workbench) -> None:
    project = ana.project(3)
    desk.open(project, layout=4)
    desk.press("1", "2", "1", "Enter")
    ana.wait_for_answers(project, 3)
    page = desk.page
    page.goto(f"{desk.base_url}/projects/{project}/items")
    tiles = page.get_by_role("grid").get_by_role("gridcell")
    expect(tiles).to_have_count(3)
    page.get_by_role("combobox", name="Label", exact=True).select_option("bee")
    expect(tiles).to_have_count(1)
    tiles.first.dblclick()
    expect(page.get_by_role("dialog")).to_contain_text("Ana answered: bee")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_deleting_needs_the_name(desk: Desk, ana: Workbench) -> None:
    project = ana.project(1)
    name = ana.get(f"/projects/{project}")["name"]
    page = desk.page
    page.goto(f"{desk.base_url}/projects/{project}")
    page.get_by_role("button", name="Delete").click()
    confirm = page.get_by_role("button", name="Delete for good")
    expect(confirm).to_be_disabled()
    page.get_by_role("textbox", name="Type the name").fill(name)
    with desk.expecting("404"):
        confirm.click()
        expect(page.get_by_role("heading", name="Projects")).to_be_visible()
        wait_for(lambda: ana.http.get(f"/api/projects/{project}").status_code == 404)
