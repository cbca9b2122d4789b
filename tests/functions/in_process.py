"""The API in this process over fakes: a project with somebody in every role, and what requests need."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

import httpx
import numpy as np
from fastapi import FastAPI

from core.domain.errors import Unauthenticated
from core.domain.people import VENDOR_ROLES, Member, Role, User
from core.domain.projects import Vendor
from core.domain.runs import Run, RunStatus
from core.domain.runs import Stage as JobStage
from core.domain.telemetry import Silent
from core.logic.permissions import PERMISSIONS, Action
from core.ports import Ports, TokenVerifier
from core.settings import read_settings
from core.usecases.run_files import output_prefix
from core.usecases.sign_model import ARCHIVE
from functions.api import create_api
from functions.services import Connected, Services
from tests.unit.formats.images.files import a_dicom
from tests.unit.usecases.conftest import APP, DATA, World, make_world

SETTINGS = {
    "STORAGE": "UseDevelopmentStorage=true",
    "OIDC_ISSUER": "https://issuer.example",
    "OIDC_AUDIENCE": "tagwerk",
    "OIDC_CLIENT_ID": "tagwerk",
    "OIDC_SCOPE": "openid",
    "DATA_CONTAINER": DATA,
    "APP_CONTAINER": "tagwerk",
}
ADMINISTRATOR, OUTSIDER = "administrator", "outsider"
CAST = (ADMINISTRATOR, *Role, OUTSIDER)
"""Who acts in tests: each is signed in by a token that is their name."""

LABELERS = ("dora", "vic")
"""Two more labelers, of whom the second is the vendor's."""


@dataclass
class NamesAsTokens:
    """A TokenVerifier that believes everybody of the cast, and others."""

    others: Mapping[str, User] = field(default_factory=dict)

    async def verify(self, token: str) -> User:
        if token in self.others:
            return self.others[token]
        if token not in (*CAST, *LABELERS):
            raise Unauthenticated("Sign in.")
        return User(token, token.title(), f"{token}@example.org", administrator=token == ADMINISTRATOR)


def connect(app: FastAPI, ports: Ports, tokens: TokenVerifier, **settings: str) -> None:
    """Have the app serve these ports from now on."""
    connected = Connected(read_settings(SETTINGS | settings), ports, tokens, {})

    async def at_once() -> Connected:
        return connected

    app.state.services = Services(at_once, ports.telemetry)


def an_api() -> FastAPI:
    """The API, to be connected."""

    async def not_yet() -> Connected:
        raise AssertionError("Connect the app first.")

    return create_api(Services(not_yet, Silent()))


def client(app: FastAPI, token: str | None) -> httpx.AsyncClient:
    """Somebody's HTTP client; nobody's without a token."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://tagwerk.example", headers=headers
    )


@dataclass
class Stage:
    """A running project of scans. `values` are what `{name}` stands for in paths and bodies."""

    app: FastAPI
    world: World
    project: str
    values: dict[str, str] = field(default_factory=dict)

    @classmethod
    async def build(cls, app: FastAPI) -> "Stage":
        """A project with a vendor and a member of every role, named by it, and two who label for others."""
        world = await make_world()
        for number in range(8):
            await world.blobs.write(DATA, f"scans/{number}.dcm", SCAN)
        project = (await world.over("scans/**", vendor=Vendor("Petals"))).id
        members = [Member(project, role, role, vendor=role in VENDOR_ROLES) for role in Role]
        members += [Member(project, "dora", Role.LABELER), Member(project, "vic", Role.LABELER, vendor=True)]
        for member in members:
            await world.ports.members.put(member)
        await world.ports.members.remove(project, "ana")
        connect(app, world.ports, NamesAsTokens())
        return cls(app, world, project, {"project": project})

    async def send(self, who: str | None, method: str, path: str, body: Any = None) -> httpx.Response:
        """The response to somebody's request."""
        async with client(self.app, who) as http:
            return await http.request(method, path, json=body)

    def may_label(self, who: str) -> bool:
        """Whether they can hold a task."""
        return who == ADMINISTRATOR or (who in list(Role) and Action.LABEL in PERMISSIONS[Role(who)])

    async def done(self, who: str, method: str, path: str, body: Any = None) -> Any:
        """What somebody gets who may."""
        response = await self.send(who, method, f"/api/projects/{self.project}{path}", body)
        assert response.is_success, response.text
        return response.json() if response.content else None

    async def claim(self, who: str) -> Mapping[str, Any]:
        """A task of one item, held by somebody who labels."""
        task: Mapping[str, Any] = await self.done(who, "POST", "/tasks", {"size": 1})
        return task

    async def answer(self, who: str, **answer: Any) -> str:
        """The id of an item that somebody has answered."""
        task = await self.claim(who)
        item: str = task["items"][0]["id"]
        body = {"submission": str(uuid4()), "answers": [{"item": item, **answer}]}
        await self.done(who, "POST", f"/tasks/{task['id']}/submissions", body)
        return item


async def a_trained_run(stage: Stage, name: str = "trained", /, **changes: Any) -> str:
    """The id of a run that is done and made a model."""
    now = stage.world.clock.now()
    made = Run(name, JobStage.TRAIN, now, "owner", RunStatus.DONE, attempt=1, job=name, labeled=4, ended=now)
    run = replace(made, **changes)
    model = output_prefix(stage.project, run) + ARCHIVE
    await stage.world.ports.runs.put(stage.project, run)
    await stage.world.blobs.write(APP, model, b"PK")
    return run.id


SCAN = a_dicom(np.arange(48, dtype=np.uint8).reshape(6, 8))
