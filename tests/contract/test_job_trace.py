"""A job knows the trace that it belongs to."""

import asyncio
import sys
import time
from dataclasses import replace
from pathlib import Path

from core.adapters.local_jobs import LocalJobs, LocalLimits
from core.adapters.memory import MemoryBlobs
from core.domain.jobs import JobSpec, JobState
from tests.contract import azure_ml
from tests.contract.local_jobs import CONTAINER

pytestmark = azure_ml.SDK_WARNS

TRACE = f"00-{'a' * 32}-{'b' * 16}-01"
SPEC = JobSpec("one", "tell.py", (), {}, {}, gpu=False, trace=TRACE)


async def test_a_process_of_this_machine_finds_it_in_its_environment(tmp_path: Path) -> None:
    (tmp_path / "tell.py").write_text("import os; print(os.environ.get('TRACEPARENT', 'none'))")
    jobs = LocalJobs(MemoryBlobs(), tmp_path / "jobs", sys.executable, tmp_path, LocalLimits())
    for spec, told in ((SPEC, TRACE), (replace(SPEC, id="two", trace=None), "none")):
        await jobs.submit(spec)
        deadline = time.monotonic() + 20
        while not (status := await jobs.status(spec.id)).state.ended:
            assert time.monotonic() < deadline, status
            await asyncio.sleep(0.05)
        assert status.state is JobState.DONE
        assert await jobs.log(spec.id, 1) == told


async def test_azure_ml_is_asked_to_put_it_into_the_environment() -> None:
    blobs = azure_ml.CloudBlobs()
    await blobs.prepare(CONTAINER)
    with azure_ml.azure_ml() as service:
        await azure_ml.open_jobs(blobs).submit(SPEC)
        asked = service.jobs["one"].body
    assert asked["environmentVariables"]["TRACEPARENT"] == TRACE
