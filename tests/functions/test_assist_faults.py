"""Runs whose jobs, app or queues are killed, whose owner changes their mind, whose job writes rubbish."""

import pytest

from core.domain.runs import RunStatus
from core.domain.shards import Lane
from core.ports import Ports
from local.ports import answers
from local.stack import Stack
from tests.functions.assisted import LABELS, Desk, sure, truth_of
from tests.functions.conftest import Person, wait_for

QUEUE = 1
ANSWERED = 12


@pytest.fixture
def desk(quick_stack: Stack, quick_ana: Person) -> Desk:
    """Of thirty texts twelve or more are answered."""
    desk = Desk.over(quick_stack, quick_ana, sure(30))
    desk.answer(ANSWERED)
    return desk


def _is_prelabeled(desk: Desk) -> bool:
    pending = desk.items(status="pending")
    return bool(pending) and all(item["prelabel"] == {"labels": [truth_of(item)]} for item in pending)


def test_a_job_that_is_killed_is_begun_once_more(desk: Desk) -> None:
    run = desk.train("wait")
    for attempt in (1, 2):
        desk.job(run, attempt).until_it_runs()
        desk.job(run, attempt).kill()
    failed = desk.ended(run)
    assert failed["status"] == "failed"
    assert "killed" in failed["error"]
    assert not _is_prelabeled(desk)

    run = desk.train("wait")
    desk.job(run).until_it_runs()
    desk.job(run).kill()
    desk.job(run, 2).until_it_runs()
    desk.job(run, 2).let_go()
    done = desk.ended(run)
    assert (done["status"], done["error"]) == ("done", None)
    assert _is_prelabeled(desk)
    desk.exact()


def test_an_app_that_is_killed_finds_its_job_and_goes_on_applying_what_it_wrote(
    quick_stack: Stack, quick_ana: Person
) -> None:
    desk = Desk.over(quick_stack, quick_ana, sure(3_000), accept=True, audit_rate=0.2)
    desk.answer(ANSWERED)
    run = desk.train("wait")
    desk.job(run).until_it_runs()
    quick_stack.kill_app()
    assert desk.job(run).lives()
    quick_stack.start_app()
    desk.job(run).let_go()
    done = desk.inside(lambda ports: _shards_done(ports, desk.project, run, at_least=2))
    quick_stack.kill_app()
    assert done < 11
    quick_stack.start_app()
    assert desk.ended(run)["status"] == "done"
    controls = desk.exact()
    assert len(controls) == 12
    audited = sum(control.pending()[Lane.AUDIT] for control in controls)
    figures = desk.get("/dashboard")["items"]
    assert figures["pending"] == audited > 0
    answered = figures["labeled"] - desk.assist()["accepted"]
    assert ANSWERED <= answered < ANSWERED + 9
    assert figures["total"] == figures["labeled"] + audited == 3_000


async def _shards_done(ports: Ports, project: str, run: str, *, at_least: int) -> int:
    """How many shards a run has been applied to, as soon as it is so many."""
    while True:
        found = await ports.runs.get(project, run)
        assert found.status is not RunStatus.DONE
        if found.operation is not None:
            done = (await ports.operations.get(project, found.operation)).shards
            if done >= at_least:
                return done


def test_a_run_survives_the_loss_of_every_message(quick_stack: Stack, desk: Desk) -> None:
    run = desk.train("wait")
    desk.job(run).until_it_runs()
    azurite = quick_stack.azurite
    queues = azurite.children[QUEUE]
    queues.kill()
    desk.job(run).let_go()
    wait_for(lambda: not desk.job(run).lives())
    desk.until(run, "applying")
    assert desk.answer_page(4) is not None
    queues.start()
    queues.wait_until(lambda: answers(azurite.base_port + QUEUE))
    assert desk.ended(run)["status"] == "done"
    assert _is_prelabeled(desk)
    desk.exact()


