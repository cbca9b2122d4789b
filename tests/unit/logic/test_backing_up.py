from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.projects import Project, Refreshed, Status
from core.domain.runs import Run, RunStatus, Stage
from core.logic.backing_up import BROKEN_OFF, is_project_id, is_within, same_for_shards, without_jobs
from tests.examples import NOON, a_project

PROJECT = a_project(shards=3)


@pytest.mark.parametrize(
    "after",
    [
        PROJECT,
        replace(PROJECT, shards=4, found=2000, touched_at=NOON),
        replace(PROJECT, left_out=3, refreshed=Refreshed(NOON, 5)),
    ],
)
def test_a_project_that_has_grown_still_fits_its_shards(after: Project) -> None:
    assert same_for_shards(PROJECT, after)


@pytest.mark.parametrize(
    "after",
    [
        replace(PROJECT, label_version=1),
        replace(PROJECT, run="r1"),
        replace(PROJECT, status=Status.PAUSED),
        replace(PROJECT, lease_minutes=5),
    ],
)
def test_a_project_that_was_changed_does_not(after: Project) -> None:
    assert not same_for_shards(PROJECT, after)


def _run(name: str, status: RunStatus) -> Run:
    return Run(name, Stage.TRAIN, NOON, "ana", status)


@pytest.mark.parametrize("status", [RunStatus.QUEUED, RunStatus.STARTING, RunStatus.RUNNING])
def test_a_run_without_its_job_fails_and_frees_the_project(status: RunStatus) -> None:
    later = NOON + timedelta(days=1)
    runs = [_run("r2", status), _run("r1", RunStatus.DONE)]
    project, failed = without_jobs(replace(PROJECT, run="r2"), runs, later)
    assert project == PROJECT
    assert failed == [replace(runs[0], status=RunStatus.FAILED, error=BROKEN_OFF, ended=later)]


def test_a_run_that_is_being_applied_goes_on() -> None:
    busy = replace(PROJECT, run="r1")
    assert without_jobs(busy, [_run("r1", RunStatus.APPLYING)], NOON) == (busy, [])


@pytest.mark.parametrize(
    ("text", "is_id"),
    [
        ("a" * 20, True),
        ("a123456789012345678z", True),
        ("tagwerk", False),
        ("1" + "a" * 19, False),
        ("A" * 20, False),
        ("a" * 21, False),
        ("a" * 20 + "\n", False),
    ],
)
def test_only_what_ids_look_like_names_a_project(text: str, is_id: bool) -> None:
    assert is_project_id(text) is is_id


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("projects/a/b", True),
        ("projects/a/b/c..d/.e", True),
        ("exports/a/b", True),
        ("projects/ab/c", False),
        ("projects/a/../b", False),
        ("projects/a/./b", False),
        ("projects/a//b", False),
        ("projects/a/", False),
        ("projects/a/b\\..\\c", False),
        ("/projects/a/b", False),
    ],
)
def test_a_name_leads_into_a_folder_or_not(name: str, inside: bool) -> None:
    assert is_within(name, ["projects/a/", "exports/a/"]) is inside
