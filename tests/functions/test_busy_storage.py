"""What people get while storage is busy, or away: a 503 that says when to try again, in time."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from core.adapters.azure_log import TableLog
from core.adapters.azure_storage import StorageAccount
from local.ports import free_ports
from tests.contract.faulty_storage import Fault, FaultyStorage, faulty_storage
from tests.functions.in_process import NamesAsTokens, Stage, an_api, connect


@pytest.fixture
async def storage() -> AsyncIterator[FaultyStorage]:
    async with faulty_storage(free_ports(3)) as made:
        yield made


@pytest.fixture
async def stage(storage: FaultyStorage) -> AsyncIterator[Stage]:
    """A project whose log is in storage that fails."""
    app = an_api()
    made = await Stage.build(app)
    account = StorageAccount.from_connection_string(storage.connection_string)
    connect(app, replace(made.world.ports, log=TableLog(account.tables)), NamesAsTokens())
    yield made
    await account.close()


async def test_storage_says_when_to_try_again_and_so_does_the_api(
    storage: FaultyStorage, stage: Stage
) -> None:
    storage.always = Fault(503, retry_after="20")
    response = await stage.send("owner", "GET", f"/api/projects/{stage.project}/log")
    assert (response.status_code, response.headers["Retry-After"]) in {(503, "20"), (503, "21")}
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["type"] == "urn:tagwerk:problem:unavailable"
    assert response.json()["detail"].endswith("is busy (503). Try again in a moment.")
    assert len(storage.requests) == 1


@pytest.mark.parametrize("fault", [Fault(500), Fault()])
async def test_nobody_waits_for_ever(
    storage: FaultyStorage, stage: Stage, monkeypatch: pytest.MonkeyPatch, fault: Fault
) -> None:
    monkeypatch.setattr("functions.working.PERSON_SECONDS", 2)
    storage.always = fault
    response = await stage.send("owner", "GET", f"/api/projects/{stage.project}/log")
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) >= 1
    assert len(storage.requests) >= 2
