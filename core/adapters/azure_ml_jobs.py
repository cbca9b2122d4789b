"""Jobs as command jobs of an Azure ML workspace, by the official SDK. Never run for real.

The SDK takes a second and 100 MB to import, so only calls that need it import it; they run in threads. A
job's name is its spec's id, so the workspace itself sees to it that it runs once. Data are reached through
datastores without credentials, by the cluster's managed identity; a datastore is made for each container
that lacks one. Outputs are written through: a job that is pre-empted and starts again finds its own.
"""

from typing import TYPE_CHECKING

from core.adapters.azure_ml_command import (
    IMAGE_PROGRAMS,
    Container,
    command_line,
    folder_of,
    list_name,
    listing,
)
from core.adapters.azure_ml_history import Told, history_of, tail_of, tail_or_why_not
from core.adapters.azure_ml_workspace import Machines, OpenWorkspace
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

ERROR_LINES = 30
LISTS = "jobs/"
"""Where in the container of lists they are, until a lifecycle rule deletes them."""


class AzureMlJobs:
    """A JobRunner. `lists` is the container for lists of blobs that jobs read."""

    def __init__(self, blobs: BlobStore, lists: str, workspace: OpenWorkspace, machines: Machines) -> None:
        self._blobs, self._lists, self._workspace, self._machines = blobs, lists, workspace, machines

    async def submit(self, spec: JobSpec) -> str:
        if await self._workspace.call(self._find, spec.id) is None:
            for name, each in spec.inputs.items():
                if isinstance(each.source, BlobFiles):
                    await self._blobs.write(self._lists, _list_blob(spec, name), listing(each.source))
            await self._workspace.call(self._submit, spec)
        return spec.id

    async def status(self, job: str) -> JobStatus:
        return await self._workspace.call(self._status, job)

    async def log(self, job: str, lines: int) -> str:
        return last_lines(await self._workspace.call(self._tail_of, job), lines)

    async def cancel(self, job: str) -> None:
        await self._workspace.call(self._cancel, job)

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

        machines = self._machines
        cluster = machines.gpu if spec.gpu else machines.cpu
        self._workspace.ensure_cluster(cluster)
        job = command(
            name=spec.id,
            display_name=spec.display_name or spec.id,
            experiment_name=spec.experiment,
            tags=dict(spec.tags),
            command=command_line(spec, "" if machines.code else IMAGE_PROGRAMS),
            code=self._workspace.code(machines.code),
            environment_variables=dict(spec.environment),
            environment=self._workspace.environment(machines.environment),
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
        state, link = _state(job), job.studio_url
        if state in (JobState.QUEUED, JobState.STARTING):
            return JobStatus(state, link=link)
        told = history_of(self._workspace.client(), job, name)
        if state is JobState.DONE:
            return JobStatus(state, told.started, told.ended, link, progress=1.0)
        if state is JobState.RUNNING:
            return JobStatus(state, told.started, None, link, told_progress(tail_or_why_not(told)))
        if state is JobState.CANCELED and not _took_too_long(told, _limit(job)):
            return JobStatus(state, told.started, told.ended, link)
        why = told.why or "The job failed on Azure ML."
        if state is JobState.CANCELED:  # Azure ML has one word for both
            why = f"The job took longer than its {_limit(job)} seconds and was ended."
        error = f"{why}\n{last_lines(tail_or_why_not(told), ERROR_LINES)}".strip()
        return JobStatus(JobState.FAILED, told.started, told.ended, link, error=error)

    def _tail_of(self, name: str) -> str:
        return tail_of(history_of(self._workspace.client(), self._get(name), name))

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


def _took_too_long(told: Told, limit: int | None) -> bool:
    if told.started is None or told.ended is None or not limit:
        return False
    return (told.ended - told.started).total_seconds() >= limit
