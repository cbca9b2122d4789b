"""Jobs on Azure ML where the contract does not reach: every state, the payloads, throttling, stalls."""

import asyncio
import json
import shlex
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.adapters.azure_ml_command import Container, command_line, folder_of, listing
from core.domain.errors import Invalid, TagwerkError, Unavailable, Unsupported
from core.domain.jobs import (
    AZURE_ML_STATES,
    BlobFiles,
    BlobFolder,
    Delivery,
    Input,
    JobSpec,
    JobState,
    ModelAsset,
)
from tests.contract import azure_ml
from tests.contract.azure_ml_server import WORKSPACE, AzureMl, Fault
from tests.contract.local_jobs import CONTAINER

pytestmark = azure_ml.SDK_WARNS
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SPEC = JobSpec(
    id="run-1",
    program="assist.py",
    arguments=(
        "run",
        "--data={inputs.images}",
        "--items",
        "{inputs.items}/items.jsonl",
        "--out={outputs.out}",
    ),
    inputs={
        "images": Input(BlobFiles(CONTAINER, {"b.jpg": "photos/a b.jpg"}), Delivery.MOUNT),
        "items": Input(BlobFolder(CONTAINER, "runs/1/")),
    },
    outputs={"out": BlobFolder(CONTAINER, "runs/1/out/")},
    time_limit_seconds=5400,
    display_name="Digits, run 1",
    experiment="digits",
    tags={"project": "p1"},
)


async def test_what_a_job_asks_for(service: AzureMl, blobs: azure_ml.CloudBlobs) -> None:
    await azure_ml.open_jobs(blobs).submit(SPEC)
    asked = service.jobs["run-1"].body
    at = "azureml://datastores/tagwerk_acme_contract_jobs/paths/"
    assert asked["inputs"] == {
        "images": {"jobInputType": "uri_folder", "uri": f"{at}photos/", "mode": "ReadOnlyMount"},
        "images_list": {
            "jobInputType": "uri_file",
            "uri": f"{at}jobs/run-1/images.json",
            "mode": "Download",
        },
        "items": {"jobInputType": "uri_folder", "uri": f"{at}runs/1/", "mode": "Download"},
    }
    assert asked["outputs"] == {
        "out": {"jobOutputType": "uri_folder", "uri": f"{at}runs/1/out/", "mode": "ReadWriteMount"}
    }
    assert asked["limits"]["timeout"] == "PT1H30M"
    assert (asked["displayName"], asked["experimentName"]) == ("Digits, run 1", "digits")
    assert asked["tags"] == {"project": "p1"}
    assert asked["computeId"].endswith("/computes/gpu")
    assert asked["environmentId"].endswith("/environments/env/versions/1")
    assert asked["codeId"].endswith("/codes/programs/versions/1")
    assert asked["identity"] == {"identityType": "Managed"}
    assert json.loads(await blobs.read(CONTAINER, "jobs/run-1/images.json")) == {"b.jpg": "a b.jpg"}


async def test_a_registered_model_is_an_input(service: AzureMl, blobs: azure_ml.CloudBlobs) -> None:
    base = {"base": Input(ModelAsset("leaves", "3"))}
    arguments = ("--base", "{inputs.base}")
    spec = JobSpec("run-2", "assist.py", arguments, base, SPEC.outputs)
    with pytest.raises(Invalid, match="models/leaves/versions/3"):
        await azure_ml.open_jobs(blobs).submit(spec)
    service.resources["models/leaves/versions/3"] = {}
    await azure_ml.open_jobs(blobs).submit(spec)
    asked = service.jobs["run-2"].body
    uri = f"{WORKSPACE}/models/leaves/versions/3"
    assert asked["inputs"] == {"base": {"jobInputType": "custom_model", "uri": uri, "mode": "Download"}}
    assert asked["command"].endswith("--base ${{inputs.base}}")


async def test_clusters_and_datastores_are_made_once_and_cost_nothing_at_rest(
    service: AzureMl, blobs: azure_ml.CloudBlobs
) -> None:
    jobs = azure_ml.open_jobs(blobs)
    for number, gpu in enumerate([True, True, False]):
        await jobs.submit(JobSpec(f"job-{number}", "a.py", (), {}, SPEC.outputs, gpu=gpu))
    again = azure_ml.open_jobs(blobs)
    await again.submit(JobSpec("job-9", "a.py", (), {}, SPEC.outputs))
    assert service.times("PUT", "/computes/") == 2
    assert service.times("PUT", "/datastores/") == 1
    gpu_cluster, cpu_cluster = service.resources["computes/gpu"], service.resources["computes/cpu"]
    assert gpu_cluster["properties"]["properties"]["scaleSettings"]["minNodeCount"] == 0
    assert gpu_cluster["properties"]["properties"]["vmPriority"] == "LowPriority"
    assert gpu_cluster["identity"]["type"] == "SystemAssigned"
    assert list(cpu_cluster["identity"]["userAssignedIdentities"]) == ["/subscriptions/sub/id"]
    on_cpu = service.jobs["job-2"].body
    assert on_cpu["computeId"].endswith("/computes/cpu")
    assert on_cpu["identity"] == {"identityType": "Managed", "resourceId": "/subscriptions/sub/id"}


