"""What a project costs, and a budget that stops its runs: the whole app, in the local host."""

from datetime import UTC, datetime
from time import sleep

import pytest

from local.stack import Stack
from tests.functions.assisted import Desk, sure
from tests.functions.conftest import Json, Person, photos, wait_for

GPU_SECOND = 10.0
"""In euros, as `quick_stack` has it."""

LEAST = 300 * GPU_SECOND
"""What a run has to be able to take, so that one may begin."""


QUIET_SECONDS = 7
"""Five seconds after a project has started running, somebody looks at its data once more."""


class Costs:
    """What the app says that a project costs. `asked` is how often it was asked."""

    def __init__(self, person: Person, project: str) -> None:
        self._person = person
        self._path = f"/api/projects/{project}/cost"
        self.asked = 0

    def now(self) -> Json:
        found: Json = self._person.get(self._path)
        self.asked += 1
        return found

    def used(self) -> dict[str, float]:
        """What was used so far, by what is paid for."""
        return {line["what"]: line["quantity"] for line in self.now()["lines"]}

    def settled(self) -> dict[str, float]:
        """The same, once nothing but this question is counted any more."""
        known = self.used()

        def quiet() -> bool:
            nonlocal known
            sleep(QUIET_SECONDS)
            before, known = known, self.used()
            return known["calls"] == before["calls"] + 1

        wait_for(quiet, 60)
        return known


def test_what_is_done_is_counted(quick_ana: Person, folder: str) -> None:
    quick_ana.upload(photos(folder, 6))
    project = quick_ana.running(f"{folder}/*.jpg", refresh={"enabled": False})
    costs = Costs(quick_ana, project)
    before, asked = costs.settled(), costs.asked
    for _ in range(6):
        assert quick_ana.submit(project, quick_ana.must_claim(project)).status_code == 200
    assert quick_ana.claim(project) is None
    after = costs.used()
    more = {what: after[what] - before[what] for what in after}
    assert more["calls"] == costs.asked - asked + 6 + 6 + 1  # a question is counted when it is answered
    assert more["links"] == 6  # each image was shown once
    assert more["tables"] >= 2 * 6  # a warm claim is one operation, and so is a submission
    assert more["execution"] > 0
    told = costs.now()
    assert told["labeled"] == 6
    assert told["per_labeled_item"] == pytest.approx(told["total"] / 6)
    assert told["total"] == pytest.approx(sum(line["amount"] for line in told["lines"]))
    assert (told["currency"], told["budget"]) == ("EUR", None)
    assert told["month"] == f"{datetime.now(UTC):%Y-%m}"


def test_the_whole_deployment_costs_what_its_projects_cost(quick_ana: Person, folder: str) -> None:
    quick_ana.upload(photos(folder, 1))
    project = quick_ana.running(f"{folder}/*.jpg", refresh={"enabled": False})
    wait_for(lambda: Costs(quick_ana, project).now()["total"] > 0)
    found = quick_ana.get("/api/cost")
    (mine,) = [share for share in found["projects"] if share["id"] == project]
    assert mine["total"] > 0
    assert sum(line["quantity"] for line in found["shared"]) > 0  # signing in, and the timer
    shared = sum(line["amount"] for line in found["shared"])
    assert found["total"] == pytest.approx(shared + sum(share["total"] for share in found["projects"]))


@pytest.mark.parametrize("month", ["2026-13", "November"])
def test_what_is_no_month_is_refused(quick_ana: Person, month: str) -> None:
    response = quick_ana.http.get("/api/cost", params={"month": month})
    assert (response.status_code, response.json()["field"]) == (422, "month")


def test_no_run_begins_once_the_budget_is_spent(quick_stack: Stack, quick_ana: Person) -> None:
    desk = Desk.over(quick_stack, quick_ana, sure(40), monthly_budget=LEAST)
    desk.answer(20)
    assert desk.assist()["budget"]["stops"] is False
    run = desk.trained()
    assert run["compute_seconds"] > 0
    costs = Costs(quick_ana, desk.project).now()
    (gpu,) = [line for line in costs["lines"] if line["what"] == "gpu"]
    spent = run["compute_seconds"] * GPU_SECOND
    assert gpu["quantity"] == pytest.approx(run["compute_seconds"] / 60)
    assert gpu["amount"] == pytest.approx(spent)
    assert costs["budget"]["spent"] == pytest.approx(spent)
    refused = desk.post("/runs", {"base": "stand-in/right"}, 409)
    assert refused["title"] == "The budget is spent"
    assert refused["budget"] == LEAST
    assert refused["spent"] == pytest.approx(spent, abs=0.01)
    assert refused["until"] == costs["budget"]["until"]
    assert "an owner raises the budget" in refused["detail"]
    shares = quick_ana.get("/api/cost")["projects"]
    assert [share["budget"] for share in shares if share["id"] == desk.project] == [costs["budget"]]
    assert desk.assist()["budget"]["stops"] is True
    desk.set(monthly_budget=10 * LEAST)
    assert desk.assist()["budget"]["stops"] is False
    desk.trained()
