"""Whatever runs jobs: the fake, processes of this machine, Azure ML's SDK against a stand-in."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from core.adapters.azure_storage import StorageAccount
from core.adapters.memory import MemoryBlobs
from core.adapters.memory_jobs import MemoryJobs
from core.adapters.system import RandomIds
from core.domain.errors import NotFound
from core.domain.jobs import BlobFiles, BlobFolder, Input, JobSpec, JobState, JobStatus
from core.ports import BlobStore, JobRunner
from tests.contract import azure_ml
from tests.contract.job_programs import FAKES
from tests.contract.local_jobs import CONTAINER, open_blobs, open_jobs

pytestmark = azure_ml.SDK_WARNS


@dataclass
class Running:
    """A JobRunner, and the blobs it works on."""

    jobs: JobRunner
    blobs: BlobStore


@pytest.fixture(params=["memory", "local", "azure ml"])
async def running(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Running]:
    if request.param == "memory":
        memory = MemoryBlobs()
        await memory.prepare(CONTAINER)
        yield Running(MemoryJobs(memory, FAKES), memory)
        return
    if request.param == "azure ml":
        cloud = azure_ml.CloudBlobs()
        await cloud.prepare(CONTAINER)
        with azure_ml.azure_ml(azure_ml.node_of(tmp_path, cloud)):
            yield Running(azure_ml.open_jobs(cloud), cloud)
        return
    account = StorageAccount.from_connection_string(request.getfixturevalue("azurite").connection_string)
    blobs = await open_blobs(account)
    yield Running(open_jobs(blobs, tmp_path), blobs)
    await account.close()


def spec_of(program: str, *, seconds: int = 60) -> JobSpec:
    """A job without inputs and outputs."""
    return JobSpec(RandomIds().new(), program, (), {}, {}, gpu=False, time_limit_seconds=seconds)


async def status_when(
    jobs: JobRunner, job: str, ready: Callable[[JobStatus], bool] = lambda status: status.state.ended
) -> JobStatus:
    """The status of a job as soon as it is as wanted."""
    deadline = time.monotonic() + 20
    while not ready(status := await jobs.status(job)):
        assert time.monotonic() < deadline, status
        await asyncio.sleep(0.1)
    return status


async def shouting(blobs: BlobStore) -> JobSpec:
    """A job that reads a folder and a list of blobs, whose three files it writes in capitals."""
    job = RandomIds().new()
    for name, text in (("words/a.txt", "one"), ("words/deep/b.txt", "two"), ("others/c.txt", "three")):
        await blobs.write(CONTAINER, f"{job}/{name}", text.encode())
    single = BlobFiles(CONTAINER, {"new name.txt": f"{job}/others/c.txt"})
    return JobSpec(
        id=job,
        program="shout.py",
        arguments=(
            *("--words", "{inputs.words}", "--single={inputs.single}", "--out", "{outputs.out}"),
            *("--mark", "$(!)' {}"),
        ),
        inputs={"words": Input(BlobFolder(CONTAINER, f"{job}/words/")), "single": Input(single)},
        outputs={"out": BlobFolder(CONTAINER, f"{job}/out/")},
    )


async def test_a_job_reads_its_inputs_and_its_outputs_are_blobs(running: Running) -> None:
    spec = await shouting(running.blobs)
    assert await running.jobs.submit(spec) == spec.id
    status = await status_when(running.jobs, spec.id)
    assert status.state is JobState.DONE, status.error
    pages = running.blobs.list(CONTAINER, f"{spec.id}/out/")
    names = [blob.name.removeprefix(f"{spec.id}/out/") async for page in pages for blob in page]
    assert names == ["a.txt", "deep/b.txt", "new name.txt"]
    assert await running.blobs.read(CONTAINER, f"{spec.id}/out/new name.txt") == b"THREE$(!)' {}"
    assert status.progress == 1
    assert status.compute_seconds is not None
    assert 0 < status.compute_seconds < 30
    assert await running.jobs.log(spec.id, 1) == "shouted"


async def test_a_listed_blob_that_is_gone_is_left_out(running: Running) -> None:
    whole = await shouting(running.blobs)
    single = BlobFiles(CONTAINER, {"there.txt": f"{whole.id}/others/c.txt", "gone.txt": "no such blob"})
    spec = replace(whole, inputs={**whole.inputs, "single": Input(single)})
    status = await status_when(running.jobs, await running.jobs.submit(spec))
    assert status.state is JobState.DONE, status.error
    assert await running.blobs.stat(CONTAINER, f"{spec.id}/out/there.txt")
    assert await running.blobs.stat(CONTAINER, f"{spec.id}/out/gone.txt") is None


async def test_a_job_that_is_submitted_twice_runs_once(running: Running) -> None:
    spec = await shouting(running.blobs)
    assert {await running.jobs.submit(spec), await running.jobs.submit(spec)} == {spec.id}
    await status_when(running.jobs, spec.id)
    await running.jobs.submit(spec)
    assert (await running.jobs.status(spec.id)).state is JobState.DONE
    assert await running.jobs.log(spec.id, 100) == "progress 0.50 halfway\nshouted"


async def test_the_error_of_a_job_that_failed_ends_with_its_last_words(running: Running) -> None:
    job = await running.jobs.submit(spec_of("fail.py"))
    status = await status_when(running.jobs, job)
    assert status.state is JobState.FAILED
    assert status.error is not None
    assert "ended with code 3" in status.error
    lines = status.error.splitlines()[1:]
    assert lines == [f"line {number}" for number in range(10, 40)]
    assert await running.jobs.log(job, 2) == "line 38\nline 39"


async def test_a_running_job_tells_its_progress_and_can_be_canceled(running: Running) -> None:
    job = await running.jobs.submit(spec_of("wait.py"))
    status = await status_when(running.jobs, job, lambda status: status.progress is not None)
    assert (status.state, status.progress) == (JobState.RUNNING, 0.25)
    await running.jobs.cancel(job)
    assert (await status_when(running.jobs, job)).state is JobState.CANCELED
    await running.jobs.cancel(job)
    assert (await running.jobs.status(job)).state is JobState.CANCELED


async def test_a_job_that_takes_too_long_fails(running: Running) -> None:
    job = await running.jobs.submit(spec_of("stubborn.py", seconds=1))
    status = await status_when(running.jobs, job)
    assert status.state is JobState.FAILED
    assert "too long" in (status.error or "") or "took longer than" in (status.error or "")


async def test_a_job_that_has_ended_is_not_canceled_any_more(running: Running) -> None:
    job = await running.jobs.submit(spec_of("fail.py"))
    ended = await status_when(running.jobs, job)
    await running.jobs.cancel(job)
    assert await running.jobs.status(job) == ended


@pytest.mark.parametrize("job", ["nobody", "..", "a/b"])
async def test_a_job_that_nobody_submitted(running: Running, job: str) -> None:
    with pytest.raises(NotFound):
        await running.jobs.status(job)
    with pytest.raises(NotFound):
        await running.jobs.log(job, 10)
    with pytest.raises(NotFound):
        await running.jobs.cancel(job)
