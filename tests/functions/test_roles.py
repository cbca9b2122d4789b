"""Who may use which route: every cell of the matrix over HTTP. A route without a row here fails.

To add a route, add its row, and its body to ASKS if it takes one. In a row stand the method, the path and
perhaps a variant (another body or other values for the same route), then a mark for each of the cast:

    x  allowed: a success
    -  forbidden: 403
    h  hidden: 404, as if it did not exist

`{names}` in paths and bodies stand for what VALUES makes, on a stage that each cell has to itself.
"""

import json
import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from starlette.routing import BaseRoute, Route

from core.usecases.back_up_project import back_up_project
from core.usecases.delete_project import erase_project
from core.usecases.run_operation import run_operation
from tests.functions.in_process import ADMINISTRATOR, CAST, Stage, a_trained_run, an_api

#                                                                     adm own rev cqa vad vqa lab exp out
MATRIX = """
GET    /api/me                                                         x   x   x   x   x   x   x   x   x
GET    /api/projects                                                   x   x   x   x   x   x   x   x   x
POST   /api/projects                                                   x   -   -   -   -   -   -   -   -
GET    /api/datastores                                                 x   x   x   x   x   x   x   x   x
DELETE /api/people/{user}                                              x   -   -   -   -   -   -   -   -
PUT    /api/datastores/{name}                                          x   -   -   -   -   -   -   -   -
POST   /api/datastores/{datastore}/uploads                             x   -   -   -   -   -   -   -   -
POST   /api/datastores/{datastore}/preview                             x   -   -   -   -   -   -   -   -
GET    /api/projects/{project}                                         x   x   x   x   x   x   x   x   h
PATCH  /api/projects/{project}                                         x   x   -   -   -   -   -   -   h
DELETE /api/projects/{project}                                         x   x   -   -   -   -   -   -   h
POST   /api/projects/{project}/pause                                   x   x   -   -   -   -   -   -   h
POST   /api/projects/{project}/resume                                  x   x   -   -   -   -   -   -   h
POST   /api/projects/{project}/refresh                                 x   x   -   -   -   -   -   -   h
GET    /api/projects/{project}/instructions                            x   x   x   x   x   x   x   x   h
GET    /api/projects/{project}/dashboard                               x   x   x   x   x   x   x   x   h
GET    /api/projects/{project}/log                                     x   x   -   -   -   -   -   -   h
GET    /api/cost                                                       x   -   -   -   -   -   -   -   -
GET    /api/projects/{project}/cost                                    x   x   -   -   -   -   -   -   h
GET    /api/projects/{project}/members                                 x   x   x   x   x   x   -   -   h
PUT    /api/projects/{project}/members/{user}                          x   x   -   -   -   -   -   -   h
PUT    /api/projects/{project}/members/{user} vendor                   x   x   -   -   x   -   -   -   h
DELETE /api/projects/{project}/members/{user}                          x   x   -   -   -   -   -   -   h
DELETE /api/projects/{project}/members/{user} vendor                   x   x   -   -   x   -   -   -   h
GET    /api/projects/{project}/invitations                             x   x   x   x   x   x   -   -   h
POST   /api/projects/{project}/invitations                             x   x   -   -   -   -   -   -   h
POST   /api/projects/{project}/invitations vendor                      x   x   -   -   x   -   -   -   h
DELETE /api/projects/{project}/invitations/{email}                     x   x   -   -   -   -   -   -   h
DELETE /api/projects/{project}/invitations/{email} vendor              x   x   -   -   x   -   -   -   h
POST   /api/projects/{project}/tasks                                   x   x   x   -   x   -   x   -   h
POST   /api/projects/{project}/tasks/reopen                            x   x   x   -   x   -   x   -   h
PUT    /api/projects/{project}/tasks/{task}                            x   x   x   -   x   -   x   -   h
DELETE /api/projects/{project}/tasks/{task}                            x   x   x   -   x   -   x   -   h
POST   /api/projects/{project}/tasks/{task}/submissions                x   x   x   -   x   -   x   -   h
GET    /api/projects/{project}/items                                   x   x   x   x   x   x   -   -   h
GET    /api/projects/{project}/items/{item}                            x   x   x   x   x   x   -   -   h
PUT    /api/projects/{project}/items/{labeled}/annotation              x   x   x   -   x   x   -   -   h
POST   /api/projects/{project}/items/review approve                    x   x   -   x   x   x   -   -   h
POST   /api/projects/{project}/items/review unapprove                  x   x   -   x   x   x   -   -   h
POST   /api/projects/{project}/items/review reject                     x   x   x   x   x   x   -   -   h
POST   /api/projects/{project}/items/review accept_skip                x   x   x   x   x   x   -   -   h
POST   /api/projects/{project}/items/review reject_skip                x   x   x   x   x   x   -   -   h
POST   /api/projects/{project}/items/review assign                     x   x   x   -   -   -   -   -   h
POST   /api/projects/{project}/items/review reject_to                  x   x   x   -   -   -   -   -   h
POST   /api/projects/{project}/items/review mark_gold                  x   x   -   -   -   -   -   -   h
POST   /api/projects/{project}/items/review unmark_gold                x   x   -   -   -   -   -   -   h
GET    /api/projects/{project}/items/{item}/image                      x   x   x   x   x   x   x   -   h
GET    /api/projects/{project}/items/{other}/image                     x   x   x   x   x   x   h   -   h
POST   /api/projects/{project}/items/thumbnails                        x   x   x   x   x   x   x   -   h
POST   /api/projects/{project}/items/thumbnails other                  x   x   x   x   x   x   h   -   h
GET    /api/projects/{project}/items/{item}/frames/{frame}             x   x   x   x   x   x   x   -   h
GET    /api/projects/{project}/items/{other}/frames/{frame}            x   x   x   x   x   x   h   -   h
POST   /api/projects/{project}/labels                                  x   x   -   -   -   -   -   -   h
GET    /api/projects/{project}/operations                              x   x   x   x   x   x   x   x   h
GET    /api/projects/{project}/operations/{operation}                  x   x   x   x   x   x   x   x   h
GET    /api/projects/{project}/agreement                               x   x   x   x   x   x   -   -   h
POST   /api/projects/{project}/agreement                               x   x   -   -   -   -   -   -   h
GET    /api/projects/{project}/runs                                    x   x   x   x   x   x   -   -   h
POST   /api/projects/{project}/runs                                    x   x   -   -   -   -   -   -   h
GET    /api/projects/{project}/runs/{run}                              x   x   x   x   x   x   -   -   h
POST   /api/projects/{project}/runs/{run}/cancel                       x   x   -   -   -   -   -   -   h
GET    /api/projects/{project}/runs/{trained}/model                    x   x   -   -   -   -   -   -   h
POST   /api/projects/{project}/runs/{trained}/model/register           x   x   -   -   -   -   -   -   h
GET    /api/projects/{project}/doubts                                  x   x   x   x   x   x   -   -   h
GET    /api/projects/{project}/reservations                            x   x   -   -   -   -   -   -   h
PUT    /api/projects/{project}/reservations                            x   x   -   -   -   -   -   -   h
GET    /api/projects/{project}/exports                                 x   x   -   x   x   x   -   x   h
POST   /api/projects/{project}/exports                                 x   x   -   x   x   x   -   x   h
GET    /api/projects/{project}/exports/{export}                        x   x   -   x   x   x   -   x   h
GET    /api/projects/{project}/imports                                 x   x   -   -   -   -   -   -   h
POST   /api/projects/{project}/imports                                 x   x   -   -   -   -   -   -   h
GET    /api/projects/{project}/imports/{import_id}                     x   x   -   -   -   -   -   -   h
GET    /api/backups                                                    x   -   -   -   -   -   -   -   -
POST   /api/backups                                                    x   -   -   -   -   -   -   -   -
GET    /api/backups/{backup}                                           x   -   -   -   -   -   -   -   -
DELETE /api/backups/{backup}                                           x   -   -   -   -   -   -   -   -
POST   /api/backups/{erased}/restore                                   x   -   -   -   -   -   -   -   -
GET    /api/projects/{project}/backups                                 x   x   -   -   -   -   -   -   h
POST   /api/projects/{project}/backups                                 x   x   -   -   -   -   -   -   h
GET    /api/projects/{project}/backups/{backup}                        x   x   -   -   -   -   -   -   h
GET    /api/projects/{project}/webhooks                                x   x   -   -   -   -   -   -   h
POST   /api/projects/{project}/webhooks                                x   x   -   -   -   -   -   -   h
PATCH  /api/projects/{project}/webhooks/{webhook}                      x   x   -   -   -   -   -   -   h
DELETE /api/projects/{project}/webhooks/{webhook}                      x   x   -   -   -   -   -   -   h
POST   /api/projects/{project}/webhooks/{webhook}/test                 x   x   -   -   -   -   -   -   h
GET    /api/projects/{project}/webhooks/{webhook}/deliveries           x   x   -   -   -   -   -   -   h
"""