async def test_an_image_becomes_an_environment(service: AzureMl, blobs: azure_ml.CloudBlobs) -> None:
    image = "registry.example/tagwerk-jobs:3"
    await azure_ml.open_jobs(blobs, environment=image).submit(SPEC)
    path = service.jobs["run-1"].body["environmentId"].split("/workspaces/space/")[1]
    assert service.resources[path]["properties"]["image"] == image


@pytest.mark.parametrize(("word", "state"), AZURE_ML_STATES.items())
async def test_every_state(service: AzureMl, blobs: azure_ml.CloudBlobs, word: str, state: JobState) -> None:
    jobs = azure_ml.open_jobs(blobs)
    await jobs.submit(SPEC)
    job = service.jobs["run-1"]
    job.status, job.started, job.ended = word, NOON, NOON + timedelta(seconds=90)
    job.log, job.error = b"hello\nprogress 0.50 fold 2\n", "Out of memory."
    status = await jobs.status("run-1")
    assert status.state is state
    assert status.link is not None
    assert status.link.startswith("https://ml.azure.com/runs/run-1")
    if state.ended:
        assert status.compute_seconds == 90
    if state is JobState.RUNNING:
        assert (status.started, status.progress, status.compute_seconds) == (NOON, 0.5, None)
    if state is JobState.FAILED:
        assert status.error == "Out of memory.\nhello\nprogress 0.50 fold 2"
    if state is JobState.LOST:
        assert (status.error or "").endswith("progress 0.50 fold 2")


def test_every_word_of_the_sdk_has_a_meaning() -> None:
    from azure.ai.ml.entities._job import job

    documented = (job.Job.status.__doc__ or "").split("* ")[1:]
    words = {line.split(" -")[0].strip() for line in documented}
    assert "Running" in words
    assert {word for word in words if word.isalpha()} <= AZURE_ML_STATES.keys()


async def test_a_word_from_the_future_does_not_end_a_job(
    service: AzureMl, blobs: azure_ml.CloudBlobs
) -> None:
    jobs = azure_ml.open_jobs(blobs)
    await jobs.submit(SPEC)
    service.jobs["run-1"].status = "Dreaming"
    assert (await jobs.status("run-1")).state is JobState.RUNNING


async def test_throttling_and_errors_of_the_service_are_survived(
    service: AzureMl, blobs: azure_ml.CloudBlobs
) -> None:
    service.faults += [
        Fault("PUT", "/jobs/", 429, {"Retry-After": "1"}),
        Fault("PUT", "/jobs/", 503),
        Fault("GET", "/computes/", 500),
        Fault("PUT", "/datastores/", 504),
    ]
    jobs = azure_ml.open_jobs(blobs)
    before = datetime.now(UTC)
    await jobs.submit(SPEC)
    assert datetime.now(UTC) - before > timedelta(seconds=1)
    assert service.times("PUT", "/jobs/") == 3
    service.faults += [Fault("GET", "/jobs/", 429, {"Retry-After": "0"}), Fault("POST", "/cancel", 503)]
    assert (await jobs.status("run-1")).state is JobState.QUEUED
    await jobs.cancel("run-1")
    assert service.jobs["run-1"].status == "CancelRequested"


async def test_a_job_whose_submission_was_answered_too_late_runs_once(
    service: AzureMl, blobs: azure_ml.CloudBlobs
) -> None:
    jobs = azure_ml.open_jobs(blobs)
    await jobs.submit(SPEC)
    service.faults.append(Fault("GET", "/jobs/", 404))  # as if asked before the other submission came
    assert await jobs.submit(SPEC) == "run-1"
    assert service.times("PUT", "/jobs/") == 2
    assert len(service.jobs) == 1


async def test_a_job_that_ends_while_it_is_being_canceled_stays_as_it_ended(
    service: AzureMl, blobs: azure_ml.CloudBlobs
) -> None:
    jobs = azure_ml.open_jobs(blobs)
    await jobs.submit(SPEC)
    service.faults.append(Fault("POST", "/cancel", 400, delay_seconds=0.5))
    canceling = asyncio.create_task(jobs.cancel("run-1"))
    while not service.times("POST", "/cancel"):  # noqa: ASYNC110 -- a server in another thread has no event
        await asyncio.sleep(0.01)
    service.jobs["run-1"].status = "Completed"
    await canceling
    assert (await jobs.status("run-1")).state is JobState.DONE


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        (Fault("PUT", "/jobs/", 400), Invalid, "refuses this"),
        (Fault("PUT", "/jobs/", 403), Unavailable, "AzureML Data Scientist"),
        (Fault("GET", "/computes/", 401), Unavailable, "role"),
    ],
)
async def test_what_cannot_work_says_why(
    service: AzureMl, blobs: azure_ml.CloudBlobs, fault: Fault, error: type[TagwerkError], words: str
) -> None:
    service.faults.append(fault)
    with pytest.raises(error, match=words):
        await azure_ml.open_jobs(blobs).submit(SPEC)


