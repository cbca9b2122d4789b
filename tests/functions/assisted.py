"""A project with ML assist, and a labeler who knows what is right: most texts say so themselves."""

import asyncio
import csv
import io
import json
import os
import signal
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import httpx

from benchmarks.worlds import open_world
from core.domain.items import ItemStatus
from core.domain.shards import Control
from core.logic.assist.lanes import laned
from core.logic.records.counting import recount
from core.ports import Ports
from core.usecases.read_predictions import read_predictions
from core.usecases.survey_project import survey_project
from local.stack import Stack
from tests.functions.conftest import Json, Person, wait_for

T = TypeVar("T")

LABELS = ("Cat", "Dog")
COLUMNS = ("number", "truth", "says", "sure")
TARGET = 0.8
"""Eleven answers that are all right prove it."""

ENDED = {"done", "failed", "canceled"}
RUN_SECONDS = 120
QUIET: Json = {"target": TARGET, "training": {"growth": 10}}
"""No run begins by itself."""

Row = tuple[str, str, float]
"""What a text is, what the stand-in says of it, and how surely."""


def sure(count: int, *, says: str | None = None, surely: float = 0.9) -> list[Row]:
    """Cats and dogs in turn; the stand-in is right, unless it is to say something else."""
    return [(LABELS[at % 2], says or LABELS[at % 2], surely) for at in range(count)]


def wrong(count: int, surely: float = 0.9) -> list[Row]:
    """Cats and dogs in turn, each of which the stand-in takes for the other."""
    return [(LABELS[at % 2], LABELS[1 - at % 2], surely) for at in range(count)]


def table(rows: Sequence[Row]) -> bytes:
    """A file of these texts."""
    text = io.StringIO()
    written = csv.writer(text)
    written.writerows([COLUMNS, *((number, *row) for number, row in enumerate(rows))])
    return text.getvalue().encode()


def truth_of(item: Mapping[str, Any]) -> str:
    """The right answer to such a text."""
    return str(item["columns"]["truth"])