OPEN = {
    "GET /api/config",
    "GET /api/health",
    "GET /api/openapi.json",
    "GET /api/docs",
    "GET /docs/oauth2-redirect",
    "GET /{path:path}",
}
"""What needs no token: how to sign in, whether all is well, what the API is, and the page."""

CAT = {"labels": ["Cat"]}
HOOK = "https://hooks.example/tagwerk"


def _project(**changes: Any) -> dict[str, Any]:
    data = {"datastore": "data", "path": "scans/**"}
    return {"name": "New", "kind": "image_multiclass", "data": data, "labels": [{"name": "Rose"}], **changes}


def _review(action: str, item: str = "{labeled}", **fields: Any) -> dict[str, Any]:
    return {"action": action, "items": [item], **fields}


ASKS: dict[str, dict[str, Any]] = {
    "POST /api/projects": _project(),
    "PUT /api/datastores/{name}": {"container": "data"},
    "POST /api/datastores/{datastore}/uploads": {"files": ["new.jpg"]},
    "POST /api/datastores/{datastore}/preview": {"path": "scans/**"},
    "PATCH /api/projects/{project}": {"lease_minutes": 5},
    "PUT /api/projects/{project}/members/{user}": {"role": "labeler", "vendor": False},
    "PUT /api/projects/{project}/members/{user} vendor": {"role": "labeler", "vendor": True},
    "POST /api/projects/{project}/invitations": {"email": "e@f.example", "role": "reviewer"},
    "POST /api/projects/{project}/invitations vendor": {
        "email": "e@f.example",
        "role": "labeler",
        "vendor": True,
    },
    "POST /api/projects/{project}/tasks": {"size": 4},
    "POST /api/projects/{project}/tasks/reopen": {"items": ["{own}"]},
    "POST /api/projects/{project}/tasks/{task}/submissions": {
        "submission": "a3bb189e-8bf9-3888-9912-ace4e6543002",
        "answers": [{"item": "{item}", "answer": CAT}],
    },
    "PUT /api/projects/{project}/items/{labeled}/annotation": {"answer": CAT},
    "POST /api/projects/{project}/items/review approve": _review("approve"),
    "POST /api/projects/{project}/items/review unapprove": _review("unapprove"),
    "POST /api/projects/{project}/items/review reject": _review("reject"),
    "POST /api/projects/{project}/items/review accept_skip": _review("accept_skip", "{skipped}"),
    "POST /api/projects/{project}/items/review reject_skip": _review("reject_skip", "{skipped}"),
    "POST /api/projects/{project}/items/review assign": _review("assign", "{other}", assign_to="dora"),
    "POST /api/projects/{project}/items/review reject_to": _review("reject", assign_to="dora"),
    "POST /api/projects/{project}/items/review mark_gold": _review("mark_gold"),
    "POST /api/projects/{project}/items/review unmark_gold": _review("unmark_gold"),
    "POST /api/projects/{project}/items/thumbnails": {"items": ["{item}"]},
    "POST /api/projects/{project}/items/thumbnails other": {"items": ["{other}"]},
    "POST /api/projects/{project}/labels": {"labels": [{"name": "Cat"}, {"name": "Dog"}, {"name": "Eel"}]},
    "POST /api/projects/{project}/runs": {"stage": "embed"},
    "POST /api/projects/{project}/runs/{trained}/model/register": {"name": "scans"},
    "PUT /api/projects/{project}/reservations": {"reservations": [{"labelers": ["dora"], "path": "scans/*"}]},
    "POST /api/projects/{project}/exports": {"format": "csv"},
    "POST /api/projects/{project}/imports": {"format": "jsonl", "path": "labels.jsonl", "as": "prelabels"},
    "POST /api/backups": {"path": "backups/{project}/{backup}.zip"},
    "POST /api/backups/{erased}/restore": {},
    "POST /api/projects/{project}/webhooks": {"url": HOOK},
    "PATCH /api/projects/{project}/webhooks/{webhook}": {"enabled": False},
}
"""The bodies of requests, by method, path and variant."""


