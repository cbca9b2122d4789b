"""Jobs as command jobs of an Azure ML workspace, by the official SDK. Never run for real.

The SDK takes a second and 100 MB to import, so only calls that need it import it; they run in threads. A
job's name is its spec's id, so the workspace itself sees to it that it runs once. Data are reached through
datastores without credentials, by the cluster's managed identity; a datastore is made for each container
that lacks one. Outputs are written through: a job that is pre-empted and starts again finds its own.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from core.adapters.azure_ml_command import (
    IMAGE_PROGRAMS,
    Container,
    command_line,
    folder_of,
    list_name,
    listing,
)
from core.adapters.azure_ml_errors import translated
from core.adapters.azure_ml_workspace import TIMEOUTS, OpenWorkspace
from core.domain.errors import NotFound
from core.domain.jobs import (
    AZURE_ML_STATES,
    BlobFiles,
    BlobFolder,
    Delivery,
    JobSpec,
    JobState,
    JobStatus,
    ModelAsset,
    is_job_id,
    last_lines,
    told_progress,
)
from core.ports import BlobStore

if TYPE_CHECKING:
    from azure.ai.ml import Input, Output
    from azure.ai.ml.entities import Job

R = TypeVar("R")

ERROR_LINES = 30
LISTS = "jobs/"
"""Where in the container of lists they are, until a lifecycle rule deletes them."""
_THREADS = 4  # of their own: a service that stalls must not keep others from the threads of the event loop
_LOG = "user_logs/std_log"
_TAIL_BYTES = 64 * 1024


class AzureMlJobs:
    """A JobRunner. `lists` is the container for lists of blobs that jobs read."""

    def __init__(self, blobs: BlobStore, lists: str, workspace: OpenWorkspace) -> None:
        self._blobs, self._lists, self._workspace = blobs, lists, workspace
        self._threads = ThreadPoolExecutor(_THREADS, "azure-ml")

    async def submit(self, spec: JobSpec) -> str:
        if await self._call(self._find, spec.id) is None:
            for name, each in spec.inputs.items():
                if isinstance(each.source, BlobFiles):
                    await self._blobs.write(self._lists, _list_blob(spec, name), listing(each.source))
            await self._call(self._submit, spec)
        return spec.id

    async def status(self, job: str) -> JobStatus:
        return await self._call(self._status, job)

    async def log(self, job: str, lines: int) -> str:
        return last_lines(await self._call(self._tail_of, job), lines)

    async def cancel(self, job: str) -> None:
        await self._call(self._cancel, job)

    async def _call(self, act: Callable[..., R], *args: object) -> R:
        return await asyncio.get_running_loop().run_in_executor(self._threads, translated, act, *args)

    def _find(self, job: str) -> "Job | None":
        from azure.core.exceptions import ResourceNotFoundError

        try:
            found: Job = self._workspace.client().jobs.get(job)
        except ResourceNotFoundError:
            return None
        return found

    def _get(self, job: str) -> "Job":
        found = self._find(job) if is_job_id(job) else None
        if found is None:
            raise NotFound("job", job)
        return found

    def _submit(self, spec: JobSpec) -> None:
        from azure.ai.ml import command
        from azure.ai.ml.entities import ManagedIdentityConfiguration
        from azure.core.exceptions import HttpResponseError

        place = self._workspace.place
        cluster = place.gpu if spec.gpu else place.cpu
        self._workspace.ensure_cluster(cluster)
        job = command(
            name=spec.id,
            display_name=spec.display_name or spec.id,
            experiment_name=spec.experiment,
            tags=dict(spec.tags),
            command=command_line(spec, "" if place.code else IMAGE_PROGRAMS),
            code=self._workspace.code(),
            environment=self._workspace.environment(),
            compute=cluster.name,
            identity=ManagedIdentityConfiguration(resource_id=cluster.identity),
            inputs=self._inputs(spec),
            outputs={name: self._output(folder) for name, folder in spec.outputs.items()},
        )
        job.set_limits(timeout=spec.time_limit_seconds)
        try:
            self._workspace.client().jobs.create_or_update(job)
        except HttpResponseError:
            if self._find(spec.id) is None:  # otherwise somebody submitted the same at the same moment
                raise

    def _inputs(self, spec: JobSpec) -> "dict[str, Input]":
        from azure.ai.ml import Input

        found: dict[str, Input] = {}
        for name, each in spec.inputs.items():
            source, mode = each.source, "download" if each.delivery is Delivery.DOWNLOAD else "ro_mount"
            if isinstance(source, ModelAsset):
                asset = f"azureml:{source.name}:{source.version}"
                found[name] = Input(type="custom_model", path=asset, mode=mode)
                continue
            if isinstance(source, BlobFiles):
                listed = self._path(self._lists, _list_blob(spec, name))
                found[list_name(name)] = Input(type="uri_file", path=listed, mode="download")
                source, mode = folder_of(source), "ro_mount"
            found[name] = Input(
                type="uri_folder", path=self._path(source.container, source.prefix), mode=mode
            )
        return found

    def _output(self, folder: BlobFolder) -> "Output":
        from azure.ai.ml import Output

        return Output(type="uri_folder", path=self._path(folder.container, folder.prefix), mode="rw_mount")

    def _path(self, container: str, name: str) -> str:
        place = Container.at(self._blobs.url(container, ""))
        self._workspace.ensure_datastore(place)
        return place.path(name)

    def _status(self, name: str) -> JobStatus:
        job = self._get(name)
        state = _state(job)
        status = JobStatus(state, link=job.studio_url)
        if state in (JobState.QUEUED, JobState.STARTING):
            return status
        return self._told(status, name, _limit(job))

    def _told(self, status: JobStatus, name: str, limit: int | None) -> JobStatus:
        """The same, with what the run's history and its log say."""
        run = self._history(name)
        state, started, ended = status.state, run.start_time_utc, run.end_time_utc
        if state is JobState.DONE:
            return JobStatus(state, started, ended, status.link, progress=1.0)
        log = self._tail_or_why_not(run)
        if state is JobState.RUNNING:
            return JobStatus(state, started, None, status.link, told_progress(log))
        why = _why(state, run)
        if state is JobState.CANCELED and _took_too_long(started, ended, limit):
            # Azure ML has one word for both
            state, why = JobState.FAILED, f"The job took longer than its {limit} seconds and was ended."
        error = None if state is JobState.CANCELED else f"{why}\n{last_lines(log, ERROR_LINES)}".strip()
        return JobStatus(state, started, ended, status.link, error=error)

    def _tail_of(self, job: str) -> str:
        self._get(job)
        return self._tail(self._history(job))

    def _history(self, job: str) -> Any:
        # The SDK's public way to a log is to follow it to the job's end, and none leads to a run's times.
        return self._workspace.client().jobs._runs_operations.get_run_details(job)  # noqa: SLF001

    def _tail_or_why_not(self, run: Any) -> str:
        """The log, which must not keep anybody from learning how the job is: a firewall may be in between."""
        from azure.core.exceptions import AzureError

        try:
            return self._tail(run)
        except AzureError as error:
            return f"(The log cannot be read: {error.message})"

    def _tail(self, run: Any) -> str:
        """The last 64 KB of the log, which Azure ML writes to a blob while the job runs."""
        from azure.core.exceptions import ResourceNotFoundError
        from azure.storage.blob import BlobClient

        urls = [url for path, url in sorted((run.log_files or {}).items()) if path.startswith(_LOG)]
        if not urls:
            return ""
        with BlobClient.from_blob_url(urls[0], **TIMEOUTS) as blob:
            try:
                size = blob.get_blob_properties().size
                text = blob.download_blob(max(0, size - _TAIL_BYTES)).readall() if size else b""
            except ResourceNotFoundError:
                return ""
        return text.decode(errors="replace")

    def _cancel(self, name: str) -> None:
        from azure.core.exceptions import HttpResponseError

        if _state(self._get(name)).ended:
            return
        try:
            self._workspace.client().jobs.begin_cancel(name, polling=False)
        except HttpResponseError:
            if not _state(self._get(name)).ended:  # otherwise it ended at the same moment
                raise


def _list_blob(spec: JobSpec, name: str) -> str:
    return f"{LISTS}{spec.id}/{name}.json"


def _state(job: "Job") -> JobState:
    word = getattr(job.status, "value", job.status)  # an enum of strings for the words that the SDK knows
    return AZURE_ML_STATES.get(str(word), AZURE_ML_STATES["Unknown"])


def _limit(job: "Job") -> int | None:
    timeout = getattr(getattr(job, "limits", None), "timeout", None)
    return int(timeout) if timeout else None


def _took_too_long(started: datetime | None, ended: datetime | None, limit: int | None) -> bool:
    return bool(started and ended and limit and (ended - started).total_seconds() >= limit)


def _why(state: JobState, run: Any) -> str:
    if state is JobState.LOST:
        return "Azure ML lost contact with the machine that ran the job."
    told = getattr(getattr(run.error, "error", None), "message", None)
    return str(told) if told else "The job failed on Azure ML."
