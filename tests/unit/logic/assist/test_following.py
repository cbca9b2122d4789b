from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.jobs import JobState, JobStatus
from core.domain.runs import Run, RunStatus, Stage
from core.logic.assist.following import ATTEMPTS, ERROR_MAX, overdue, reason_of, stopped, told
from tests.examples import NOON

RUN = Run("r1", Stage.TRAIN, NOON, "ana", RunStatus.STARTING, attempt=1, job="j1")
LATER = NOON + timedelta(seconds=40)


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (JobState.QUEUED, RunStatus.STARTING),
        (JobState.STARTING, RunStatus.STARTING),
        (JobState.RUNNING, RunStatus.RUNNING),
        (JobState.DONE, RunStatus.APPLYING),
        (JobState.FAILED, RunStatus.QUEUED),
        (JobState.LOST, RunStatus.QUEUED),
        (JobState.CANCELED, RunStatus.CANCELED),
    ],
)
def test_every_state_of_a_job_has_its_consequence(state: JobState, status: RunStatus) -> None:
    after = told(RUN, "j1", JobStatus(state, link="https://ml/j1"), LATER)
    assert after.status is status
    assert after.checked_at == LATER
    last = told(replace(RUN, attempt=ATTEMPTS), "j1", JobStatus(state), LATER)
    assert last.status is (RunStatus.FAILED if status is RunStatus.QUEUED else status)


@pytest.mark.parametrize("state", JobState)
def test_only_the_present_job_of_a_run_that_waits_for_it_has_a_say(state: JobState) -> None:
    status = JobStatus(state)
    assert told(RUN, "j0", status, LATER) == RUN
    for other in (RunStatus.QUEUED, RunStatus.APPLYING, RunStatus.DONE, RunStatus.CANCELED):
        run = replace(RUN, status=other)
        assert told(run, "j1", status, LATER) == run


def test_the_time_of_every_attempt_is_paid() -> None:
    failed = JobStatus(JobState.FAILED, NOON, NOON + timedelta(seconds=10), error="Out of memory.")
    again = told(RUN, "j1", failed, LATER)
    assert (again.attempt, again.job, again.compute_seconds, again.error) == (2, None, 10, "Out of memory.")
    second = replace(again, status=RunStatus.RUNNING, job="j2")
    done = told(second, "j2", JobStatus(JobState.DONE, LATER, LATER + timedelta(seconds=5)), LATER)
    assert (done.compute_seconds, done.started, done.error) == (15, LATER, None)


def test_a_job_that_is_made_to_end_has_run_until_then() -> None:
    running = replace(RUN, status=RunStatus.RUNNING, started=NOON, compute_seconds=5)
    assert stopped(running, LATER).compute_seconds == 45
    assert stopped(replace(running, status=RunStatus.APPLYING), LATER).compute_seconds == 5
    assert stopped(RUN, LATER).compute_seconds == 0


def test_what_nobody_times_is_timed_from_when_it_was_first_seen_running() -> None:
    seen = told(RUN, "j1", JobStatus(JobState.RUNNING), NOON)
    assert (seen.started, told(seen, "j1", JobStatus(JobState.RUNNING), LATER).started) == (NOON, NOON)
    assert told(seen, "j1", JobStatus(JobState.DONE), LATER).compute_seconds == 40
    assert told(RUN, "j1", JobStatus(JobState.FAILED), LATER).compute_seconds == 0


@pytest.mark.parametrize(
    "last",
    [
        "assist.py: no item has an answer to learn from.",
        "assist.py run: error: the following arguments are required: --out",
    ],
)
def test_what_a_program_refuses_is_not_begun_again(last: str) -> None:
    log = f"Execution failed with exit code 2.\nprogress 0.10\n{last}\n"
    failed = told(RUN, "j1", JobStatus(JobState.FAILED, error=log), LATER)
    assert (failed.status, failed.attempt) == (RunStatus.FAILED, 1)
    first, *rest = (failed.error or "").splitlines()
    assert (
        first == f"The job cannot use what it was given: {last.split(': ', 2 if 'error' in last else 1)[-1]}"
    )
    assert rest == log.splitlines()


def test_a_traceback_is_no_refusal() -> None:
    log = 'Failed.\nassist.py: looking\n  File "assist.py", line 3\nValueError: x'
    assert told(RUN, "j1", JobStatus(JobState.FAILED, error=log), LATER).status is RunStatus.QUEUED


def test_progress_is_not_forgotten_between_two_words() -> None:
    half = told(RUN, "j1", JobStatus(JobState.RUNNING, NOON, progress=0.5), LATER)
    assert told(half, "j1", JobStatus(JobState.RUNNING, NOON), LATER).progress == 0.5


@pytest.mark.parametrize(
    ("status", "hours", "late"),
    [
        (JobStatus(JobState.QUEUED), 24, False),
        (JobStatus(JobState.STARTING), 24.1, True),
        (JobStatus(JobState.RUNNING, NOON), 5, False),
        (JobStatus(JobState.RUNNING, NOON), 5.1, True),
        (JobStatus(JobState.RUNNING), 99, False),
        (JobStatus(JobState.DONE, NOON, NOON), 99, False),
    ],
)
def test_what_takes_longer_than_anything_may_has_failed(status: JobStatus, hours: float, late: bool) -> None:
    found = overdue(RUN, status, NOON + timedelta(hours=hours))
    assert (found.state is JobState.FAILED) == late
    assert late or found is status


def test_a_long_reason_keeps_its_first_line_and_its_end() -> None:
    short = JobStatus(JobState.FAILED, error="It failed.\nlast words")
    assert reason_of(short) == "It failed.\nlast words"
    long = JobStatus(JobState.FAILED, error="It failed.\n" + "x" * ERROR_MAX + "last words")
    found = reason_of(long)
    assert len(found) == ERROR_MAX
    assert found.startswith("It failed.\n…xx")
    assert found.endswith("xlast words")
    assert reason_of(JobStatus(JobState.LOST)) == "The job ended without saying why."