@dataclass(frozen=True)
class Row:
    """A line of the matrix."""

    method: str
    path: str
    variant: str
    marks: tuple[str, ...]

    @property
    def ask(self) -> str:
        """The key of its body."""
        return f"{self.method} {self.path} {self.variant}".strip()

    @property
    def route(self) -> str:
        """The route, whatever its parameters are called."""
        return _route(self.method, self.path)


def _route(method: str, path: str) -> str:
    return f"{method} {re.sub(r'{[^}]+}', '{}', path)}"


def _rows() -> Iterator[Row]:
    for line in MATRIX.strip().splitlines():
        words, marks = line.split()[: -len(CAST)], line.split()[-len(CAST) :]
        method, path, *variant = words
        yield Row(method, path, " ".join(variant), tuple(marks))


ROWS = tuple(_rows())
Make = Callable[[Stage, str, Row], Awaitable[str]]


async def _user(_stage: Stage, _who: str, row: Row) -> str:
    return "vic" if row.variant == "vendor" else "dora"


async def _email(stage: Stage, _who: str, row: Row) -> str:
    body = {"email": "guest@example.org", "role": "labeler", "vendor": row.variant == "vendor"}
    await stage.done(ADMINISTRATOR, "POST", "/invitations", body)
    return "guest@example.org"


