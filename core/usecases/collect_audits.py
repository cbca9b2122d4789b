"""What labelers who saw no prelabel have shown of a run's predictions."""

from collections import Counter
from collections.abc import Sequence

from core.domain.assist import Judged
from core.domain.items import item_id
from core.domain.projects import Project
from core.domain.shards import Control, Counts
from core.logic.assist.auditing import judged_again, run_of
from core.logic.records.counting import audited_of
from core.ports import Ports
from core.usecases.in_parallel import in_parallel
from core.usecases.read_predictions import read_predictions
from core.usecases.survey_project import survey_project

PARALLEL_READS = 8


async def count_audits(ports: Ports, project: Project) -> Counts:
    """The audits of all shards, without what else is counted."""
    audits: Counter[str] = Counter()
    for control in await survey_project(ports, project):
        audits.update(control.counts.audits)
    return Counts(audits=audits)


async def collect_audits(ports: Ports, project: Project, run: str) -> Sequence[Judged]:
    """All parts that were judged by blind answers, under whichever trust in the run."""
    controls = await survey_project(ports, project)
    audited = [control for control in controls if _has_audits(control, run)]

    async def judged(control: Control) -> Sequence[Judged]:
        predictions = await read_predictions(ports, control)
        records = await ports.shards.records(project.id, control.shard)
        kind, rules = project.kind, project.quality.agreement
        return [
            part
            for index, record in records.items()
            if index in predictions
            for part in judged_again(
                kind, rules, item_id(control.shard, index), predictions[index], record, run
            )
        ]

    return [part for parts in await in_parallel(PARALLEL_READS, judged, audited) for part in parts]


def _has_audits(control: Control, run: str) -> bool:
    return any(run_of(audited_of(key).trust) == run for key in control.counts.audits)
