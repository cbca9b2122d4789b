"""A workspace that is slow, half made, strange or away: what becomes of a call, and what a person is told."""

import logging
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from azure.core.pipeline import PipelineRequest
from azure.core.pipeline.policies import SansIOHTTPPolicy
from azure.identity import CredentialUnavailableError

from core.domain.errors import Invalid, Unavailable
from core.domain.jobs import BlobFolder, JobSpec, JobState
from tests.contract import azure_ml
from tests.contract.azure_ml_server import WORKSPACE, AzureMl, Fault
from tests.contract.local_jobs import CONTAINER
from tests.contract.test_jobs import status_when

pytestmark = azure_ml.SDK_WARNS
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SPEC = JobSpec("run-1", "assist.py", (), {}, {"out": BlobFolder(CONTAINER, "runs/1/out/")})

RESUMES = """
import pathlib, sys, time
out = pathlib.Path(sys.argv[1])
if (out / "half.txt").exists():
    (out / "whole.txt").write_text((out / "half.txt").read_text() + ", then whole")
else:
    (out / "half.txt").write_text("half")
    print("progress 0.50", flush=True)
    time.sleep(60)
"""


class NoToken(SansIOHTTPPolicy[Any, Any]):
    """A managed identity where there is none."""

    def on_request(self, request: PipelineRequest[Any]) -> None:  # noqa: ARG002 -- the base class's name
        raise CredentialUnavailableError("no endpoint")


async def test_a_cluster_that_is_being_made_is_waited_for(
    service: AzureMl, blobs: azure_ml.CloudBlobs
) -> None:
    service.making = ["InProgress", "InProgress", "Succeeded"]
    await azure_ml.open_jobs(blobs).submit(SPEC)
    assert service.making == ["Succeeded"]
    assert list(service.jobs) == ["run-1"]


async def test_a_cluster_that_takes_longer_is_for_later(service: AzureMl, blobs: azure_ml.CloudBlobs) -> None:
    service.making = ["InProgress"]
    jobs = azure_ml.open_jobs(blobs, patience=3)
    with pytest.raises(Unavailable, match="The cluster 'gpu' is creating"):
        await jobs.submit(SPEC)
    service.resources["computes/gpu"]["properties"]["provisioningState"] = "Succeeded"
    await jobs.submit(SPEC)
    assert service.times("PUT", "/computes/") == 1


async def test_a_cluster_that_could_not_be_made_says_why(
    service: AzureMl, blobs: azure_ml.CloudBlobs
) -> None:
    service.making = ["InProgress", "Failed"]
    for _ in range(2):  # the second finds what the first has left
        with pytest.raises(Invalid, match=r"could not be made.*QuotaExceeded"):
            await azure_ml.open_jobs(blobs).submit(SPEC)
    assert service.times("PUT", "/computes/") == 1


async def test_where_clusters_may_not_be_made_a_person_is_told_how(
    service: AzureMl, blobs: azure_ml.CloudBlobs
) -> None:
    service.faults.append(Fault("PUT", "/computes/", 403))
    with pytest.raises(Invalid, match=r"no cluster 'gpu'.*az ml compute create.*AzureML Compute Operator"):
        await azure_ml.open_jobs(blobs).submit(SPEC)


async def test_two_who_make_a_cluster_at_once_both_have_it(
    service: AzureMl, blobs: azure_ml.CloudBlobs
) -> None:
    await azure_ml.open_jobs(blobs).submit(SPEC)
    service.faults += [Fault("GET", "/computes/", 404), Fault("PUT", "/computes/", 409)]
    again = JobSpec("run-2", "assist.py", (), {}, SPEC.outputs)
    assert await azure_ml.open_jobs(blobs).submit(again) == "run-2"
    assert service.times("PUT", "/computes/") == 2


async def test_a_cluster_of_another_size_is_used_as_it_is(
    service: AzureMl, blobs: azure_ml.CloudBlobs, caplog: pytest.LogCaptureFixture
) -> None:
    await azure_ml.open_jobs(blobs).submit(SPEC)
    service.resources["computes/gpu"]["properties"]["properties"]["vmSize"] = "STANDARD_NC40ADS_H100_V5"
    with caplog.at_level(logging.WARNING):
        await azure_ml.open_jobs(blobs).submit(JobSpec("run-2", "assist.py", (), {}, SPEC.outputs))
    assert service.times("PUT", "/computes/") == 1
    said = [each.getMessage() for each in caplog.records if each.name.endswith("azure_ml_clusters")]
    assert len(said) == 1
    assert said[0].startswith("The cluster gpu is STANDARD_NC40ADS_H100_V5, low_priority, not Standard_NC4as")


async def test_the_latest_environment_is_found(service: AzureMl, blobs: azure_ml.CloudBlobs) -> None:
    for version in ("1", "2"):
        service.resources[f"environments/env/versions/{version}"] = {
            "id": f"{WORKSPACE}/environments/env/versions/{version}",
            "name": version,
            "properties": {"image": "i", "isAnonymous": False},
        }
    await azure_ml.open_jobs(blobs, environment="azureml:env@latest").submit(SPEC)
    assert service.jobs["run-1"].body["environmentId"].endswith("/environments/env/versions/2")


async def test_nobody_waits_for_an_hour(service: AzureMl, blobs: azure_ml.CloudBlobs) -> None:
    service.faults.append(Fault("GET", "/jobs/", 429, {"Retry-After": "3600"}))
    before = time.monotonic()
    with pytest.raises(Unavailable, match="3600 s") as raised:
        await azure_ml.open_jobs(blobs).status("run-1")
    assert raised.value.retry_after_seconds == 3600
    assert time.monotonic() - before < 10