async def _task(stage: Stage, who: str, _row: Row) -> str:
    """The caller's own task; somebody else's for those who may not label. `item` is what is in it."""
    if "task" not in stage.values:
        task = await stage.claim(who if stage.may_label(who) else "dora")
        stage.values |= {"task": task["id"], "item": task["items"][0]["id"]}
    return stage.values["task"]


async def _item(stage: Stage, who: str, row: Row) -> str:
    await _task(stage, who, row)
    return stage.values["item"]


async def _other(stage: Stage, _who: str, _row: Row) -> str:
    items = (await stage.claim("dora"))["items"]
    return str(items[0]["id"])


async def _own(stage: Stage, who: str, _row: Row) -> str:
    return await stage.answer(who if stage.may_label(who) else "dora", answer=CAT)


async def _labeled(stage: Stage, _who: str, _row: Row) -> str:
    return await stage.answer("dora", answer=CAT)


async def _skipped(stage: Stage, _who: str, _row: Row) -> str:
    return await stage.answer("dora", skipped="too dark")


async def _operation(stage: Stage, who: str, row: Row) -> str:
    await _pause(stage)
    return await _made("/labels", "POST /api/projects/{project}/labels")(stage, who, row)


async def _pause(stage: Stage) -> None:
    await stage.done(ADMINISTRATOR, "POST", "/pause")


async def _measure(stage: Stage) -> None:
    operation = await stage.done(ADMINISTRATOR, "POST", "/agreement")
    await run_operation(stage.world.ports, stage.project, operation["id"])


async def _trained(stage: Stage, _who: str, _row: Row) -> str:
    return await a_trained_run(stage)


async def _backup(stage: Stage, _who: str, _row: Row) -> str:
    asked = await stage.done(ADMINISTRATOR, "POST", "/backups")
    await back_up_project(stage.world.ports, asked["id"])
    return str(asked["id"])


