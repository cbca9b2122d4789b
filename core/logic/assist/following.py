"""What becomes of a run by what its job says. Pure."""

from dataclasses import replace
from datetime import datetime, timedelta

from core.domain.jobs import JobState, JobStatus, told_refusal
from core.domain.runs import Run, RunStatus
from core.logic.assist.job_spec import TIME_LIMIT_SECONDS

ATTEMPTS = 2
WAITS_AT_MOST = timedelta(hours=24)
"""For a machine. A cluster that has none for a day has no quota, or none of its size is to be had."""

RUNS_AT_MOST = timedelta(seconds=TIME_LIMIT_SECONDS, hours=1)
"""Whoever runs jobs ends them at their time limit; an hour later nobody does."""

ERROR_MAX = 4_000

_JOB_RUNS = frozenset({RunStatus.STARTING, RunStatus.RUNNING})


def has_job(run: Run) -> bool:
    """Whether a job of the run is under way."""
    return run.status in _JOB_RUNS and run.job is not None


def told(run: Run, job: str, status: JobStatus, now: datetime) -> Run:
    """The run after its job has said how it is. What another job says changes nothing.

    A job that failed or got lost is begun again, ATTEMPTS times in all: the run is QUEUED then, and its error
    says why. One whose program refused what it was given is not: it would do so again. One that is done makes
    it APPLYING.
    """
    if not has_job(run) or run.job != job:
        return run
    heard = replace(run, checked_at=now, link=status.link or run.link)
    match status.state:
        case JobState.QUEUED | JobState.STARTING:
            return replace(heard, status=RunStatus.STARTING)
        case JobState.RUNNING:
            progress = status.progress if status.progress is not None else run.progress
            started = status.started or run.started or now
            return replace(heard, status=RunStatus.RUNNING, started=started, progress=progress)
    paid = run.compute_seconds + _seconds(run, status, now)
    ended = replace(heard, started=status.started or run.started, compute_seconds=paid)
    match status.state:
        case JobState.DONE:
            return replace(ended, status=RunStatus.APPLYING, progress=1.0, error=None)
        case JobState.FAILED | JobState.LOST:
            failed = replace(ended, status=RunStatus.FAILED, error=reason_of(status))
            refused = told_refusal(status.error or "") is not None
            return failed if refused or run.attempt >= ATTEMPTS else _tried_again(failed)
        case JobState.CANCELED:
            return replace(ended, status=RunStatus.CANCELED)


def stopped(run: Run, now: datetime) -> Run:
    """The run when its job is made to end, with what it ran until then."""
    if run.status is not RunStatus.RUNNING or run.started is None:
        return run
    return replace(run, compute_seconds=run.compute_seconds + (now - run.started).total_seconds())


def given_up(run: Run, now: datetime) -> bool:
    """Whether a run has waited so long for its job to be begun that nobody should try any more."""
    return now - run.created_at > WAITS_AT_MOST


def overdue(run: Run, status: JobStatus, now: datetime) -> JobStatus:
    """What is to be made of a job that takes longer than any may: it has failed; of others, what they say."""
    if status.state is JobState.RUNNING:
        began = status.started or run.started
        late = began is not None and now - began > RUNS_AT_MOST
        return _late(status, now, "The job did not end at its time limit.") if late else status
    if status.state in (JobState.QUEUED, JobState.STARTING) and now - run.created_at > WAITS_AT_MOST:
        return _late(status, now, "No machine came for the job within a day.")
    return status


def reason_of(status: JobStatus) -> str:
    """Why a job failed, in a line, and the last that it said, of no more than ERROR_MAX characters."""
    error = status.error or "The job ended without saying why."
    if refusal := told_refusal(error):
        error = f"The job cannot use what it was given: {refusal}\n{error}"
    if len(error) <= ERROR_MAX:
        return error
    why = error.partition("\n")[0][: ERROR_MAX // 4]
    return f"{why}\n…{error[len(why) + 2 - ERROR_MAX :]}"


def _seconds(run: Run, status: JobStatus, now: datetime) -> float:
    """How long the job's program ran; where nobody says, since it was first seen running."""
    if status.compute_seconds is not None:
        return status.compute_seconds
    return (now - run.started).total_seconds() if run.started else 0.0


def _tried_again(run: Run) -> Run:
    begun = replace(run, status=RunStatus.QUEUED, attempt=run.attempt + 1)
    return replace(begun, job=None, link=None, progress=None, started=None)


def _late(status: JobStatus, now: datetime, why: str) -> JobStatus:
    ended = now if status.started else None
    return replace(status, state=JobState.FAILED, ended=ended, error=why)