async def test_a_service_that_stalls_again_and_again_is_given_up(
    service: AzureMl, blobs: azure_ml.CloudBlobs
) -> None:
    service.faults += [Fault("GET", "/jobs/", 503, delay_seconds=0.6) for _ in range(9)]
    jobs = azure_ml.open_jobs(blobs, {"retry_total": 9, "retry_status": 9}, patience=1)
    with pytest.raises(Unavailable, match="too long"):
        await jobs.status("run-1")
    assert service.times("GET", "/jobs/") == 2


async def test_connections_that_break_are_made_again(service: AzureMl, blobs: azure_ml.CloudBlobs) -> None:
    service.faults += [Fault("PUT", "/jobs/", 0), Fault("GET", "/computes/", 0)]
    await azure_ml.open_jobs(blobs).submit(SPEC)
    assert list(service.jobs) == ["run-1"]
    service.faults += [Fault("GET", "/jobs/", 0) for _ in range(9)]
    with pytest.raises(Unavailable, match="cannot be reached"):
        await azure_ml.open_jobs(blobs).status("run-1")


async def test_an_identity_without_a_token_is_named(service: AzureMl, blobs: azure_ml.CloudBlobs) -> None:
    jobs = azure_ml.open_jobs(blobs, {"authentication_policy": NoToken()})
    with pytest.raises(Unavailable, match="identity"):
        await jobs.status("run-1")
    assert not service.requests


async def test_states_do_not_depend_on_the_run_history(service: AzureMl, blobs: azure_ml.CloudBlobs) -> None:
    service.history = False
    jobs = azure_ml.open_jobs(blobs)
    await jobs.submit(SPEC)
    job = service.jobs["run-1"]
    for word, state in (
        ("Running", JobState.RUNNING),
        ("NotResponding", JobState.RUNNING),
        ("Completed", JobState.DONE),
        ("Canceled", JobState.CANCELED),
    ):
        job.status = word
        assert (await jobs.status("run-1")).state is state
    job.status = "Failed"
    failed = await jobs.status("run-1")
    assert failed.state is JobState.FAILED
    assert (failed.error or "").startswith("The job failed on Azure ML.\n(The log cannot be read")
    assert await jobs.log("run-1", 5) == ""


async def test_times_may_stand_in_a_jobs_properties(service: AzureMl, blobs: azure_ml.CloudBlobs) -> None:
    service.history = False
    jobs = azure_ml.open_jobs(blobs)
    await jobs.submit(SPEC)
    job = service.jobs["run-1"]
    job.status = "Completed"
    job.body["properties"] = {"StartTimeUtc": "2026-03-01 12:00:00", "EndTimeUtc": "2026-03-01T12:01:30Z"}
    status = await jobs.status("run-1")
    assert (status.started, status.ended) == (NOON, NOON + timedelta(seconds=90))


async def test_a_job_whose_machine_is_taken_away_goes_on_with_its_outputs(
    tmp_path: Path, blobs: azure_ml.CloudBlobs
) -> None:
    node = azure_ml.node_of(tmp_path, blobs)
    (tmp_path / "programs" / "resume.py").write_text(RESUMES)
    spec = JobSpec("run-3", "resume.py", ("{outputs.out}",), {}, SPEC.outputs)
    with azure_ml.azure_ml(node) as service:
        jobs = azure_ml.open_jobs(blobs)
        await jobs.submit(spec)
        half = await status_when(jobs, "run-3", lambda status: status.progress == 0.5)
        assert half.state is JobState.RUNNING
        service.jobs["run-3"].take_away()
        status = await status_when(jobs, "run-3")
    assert status.state is JobState.DONE, status.error
    assert await blobs.read(CONTAINER, "runs/1/out/whole.txt") == b"half, then whole"


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"services": {}, "inputs": None, "outputs": None, "limits": None, "identity": None},
        {
            "environmentId": "azureml:e:1",
            "queueSettings": {"jobTier": "Spot"},
            "resources": {"shmSize": "2g"},
        },
    ],
)
async def test_little_need_be_said_of_a_job(
    service: AzureMl, blobs: azure_ml.CloudBlobs, said: dict[str, Any]
) -> None:
    jobs = azure_ml.open_jobs(blobs)
    await jobs.submit(SPEC)
    service.jobs["run-1"].body = {"jobType": "Command", **said}
    for word, state in (("Running", JobState.RUNNING), ("Completed", JobState.DONE)):
        service.jobs["run-1"].status = word
        assert (await jobs.status("run-1")).state is state


@pytest.mark.parametrize("properties", [{}, {"vmSize": "STANDARD_NC4AS_T4_V3"}])
async def test_little_need_be_said_of_a_cluster(
    service: AzureMl, blobs: azure_ml.CloudBlobs, caplog: pytest.LogCaptureFixture, properties: dict[str, Any]
) -> None:
    compute = {"computeType": "AmlCompute", "properties": properties}
    service.resources["computes/gpu"] = {"id": "/computes/gpu", "name": "gpu", "properties": compute}
    with caplog.at_level(logging.WARNING):
        await azure_ml.open_jobs(blobs).submit(SPEC)
    assert list(service.jobs) == ["run-1"]
    assert not [each for each in caplog.records if each.name.endswith("azure_ml_clusters")]
