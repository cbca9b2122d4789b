"""A team over HTTP: labelers who err, reviewers at once, labels that change."""

from collections import Counter, defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any
from uuid import uuid4

import pytest

from tests.functions.conftest import Json, Person, photos, wait_for

LABELS = [{"name": "Cat"}, {"name": "Dog"}, {"name": "Fox"}]
ERRORS = {"ben": 0.05, "cleo": 0.2, "dan": 0.3, "eva": 0.1}
TWO_OR_THREE = {"consensus": True, "min_labelers": 2, "max_labelers": 3}


def _truth(path: str) -> str:
    return str(LABELS[int(path[-7:-4]) % 3]["name"])


def _label_all(person: Person, project: str, errors: float, seed: str) -> dict[str, str]:
    """Label until nothing is left; what was said by path."""
    chance, said = Random(seed), dict[str, str]()
    while task := person.claim(project, 4):
        answers = []
        for item in task["items"]:
            assert item["path"] not in said
            others = [label["name"] for label in LABELS if label["name"] != _truth(item["path"])]
            wrong = chance.random() < errors
            said[item["path"]] = chance.choice(others) if wrong else _truth(item["path"])
            answers.append({"item": item["id"], "answer": {"labels": [said[item["path"]]]}, "seconds": 1})
        body = {"submission": str(uuid4()), "answers": answers}
        person.post(f"/api/projects/{project}/tasks/{task['id']}/submissions", body)
    return said


def _items(ana: Person, project: str, **filters: Any) -> list[Json]:
    items: list[Json] = ana.get(f"/api/projects/{project}/items", limit=200, **filters)["items"]
    return items


@pytest.fixture(scope="module")
def voted(ana: Person, sign_in: Callable[..., Person]) -> tuple[str, dict[str, dict[str, str]]]:
    """A project that four labelers went through at once, until nothing is left; what they said by path."""
    folder = f"photos-{uuid4().hex}"
    ana.upload(photos(folder, 60))
    project = ana.running(f"{folder}/**", labels=LABELS, quality=TWO_OR_THREE)
    team = {name: sign_in(name) for name in ERRORS}
    for name in team:
        member = team[name].get("/api/me")["id"]
        response = ana.http.put(f"/api/projects/{project}/members/{member}", json={"role": "labeler"})
        assert response.status_code == 200
    said: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for _ in range(2):  # who asks while others hold the rest is told that nothing is left
        with ThreadPoolExecutor() as pool:
            rounds = {
                name: pool.submit(_label_all, team[name], project, rate, name)
                for name, rate in ERRORS.items()
            }
        for name, future in rounds.items():
            for path, label in future.result().items():
                said[path][name] = label
    return project, said


def test_items_settle_as_the_plain_vote_says(
    ana: Person, voted: tuple[str, dict[str, dict[str, str]]]
) -> None:
    project, said = voted
    items = _items(ana, project)
    assert len(items) == 60
    for item in items:
        votes = Counter(said[item["path"]].values())
        assert item["voters"] == votes.total() <= 3
        (label, count), *others = votes.most_common()
        if item["status"] == "labeled":
            assert item["annotation"]["answer"]["labels"] == [label]
            assert item["annotation"]["source"] == "consensus"
            assert item["annotation"]["agreement"] == pytest.approx(count / votes.total())
            assert all(count > fewer for _, fewer in others)
        else:
            assert (item["status"], votes.total(), count) == ("needs_review", 3, 1)


def test_the_dashboard_counts_votes_and_settled_items(
    ana: Person, voted: tuple[str, dict[str, dict[str, str]]]
) -> None:
    project, said = voted
    settled = Counter(item["status"] for item in _items(ana, project))

    def counted() -> bool:
        dashboard = ana.get(f"/api/projects/{project}/dashboard")
        votes = sum(labeler["labeled"] for labeler in dashboard["labelers"])
        figures = (dashboard["items"]["labeled"], dashboard["items"]["needs_review"], votes)
        return figures == (settled["labeled"], settled["needs_review"], sum(map(len, said.values())))

    wait_for(counted)


def test_of_two_reviewers_the_second_is_told_what_changed(
    ana: Person, sign_in: Callable[..., Person], voted: tuple[str, dict[str, dict[str, str]]]
) -> None:
    project, _ = voted
    zoe = sign_in("zoe", admin=True)
    item = _items(ana, project, status="labeled")[0]
    review = f"/api/projects/{project}/items/review"
    body = {"items": [item["id"]], "versions": {item["id"]: item["version"]}}
    assert ana.post(review, body | {"action": "approve"}) == {"done": [item["id"]]}
    refused = zoe.http.post(review, json=body | {"action": "reject"})
    assert refused.status_code == 412
    (changed,) = refused.json()["changed"]
    assert (changed["item"], changed["status"], changed["action"]) == (item["id"], "labeled", "approved")
    assert refused.json()["done"] == []


