"""The fake that runs jobs: a program is a function of the test's."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from core.adapters.local_job_files import blobs_of
from core.domain.errors import NotFound
from core.domain.jobs import BlobFolder, Input, JobSpec, JobState, JobStatus, last_lines, told_progress
from core.ports import BlobStore

Files = Mapping[str, bytes]
"""Contents by path."""

ERROR_LINES = 30


@dataclass(frozen=True)
class Ran:
    """What a program did: files by output, what it printed, how it ended, and how long it took.

    One that takes for ever (None) is RUNNING until it is canceled.
    """

    outputs: Mapping[str, Files] = field(default_factory=dict)
    log: str = ""
    code: int = 0
    seconds: float | None = 1.0


Program = Callable[[Sequence[str], Mapping[str, Files]], Ran]
"""What becomes of a program's arguments and inputs."""


@dataclass
class MemoryJobs:
    """A JobRunner whose programs run when they are submitted. `submitted` are the specs that ran."""

    blobs: BlobStore
    programs: Mapping[str, Program]
    start: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    submitted: list[JobSpec] = field(default_factory=list)
    states: dict[str, JobStatus] = field(default_factory=dict)
    logs: dict[str, str] = field(default_factory=dict)

    async def submit(self, spec: JobSpec) -> str:
        if spec.id not in self.states:
            inputs = {name: await self._files(each) for name, each in spec.inputs.items()}
            self.submitted.append(spec)
            await self._note(spec, self.programs[spec.program](spec.arguments, inputs))
        return spec.id

    async def status(self, job: str) -> JobStatus:
        self._check(job)
        return self.states[job]

    async def log(self, job: str, lines: int) -> str:
        self._check(job)
        return last_lines(self.logs[job], lines)

    async def cancel(self, job: str) -> None:
        self._check(job)
        if not self.states[job].state.ended:
            self.states[job] = JobStatus(JobState.CANCELED, self.start, self.start)

    def lose(self, job: str) -> None:
        """Its machine vanishes."""
        self.states[job] = JobStatus(JobState.LOST, self.start, error="The job is gone.")

    def _check(self, job: str) -> None:
        if job not in self.states:
            raise NotFound("job", job)

    async def _note(self, spec: JobSpec, ran: Ran) -> None:
        self.logs[spec.id], progress = ran.log, told_progress(ran.log)
        if ran.seconds is None:
            self.states[spec.id] = JobStatus(JobState.RUNNING, self.start, progress=progress)
            return
        ended = self.start + timedelta(seconds=min(ran.seconds, spec.time_limit_seconds))
        if ran.code or ran.seconds > spec.time_limit_seconds:
            why = "It took too long." if not ran.code else f"It ended with code {ran.code}."
            error = f"{why}\n{last_lines(ran.log, ERROR_LINES)}"
            self.states[spec.id] = JobStatus(JobState.FAILED, self.start, ended, error=error)
            return
        for name, files in ran.outputs.items():
            folder = spec.outputs[name]
            for path, data in files.items():
                await self.blobs.write(folder.container, folder.prefix + path, data)
        self.states[spec.id] = JobStatus(JobState.DONE, self.start, ended, progress=1.0)

    async def _files(self, given: Input) -> Files:
        source = blobs_of(given)
        if isinstance(source, BlobFolder):
            names = {
                blob.name.removeprefix(source.prefix): blob.name
                async for page in self.blobs.list(source.container, source.prefix)
                for blob in page
            }
        else:
            names = dict(source.names)
        there = {path: name for path, name in names.items() if await self.blobs.stat(source.container, name)}
        return {path: await self.blobs.read(source.container, name) for path, name in there.items()}
