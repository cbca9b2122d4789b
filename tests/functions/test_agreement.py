"""How far labelers agree, over HTTP; and their votes out, through the job, and in again as the consensus."""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from uuid import uuid4

from core.domain.kinds import Kind
from tests.functions.conftest import Json, Person, photos, wait_for
from tests.jobs.aggregating import aggregated

LABELS = [{"name": "Cat"}, {"name": "Dog"}, {"name": "Fox"}]
THREE = {"consensus": True, "min_labelers": 3, "max_labelers": 3}
PHOTOS = 60


def _truth(path: str) -> str:
    return str(LABELS[int(path[-7:-4]) % 3]["name"])


def _says(name: str, path: str) -> str:
    """Ben and Cleo are right nine times of ten, and Dan when he happens to be."""
    dice = Random(f"{name} {int(path[-7:-4])}")
    right = dice.random() < {"ben": 0.9, "cleo": 0.9, "dan": 0.0}[name]
    return _truth(path) if right else str(dice.choice(LABELS)["name"])


def _label_all(person: Person, name: str, project: str) -> None:
    while task := person.claim(project, 9):
        answers = [
            {"item": item["id"], "answer": {"labels": [_says(name, item["path"])]}, "seconds": 1.5}
            for item in task["items"]
        ]
        body = {"submission": str(uuid4()), "answers": answers}
        person.post(f"/api/projects/{project}/tasks/{task['id']}/submissions", body)


def _voted(ana: Person, sign_in: Callable[..., Person], folder: str) -> str:
    ana.upload(photos(folder, PHOTOS))
    project = ana.running(f"{folder}/**", kind=Kind.IMAGE_MULTICLASS, labels=LABELS, quality=THREE)
    for name in ("ben", "cleo", "dan"):
        person = sign_in(name)
        user = person.get("/api/me")["id"]
        joined = ana.http.put(f"/api/projects/{project}/members/{user}", json={"role": "labeler"})
        assert joined.status_code == 200
        _label_all(person, name, project)
    return project


def _measured(ana: Person, project: str) -> Json:
    operation = ana.post(f"/api/projects/{project}/agreement", status=202)
    address = f"/api/projects/{project}/operations/{operation['id']}"
    wait_for(lambda: ana.get(address)["status"] in {"done", "failed"})
    assert (ana.get(address)["status"], ana.get(address)["type"]) == ("done", "measure_agreement")
    report: Json = ana.get(f"/api/projects/{project}/agreement")
    return report


def _labels(ana: Person, project: str) -> dict[str, str]:
    _, data = ana.exported(project, format="jsonl")
    lines = [json.loads(line) for line in data.splitlines()]
    return {_name(line["image_url"]): line["label"] for line in lines}


def test_votes_leave_are_merged_by_the_job_and_come_back(
    ana: Person, sign_in: Callable[..., Person], folder: str, tmp_path: Path
) -> None:
    project = _voted(ana, sign_in, folder)
    address = f"/api/projects/{project}"
    assert ana.http.get(f"{address}/agreement").status_code == 404
    report = _measured(ana, project)
    assert (report["items"], report["votes"]) == (PHOTOS, 3 * PHOTOS)
    agreement = {each["name"]: each["agreement"] for each in report["labelers"]}
    assert min(agreement, key=agreement.__getitem__) == "Dan"
    dashboard = ana.get(f"{address}/dashboard")
    assert dashboard["agreement"] == {field: report[field] for field in ("mean", "alpha", "at")}
    disputed = dashboard["items"]["needs_review"]
    voted = _labels(ana, project)
    assert (len(voted), disputed > 0) == (PHOTOS - disputed, True)

    export, data = ana.exported(project, format="votes")
    assert (export["written"], export["refused"]) == (3 * PHOTOS, 0)
    votes = tmp_path / "votes.jsonl"
    votes.write_bytes(data)
    lines, summary = aggregated(votes, tmp_path / "consensus.jsonl")
    assert (len(lines), len(summary["labelers"])) == (PHOTOS, 3)
    assert summary["differ"] > 0

    ana.upload({f"{folder}-merged.jsonl": (tmp_path / "consensus.jsonl").read_bytes()})
    done = ana.imported(project, "jsonl", f"{folder}-merged.jsonl", "consensus")
    assert (done["status"], done["written"], done["refused"]) == ("done", PHOTOS, 0)
    merged = _labels(ana, project)
    assert merged == {_name(line["image_url"]): line["label"] for line in lines}
    assert _right(merged) > _right(voted)
    after = ana.get(f"{address}/dashboard")
    assert (after["items"]["labeled"], after["items"]["needs_review"]) == (PHOTOS, 0)
    assert {each["label"]: each["count"] for each in after["labels"]} == Counter(merged.values())
    item = ana.get(f"{address}/items", label="Dog")["items"][0]
    assert item["annotation"]["source"] == "consensus"


def _name(location: str) -> str:
    return location.rpartition("/")[2]


def _right(labels: Mapping[str, str]) -> int:
    return sum(label == _truth(name) for name, label in labels.items())
