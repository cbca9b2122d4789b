"""What is counted: claims, answers, lapsed leases, writes that came second, blobs that came late, runs."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.answers import Classes
from core.domain.errors import Stale
from core.domain.measures import CLAIMS, COLLISIONS, INGEST_SECONDS, LAPSES, RUN_COST, SUBMITS
from core.domain.prices import Prices
from core.domain.shards import Change, Control
from core.domain.tasks import ItemAnswer
from core.domain.work import working
from core.ports import BlobInfo, Versioned
from core.usecases.change_shard import change_shard
from core.usecases.claim_task import claim_task
from core.usecases.ingest_blob import ingest_blob
from core.usecases.look_after_runs import look_after_runs
from core.usecases.submit_task import submit_task
from tests.unit.usecases.assisting import FAILED, start_all, under_way
from tests.unit.usecases.conftest import BEN, CLEO, DATA, World


async def test_claims_answers_and_leases_that_lapsed(world: World) -> None:
    project = await world.running(8)
    task = await claim_task(world.ports, project, BEN, 1)
    assert task is not None
    assert (world.telemetry.total(CLAIMS), world.telemetry.total(LAPSES)) == (1, 0)
    await submit_task(world.ports, project, BEN, task.id, "s1", [ItemAnswer(0, Classes(("Rose",)))])
    assert world.telemetry.total(SUBMITS) == 1
    while await claim_task(world.ports, project, BEN, 9):
        pass
    held = world.telemetry.total(CLAIMS) - 1
    assert held >= 1
    world.clock.step(minutes=project.lease_minutes + 1)
    while await claim_task(world.ports, project, CLEO, 9):
        pass
    assert world.telemetry.total(LAPSES) == held


async def test_a_write_that_comes_second_is_counted(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    project = await world.running(1)
    commit, failures = world.ports.shards.commit, 2

    async def late(name: str, change: Change, etag: str, digests: bytes | None = None) -> Versioned[Control]:
        nonlocal failures
        if failures:
            failures -= 1
            raise Stale("shard")
        return await commit(name, change, etag, digests)

    monkeypatch.setattr(world.ports.shards, "commit", late)
    await change_shard(
        world.ports, project.id, 0, (), lambda control, _: (Change(replace(control, manifest="other")), None)
    )
    assert world.telemetry.total(COLLISIONS) == 2


async def test_how_late_a_blob_is_an_item(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    project = await world.running(1)
    changed = world.clock.now() - timedelta(seconds=7)

    async def stat(container: str, name: str) -> BlobInfo | None:
        assert container == DATA
        return BlobInfo(name, "etag", 1, changed)

    monkeypatch.setattr(world.blobs, "stat", stat)
    with working("ingest"):
        await ingest_blob(world.ports, DATA, "photos/new.jpg")
        await ingest_blob(world.ports, DATA, "elsewhere/new.jpg")
    (told,) = [told for told in world.telemetry.values if told[0] is INGEST_SECONDS]
    assert told == (INGEST_SECONDS, 7.0, {"tagwerk.project": project.id})


async def test_what_the_machines_of_a_run_cost(world: World) -> None:
    world.ports = replace(world.ports, prices=Prices(cpu_hour=0.36, gpu_hour=3.6, currency="EUR"))
    await under_way(world, FAILED)
    await look_after_runs(world.ports)
    await start_all(world)
    await look_after_runs(world.ports)
    (told,) = [told for told in world.telemetry.values if told[0] is RUN_COST]
    assert told[1] == pytest.approx(20 * 0.0001)
    assert told[2] == {"stage": "train", "currency": "EUR"}
