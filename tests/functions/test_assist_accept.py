"""Answers of a model that stand without a person: audited, corrected, withdrawn, and in nobody's way."""

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from local.stack import Stack
from tests.functions.assisted import RUN_SECONDS, Desk, is_right, sure, truth_of, wrong
from tests.functions.conftest import Json, Person, wait_for

ANSWERED = 45
FIRST_THRESHOLD, HIGHER = 0.9, 0.97
LABELERS = ("lea", "max", "noa")


@pytest.fixture
def labelers(quick_stack: Stack) -> Iterator[list[Person]]:
    """People who are signed in there."""
    people = [
        httpx.Client(
            base_url=quick_stack.base_url,
            headers={"Authorization": f"Bearer {quick_stack.token(name)}"},
            timeout=30,
        )
        for name in LABELERS
    ]
    yield [Person(http) for http in people]
    for http in people:
        http.close()


def _accepted(desk: Desk) -> dict[str, Json]:
    """The items whose answer is a model's, by id."""
    return {item["id"]: item for item in desk.items(source="model")}


def test_what_a_model_answered_stands_until_its_audit_fails(quick_stack: Stack, quick_ana: Person) -> None:
    rows = [*sure(140, surely=HIGHER), *wrong(100, surely=FIRST_THRESHOLD)]
    desk = Desk.over(quick_stack, quick_ana, rows, enabled=True, accept=True, audit_rate=0.5)
    desk.answer(ANSWERED)
    run = desk.trained()
    assert run["threshold"] == FIRST_THRESHOLD
    accepted = _accepted(desk)
    audited = {item["id"]: item for item in desk.items(status="pending")}
    assert len(accepted) + len(audited) + ANSWERED == len(rows)
    assert desk.assist()["accepted"] == len(accepted)
    assert {item["annotation"]["user"] for item in accepted.values()} == {"model"}
    desk.exact()

    corrected = next(item for item in accepted.values() if not is_right(item))
    address = f"/api/projects/{desk.project}/items/{corrected['id']}/annotation"
    assert quick_ana.http.put(address, json={"answer": {"labels": [truth_of(corrected)]}}).status_code == 200
    sources = desk.exported()
    assert Counter(sources.values())["model"] == len(accepted) - 1
    assert sources[corrected["columns"]["number"]] != "model"
    by_people = desk.exported(include_accepted=False)
    assert len(by_people) == ANSWERED + 1
    assert "model" not in by_people.values()

    _answer_blind(desk, run["id"], audited)
    wait_for(desk.applied)
    kept = {name for name, item in accepted.items() if item["confidence"] >= HIGHER}
    assert set(_accepted(desk)) == kept
    assert desk.assist()["threshold"] == HIGHER
    desk.exact()
    detail = desk.get(f"/items/{corrected['id']}")
    assert (detail["status"], is_right(detail)) == ("labeled", True)
    pending = {item["id"] for item in desk.items(status="pending")}
    assert pending - set(audited) == set(accepted) - kept - {corrected["id"]}
    log = [entry for entry in desk.get("/log")["items"] if entry["what"] == "threshold_changed"]
    assert [(entry["details"]["new"], entry["details"]["why"]) for entry in log] == [(HIGHER, "audit")]


def _answer_blind(desk: Desk, run: str, audited: dict[str, Json]) -> None:
    """Answer what is audited until the trust slips: first what the model is right on.

    Nothing tells which items these are, or what is predicted.
    """
    held = {}
    while task := desk.person.claim(desk.project):
        [item] = task["items"]
        assert (task["type"], item["prelabel"], item["confidence"], item["trusted"]) == (
            "manual",
            *[None] * 3,
        )
        held[item["id"]] = task
    assert set(held) == set(audited)
    right = [name for name, item in audited.items() if item["columns"]["says"] == truth_of(item)]
    for name in right:
        assert desk.submit(held[name]).status_code == 200
    told = desk.run(run)["audit"]
    assert (told["items"], told["right"], told["total"]) == (len(right),) * 3
    assert told["bound"] > desk.assist()["target"]
    for name in set(audited) - set(right):
        if desk.assist()["threshold"] != FIRST_THRESHOLD:
            return
        assert desk.submit(held[name]).status_code == 200
    wait_for(lambda: desk.assist()["threshold"] != FIRST_THRESHOLD)


def test_labeling_goes_on_while_predictions_come_and_go(
    quick_stack: Stack, quick_ana: Person, labelers: list[Person]
) -> None:
    rows = [*sure(450), *sure(450, surely=0.3), *wrong(300, surely=0.1)]
    desk = Desk.over(quick_stack, quick_ana, rows, audit_rate=0.1)
    desk.answer(ANSWERED)
    for name in LABELERS:
        address = f"/api/projects/{desk.project}/members/{name}"
        assert quick_ana.http.put(address, json={"role": "labeler"}).is_success
    over = threading.Event()
    with ThreadPoolExecutor() as pool:
        working = [pool.submit(_label, desk, person, over) for person in labelers]
        try:
            desk.trained()
            for settings in ({"accept": True}, {"unsure": "hide"}, {"accept": False}, {"unsure": "show"}):
                desk.set(**settings)
            desk.trained()
            desk.set(accept=True)
            desk.trained()
        finally:
            over.set()
        given = [item for one in working for item in one.result()]
    assert len(given) > 100
    assert set(Counter(given).values()) == {1}
    wait_for(lambda: desk.applied(), RUN_SECONDS)
    answered = {item["id"]: item for item in desk.items(source="manual")}
    assert len(answered) == ANSWERED + len(given)
    assert set(given) <= set(answered)
    assert all(map(is_right, answered.values()))
    figures = desk.get("/dashboard")
    assert figures["items"]["labeled"] == len(answered) + figures["assist"]["accepted"]
    assert len(_accepted(desk)) == figures["assist"]["accepted"]
    desk.exact()


def _label(desk: Desk, person: Person, over: threading.Event) -> list[str]:
    """Label until it is over; which items. No answer is refused or late."""
    given: list[str] = []
    while not over.is_set() and (task := person.claim(desk.project, 4)):
        response = desk.submit(task, by=person)
        assert response.status_code == 200, response.text
        results = response.json()["results"]
        assert {result["outcome"] for result in results} == {"labeled"}
        given += [result["item"] for result in results]
    return given
