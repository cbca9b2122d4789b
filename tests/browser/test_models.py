"""Models on the page: their settings, runs as they go on, what a run found out, and answers that it doubts.

Jobs are a stand-in's (tests/assist_program), which sees what is right: an image is of its brightest channel.
"""

import io
import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from local.stack import REPOSITORY, Stack
from tests.assist_app import QUICK, write_app
from tests.browser.conftest import NOT_BUILT, PATIENCE_MS
from tests.browser.desk import VIEWPORT, Desk
from tests.browser.workbench import Json, Workbench, wait_for

LABELS = ("rose", "fern", "lake")
"""An image is red, green or blue."""

IMAGES, ANSWERED = 30, 27
RUN_SECONDS = 120
QUIET: Json = {"enabled": True, "target": 0.8, "training": {"growth": 10}}
"""Eleven answers that are all right prove the target; no run begins by itself."""


NAMELESS = """() => [...document.querySelectorAll("button, a, input, select, textarea, [role]")]
    .filter(one => one.checkVisibility() && !one.textContent.trim() && !one.labels?.length
        && !one.getAttribute("aria-label") && !one.title && one.getAttribute("role") !== "status")
    .map(one => one.outerHTML)"""
"""What has no name to be told by."""


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A Tagwerk that is quick to look after runs, whose jobs are stand-ins."""
    assert (REPOSITORY / "web" / "dist" / "index.html").exists(), NOT_BUILT
    app = write_app(tmp_path_factory.mktemp("app"), QUICK)
    programs = str(REPOSITORY / "tests" / "assist_program")
    settings = {"JOBS_PROGRAMS": programs, "LOOK_AFTER_SCHEDULE": "* * * * * *"}
    with Stack(app_folder=app, settings=settings) as running:
        yield running


@pytest.fixture(scope="module")
def owner(workshop: Stack) -> Iterator[Workbench]:
    """The API there, as the administrator."""
    workbench = Workbench(workshop, "ana")
    yield workbench
    workbench.close()


@pytest.fixture
def seat(browser: Browser, workshop: Stack) -> Iterator[Desk]:
    """Ana at her desk there. Any error on the page fails the test."""
    context = browser.new_context(viewport=VIEWPORT, locale="en-GB")
    context.set_default_timeout(PATIENCE_MS)
    desk = Desk(context.new_page(), workshop.base_url)
    desk.sign_in("ana")
    yield desk
    context.close()
    assert desk.errors == []


def brightness(number: int) -> int:
    """From 255 on downwards: how sure the stand-in is of the image, of 255."""
    return 255 - 3 * number


def colour(number: int) -> bytes:
    """A small image of one colour: red, green, blue, red ..., each darker than the one before."""
    shade = [0, 0, 0]
    shade[number % 3] = brightness(number)
    content = io.BytesIO()
    Image.new("RGB", (64, 48), (shade[0], shade[1], shade[2])).save(content, "PNG")
    return content.getvalue()


def number_of(item: Json) -> int:
    return int(item["path"][-7:-4])


def truth(number: int) -> str:
    return LABELS[number % 3]


def garden(owner: Workbench, **assist: Any) -> str:
    """A project of images that are what they look like."""
    files = {f"{number:03}.png": colour(number) for number in range(IMAGES)}
    labels = [{"name": label} for label in LABELS]
    return owner.project_of(files, labels=labels, quality={"gold_rate": 0}, assist=QUIET | assist)


def items(owner: Workbench, project: str) -> list[Json]:
    found: list[Json] = owner.get(f"/projects/{project}/items", limit=200)["items"]
    return found


def label_most(owner: Workbench, project: str) -> dict[int, str]:
    """Answer all but three images, the two darkest of those wrong; the wrong ones' items by number."""
    for _ in range(ANSWERED // 9):
        task = owner.send("POST", f"/projects/{project}/tasks", {"size": 9})
        answers = [
            {"item": one["id"], "answer": {"labels": [truth(number_of(one))]}} for one in task["items"]
        ]
        body = {"submission": str(uuid4()), "answers": answers}
        owner.send("POST", f"/projects/{project}/tasks/{task['id']}/submissions", body)
    answered = [item for item in items(owner, project) if item["annotation"]]
    assert len(answered) == ANSWERED
    darkest = sorted(answered, key=number_of)[-2:]
    for item in darkest:
        wrong = {"answer": {"labels": [truth(number_of(item) + 1)]}}
        owner.send("PUT", f"/projects/{project}/items/{item['id']}/annotation", wrong)
    return {number_of(item): item["id"] for item in darkest}


def last_run(owner: Workbench, project: str) -> Json:
    found: Json = owner.get(f"/projects/{project}/runs")["items"][0]
    return found


def train(owner: Workbench, project: str) -> Json:
    """Have a model trained; the run, once it is done."""
    owner.send("POST", f"/projects/{project}/runs", {"stage": "train"})
    wait_for(lambda: last_run(owner, project)["status"] in {"done", "failed"}, RUN_SECONDS)
    run = last_run(owner, project)
    assert run["status"] == "done", run["error"]
    return run


def open_part(desk: Desk, project: str, part: str) -> Page:
    desk.page.goto(f"{desk.base_url}/projects/{project}/{part}")
    return desk.page


def region(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def test_settings_are_saved_and_read_back(seat: Desk, owner: Workbench) -> None:
    project = garden(owner, enabled=False)
    page = open_part(seat, project, "settings")
    card = region(page, "Models")
    expect(card.get_by_role("button", name="Save")).to_be_disabled()
    card.get_by_role("checkbox", name="Models learn from answers").check()
    card.get_by_label("Target, %").fill("20")
    card.get_by_role("button", name="Save").click()
    expect(card.get_by_role("alert")).to_have_text("From 50 to 99.9 percent.")
    expect(card.get_by_label("Target, %")).to_have_attribute("aria-invalid", "true")
    card.get_by_label("Target, %").fill("99.5")
    card.get_by_role("checkbox", name="Accept trusted suggestions").check()
    expect(card.get_by_text("0.5 in 100 of their answers may be wrong")).to_be_visible()
    card.get_by_role("combobox", name="Training starts from").select_option("a model by its name")
    card.get_by_label("Model", exact=True).fill("/etc/passwd")
    card.get_by_role("button", name="Save").click()
    with seat.expecting("422"):
        expect(card.get_by_role("alert")).to_contain_text("names no model")
    card.get_by_label("Model", exact=True).fill("stand-in/right")
    card.get_by_label("First run at").fill("60")
    card.get_by_role("button", name="Save").click()
    expect(card.get_by_text("Saved.")).to_be_visible()
    page.reload()
    expect(card.get_by_label("Target, %")).to_have_value("99.5")
    expect(card.get_by_role("checkbox", name="Accept trusted suggestions")).to_be_checked()
    assist = owner.get(f"/projects/{project}")["assist"]
    assert (assist["target"], assist["base"], assist["accept"]) == (0.995, "stand-in/right", True)
    assert assist["training"] == {"first": 60, "labels": 2, "per_label": 5, "growth": 10.0}


def test_settings_that_somebody_else_changed_are_not_overwritten(seat: Desk, owner: Workbench) -> None:
    project = garden(owner)
    card = region(open_part(seat, project, "settings"), "Models")
    card.get_by_label("Target, %").fill("90")
    owner.send("PATCH", f"/projects/{project}", {"assist": {"strict": True}})
    card.get_by_role("button", name="Save").click()
    expect(card.get_by_role("alert")).to_contain_text("Somebody else has changed this")
    assert owner.get(f"/projects/{project}")["assist"]["target"] == 0.8


def test_a_run_is_followed_canceled_and_begun_again(seat: Desk, owner: Workbench) -> None:
    project = garden(owner, base="stand-in/wait", training={"first": 40})
    label_most(owner, project)
    page = open_part(seat, project, "models")
    now = region(page, "Next run")
    bar = now.get_by_role("progressbar", name="13 more labels start the next run")
    expect(bar).to_have_attribute("aria-valuenow", "27")
    now.get_by_role("button", name="Train now").click()
    expect(now.get_by_role("status")).to_have_text("Training: running, 10 %", timeout=RUN_SECONDS * 1000)
    expect(now.get_by_role("progressbar", name="Training")).to_have_attribute("aria-valuenow", "10")
    now.get_by_role("button", name="Cancel").click()
    row = region(page, "Runs").get_by_role("row").filter(has_text="27 answers")
    expect(row).to_contain_text("canceled")
    expect(now.get_by_role("button", name="Train now")).to_be_visible()
    owner.send("PATCH", f"/projects/{project}", {"assist": {"base": "stand-in/fail"}})
    now.get_by_role("button", name="Train now").click()
    alert = now.get_by_role("alert").filter(has_text="Training failed.")
    expect(alert).to_be_visible(timeout=RUN_SECONDS * 1000)
    alert.get_by_text("The last lines of its log").click()
    expect(alert.locator("pre")).to_contain_text("the stand-in runs")
    owner.send("PATCH", f"/projects/{project}", {"assist": {"base": "stand-in/right"}})
    now.get_by_role("button", name="Train again").click()
    done = region(page, "Runs").get_by_role("row").filter(has_text="Accuracy 100 %")
    expect(done).to_contain_text("done", timeout=RUN_SECONDS * 1000)
    page.goto(f"{seat.base_url}/projects/{project}/log")
    expect(region(page, "Log")).to_contain_text("finished training a model on 27 answers")
    expect(region(page, "Log")).to_contain_text("canceled training a model on 27 answers")


def test_a_run_shows_what_it_found_out(seat: Desk, owner: Workbench) -> None:
    project = garden(owner, base="stand-in/frank")
    label_most(owner, project)
    run = train(owner, project)
    page = open_part(seat, project, "models")
    region(page, "Runs").get_by_role("row").nth(1).get_by_role("link").click()
    expect(page).to_have_url(re.compile(rf"models\?run={run['id']}$"))
    threshold = region(page, "Threshold")
    expect(threshold).to_contain_text("Suggestions are trusted from")
    slider = threshold.get_by_role("slider", name="Confidence")
    slider.focus()
    expect(threshold.locator("figcaption")).to_contain_text("(chosen)")
    slider.press("End")
    expect(slider).to_have_attribute("aria-valuetext", re.compile(r": 100 % right.* 3\.7 % of all"))
    slider.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuetext", re.compile(r" 7\.4 % of all"))
    threshold.get_by_text("As a table").click()
    expect(threshold.get_by_role("rowheader", name=re.compile("^chosen"))).to_be_visible()
    expect(threshold).to_contain_text("No trusted suggestion has been held against a blind answer yet.")
    expect(region(page, "By label").get_by_role("row")).to_have_count(4)
    expect(region(page, "Confusion")).to_contain_text("what the model said")
    model = region(page, "Model")
    with page.expect_download() as download:
        model.get_by_role("button", name="Download it").click()
    assert download.value.suggested_filename.endswith(".zip")
    with seat.expecting("422"):
        model.get_by_role("button", name="Register it").click()
        expect(model.get_by_role("alert")).to_contain_text("AZURE_ML_WORKSPACE")
    model.get_by_role("button", name="Predict with it now").click()
    expect(model.get_by_text("Asked for: a run begins.")).to_be_visible()
    wait_for(lambda: last_run(owner, project)["status"] == "done", RUN_SECONDS)
    assert last_run(owner, project)["stage"] == "predict"


def test_a_target_that_is_not_reached_is_said(seat: Desk, owner: Workbench) -> None:
    project = garden(owner, base="stand-in/frank", target=0.95)
    label_most(owner, project)
    run = train(owner, project)
    assert run["threshold"] is None
    page = open_part(seat, project, f"models?run={run['id']}")
    expect(region(page, "Threshold")).to_contain_text("No confidence reaches the target of 95 % yet")
    expect(region(page, "Threshold")).to_contain_text("More answers help most")
    page.goto(f"{seat.base_url}/projects/{project}")
    expect(region(page, "Models").get_by_role("progressbar")).to_be_visible()
    region(page, "Models").get_by_role("link", name="Runs and trust").click()
    expect(region(page, "Trust")).to_contain_text("nothing yet: no confidence reaches the target")


def test_doubts_are_decided_by_keys(seat: Desk, owner: Workbench) -> None:
    project = garden(owner, base="stand-in/frank")
    wrong = label_most(owner, project)
    train(owner, project)
    first, second = sorted(wrong)
    page = open_part(seat, project, "models")
    page.get_by_role("link", name="Look at doubtful answers").click()
    expect(page.get_by_text("1 of 2", exact=True)).to_be_visible()
    given = page.get_by_role("group", name=f"Given: {truth(first + 1)}")
    expect(given).to_contain_text("Ana")
    expect(page.get_by_role("group", name=f"The model says: {truth(first)}")).to_be_visible()
    seat.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("Take the suggested answer")
    seat.press("Escape", "t")
    expect(page.get_by_text("2 of 2", exact=True)).to_be_visible()
    expect(page.get_by_text("1 decided")).to_be_visible()
    wait_for(lambda: said(owner, project, wrong[first]) == truth(first))
    seat.press("a")
    expect(page.get_by_text("2 decided")).to_be_visible()
    wait_for(lambda: bool(answer(owner, project, wrong[second])["approved"]))
    seat.press("u")
    wait_for(lambda: not answer(owner, project, wrong[second])["approved"])
    expect(page.get_by_text("2 of 2", exact=True)).to_be_visible()
    seat.press("u")
    expect(page.get_by_text("1 of 2", exact=True)).to_be_visible()
    wait_for(lambda: said(owner, project, wrong[first]) == truth(first + 1))
    expect(page.get_by_text("0 decided")).to_be_visible()
    seat.press("e")
    stands = page.get_by_role("dialog").get_by_role("button", name=re.compile(f"^{truth(first + 1)}, key"))
    expect(stands).to_have_attribute("aria-pressed", "true")
    seat.press(str(LABELS.index(truth(first)) + 1), "Enter")
    wait_for(lambda: said(owner, project, wrong[first]) == truth(first))
    expect(page.get_by_text("2 of 2", exact=True)).to_be_visible()


def test_a_doubt_that_somebody_else_settled_is_left_alone(seat: Desk, owner: Workbench) -> None:
    project = garden(owner, base="stand-in/frank")
    wrong = label_most(owner, project)
    train(owner, project)
    item = wrong[min(wrong)]
    page = open_part(seat, project, "doubts")
    expect(page.get_by_text("1 of 2", exact=True)).to_be_visible()
    page.wait_for_load_state("networkidle")
    owner.send("POST", f"/projects/{project}/items/review", {"action": "approve", "items": [item]})
    with seat.expecting("412"):
        seat.press("t")
        expect(page.get_by_role("alert")).to_contain_text("approved it")
    assert answer(owner, project, item)["approved"]


def test_everything_has_a_name_and_is_reached_by_keys(seat: Desk, owner: Workbench) -> None:
    project = garden(owner, base="stand-in/frank")
    label_most(owner, project)
    run = train(owner, project)
    for part in ("models", f"models?run={run['id']}", "doubts", "settings"):
        page = open_part(seat, project, part)
        page.wait_for_load_state("networkidle")
        assert page.evaluate(NAMELESS) == []
        page.set_viewport_size({"width": 640, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == 640
        page.set_viewport_size(VIEWPORT)
    page = open_part(seat, project, f"models?run={run['id']}")
    region(page, "Model").get_by_role("button", name="Register it").focus()
    seat.press("Tab")
    expect(page.get_by_role("slider", name="Confidence")).to_be_focused()


def test_labelers_see_how_many_labels_are_missing(
    browser: Browser, workshop: Stack, owner: Workbench
) -> None:
    project = garden(owner, training={"first": 40})
    label_most(owner, project)
    owner.send("PUT", f"/projects/{project}/members/ben", {"role": "labeler"})
    context = browser.new_context(viewport=VIEWPORT, locale="en-GB")
    desk = Desk(context.new_page(), workshop.base_url)
    desk.sign_in("ben")
    page = open_part(desk, project, "")
    card = region(page, "Models")
    expect(card.get_by_role("progressbar", name="13 more labels start the next run")).to_be_visible()
    expect(card.get_by_role("link")).to_have_count(0)
    context.close()
    assert desk.errors == []


def answer(owner: Workbench, project: str, item: str) -> Json:
    found: Json = owner.get(f"/projects/{project}/items/{item}")["annotation"]
    return found


def said(owner: Workbench, project: str, item: str) -> str:
    return str(answer(owner, project, item)["answer"]["labels"][0])
