"""The items page and the way in and out: regions over images, entities in texts, imports and exports."""

import json
import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.desk import Desk
from tests.browser.test_images import SHADE, dicom, tiff
from tests.browser.test_regions import HEIGHT, LABELS, WIDTH, smear
from tests.browser.workbench import Json, Workbench, wait_for

TEXTS: Json = {"kind": "text_multiclass", "labels": [{"name": "good"}, {"name": "bad"}]}
BOX: Json = {"label": "cell", "x": 40, "y": 50, "width": 80, "height": 60}


def tiles(page: Page) -> Locator:
    return page.get_by_role("grid").get_by_role("gridcell")


def answer(ana: Workbench, project: str, content: Json, **size: int) -> None:
    """Answer one item of a project by the API."""
    task = ana.send("POST", f"/projects/{project}/tasks", {"size": 1})
    item = task["items"][0]["id"]
    body = {
        "submission": "7d3c6a86-6a1f-4c39-9ae0-3f2d3a0f2b11",
        "answers": [{"item": item, "answer": content, **size}],
    }
    ana.send("POST", f"/projects/{project}/tasks/{task['id']}/submissions", body)


def test_regions_lie_over_the_images(desk: Desk, ana: Workbench) -> None:
    project = ana.project(1, kind="object_detection", labels=LABELS, picture=smear)
    answer(ana, project, {"boxes": [BOX]}, width=WIDTH, height=HEIGHT)
    page = desk.page
    page.goto(f"{desk.base_url}/projects/{project}/items")
    expect(tiles(page)).to_have_accessible_name(re.compile("1 cell"))
    expect(page.locator(".answered-line")).to_have_attribute("d", "M40 50h80v60h-80z")
    tiles(page).first.dblclick()
    drawer = page.get_by_role("dialog")
    expect(drawer.locator(".canvas-regions .canvas-line")).to_have_attribute("d", "M40 50h80v60h-80z")
    drawer.get_by_role("button", name=re.compile("^Approve")).click()
    expect(drawer.get_by_text("approved", exact=True).first).to_be_visible()
    wait_for(lambda: bool(ana.get(f"/projects/{project}/items")["items"][0]["annotation"]["approved"]))
    drawer.get_by_role("button", name="Take approval back").click()
    expect(drawer.get_by_role("button", name=re.compile("^Approve"))).to_be_visible()


def test_what_browsers_cannot_show_has_a_thumbnail_or_a_reason(desk: Desk, ana: Workbench) -> None:
    project = ana.project_of({"a.tif": tiff(), "bad.tif": b"nothing"}, labels=LABELS)
    page = desk.page
    page.goto(f"{desk.base_url}/projects/{project}/items")
    expect(page.locator(".item-image img")).to_have_js_property("naturalWidth", 60)
    expect(page.locator(".item-defect")).not_to_be_empty()


def test_a_flagged_item_bears_it_on_its_tile(desk: Desk, ana: Workbench) -> None:
    project = ana.project_of({"a.txt": b"x", "b.txt": b"y"}, **TEXTS)
    task = ana.send("POST", f"/projects/{project}/tasks", {"size": 4})
    answers = [{"item": item["id"], "answer": {"labels": ["good"]}} for item in task["items"]]
    answers[0]["flag"] = "Is it?"
    body = {"submission": "7d3c6a86-6a1f-4c39-9ae0-3f2d3a0f2b12", "answers": answers}
    ana.send("POST", f"/projects/{project}/tasks/{task['id']}/submissions", body)
    page = desk.page
    page.goto(f"{desk.base_url}/projects/{project}/items")
    expect(tiles(page)).to_have_count(2)
    flagged = page.get_by_role("gridcell", name="flagged")
    expect(flagged).to_have_count(1)
    expect(flagged).to_have_attribute("data-item", str(answers[0]["item"]))
    expect(flagged.locator(".chip", has_text="flagged")).to_be_visible()


def test_texts_show_their_entities(desk: Desk, ana: Workbench) -> None:
    project = ana.project_of({"a.txt": "👋 Ada left.".encode()}, kind="text_ner", labels=[{"name": "PER"}])
    answer(ana, project, {"spans": [{"label": "PER", "start": 2, "end": 5}]})
    page = desk.page
    page.goto(f"{desk.base_url}/projects/{project}/items")
    expect(page.locator("mark")).to_contain_text("Ada")
    tiles(page).first.dblclick()
    expect(page.get_by_role("dialog").locator("mark")).to_contain_text("Ada")


