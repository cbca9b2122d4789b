"""A team at work: people and invitations, labels that change, agreement, settings and the log."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from local.stack import Stack
from tests.browser.desk import Desk, SitDown
from tests.browser.workbench import ANIMALS, Workbench

TABS = ["Dashboard", "Images", "Team", "Labels", "Agreement", "Models", "Log", "Settings"]


@pytest.fixture(scope="module")
def ben(stack: Stack) -> Iterator[Workbench]:
    workbench = Workbench(stack, "ben")
    yield workbench
    workbench.close()


@pytest.fixture(scope="module")
def cleo(stack: Stack) -> Iterator[Workbench]:
    workbench = Workbench(stack, "cleo")
    yield workbench
    workbench.close()


def employ(ana: Workbench, project: str, user: str, role: str = "labeler", **more: object) -> None:
    ana.send("PUT", f"/projects/{project}/members/{user}", {"role": role, **more})


def go_to(desk: Desk, project: str, part: str) -> Page:
    desk.page.goto(f"{desk.base_url}/projects/{project}/{part}")
    return desk.page


def names(page: Page) -> list[str]:
    """The labels in the editor, in order."""
    fields = page.get_by_role("region", name="Labels").locator(".label-name").all()
    return [field.input_value() for field in fields]


def tabs(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Project").get_by_role("link")


def test_labels_are_renamed_merged_and_reordered(desk: Desk, ana: Workbench) -> None:
    project = ana.project(4)
    ana.answer(project, ["ant", "ant", "bee", "cat"])
    page = go_to(desk, project, "labels")
    page.get_by_role("textbox", name="Name of ant").fill("emmet")
    page.get_by_role("button", name="Take out bee").click()
    page.get_by_role("combobox", name="The label that gets its answers").select_option("cat")
    page.get_by_role("button", name="Take it out").click()
    moving = page.get_by_role("textbox", name="Name of dog")
    moving.press("Alt+ArrowUp")
    expect(moving).to_be_focused()
    moving.press("Alt+ArrowUp")
    assert names(page) == ["dog", "emmet", "cat", *ANIMALS[4:]]
    page.get_by_role("button", name="Review and change").click()
    dialog = page.get_by_role("dialog")
    lines = dialog.locator(".change-lines li")
    expect(lines.filter(has_text="ant → emmet")).to_contain_text("2 images")
    expect(lines.filter(has_text="bee → cat")).to_contain_text("1 image")
    expect(dialog.get_by_role("button", name="Change the labels")).to_be_disabled()
    dialog.get_by_role("button", name="Pause the project").click()
    dialog.get_by_role("button", name="Change the labels").click()
    done = page.get_by_role("region", name="Change of the labels")
    expect(done).to_contain_text("3 images followed", timeout=30_000)
    done.get_by_role("button", name="Resume the project").click()
    expect(page.get_by_text("The project is paused")).to_have_count(0)
    counts = {found["label"]: found["count"] for found in ana.get(f"/projects/{project}/dashboard")["labels"]}
    assert {name: count for name, count in counts.items() if count} == {"emmet": 2, "cat": 2}
    assert names(page) == ["dog", "emmet", "cat", *ANIMALS[4:]]


def test_labels_are_dragged_and_nested(desk: Desk, ana: Workbench) -> None:
    page = go_to(desk, ana.project(1), "labels")
    first = page.get_by_role("listitem").filter(has=page.get_by_role("textbox", name="Name of ant"))
    page.get_by_role("button", name="Move cat:").drag_to(first, target_position={"x": 300, "y": 3})
    assert names(page)[:3] == ["cat", "ant", "bee"]
    page.get_by_role("button", name="Move bee:").drag_to(first, target_position={"x": 300, "y": 22})
    expect(page.get_by_role("textbox", name="Name of ant/bee")).to_be_visible()
    page.get_by_role("button", name="Move ant/bee:").press("Alt+ArrowLeft")
    expect(page.get_by_role("textbox", name="Name of bee")).to_be_visible()
    page.get_by_role("button", name="Add a list").click()
    page.get_by_role("textbox", name="One per line").fill("ant/queen\nibis")
    page.get_by_role("button", name="Add 1 label", exact=True).click()
    expect(page.get_by_role("textbox", name="Name of ant/queen")).to_be_visible()
    page.get_by_role("button", name="Discard").click()
    assert names(page) == list(ANIMALS)


def test_a_retired_label_is_kept_and_offered_again(desk: Desk, ana: Workbench) -> None:
    project = ana.project(1)
    ana.answer(project, ["ant"])
    page = go_to(desk, project, "labels")
    page.get_by_role("button", name="Take out ant").click()
    page.get_by_role("radio", name="Retire it").check()
    page.get_by_role("button", name="Take it out").click()
    page.get_by_role("button", name="Review and change").click()
    expect(page.get_by_role("dialog")).to_contain_text("1 image keeps it")
    page.get_by_role("button", name="Pause the project").click()
    page.get_by_role("button", name="Change the labels").click()
    expect(page.get_by_text("The labels are changed.")).to_be_visible(timeout=30_000)
    assert ana.get(f"/projects/{project}")["retired"] == ["ant"]
    assert [answer["answer"]["labels"] for answer in ana.answers(project).values()] == [["ant"]]
    page.get_by_role("button", name="Offer ant again").click()
    assert names(page)[-1] == "ant"


def test_an_invitation_binds_when_the_person_signs_in(desk: Desk, ana: Workbench, sit_down: SitDown) -> None:
    project = ana.project(1)
    page = go_to(desk, project, "team")
    form = page.get_by_role("form", name="Add somebody")
    form.get_by_role("textbox", name="E-mail address").fill("Eva@tagwerk.local")
    form.get_by_role("textbox", name="Items at most").fill("12")
    form.get_by_role("button", name="Invite").click()
    expect(form.get_by_role("status").first).to_contain_text("Tagwerk sends no mail")
    waiting = page.get_by_role("region", name="Invitations")
    expect(waiting.get_by_role("listitem")).to_contain_text("eva@tagwerk.local")
    eva = sit_down("eva").page
    eva.goto(f"{desk.base_url}/projects/{project}")
    expect(eva.get_by_text("you are a labeler")).to_be_visible()
    expect(eva.get_by_role("link", name="Label", exact=True)).to_be_visible()
    expect(tabs(eva)).to_have_count(0)
    eva.goto(f"{desk.base_url}/projects/{project}/log")
    expect(eva.get_by_text("There is nothing here for you.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("combobox", name="Role of Eva")).to_have_value("labeler")
    expect(page.get_by_role("textbox", name="Items at most for Eva")).to_have_value("12")
    expect(waiting).to_have_count(0)


def test_members_change_and_leave(desk: Desk, ana: Workbench) -> None:
    project = ana.project(1)
    employ(ana, project, "ben")
    page = go_to(desk, project, "team")
    expect(tabs(page)).to_have_text(TABS)
    page.get_by_role("combobox", name="Role of ben").select_option("reviewer")
    page.get_by_role("textbox", name="Items at most for ben").fill("7")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Reserve a part").click()
    part = page.get_by_role("form", name="A reserved part")
    part.get_by_role("textbox", name="Path").fill("north/**")
    part.get_by_role("checkbox", name="ben").check()
    part.get_by_role("button", name="Reserve", exact=True).click()
    expect(page.get_by_role("region", name="Reserved parts")).to_contain_text(
        "Images at north/** for ben alone", ignore_case=True
    )
    members = {member["user"]: member for member in ana.get(f"/projects/{project}/members")["items"]}
    assert (members["ben"]["role"], members["ben"]["limit"]) == ("reviewer", 7)
    page.get_by_role("button", name="Remove ben").click()
    expect(page.get_by_role("dialog")).to_contain_text("go back into the queue")
    page.get_by_role("dialog").get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_role("combobox", name="Role of ben")).to_have_count(0)
    assert [member["user"] for member in ana.get(f"/projects/{project}/members")["items"]] == ["ana"]


def test_the_vendors_admin_manages_the_vendors_labelers_alone(ana: Workbench, sit_down: SitDown) -> None:
    project = ana.project(1, vendor={"name": "Acme", "admin_email": None})
    employ(ana, project, "dan", "vendor_admin", vendor=True)
    employ(ana, project, "ben", vendor=True)
    employ(ana, project, "cleo")
    dan = sit_down("dan")
    page = go_to(dan, project, "team")
    expect(page.get_by_role("combobox", name="Role of ben")).to_be_visible()
    expect(page.get_by_role("region", name="Members").get_by_role("listitem")).to_have_count(2)
    expect(tabs(page)).to_have_text(["Dashboard", "Images", "Team", "Labels", "Agreement", "Models"])
    form = page.get_by_role("form", name="Add somebody")
    assert form.get_by_role("combobox", name="Role").locator("option").all_inner_texts() == ["labeler"]
    form.get_by_role("radio", name="By id").check()
    form.get_by_role("textbox", name="Id of the person").fill("finn")
    form.get_by_role("button", name="Add").click()
    expect(page.get_by_role("combobox", name="Role of finn")).to_be_visible()
    members = {member["user"]: member for member in ana.get(f"/projects/{project}/members")["items"]}
    assert members["finn"]["vendor"] is True


def test_a_webhooks_secret_is_shown_once(desk: Desk, ana: Workbench) -> None:
    project = ana.project(1)
    page = go_to(desk, project, "settings")
    page.get_by_role("button", name="Add a webhook").click()
    # Our own health check is a receiver that is there, and takes no POST.
    page.get_by_role("textbox", name="Address").fill(f"{desk.base_url}/api/health")
    page.get_by_role("radio", name="some events").check()
    page.get_by_role("checkbox", name="Paused").check()
    page.get_by_role("button", name="Add it").click()
    secret = page.get_by_text("whsec_")
    expect(secret).to_be_visible()
    expect(page.get_by_role("button", name="Copy the secret")).to_be_visible()
    page.get_by_role("button", name="Send a test").click()
    expect(page.get_by_role("row", name="Test")).to_contain_text("405", timeout=20_000)
    page.reload()
    expect(page.get_by_role("region", name="Webhooks")).to_contain_text("/api/health")
    expect(secret).to_have_count(0)
    page.get_by_role("button", name="Delete the webhook").click()
    expect(page.get_by_role("button", name="Send a test")).to_have_count(0)


def test_instructions_keep_their_versions(desk: Desk, ana: Workbench) -> None:
    project = ana.project(1)
    ana.instruct(project, "Look *once*")
    page = go_to(desk, project, "settings")
    page.get_by_role("button", name="Edit").click()
    page.get_by_role("textbox", name="Text").fill("Look **twice**")
    page.get_by_role("region", name="Instructions").get_by_role("button", name="Save").click()
    expect(page.locator(".prose strong").first).to_have_text("twice")
    page.get_by_text("All versions").click()
    page.get_by_text("Version 2").click()
    expect(page.locator(".old-version").get_by_text("once")).to_be_visible()


def test_the_log_reads_as_people_speak(desk: Desk, ana: Workbench) -> None:
    project = ana.project(1)
    employ(ana, project, "ben", limit=40)
    ana.send("POST", f"/projects/{project}/pause")
    page = go_to(desk, project, "log")
    entries = page.get_by_role("region", name="Log").get_by_role("listitem")
    expect(entries.first).to_contain_text("Ana paused the project")
    expect(entries.nth(1)).to_contain_text("Ana added ben as labeler, 40 images at most", ignore_case=True)
    expect(entries.last).to_contain_text("Ana created the project")
    page.get_by_role("combobox", name="Show").select_option("People")
    expect(entries).to_have_count(1)


def test_how_far_two_labelers_agree(desk: Desk, ana: Workbench, ben: Workbench, cleo: Workbench) -> None:
    quality = {"consensus": True, "min_labelers": 2, "max_labelers": 3, "gold_rate": 0}
    project = ana.project(4, quality=quality)
    for person, said in {ben: ["ant", "ant", "bee", "bee"], cleo: ["ant", "ant", "bee", "cat"]}.items():
        employ(ana, project, "ben" if person is ben else "cleo")
        person.answer(project, said)
    page = go_to(desk, project, "agreement")
    expect(page.get_by_text("Nobody has measured it yet.")).to_be_visible()
    page.get_by_role("button", name="Measure it").click()
    # Three items of full agreement, and one of half.
    expect(page.locator(".figure").first).to_have_text("0.88", timeout=20_000)
    expect(page.get_by_text("Agreement without what chance gives")).to_be_visible()
    ants = (
        page.get_by_role("region", name="Confusion")
        .get_by_role("row")
        .filter(has=page.get_by_role("rowheader", name="ant"))
    )
    assert ants.get_by_role("cell").all_inner_texts()[0] == "4"
    labelers = page.get_by_role("region", name="By labeler").get_by_role("row")
    expect(labelers.filter(has_text="cleo")).to_contain_text("1.00")


def test_a_project_of_several_labelers_is_created(desk: Desk, ana: Workbench) -> None:
    folder = uuid4().hex
    ana.upload(folder, 1, lambda _: b"\x89PNG not quite")
    page = desk.page
    page.goto(f"{desk.base_url}/projects/new")
    page.get_by_role("textbox", name="Name", exact=True).fill(f"Team {folder}")
    page.get_by_role("textbox", name="Path", exact=True).fill(f"{folder}/**")
    page.get_by_role("textbox", name="One per line").fill("ant\nbee")
    page.get_by_role("checkbox", name="Several people label each image").check()
    page.get_by_role("spinbutton", name="Labelers at least").fill("4")
    page.get_by_role("checkbox", name="People of another company").check()
    page.get_by_role("textbox", name="Name of the company").fill("Acme")
    page.get_by_role("textbox", name="E-mail of its admin").fill("vera@acme.example")
    page.get_by_role("button", name="Create the project").click()
    expect(page.get_by_role("spinbutton", name="Labelers at most")).to_be_focused()
    page.get_by_role("spinbutton", name="Labelers at most").fill("5")
    page.get_by_role("button", name="Create the project").click()
    expect(page.get_by_role("region", name="Quality control")).to_contain_text("4 to 5 for each image")
    expect(page.get_by_role("region", name="Quality control")).to_contain_text("Acme, vera@acme.example")
    project = ana.get(f"/projects/{page.url.rsplit('/', 1)[1]}")
    assert (project["quality"]["min_labelers"], project["quality"]["gold_rate"]) == (4, 0.05)
