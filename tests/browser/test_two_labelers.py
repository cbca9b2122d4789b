"""Two people label one project at the same time, each in a browser of their own, until nothing is left."""

from collections import Counter

from playwright.sync_api import expect

from tests.browser.desk import Desk, SitDown
from tests.browser.workbench import Workbench

IMAGES = 18


def left(desk: Desk) -> bool:
    """Whether there is another page for this person, once that is known."""
    nothing = desk.page.get_by_role("heading", name="Nothing left for you right now")
    expect(desk.tiles.or_(nothing).first).to_be_visible()
    return desk.tiles.count() > 0


def label_in_turns(desks: list[Desk]) -> None:
    """One page each, in turn, for as long as anybody has one."""
    while working := [desk for desk in desks if left(desk)]:
        for desk in working:
            desk.press("1", "Enter")


def test_nothing_is_labeled_twice_and_nothing_is_left(sit_down: SitDown, ana: Workbench) -> None:
    project = ana.project(IMAGES)
    desks = [sit_down(user) for user in ("ben", "cleo")]
    for user in ("ben", "cleo"):
        ana.send("PUT", f"/projects/{project}/members/{user}", {"role": "labeler"})
    for desk in desks:
        desk.open(project, layout=1)
    label_in_turns(desks)
    for desk in desks:
        desk.expect_saved()
    handed = Counter(item for desk in desks for item in desk.claimed)
    assert sorted(handed.values()) == [1] * IMAGES
    answers = ana.wait_for_answers(project, IMAGES)
    assert handed.keys() == answers.keys()
    by = Counter(answer["user"] for answer in answers.values())
    assert by.keys() == {"ben", "cleo"}
    assert min(by.values()) >= IMAGES // 4
    for item in answers:
        assert len(ana.get(f"/projects/{project}/items/{item}")["history"]) == 1