async def test_a_service_that_stalls_or_is_away_is_unavailable(
    service: AzureMl, blobs: azure_ml.CloudBlobs
) -> None:
    service.faults.append(Fault("GET", "/jobs/", 200, delay_seconds=2.0))
    jobs = azure_ml.open_jobs(blobs, {"read_timeout": 0.2, "retry_total": 0})
    with pytest.raises(Unavailable, match="cannot be reached"):
        await jobs.status("run-1")
    service.faults += [Fault("GET", "/jobs/", 503) for _ in range(2)]
    with pytest.raises(Unavailable, match="busy"):
        await azure_ml.open_jobs(blobs, {"retry_total": 1}).status("run-1")


async def test_a_long_log_is_read_from_its_end(service: AzureMl, blobs: azure_ml.CloudBlobs) -> None:
    jobs = azure_ml.open_jobs(blobs)
    await jobs.submit(SPEC)
    assert await jobs.log("run-1", 5) == ""
    service.jobs["run-1"].log = b"".join(b"line %d\n" % number for number in range(100_000))
    assert await jobs.log("run-1", 2) == "line 99998\nline 99999"


async def test_a_log_behind_a_firewall_hides_nothing_else(
    service: AzureMl, blobs: azure_ml.CloudBlobs
) -> None:
    jobs = azure_ml.open_jobs(blobs)
    await jobs.submit(SPEC)
    job = service.jobs["run-1"]
    job.status, job.started, job.ended, job.log, job.error = "Failed", NOON, NOON, b"x", "Out of memory."
    service.faults += [Fault("HEAD", "/logs/", 403) for _ in range(2)]
    status = await jobs.status("run-1")
    assert status.state is JobState.FAILED
    assert (status.error or "").startswith("Out of memory.\n(The log cannot be read: ")
    with pytest.raises(Unavailable):
        await jobs.log("run-1", 1)


def test_only_storage_in_azure_can_be_read() -> None:
    found = Container.at("https://acme.blob.core.windows.net/some-data/")
    assert (found.account, found.endpoint, found.name) == ("acme", "core.windows.net", "some-data")
    assert found.path("a/b") == "azureml://datastores/tagwerk_acme_some_data/paths/a/b"
    for address in ("http://127.0.0.1:10000/devstoreaccount1/data/", "https://evil.example/data/"):
        with pytest.raises(Unsupported):
            Container.at(address)


@pytest.mark.parametrize(
    ("names", "prefix"),
    [
        (["a/b/c.jpg", "a/b/d.jpg"], "a/b/"),
        (["a/b/c.jpg", "a/bb/d.jpg"], "a/"),
        (["c.jpg", "a/d.jpg"], ""),
        (["a/b", "a/b/c"], "a/"),
        (["a/b c/d.jpg", "a/b c/e.jpg"], "a/"),
        (["ü/50%/d.jpg"], ""),
        ([], ""),
    ],
)
def test_the_folder_that_listed_blobs_share(names: list[str], prefix: str) -> None:
    files = BlobFiles("data", {f"{number}.jpg": name for number, name in enumerate(names)})
    assert folder_of(files) == BlobFolder("data", prefix)
    assert all(prefix + name in names for name in json.loads(listing(files)).values())


def test_no_file_of_a_list_leads_out_of_its_folder() -> None:
    for path in ("../x", "/etc/passwd", "a/../../x"):
        with pytest.raises(Invalid):
            listing(BlobFiles("data", {path: "a"}))


def test_arguments_reach_the_program_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "echo.py").write_text("import json, sys; print(json.dumps(sys.argv[1:]))")
    arguments = ("it's", "$HOME `id` ;", "", "--x={outputs.out}/a b", "{inputs}", "{}", "ü\n")
    spec = JobSpec("j", "echo.py", arguments, {}, {"out": BlobFolder("c", "")})
    line = command_line(spec, "").replace("${{outputs.out}}", "/mnt/out")
    assert shlex.split(line)[0] == "python"
    ran = subprocess.run(  # noqa: S603 -- our own command line
        ["/bin/bash", "-c", line.replace("python", sys.executable, 1)],
        cwd=tmp_path,
        capture_output=True,
        check=True,
        text=True,
    )
    assert json.loads(ran.stdout) == ["it's", "$HOME `id` ;", "", "--x=/mnt/out/a b", *arguments[4:]]
