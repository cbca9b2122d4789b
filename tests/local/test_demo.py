"""The demo projects, made in the repository's own app."""

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import Any

import httpx
import pytest
from PIL import Image

from local.demo import DemoError, seed
from local.samples import DIGITS, PASSAGES, PHOTOGRAPHS, Sample, digit_images, passages, photographs
from local.stack import Stack

FEW = 12


def few_digits() -> Sample:
    return Sample(DIGITS.project, lambda: islice(digit_images(), FEW))


def no_digits() -> Sample:
    def files() -> Iterator[tuple[str, bytes]]:
        raise AssertionError("The project is there, so nothing is uploaded")

    return Sample(DIGITS.project, files)


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    with Stack() as running:
        yield running


def get(stack: Stack, path: str) -> Any:
    headers = {"Authorization": f"Bearer {stack.token('ana')}"}
    return httpx.get(stack.base_url + path, headers=headers).raise_for_status().json()


def test_the_demo_is_made_once_and_finished_when_interrupted(stack: Stack) -> None:
    seed(stack.base_url, stack.token("ana"), [few_digits()])
    [project] = [one for one in get(stack, "/api/projects")["items"] if one["name"] == DIGITS.name]
    assert (project["name"], project["status"]) == (DIGITS.name, "running")
    assert get(stack, f"/api/projects/{project['id']}/dashboard")["items"]["total"] == FEW

    headers = {"Authorization": f"Bearer {stack.token('ana')}"}
    member = f"{stack.base_url}/api/projects/{project['id']}/members/cleo"
    assert httpx.delete(member, headers=headers).is_success
    seed(stack.base_url, stack.token("ana"), [no_digits()])
    members = get(stack, f"/api/projects/{project['id']}/members")["items"]
    roles = {one["user"]: one["role"] for one in members}
    assert roles == {
        "ana": "owner",
        "ben": "labeler",
        "cleo": "labeler",
        "dan": "reviewer",
        "eva": "customer_qa",
        "group:labelers": "labeler",
    }
    assert [one["name"] for one in get(stack, "/api/projects")["items"]].count(DIGITS.name) == 1


def test_there_is_something_to_label_of_other_kinds(stack: Stack) -> None:
    seed(stack.base_url, stack.token("ana"), [PHOTOGRAPHS, PASSAGES])
    found = {project["name"]: project for project in get(stack, "/api/projects")["items"]}
    totals = {
        sample.name: get(stack, f"/api/projects/{found[sample.name]['id']}/dashboard")["items"]["total"]
        for sample in (PHOTOGRAPHS, PASSAGES)
    }
    [(_, table)] = passages()
    rows = len(list(csv.reader(io.StringIO(table.decode(), newline="")))) - 1
    assert totals == {PHOTOGRAPHS.name: len(list(photographs())), PASSAGES.name: rows}
    assert rows > 20


def test_a_refusal_names_the_step(stack: Stack) -> None:
    with pytest.raises(DemoError, match=r"GET /api/projects answered 401 .* DEMO=0 starts without it"):
        seed(stack.base_url, "nonsense", [few_digits()])


def test_an_app_that_is_gone_is_a_demo_error() -> None:
    with pytest.raises(DemoError, match="ConnectError"):
        seed("http://127.0.0.1:1", "nonsense", [few_digits()])


def test_digits_are_dark_on_light_and_of_a_size_to_look_at() -> None:
    name, content = next(digit_images())
    image = Image.open(io.BytesIO(content)).convert("L")
    assert (name, image.size) == ("digits/0000.png", (96, 96))
    shades = image.tobytes()
    assert min(shades) < 60
    assert max(shades) > 240