def test_a_run_that_is_canceled_leaves_nothing_behind(
    quick_stack: Stack, quick_ana: Person, desk: Desk
) -> None:
    other = Desk.over(quick_stack, quick_ana, sure(12))
    other.answer(11)
    run = desk.train("wait")
    desk.job(run).until_it_runs()
    queued = other.train("wait")
    assert other.post(f"/runs/{queued}/cancel")["status"] == "canceled"
    assert other.post(f"/runs/{queued}/cancel", status=409)["detail"]
    waits = other.train()
    other.until(waits, "starting")
    assert other.post(f"/runs/{waits}/cancel")["status"] == "canceled"

    desk.until(run, "running")
    assert desk.post(f"/runs/{run}/cancel")["status"] == "canceled"
    assert desk.assist()["run"] is None
    wait_for(lambda: not desk.job(run).lives())
    assert not _is_prelabeled(desk)
    assert {desk.trained()["status"], other.trained()["status"]} == {"done"}
    assert [one["status"] for one in other.assist()["runs"]] == ["done", "canceled", "canceled"]
    assert _is_prelabeled(desk)
    desk.exact()


def test_a_project_is_deleted_with_the_run_that_is_under_way(
    quick_stack: Stack, quick_ana: Person, desk: Desk
) -> None:
    run = desk.train("wait")
    desk.job(run).until_it_runs()
    address = f"/api/projects/{desk.project}"
    assert quick_ana.http.delete(address).status_code == 202
    wait_for(lambda: quick_ana.http.get(address).status_code == 404)
    wait_for(lambda: not desk.job(run).lives())
    next_one = Desk.over(quick_stack, quick_ana, sure(12))
    next_one.answer(11)
    next_one.trained()


def test_a_run_ends_in_a_project_that_is_paused(desk: Desk) -> None:
    run = desk.train("wait")
    desk.job(run).until_it_runs()
    desk.post("/pause")
    desk.job(run).let_go()
    assert desk.ended(run)["status"] == "done"
    desk.post("/tasks", {"size": 4}, status=409)
    desk.post("/resume")
    page = desk.answer_page(4)
    assert page is not None
    assert all(item["prelabel"] for item in page["items"])
    desk.exact()


def test_a_model_is_used_again(desk: Desk) -> None:
    model = {"project": desk.project, "run": desk.trained()["id"]}
    desk.answer(9)
    run = desk.post("/runs", {"stage": "predict", "model": model}, 202)
    done = desk.ended(run["id"])
    assert (done["status"], done["predicted"], done["threshold"]) == ("done", 30, 0.9), done["error"]
    assert _is_prelabeled(desk)
    desk.exact()


def test_what_was_learned_of_other_labels_is_not_used(desk: Desk) -> None:
    run = desk.train("wait")
    desk.job(run).until_it_runs()
    desk.post("/pause")
    labels = [{"name": name} for name in (*LABELS, "Bird")]
    changed = desk.post("/labels", {"labels": labels}, 202)
    wait_for(lambda: desk.get(f"/operations/{changed['id']}")["status"] == "done")
    desk.post("/resume")
    desk.job(run).let_go()
    refused = desk.ended(run)
    assert refused["status"] == "failed"
    assert refused["error"].startswith("The labels changed while the run was on its way")
    assert not any(item["prelabel"] for item in desk.items())
    assert desk.answer_page(4) is not None
    desk.trained()
    assert _is_prelabeled(desk)
    desk.exact()


def test_rubbish_is_refused_as_a_whole(desk: Desk) -> None:
    before = desk.exact()
    sentences = {
        "nan": "predictions.jsonl, line 30, item '",
        "unknown": "predictions.jsonl, line 30: item '9999-0999'",
        "half": "predictions.jsonl, line 1",
    }
    for how, sentence in sentences.items():
        refused = desk.ended(desk.train(how))
        assert refused["status"] == "failed"
        assert refused["error"].startswith(sentence), refused["error"]
        assert desk.exact() == before
    desk.trained()
    assert _is_prelabeled(desk)