def test_a_correction_takes_the_version_that_was_read(
    ana: Person, voted: tuple[str, dict[str, dict[str, str]]]
) -> None:
    project, _ = voted
    item = _items(ana, project, status="labeled")[-1]
    address = f"/api/projects/{project}/items/{item['id']}"
    etag = ana.http.get(address).headers["ETag"]
    body = {"answer": {"labels": ["Fox"]}, "comment": "a fox, look at the tail"}
    corrected = ana.http.put(f"{address}/annotation", json=body, headers={"If-Match": etag})
    assert corrected.status_code == 200
    assert corrected.json()["annotation"]["source"] == "review"
    assert len(corrected.json()["votes"]) >= 2
    again = ana.http.put(f"{address}/annotation", json=body, headers={"If-Match": etag})
    assert again.status_code == 412


def test_labels_merge_and_every_answer_follows(
    ana: Person, voted: tuple[str, dict[str, dict[str, str]]]
) -> None:
    project, _ = voted
    before = Counter(
        item["annotation"]["answer"]["labels"][0] for item in _items(ana, project, status="labeled")
    )
    change = {"labels": [{"name": "Cat"}, {"name": "Canine"}], "moves": {"Dog": "Canine", "Fox": "Canine"}}
    address = f"/api/projects/{project}"
    assert ana.http.post(f"{address}/labels", json=change).status_code == 409
    ana.post(f"{address}/pause")
    operation = ana.post(f"{address}/labels", change, 202)
    assert ana.http.post(f"{address}/resume").status_code == 409
    wait_for(lambda: ana.get(f"{address}/operations/{operation['id']}")["status"] == "done")
    ana.post(f"{address}/resume")
    after = Counter(
        item["annotation"]["answer"]["labels"][0] for item in _items(ana, project, status="labeled")
    )
    assert after["Cat"] == before["Cat"]
    assert after["Canine"] >= before["Dog"] + before["Fox"]
    assert set(after) == {"Cat", "Canine"}
    log = [entry["what"] for entry in ana.get(f"{address}/log")["items"]]
    assert log[:3] == ["project_resumed", "labels_change_finished", "labels_changed"]


def test_labels_have_keys_for_everybody(ana: Person) -> None:
    folder = f"photos-{uuid4().hex}"
    ana.upload(photos(folder, 1))
    cat, dog = {"name": "Cat", "key": "c"}, {"name": "Dog"}
    project = ana.running(f"{folder}/**", labels=[cat, dog])
    address = f"/api/projects/{project}"
    assert [label["key"] for label in ana.get(address)["labels"]] == ["c", None]
    task = ana.must_claim(project)
    ana.submit(project, task, "Cat")
    (answered,) = _items(ana, project)
    ana.post(f"{address}/pause")
    again = ana.http.post(f"{address}/labels", json={"labels": [cat, dog | {"key": "c"}]})
    assert (again.status_code, again.json()["label"]) == (422, "Dog")
    change = {"labels": [cat | {"key": "7"}, dog | {"key": "c"}]}
    assert ana.post(f"{address}/labels", change, 202)["status"] == "done"
    assert [label["key"] for label in ana.get(address)["labels"]] == ["7", "c"]
    (item,) = _items(ana, project)
    assert (item["annotation"], item["version"]) == (answered["annotation"], answered["version"])


def test_a_flag_waits_for_a_reviewer(ana: Person) -> None:
    folder = f"photos-{uuid4().hex}"
    ana.upload(photos(folder, 2))
    project = ana.running(f"{folder}/**", labels=LABELS)
    task = ana.must_claim(project)
    item = task["items"][0]["id"]
    answer = {"item": item, "answer": {"labels": ["Cat"]}, "flag": "two cats, or a fox?"}
    body = {"submission": str(uuid4()), "answers": [answer]}
    ana.post(f"/api/projects/{project}/tasks/{task['id']}/submissions", body)
    (flagged,) = _items(ana, project, flagged=True)
    (flag,) = flagged["flags"]
    assert (flagged["id"], flag["note"], flag["revision"]) == (item, "two cats, or a fox?", 1)
    detail = ana.get(f"/api/projects/{project}/items/{item}")
    assert (detail["flags"][0]["user"], detail["history"][0]["flag"]) == ("ana", "two cats, or a fox?")
    again = ana.post(f"/api/projects/{project}/tasks/reopen", {"items": [item]})
    assert again["items"][0]["flag"] == "two cats, or a fox?"
    ana.post(f"/api/projects/{project}/items/review", {"items": [item], "action": "approve"})
    assert _items(ana, project, flagged=True) == []
