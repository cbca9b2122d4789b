"""Show a run, with all that is known of it."""

import asyncio
from collections import Counter
from dataclasses import dataclass

from core.domain.assist import Audit, Trust
from core.domain.errors import Invalid, NotFound, Unavailable
from core.domain.projects import Project
from core.domain.runs import Run, RunReport
from core.domain.shards import Counts
from core.formats.documents import RUN_REPORT
from core.logic.assist.auditing import audit_of
from core.logic.assist.judging import is_grouped
from core.ports import Ports
from core.usecases.run_files import report_name
from core.usecases.survey_project import survey_project

LOG_LINES = 30
LOG_SECONDS = 10
"""A log that is slow to come must not keep anybody from the rest."""


@dataclass(frozen=True, slots=True)
class ShownRun:
    """A run. `report` is what it found out about itself, None before it did.

    `trust` is on what terms its predictions are shown, and `audit` what blind answers say of them: None
    unless they are shown. `log` are the last lines that its job wrote, empty where nobody knows them.
    """

    run: Run
    report: RunReport | None
    trust: Trust | None
    audit: Audit | None
    log: str


async def show_run(ports: Ports, project: Project, run: str) -> ShownRun:
    """The run. Raises NotFound."""
    found = await ports.runs.get(project.id, run)
    report = await read_report(ports, project.id, run)
    trust = project.trust if project.trust is not None and project.trust.run == run else None
    audit = await _audit(ports, project, trust) if trust else None
    return ShownRun(found, report, trust, audit, await _log(ports, found))


async def read_report(ports: Ports, project: str, run: str) -> RunReport | None:
    """What a run found out about itself; None where it has not."""
    try:
        data = await ports.blobs.read(ports.limits.app_container, report_name(project, run))
    except NotFound:
        return None
    return RUN_REPORT.decode(data)


async def _audit(ports: Ports, project: Project, trust: Trust) -> Audit:
    audits: Counter[str] = Counter()
    for control in await survey_project(ports, project):
        audits.update(control.counts.audits)
    return audit_of(Counts(audits=audits), trust.id, grouped=is_grouped(project.kind))


async def _log(ports: Ports, run: Run) -> str:
    if ports.jobs is None or run.job is None:
        return ""
    try:
        async with asyncio.timeout(LOG_SECONDS):
            return await ports.jobs.log(run.job, LOG_LINES)
    except (NotFound, Invalid, Unavailable, TimeoutError):
        return ""