def test_labels_go_in_as_coco_and_out_as_yolo(desk: Desk, ana: Workbench, tmp_path: Path) -> None:
    project = ana.project(2, kind="object_detection", labels=LABELS, picture=smear)
    folder = ana.get(f"/projects/{project}")["data"]["path"].removesuffix("/**")
    images = [{"id": 1, "file_name": f"{folder}/000.png", "width": WIDTH, "height": HEIGHT}]
    box = [BOX["x"], BOX["y"], BOX["width"], BOX["height"]]
    annotations = [{"id": 1, "image_id": 1, "category_id": 1, "bbox": box, "area": 4800, "iscrowd": 0}]
    stray = {"id": 2, "image_id": 9, "category_id": 1, "bbox": box, "area": 4800, "iscrowd": 0}
    file = tmp_path / "instances.json"
    coco = {"images": images, "annotations": [*annotations, stray], "categories": [{"id": 1, "name": "cell"}]}
    file.write_text(json.dumps(coco))
    page = desk.page
    page.goto(f"{desk.base_url}/projects/{project}")
    region = page.get_by_role("region", name="Import", exact=True)
    region.get_by_text("Bring labels along").click()
    with page.expect_file_chooser() as chooser:
        region.get_by_role("button", name="Upload a file").click()
    chooser.value.set_files([file])
    region.get_by_role("radio", name="as final labels").check()
    expect(region.get_by_role("button", name="Import", exact=True)).to_be_enabled()
    region.get_by_role("button", name="Import", exact=True).click()
    expect(region.get_by_text("1 refused")).to_be_visible(timeout=20_000)
    assert [one["answer"]["boxes"] for one in ana.answers(project).values()] == [[BOX]]
    out = page.get_by_role("region", name="Export", exact=True)
    out.get_by_role("combobox", name="Format").select_option("YOLO")
    out.get_by_role("button", name="Export", exact=True).click()
    expect(out.get_by_role("link", name="Download")).to_be_visible(timeout=20_000)
    expect(out.get_by_text("1 of 1 written")).to_be_visible()


def test_only_what_is_in_sight_is_drawn(desk: Desk, ana: Workbench) -> None:
    project = ana.project_of(
        {f"{number:03}.txt": f"Text {number}".encode() for number in range(200)}, **TEXTS
    )
    page = desk.page
    reads: list[str] = []
    page.on("request", lambda request: reads.append(request.url))
    page.clock.install()
    page.goto(f"{desk.base_url}/projects/{project}/items")
    expect(tiles(page).first).to_be_visible()
    desk.press("ArrowRight")
    for rows in ("15", "30|45|50", "45|50", "50"):  # as far as it was read: End may be quicker, or slower
        expect(page.get_by_role("grid")).to_have_attribute("aria-rowcount", re.compile(f"^({rows})$"))
        assert 0 < tiles(page).count() < 60
        desk.press("End")
    expect(tiles(page).last).to_be_focused()
    expect(tiles(page).last).to_be_in_viewport(ratio=1)
    with page.expect_request(re.compile("/items[?].*cursor=0000-0180")):
        reads.clear()
        page.clock.fast_forward(16_000)
    assert {url.rpartition("=")[2] for url in reads if "/items?" in url} <= {"0000-0120", "0000-0180"}
    page.mouse.wheel(0, -100_000)
    expect(tiles(page).first).to_be_in_viewport(ratio=1)
    desk.press("ArrowLeft")
    expect(page.locator(":focus")).to_be_in_viewport(ratio=1)
    desk.press("Home")
    expect(tiles(page).first).to_be_focused()
    assert tiles(page).count() < 60


def test_items_are_found_by_path(desk: Desk, ana: Workbench) -> None:
    project = ana.project_of({"left/one.txt": b"1", "right/one.txt": b"2", "right/two.txt": b"3"}, **TEXTS)
    page = desk.page
    page.goto(f"{desk.base_url}/projects/{project}/items")
    expect(tiles(page)).to_have_count(3)
    page.get_by_role("searchbox", name="Search by path").fill("RIGHT/")
    expect(tiles(page)).to_have_count(2)
    page.reload()
    expect(tiles(page)).to_have_count(2)
    expect(page.get_by_role("searchbox")).to_have_value("RIGHT/")
    page.get_by_role("searchbox").fill("right/three")
    expect(page.get_by_text("No text matches these filters.")).to_be_visible()
    page.get_by_role("button", name="Clear all").click()
    expect(tiles(page)).to_have_count(3)


