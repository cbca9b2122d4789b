"""Suggested answers on the labeling page: accepted by one key, corrected by two."""

import json
import re
from collections.abc import Sequence
from typing import Any

from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.browser.test_regions import smear
from tests.browser.workbench import ANIMALS, Workbench, wait_for

TEXT = "Ana met Bo in Rome"
SPANS = [[0, 3, "PER"], [8, 10, "PER"], [14, 18, "LOC"]]
BOXES = [
    {"label": "cell", "topX": 0.1, "topY": 0.1, "bottomX": 0.3, "bottomY": 0.3},
    {"label": "germ", "topX": 0.5, "topY": 0.5, "bottomX": 0.7, "bottomY": 0.8},
]


def folder_of(ana: Workbench, project: str) -> str:
    """The folder that the project's items lie in."""
    return str(ana.get(f"/projects/{project}")["data"]["path"]).removesuffix("/**")


def suggest(ana: Workbench, project: str, lines: Sequence[dict[str, Any]]) -> None:
    """Import prelabels: a line for each item, by the name of its file."""
    folder = folder_of(ana, project)
    named = [{**line, "image_url": f"AmlDatastore://data/{folder}/{line['image_url']}"} for line in lines]
    path = f"{folder}-suggested/prelabels.jsonl"
    ana.put({path: "\n".join(map(json.dumps, named)).encode()})
    ana.send("POST", f"/projects/{project}/imports", {"format": "jsonl", "path": path, "as": "prelabels"})
    wait_for(lambda: bool(ana.get(f"/projects/{project}/imports")["items"][0]["status"] == "done"))
    assert ana.get(f"/projects/{project}/imports")["items"][0]["written"] == len(lines)


def suggested_animals(ana: Workbench, images: int) -> str:
    """A project whose first image is said to show an ant, the second a bee, and so on."""
    project = ana.project(images)
    lines = [
        {"image_url": f"{number:03}.png", "label": ANIMALS[number % 9], "label_confidence": 0.8}
        for number in range(images)
    ]
    suggest(ana, project, lines)
    return project


def numbers_of(ana: Workbench, project: str) -> dict[str, int]:
    """The numbers of the images, as their files are called, by item."""
    items = ana.get(f"/projects/{project}/items", limit=200)["items"]
    return {item["id"]: int(item["path"][-7:-4]) for item in items}


def said(ana: Workbench, project: str, images: int) -> dict[int, str]:
    """The answers by the numbers of the images, once all have one."""
    answers = ana.wait_for_answers(project, images)
    numbers = numbers_of(ana, project)
    return {numbers[item]: found["answer"]["labels"][0] for item, found in answers.items()}


def look(desk: Desk) -> None:
    """Nobody has seen what has been on the screen for less than a moment."""
    desk.page.wait_for_timeout(450)


def test_a_page_of_suggestions_is_accepted_by_one_key(desk: Desk, ana: Workbench) -> None:
    project = suggested_animals(ana, 9)
    desk.open(project)
    page = desk.page
    expect(page.get_by_role("banner").get_by_text("Suggestions", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Accept 9 as suggested")).to_be_visible()
    expect(desk.tiles.first).to_have_accessible_name(re.compile(r"^Image 1: \w+, suggested 80 %$"))
    look(desk)
    desk.press("Enter")
    assert said(ana, project, 9) == dict(enumerate(ANIMALS))


def test_a_correction_is_an_arrow_and_a_label_key(desk: Desk, ana: Workbench) -> None:
    project = suggested_animals(ana, 4)
    desk.open(project, layout=4)
    numbers = numbers_of(ana, project)
    desk.press("ArrowRight", "9")
    expect(desk.tiles.nth(1)).to_have_accessible_name("Image 2: ibis")
    expect(desk.submit_button).to_contain_text("4 of 4")
    desk.tiles.nth(2).click()
    look(desk)
    desk.press("8", "Enter")
    wanted = dict(enumerate(ANIMALS[:4])) | {
        numbers[desk.claimed[1]]: "ibis",
        numbers[desk.claimed[2]]: "hen",
    }
    assert said(ana, project, 4) == wanted


def test_an_accepted_page_comes_back_as_it_was(desk: Desk, ana: Workbench) -> None:
    project = suggested_animals(ana, 4)
    desk.open(project, layout=4)
    before = [tile.get_attribute("aria-label") for tile in desk.tiles.all()]
    look(desk)
    desk.press("Enter")
    ana.wait_for_answers(project, 4)
    desk.expect_saved()
    desk.press("Backspace")
    expect(desk.tiles).to_have_count(4)
    assert [tile.get_attribute("aria-label") for tile in desk.tiles.all()] == before
    expect(desk.page.get_by_role("button", name="Go on")).to_contain_text("unchanged")


def test_a_line_of_help_until_it_is_read(desk: Desk, ana: Workbench) -> None:
    project = suggested_animals(ana, 4)
    desk.open(project, layout=4)
    line = desk.page.get_by_text("Each image has a suggested label.")
    expect(line).to_be_visible()
    desk.page.get_by_role("button", name="Got it").click()
    expect(line).to_have_count(0)
    desk.page.reload()
    expect(desk.tiles).to_have_count(4)
    look(desk)
    expect(line).to_have_count(0)


def test_suggested_boxes_are_kept_one_after_the_other(desk: Desk, ana: Workbench) -> None:
    labels = [{"name": "cell"}, {"name": "germ"}]
    project = ana.project(1, kind="object_detection", labels=labels, picture=smear)
    suggest(ana, project, [{"image_url": "000.png", "label": BOXES, "label_confidence": [0.9, 0.6]}])
    page = desk.page
    page.goto(f"{desk.base_url}/projects/{project}/label")
    regions = page.get_by_role("region", name="Regions")
    expect(regions.get_by_text("2 suggested")).to_be_visible()
    expect(page.get_by_role("button", name="Accept 2 boxes")).to_be_visible()
    desk.press("q", "o")
    expect(regions.get_by_text("1 suggested")).to_be_visible()
    expect(regions.get_by_role("button", pressed=True)).to_have_accessible_name(re.compile("germ"))
    desk.press("Delete")
    expect(regions.get_by_text("1 suggested")).to_have_count(0)
    desk.press("Enter")
    (annotation,) = ana.wait_for_answers(project, 1).values()
    assert annotation["answer"] == {"boxes": [{"label": "cell", "x": 40, "y": 30, "width": 80, "height": 60}]}


def test_suggested_entities_are_accepted_as_they_are_seen(desk: Desk, ana: Workbench) -> None:
    labels = [{"name": "PER"}, {"name": "LOC"}]
    project = ana.project_of({"a.txt": TEXT.encode()}, kind="text_ner", labels=labels)
    spans = [{"label": name, "offsetStart": start, "offsetEnd": end} for start, end, name in SPANS]
    suggest(ana, project, [{"image_url": "a.txt", "label": spans}])
    page = desk.page
    page.goto(f"{desk.base_url}/projects/{project}/label")
    expect(page.get_by_role("region", name="Entities").get_by_text("3 suggested")).to_be_visible()
    look(desk)
    desk.press("Enter")
    (annotation,) = ana.wait_for_answers(project, 1).values()
    assert annotation["answer"]["spans"] == [
        {"label": name, "start": start, "end": end} for start, end, name in SPANS
    ]
