"""Real jobs: labels make a model, its prelabels labels, those a better model; and alike images make pages."""

import csv
import io
import random
from collections import Counter
from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest
from PIL import Image

from local.stack import Stack
from tests.functions.assisted import LABELS, RUN_SECONDS, TARGET, Desk
from tests.functions.conftest import Json, Person, wait_for

WORDS = {
    "Cat": ("purr", "whiskers", "litter", "meow", "kitten", "mouse", "scratch", "tabby"),
    "Dog": ("bark", "leash", "fetch", "kennel", "puppy", "bone", "growl", "collar"),
}
COUNT = 150
MUDDLED = 15
"""Of these texts nobody can tell what they are about, but by their number."""

FIRST = 36
COLOURS = {"Cat": (200, 40, 40), "Dog": (40, 40, 200)}
PICTURES = 90


def _text(number: int) -> str:
    dice, label = random.Random(number), LABELS[number % 2]
    own, others = (WORDS[label], WORDS[LABELS[1 - number % 2]])
    if number < MUDDLED:
        return " ".join((*dice.sample(own, 3), *dice.sample(others, 3)))
    return " ".join((*dice.sample(own, 5), *dice.sample(others, 1)))


def _number_of(item: Json) -> int:
    """A text's, or a picture's."""
    name = str(item["path"])
    return int(name.rpartition("#")[2]) - 1 if "#" in name else int(name[-7:-4])


def _truth(item: Json) -> str:
    return LABELS[_number_of(item) % 2]


@pytest.fixture
def texts(quick_stack: Stack, quick_ana: Person) -> Desk:
    """A project of texts that trains by itself."""
    folder = f"texts-{uuid4().hex}"
    written = "".join(f"{number},{_text(number)}\r\n" for number in range(COUNT))
    quick_ana.upload({f"{folder}/texts.csv": b"number,text\r\n" + written.encode()})
    data = {"datastore": "data", "path": f"{folder}/*.csv", "type": "tabular", "columns": ["text"]}
    training = {"first": FIRST, "growth": 2}
    assist = {"enabled": True, "target": TARGET, "audit_rate": 0.3, "training": training}
    desk = Desk.at(quick_stack, quick_ana, kind="text_multiclass", data=data, assist=assist)
    desk.truth = _truth
    return desk


def test_labels_teach_a_model_that_labels(texts: Desk) -> None:
    assert texts.assist()["next_run_in"] == FIRST
    first = _next_run(texts)
    assert (first["created_by"], first["labeled"], first["items"]) == ("", FIRST, COUNT)
    assert first["figure"]["name"] == "accuracy"
    assert first["figure"]["value"] > TARGET
    assert first["trusted"] > 0

    told = {item["id"]: item for item in texts.items(status="pending")}
    assert all(item["prelabel"] for item in told.values())
    pages = list(_pages(texts, texts.assist()["next_run_in"] - 1))
    assert {page["type"] for page in pages} == {"manual", "prelabeled"}
    _check_audit(texts, first["id"], [told[item["id"]] for page in pages for item in _blind(page)])
    _check_pages(pages)

    second = _next_run(texts)
    assert second["id"] != first["id"]
    assert second["labeled"] >= 2 * FIRST
    _change_target(texts, second["id"])

    assert texts.get("/doubts")["run"] == second["id"]
    model = httpx.get(texts.get(f"/runs/{second['id']}/model")["url"])
    assert model.content.startswith(b"PK")
    while texts.answer_page():
        pass
    figures = texts.get("/dashboard")["items"]
    assert (figures["labeled"], figures["pending"]) == (COUNT, 0)
    _, data = texts.person.exported(texts.project, format="csv")
    rows = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
    assert {int(row["number"]): row["label"] for row in rows} == {
        number: LABELS[number % 2] for number in range(COUNT)
    }
    assert {row["source"] for row in rows} == {"manual"}
    texts.exact()


def _next_run(desk: Desk) -> Json:
    """The run that starts by itself once enough is labeled, when it is done."""
    before = len(desk.assist()["runs"])
    while desk.assist()["next_run_in"]:
        assert desk.answer_page() is not None
    wait_for(lambda: len(desk.assist()["runs"]) > before, RUN_SECONDS)
    run = desk.ended(desk.assist()["runs"][0]["id"])
    assert run["status"] == "done", run["error"]
    return run


def _pages(desk: Desk, count: int) -> Iterator[Json]:
    """Pages of no more than so many items in all, answered right."""
    while count >= 9 and (page := desk.answer_page()):
        count -= len(page["items"])
        yield page


def _blind(page: Json) -> list[Json]:
    found: list[Json] = page["items"] if page["type"] == "manual" else []
    return found


def _check_audit(desk: Desk, run: str, shown_blind: list[Json]) -> None:
    """What the run is told to have got right is what we have seen. `shown_blind` is as the owner sees it."""
    audited = [item for item in shown_blind if item["trusted"]]
    right = sum(item["prelabel"]["labels"] == [_truth(item)] for item in audited)
    audit = desk.run(run)["audit"]
    assert audited
    assert (audit["items"], audit["right"], audit["total"]) == (len(audited), right, len(audited))


def _check_pages(pages: list[Json]) -> None:
    """A page has prelabels of one sort, or none."""
    seen = Counter[bool | None]()
    for page in pages:
        sorts = {item["trusted"] for item in page["items"]}
        assert len(sorts) == 1
        assert all(bool(item["prelabel"]) == (page["type"] == "prelabeled") for item in page["items"])
        seen.update(sorts)
    assert {None, True} <= set(seen)


def _change_target(desk: Desk, run: str) -> None:
    """Ask for what the report says can just be had: the threshold becomes what it says it has to be."""
    before, curve = desk.run(run)["trust"], desk.run(run)["report"]["curve"]
    target = max(point["bound"] for point in curve) - 0.001
    expected = min(point["threshold"] for point in curve if point["bound"] >= target)
    desk.set(target=target, training={"growth": 10})
    after = desk.run(run)["trust"]
    assert after["threshold"] == expected
    assert (after["id"] == before["id"]) == (expected == before["threshold"])
    wait_for(desk.applied)


def _picture(number: int) -> bytes:
    dice, data = random.Random(number), io.BytesIO()
    colour = [min(255, part + dice.randrange(40)) for part in COLOURS[LABELS[number % 2]]]
    Image.new("RGB", (24, 24), tuple(colour)).save(data, "JPEG")
    return data.getvalue()


def test_images_that_look_alike_come_together(quick_stack: Stack, quick_ana: Person, folder: str) -> None:
    quick_ana.upload({f"{folder}/{number:03d}.jpg": _picture(number) for number in range(PICTURES)})
    data = {"datastore": "data", "path": f"{folder}/**", "type": "files"}
    desk = Desk.at(quick_stack, quick_ana, data=data, assist={"enabled": True})
    desk.truth = _truth
    desk.answer(54)
    wait_for(lambda: desk.assist()["runs"] != [], RUN_SECONDS)
    run = desk.ended(desk.assist()["runs"][0]["id"])
    assert (run["stage"], run["status"], run["created_by"]) == ("embed", "done", ""), run["error"]
    assert run["figure"]["name"] == "page_purity"
    assert run["figure"]["value"] > 0.9
    assert desk.get("/dashboard")["queue"] == {"manual": 0, "clustered": PICTURES - 54, "prelabeled": 0}
    pages = list(_pages(desk, PICTURES))
    assert {page["type"] for page in pages} == {"clustered"}
    mixed = sum(len({_truth(item) for item in page["items"]}) > 1 for page in pages)
    assert mixed <= 1
    desk.exact()