def test_on_a_phone_filters_are_behind_one_button(desk: Desk, ana: Workbench) -> None:
    project = ana.project_of({f"{number}.txt": b"x" for number in range(3)}, **TEXTS)
    page = desk.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{desk.base_url}/projects/{project}/items?min_agreement=0.2&max_agreement=0.8")
    status = page.get_by_role("combobox", name="Status")
    folded = page.get_by_role("button", name="1 filter", exact=True)
    expect(folded).to_be_visible()
    expect(status).to_be_hidden()
    folded.click()
    expect(page.get_by_role("spinbutton", name="Agreement from, in percent")).to_have_value("20")
    status.select_option("pending")
    page.get_by_role("button", name="2 filters", exact=True).click()
    expect(status).to_be_hidden()
    page.get_by_role("button", name="Clear all").click()
    expect(page.get_by_role("button", name="Filters", exact=True)).to_be_visible()
    expect(tiles(page).first).to_be_in_viewport()


def test_an_open_item_has_an_address(desk: Desk, ana: Workbench) -> None:
    project = ana.project_of({f"{number}.txt": b"x" for number in range(3)}, **TEXTS)
    page = desk.page
    address = f"{desk.base_url}/projects/{project}/items"
    page.goto(f"{address}?path=txt")
    tiles(page).nth(1).dblclick()
    expect(page).to_have_url(re.compile(r"[?]path=txt&item=0000-0001$"))
    desk.press("n")
    expect(page).to_have_url(re.compile("item=0000-0002$"))
    page.go_back()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(f"{address}?path=txt")
    page.go_forward()
    expect(page.get_by_role("dialog")).to_contain_text("3 of 3")
    page.reload()
    expect(page.get_by_role("dialog")).to_contain_text("3 of 3")
    desk.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(f"{address}?path=txt")
    with desk.expecting("404"):
        page.goto(f"{address}?item=0000-0009")
        expect(page.get_by_role("dialog").locator(".banner")).to_be_visible()


def test_an_image_is_looked_at_closely(desk: Desk, ana: Workbench) -> None:
    project = ana.project(1, kind="object_detection", labels=LABELS, picture=smear)
    answer(ana, project, {"boxes": [BOX]}, width=WIDTH, height=HEIGHT)
    page = desk.page
    page.goto(f"{desk.base_url}/projects/{project}/items")
    tiles(page).first.dblclick()
    picture = page.locator(".canvas-picture img")
    expect(picture).to_be_in_viewport(ratio=1)
    fitted = picture.bounding_box()
    desk.press("+")
    closer = picture.bounding_box()
    assert fitted
    assert closer
    assert abs(closer["width"] / fitted["width"] - 1.25) < 0.01
    desk.press("l")
    expect(page.locator(".canvas-name")).to_have_text("cell")
    x, y = closer["x"] + closer["width"] / 4, closer["y"] + closer["height"] / 4
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y + 20, steps=3)
    page.mouse.up()
    moved = picture.bounding_box()
    assert moved
    assert (round(moved["x"] - closer["x"]), round(moved["y"] - closer["y"])) == (30, 20)
    assert ana.get(f"/projects/{project}/items")["items"][0]["annotation"]["answer"] == {"boxes": [BOX]}
    desk.press("Home")
    assert picture.bounding_box() == fitted


def test_a_dicom_file_is_reviewed_through_a_window(desk: Desk, ana: Workbench) -> None:
    project = ana.project_of({"ct.dcm": dicom("CT_small.dcm")}, kind="object_detection", labels=LABELS)
    page = desk.page
    page.goto(f"{desk.base_url}/projects/{project}/items")
    tiles(page).first.dblclick()
    page.get_by_role("combobox", name="Window").select_option("Bone")
    bone = page.evaluate(SHADE)
    desk.press("w")
    box = page.locator(".picture-host").bounding_box()
    assert box
    page.mouse.move(box["x"] + 200, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 220, steps=4)
    page.mouse.up()
    assert page.evaluate(SHADE) > bone