async def _erased(stage: Stage, who: str, row: Row) -> str:
    """A backup of a project that is gone."""
    backup = await _backup(stage, who, row)
    await stage.done(ADMINISTRATOR, "DELETE", "")
    await erase_project(stage.world.ports, stage.project)
    return backup


def _made(path: str, ask: str) -> Make:
    async def made(stage: Stage, _who: str, _row: Row) -> str:
        found: dict[str, str] = await stage.done(ADMINISTRATOR, "POST", path, ASKS[ask])
        return found["id"]

    return made


def _always(value: str) -> Make:
    async def made(_stage: Stage, _who: str, _row: Row) -> str:
        return value

    return made


VALUES: dict[str, Make] = {
    "name": _always("more"),
    "datastore": _always("data"),
    "user": _user,
    "email": _email,
    "task": _task,
    "item": _item,
    "other": _other,
    "own": _own,
    "labeled": _labeled,
    "skipped": _skipped,
    "frame": _always("0"),
    "export": _made("/exports", "POST /api/projects/{project}/exports"),
    "import_id": _made("/imports", "POST /api/projects/{project}/imports"),
    "operation": _operation,
    "run": _made("/runs", "POST /api/projects/{project}/runs"),
    "trained": _trained,
    "backup": _backup,
    "erased": _erased,
    "webhook": _made("/webhooks", "POST /api/projects/{project}/webhooks"),
}
"""What `{names}` stand for."""

BEFORE: dict[str, Callable[[Stage], Awaitable[None]]] = {
    "POST /api/projects/{project}/labels": _pause,
    "GET /api/projects/{project}/agreement": _measure,
}
"""What must have happened for a request to succeed, by method, path and variant."""


@pytest.fixture(scope="module")
def api() -> FastAPI:
    return an_api()


def _cells() -> list[Any]:
    return [
        pytest.param(row, who, mark, id=f"{row.ask} - {who}")
        for row in ROWS
        for who, mark in zip(CAST, row.marks, strict=True)
    ]


async def _sent(api: FastAPI, row: Row, who: str | None) -> httpx.Response:
    stage = await Stage.build(api)
    body = json.dumps(ASKS.get(row.ask))
    values = dict(stage.values)
    for name in re.findall(r"{(\w+)}", row.path + body):
        if name not in values:
            values[name] = await VALUES[name](stage, who or ADMINISTRATOR, row)
    if row.ask in BEFORE:
        await BEFORE[row.ask](stage)
    path = row.path
    for name, value in values.items():
        path, body = path.replace(f"{{{name}}}", value), body.replace(f"{{{name}}}", value)
    return await stage.send(who, row.method, path, json.loads(body))


@pytest.mark.parametrize(("row", "who", "mark"), _cells())
async def test_cell(api: FastAPI, row: Row, who: str, mark: str) -> None:
    response = await _sent(api, row, who)
    if mark == "x":
        assert response.is_success, response.text
    else:
        assert response.status_code == {"-": 403, "h": 404}[mark], response.text


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.ask)
async def test_nobody_without_a_token(api: FastAPI, row: Row) -> None:
    assert (await _sent(api, row, None)).status_code == 401


async def test_what_is_open_needs_no_token(api: FastAPI) -> None:
    stage = await Stage.build(api)
    for address in ("/api/config", "/api/health", "/api/openapi.json", "/api/docs"):
        assert (await stage.send(None, "GET", address)).status_code == 200


def test_every_route_has_a_row(api: FastAPI) -> None:
    routes = set(_routes(api.routes))
    rows = {row.route for row in ROWS} | {_route(*route.split(" ")) for route in OPEN}
    assert routes - rows == set(), "add a row for each of these routes to the matrix above"
    assert rows - routes == set(), "these rows have no route"


def _routes(routes: Sequence[BaseRoute]) -> Iterator[str]:
    for route in routes:
        if isinstance(route, Route):
            yield from (_route(method, route.path) for method in (route.methods or ()) if method != "HEAD")
        else:
            yield from _routes(route.original_router.routes)  # type: ignore[attr-defined]  # FastAPI's own
