"""Show the predictions of a run on other terms."""

import asyncio
from dataclasses import replace

from core.domain.assist import Trust
from core.domain.errors import Conflict, Unavailable
from core.domain.log import NOBODY, Happened
from core.domain.projects import Project
from core.logic.assist.auditing import audit_of_parts, is_above, next_id, raised, slips
from core.logic.assist.judging import is_grouped
from core.logic.assist.thresholds import choose_trust
from core.ports import Ports
from core.usecases.apply_run import request_applying
from core.usecases.collect_audits import collect_audits
from core.usecases.log_event import log_event
from core.usecases.show_run import read_report

ATTEMPTS = 8


async def renew_trust(ports: Ports, project: Project) -> None:
    """Show predictions as the project's owner wants them by now; if that changes nothing, nothing is done.

    While the labels are being changed, neither. Raises Unavailable.
    """
    for _ in range(ATTEMPTS):
        found = (await ports.projects.get(project.id, fresh=True)).value
        if found.trust is None or found.relabeling:
            return
        try:
            await change_trust(ports, found, await _as_wanted(ports, found, found.trust), "settings")
        except Conflict:
            continue
        return
    raise Unavailable("The project is being changed by many at once. Try again in a moment.")


async def change_trust(ports: Ports, project: Project, wanted: Trust, why: str) -> None:
    """Have predictions shown on these terms, unless they are. Raises Conflict if the project's are others."""
    before = project.trust
    if before is None or replace(wanted, id=before.id) == before:
        return
    after = replace(wanted, id=next_id(before))
    await request_applying(ports, project, after)
    if (before.threshold, before.labels) != (after.threshold, after.labels):
        await log_event(
            ports,
            project.id,
            NOBODY,
            Happened.THRESHOLD_CHANGED,
            run=after.run,
            old=before.threshold,
            new=after.threshold,
            why=why,
        )


async def _as_wanted(ports: Ports, project: Project, trust: Trust) -> Trust:
    """The threshold is chosen anew; if audits of the run have shown before that it is too low, a higher one.

    What a run reports is of the labels that it knows: once they are others, its threshold stays.
    """
    assist, kind = project.assist, project.kind
    run, report = await ports.runs.get(project.id, trust.run), await read_report(ports, project.id, trust.run)
    if report is None or run.label_version != project.label_version:
        return replace(trust, unsure=assist.unsure, accept=assist.accept, audit_rate=assist.audit_rate)
    audited = await collect_audits(ports, project, trust.run)

    def chosen() -> Trust:
        anew, _ = choose_trust(kind, assist, report.judged, trust_id=trust.id, run=trust.run)
        above = [one for one in audited if is_above(anew, one)]
        if slips(audit_of_parts(above, grouped=is_grouped(kind)), assist.target):
            return raised(anew, assist, audited, report.curve)
        return anew

    return await asyncio.to_thread(chosen)  # regions are resampled for seconds, and labelers are waiting