@dataclass
class Desk:
    """Somebody who labels in a project, and looks after its runs. `truth` knows what is right."""

    stack: Stack
    person: Person
    project: str
    truth: Callable[[Json], str] = truth_of

    @classmethod
    def over(cls, stack: Stack, person: Person, rows: Sequence[Row], **assist: Any) -> "Desk":
        """At a project of these texts that is running."""
        folder = f"texts-{uuid4().hex}"
        person.upload({f"{folder}/texts.csv": table(rows)})
        data = {"datastore": "data", "path": f"{folder}/*.csv", "type": "tabular", "columns": COLUMNS}
        return cls.at(stack, person, kind="text_multiclass", data=data, assist=QUIET | assist)

    @classmethod
    def at(cls, stack: Stack, person: Person, **fields: Any) -> "Desk":
        """At a project that is running."""
        labels = [{"name": label} for label in LABELS]
        project = person.create("", labels=labels, refresh={"enabled": False}, **fields)
        desk = cls(stack, person, project)
        wait_for(lambda: desk.get("")["status"] == "running", RUN_SECONDS)
        return desk

    def get(self, path: str, **params: Any) -> Any:
        return self.person.get(f"/api/projects/{self.project}{path}", **params)

    def post(self, path: str, body: Any = None, status: int = 200) -> Any:
        return self.person.post(f"/api/projects/{self.project}{path}", body, status)

    def set(self, **assist: Any) -> None:
        """Change settings of ML assist."""
        address = f"/api/projects/{self.project}"
        changed = self.person.http.patch(address, json={"assist": assist})
        assert changed.status_code == 200, changed.text

    def answer_page(self, size: int = 9) -> Json | None:
        """A page that was answered right; None: there is none left."""
        task = self.person.claim(self.project, size)
        if task is not None:
            assert self.submit(task).status_code == 200
        return task

    def submit(self, task: Json, *, by: Person | None = None) -> httpx.Response:
        """The response to somebody who answers a page right."""
        answers = [
            {"item": item["id"], "answer": {"labels": [self.truth(item)]}, "seconds": 1}
            for item in task["items"]
        ]
        body = {"submission": str(uuid4()), "answers": answers}
        address = f"/api/projects/{self.project}/tasks/{task['id']}/submissions"
        return (by or self.person).http.post(address, json=body)

    def answer(self, count: int) -> None:
        """Answer so many items right, or a few more."""
        while count > 0:
            page = self.answer_page()
            assert page is not None
            count -= len(page["items"])

    def train(self, how: str = "right") -> str:
        """The id of a run that was asked for, by the stand-in in one of its ways."""
        run = self.post("/runs", {"base": f"stand-in/{how}"}, 202)
        return str(run["id"])

    def run(self, run: str) -> Json:
        found: Json = self.get(f"/runs/{run}")
        return found

    def ended(self, run: str) -> Json:
        """The run once it has ended."""
        self.until(run, *ENDED)
        return self.run(run)

    def until(self, run: str, *statuses: str) -> None:
        wait_for(lambda: self.run(run)["status"] in statuses, RUN_SECONDS)

    def trained(self) -> Json:
        """A run that was asked for and is done."""
        run = self.ended(self.train())
        assert run["status"] == "done", run["error"]
        return run

    def assist(self) -> Json:
        """What the dashboard says of models."""
        found: Json = self.get("/dashboard")["assist"]
        return found

    def items(self, **params: Any) -> list[Json]:
        """All items, or those that are asked for."""
        found: list[Json] = []
        cursor: dict[str, str] = {}
        while True:
            page = self.get("/items", limit=200, **params, **cursor)
            found += page["items"]
            if page["next"] is None:
                return found
            cursor = {"cursor": page["next"]}

    def exported(self, **options: Any) -> dict[str, str]:
        """How each answer of a table came about, by the number of its text."""
        _, data = self.person.exported(self.project, format="csv", **options)
        rows = csv.DictReader(io.StringIO(data.decode(), newline=""))
        return {row["number"]: row["source"] for row in rows}

    def applied(self) -> bool:
        """Whether all shards show what the project says."""
        return self.inside(lambda ports: _applied(ports, self.project))

    def exact(self) -> Sequence[Control]:
        """The shards. Their lanes follow from what is predicted, their counters from the records."""
        return self.inside(lambda ports: _exact(ports, self.project))

    def inside(self, ask: Callable[[Ports], Awaitable[T]]) -> T:
        """What one learns behind the app's back."""

        async def asked() -> T:
            async with open_world(self.stack.connection_string, None) as ports:
                return await ask(ports)

        return asyncio.run(asked())

    def job(self, run: str, attempt: int = 1) -> "Job":
        return Job(self.stack.folder / "jobs" / f"{self.project}-{run}-{attempt}")


@dataclass(frozen=True)
class Job:
    """A job of the stand-in, by its folder."""

    folder: Path

    def until_it_runs(self) -> None:
        log = self.folder / "log.txt"
        wait_for(lambda: log.exists() and "progress" in log.read_text(), RUN_SECONDS)

    def let_go(self) -> None:
        """What it waits for."""
        (self.folder / "outputs" / "out" / "go").touch()

    def kill(self) -> None:
        """SIGKILL all of its processes."""
        os.killpg(self._process(), signal.SIGKILL)

    def lives(self) -> bool:
        """Whether any of its processes is there."""
        with suppress(FileNotFoundError, ProcessLookupError):
            os.killpg(self._process(), 0)
            return True
        return False

    def _process(self) -> int:
        return int(json.loads((self.folder / "pid").read_text())["pid"])


def is_right(item: Mapping[str, Any]) -> bool:
    """Whether the answer that stands is."""
    return bool(item["annotation"]["answer"]["labels"] == [truth_of(item)])


async def _applied(ports: Ports, project: str) -> bool:
    found = (await ports.projects.get(project, fresh=True)).value
    done = all(one.status in ENDED for one in await ports.operations.all(project))
    return done and all(control.trust == found.trust for control in await survey_project(ports, found))


async def _exact(ports: Ports, project: str) -> Sequence[Control]:
    found = (await ports.projects.get(project, fresh=True)).value
    controls = await survey_project(ports, found)
    for control in controls:
        predictions = await read_predictions(ports, control)
        records = await ports.shards.records(project, control.shard)
        assert control.trust == found.trust
        assert laned(control, project, predictions, control.trust).states == control.states
        assert control.counts == recount(records.values())
        statuses = [control.status(index) for index in range(len(control.states))]
        pending = ItemStatus.PENDING
        assert statuses == [
            records[index].status if index in records else pending for index in range(len(statuses))
        ]
    return controls
