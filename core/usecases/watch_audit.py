"""See to it that what is trusted is as right as the owner asked for."""

from contextlib import suppress

from core.domain.assist import Assist, Trust
from core.domain.errors import Conflict
from core.domain.projects import Project
from core.logic.assist.auditing import audit_of, raised, slips
from core.logic.assist.judging import is_grouped
from core.ports import Ports
from core.usecases.apply_run import revive_applying
from core.usecases.change_trust import change_trust, renew_trust
from core.usecases.collect_audits import collect_audits, count_audits
from core.usecases.show_run import read_report


async def watch_audit(ports: Ports, project: Project) -> None:
    """Raise the threshold if blind answers have shown that it is too low. It is safe to do at any time."""
    trust = project.trust
    if trust is None or project.relabeling:
        return
    await revive_applying(ports, project)
    if not _is_wanted(trust, project.assist):
        await renew_trust(ports, project)
        return
    audit = audit_of(await count_audits(ports, project), trust.id, grouped=is_grouped(project.kind))
    if not slips(audit, project.assist.target):
        return
    report = await read_report(ports, project.id, trust.run)
    audited = await collect_audits(ports, project, trust.run)
    higher = raised(trust, project.assist, audited, report.curve if report else ())
    with suppress(Conflict):  # a newer run's predictions have come: they are audited anew
        await change_trust(ports, project, higher, "audit")


def _is_wanted(trust: Trust, assist: Assist) -> bool:
    """Whether the owner's settings are known here: who changed them may have been killed."""
    return (trust.unsure, trust.accept, trust.audit_rate) == (
        assist.unsure,
        assist.accept,
        assist.audit_rate,
    )
