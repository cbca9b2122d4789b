"""Tell operators how runs and their jobs ended, in the trace of whoever asked for the run."""

from core.domain.jobs import JobStatus
from core.domain.measures import JOB_SECONDS, RUN_COST, RUN_SECONDS
from core.domain.runs import Run
from core.domain.telemetry import Span, Telemetry
from core.domain.work import PROJECT, RUN
from core.logic.cost import machine_cost
from core.ports import Ports


def tell_job(telemetry: Telemetry, project: str, run: Run, job: str, status: JobStatus) -> None:
    """A job of a run has ended: a span of the time that its program ran, and the seconds that it took."""
    seconds, outcome = status.compute_seconds, str(status.state)
    attributes = {"stage": str(run.stage), "outcome": outcome}
    telemetry.record(JOB_SECONDS, seconds or 0.0, **attributes)
    if status.started is None or status.ended is None:
        return
    span = Span(f"job {run.stage}", {**attributes, PROJECT: project, RUN: run.id}, trace=run.trace)
    span.attributes["tagwerk.job"] = job
    span.attributes["tagwerk.job.attempt"] = run.attempt
    span.attributes["tagwerk.job.compute_seconds"] = seconds or 0.0
    if status.link:
        span.attributes["tagwerk.job.link"] = status.link
    span.error = None if status.error is None else outcome
    telemetry.tell(span, status.started, status.ended)


def tell_run(ports: Ports, project: str, run: Run) -> None:
    """A run has ended: a span from the request to the end, and what its machines cost."""
    assert run.ended is not None  # noqa: S101  it has
    attributes = {"stage": str(run.stage), "outcome": str(run.status)}
    cost = machine_cost(run, ports.prices, run.ended)
    ports.telemetry.record(RUN_SECONDS, (run.ended - run.created_at).total_seconds(), **attributes)
    ports.telemetry.record(RUN_COST, cost, stage=str(run.stage), currency=ports.prices.currency)
    span = Span(f"run {run.stage}", {**attributes, PROJECT: project, RUN: run.id}, trace=run.trace)
    span.error = None if run.error is None else str(run.status)
    span.attributes["tagwerk.run.cost"] = cost
    ports.telemetry.tell(span, run.created_at, run.ended)
