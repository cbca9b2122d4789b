"""Take what the job of a run wrote: check it as a whole, and have it given to the items.

A job is a program of somebody else's making, as far as this is concerned: whatever is wrong with what it
wrote ends the run with a sentence, and no item has changed. What is right is stored under the run's own name,
shard by shard; nothing shows it before all has been checked. So this may be broken off and done twice.

What a model predicts is judged by answers that it has not learned from. A run that trained has cross-fitted
predictions. One that uses the model of an earlier run of the project is judged as that was. A model of
another project never saw the answers of this one: they judge what it predicts of their items.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from core.domain.answers import Answer
from core.domain.assist import Trust
from core.domain.commands import RunOperation, TakeRun
from core.domain.errors import InvalidFile
from core.domain.projects import Project
from core.domain.runs import Run, RunReport, RunStatus, Stage
from core.formats import groups, predictions
from core.formats import run_outputs as files
from core.formats.documents import DOUBT, RUN_REPORT
from core.logic.assist.grouping import LABELED_MOST, Purity, group_alike, purity
from core.logic.assist.lanes import is_trusted
from core.logic.assist.policy import shows_alike
from core.logic.assist.thresholds import choose_trust
from core.logic.records.counting import labels_of
from core.ports import Ports
from core.usecases.apply_run import request_applying
from core.usecases.change_run import change_run
from core.usecases.end_run import end_run
from core.usecases.fetch_outputs import fetched_outputs
from core.usecases.read_outputs import Outputs, ShardOutputs
from core.usecases.report_run import embedded, figure_of, judged_only, timed, trained, with_threshold
from core.usecases.run_files import doubts_name, groups_name, predictions_name, report_name
from core.usecases.show_run import read_report
from core.usecases.working_on import working_on

if TYPE_CHECKING:  # numpy takes a tenth of a second of a cold start
    import numpy as np
    from numpy.typing import NDArray

T = TypeVar("T")

RELABELED = "The labels changed while the run was on its way. Train again."

DOUBTS_BYTES_MAX = 16 * 1024 * 1024
"""Answers of masks are large, and the list of doubts is read as a whole."""


async def take_run(ports: Ports, project: str, run: str) -> None:
    """End the run if its job wrote rubbish; else store what it wrote, and have it applied.

    Only a run that is APPLYING is taken, and of one that is being applied already nothing is done again.
    Raises NotFound.
    """
    known = await ports.runs.get(project, run)
    if known.status is not RunStatus.APPLYING:
        return
    if known.operation is not None:
        await ports.commands.send(RunOperation(project, known.operation))
        return
    found = (await ports.projects.get(project, fresh=True)).value
    try:
        async with working_on(ports, project, run):
            taken = await _take(ports, found, known)
    except InvalidFile as error:
        await end_run(ports, project, known, RunStatus.FAILED, str(error))
        return
    now = (await ports.projects.get(project, fresh=True)).value
    if (now.assist, now.label_version) != (found.assist, found.label_version):
        await ports.commands.send(TakeRun(project, run))  # on other terms
        return
    noted = await change_run(ports, project, run, taken.noted)
    if noted.status is RunStatus.APPLYING and noted.operation is None:
        if taken.applies:
            await request_applying(ports, now, taken.trust)
        else:
            await end_run(ports, project, noted, RunStatus.DONE)


@dataclass(frozen=True, slots=True)
class _Taken:
    """What a run comes to: so many items it `predicted`, and so many of those are trusted."""

    project: Project
    report: RunReport
    trust: Trust
    predicted: int = 0
    trusted: int = 0
    applies: bool = True

    def noted(self, run: Run) -> Run:
        """The run with that."""
        name, figure = figure_of(self.report, self.project.kind)
        promised = None if run.stage is Stage.EMBED else self.project.assist.target
        return replace(
            run,
            figure_name=name,
            figure=figure,
            target=promised,
            threshold=self.trust.threshold,
            predicted=self.predicted,
            trusted=self.trusted,
        )


async def _take(ports: Ports, project: Project, run: Run) -> _Taken:
    if project.label_version != run.label_version:
        raise InvalidFile(RELABELED)
    async with fetched_outputs(ports, project.id, run, _needed(project, run)) as folder:
        outputs = await asyncio.to_thread(Outputs.of, folder, project, run)
        if run.stage is Stage.EMBED:
            taken = await _take_embeddings(ports, project, run, outputs)
        else:
            taken = await _take_predictions(ports, project, run, outputs)
        if run.stage is Stage.TRAIN:
            await _keep(ports, doubts_name(project.id, run.id), await asyncio.to_thread(_doubts, outputs))
    await _keep(ports, report_name(project.id, run.id), await asyncio.to_thread(_report, taken))
    return taken


def _needed(project: Project, run: Run) -> Sequence[str]:
    """The files that the job must have written."""
    alike = (files.EMBEDDINGS, files.IDS)
    match run.stage:
        case Stage.TRAIN:
            learned = (files.METRICS, files.PREDICTIONS, files.CROSSFIT, files.DOUBTS)
            return (*learned, *alike) if shows_alike(project.kind) else learned
        case Stage.PREDICT:
            return files.METRICS, files.PREDICTIONS
        case Stage.EMBED:
            return files.METRICS, *alike


async def _take_predictions(ports: Ports, project: Project, run: Run, outputs: Outputs) -> _Taken:
    report = await _judge(ports, project, run, outputs)
    trust, threshold = await asyncio.to_thread(
        choose_trust, project.kind, project.assist, report.judged, trust_id=f"{run.id}.1", run=run.id
    )
    predicted = trusted = 0
    alike = run.stage is Stage.TRAIN and shows_alike(project.kind)
    async for shard in _in_thread(outputs.by_shard(predicted=True, embedded=alike)):
        data = await asyncio.to_thread(predictions.encode, shard.predictions)
        await ports.predictions.write_encoded(predictions_name(project.id, run.id, shard.shard), data)
        await _keep_groups(ports, project.id, run.id, shard)
        predicted += len(shard.predictions)
        trusted += sum(is_trusted(one, trust) for one in shard.predictions.values())
    return _Taken(project, with_threshold(report, trust, threshold), trust, predicted, trusted)


async def _judge(ports: Ports, project: Project, run: Run, outputs: Outputs) -> RunReport:
    """What is known of how right the predictions are."""
    if run.stage is Stage.TRAIN:
        judged = await asyncio.to_thread(outputs.judged, files.CROSSFIT)
        return trained(project.kind, outputs.metrics, judged)
    if run.model is not None and run.model.project == project.id:
        known = await read_report(ports, project.id, run.model.run)
        return timed(known or RunReport(), outputs.metrics)
    judged = await asyncio.to_thread(outputs.judged, files.PREDICTIONS)
    return timed(judged_only(project.kind, judged), outputs.metrics)


async def _take_embeddings(ports: Ports, project: Project, run: Run, outputs: Outputs) -> _Taken:
    """Groups, which are worth something if labeled images of one label come together in them."""
    labels: list[str] = []
    vectors: list[NDArray[np.floating]] = []
    async for shard in _in_thread(outputs.by_shard(predicted=False, embedded=True)):
        await _keep_groups(ports, project.id, run.id, shard)
        rows = [row for row, index in enumerate(shard.embedded) if index in shard.answers]
        if rows and shard.vectors is not None and len(labels) < LABELED_MOST:
            labels += [_class_of(shard.answers[shard.embedded[row]]) for row in rows]
            vectors.append(shard.vectors[rows])
    found = await asyncio.to_thread(_purity, vectors, labels)
    report = timed(embedded(found), outputs.metrics)
    return _Taken(project, report, Trust(f"{run.id}.1", run.id), applies=found is not None and found.better)


async def _keep_groups(ports: Ports, project: str, run: str, shard: ShardOutputs) -> None:
    vectors = shard.vectors
    if vectors is None:
        return
    classes = {index: _class_of(one.answer) for index, one in shard.predictions.items()}

    def grouped() -> bytes:
        return groups.encode(group_alike(vectors, shard.embedded, classes, apart=shard.answers))

    await ports.groups.write_encoded(groups_name(project, run, shard.shard), await asyncio.to_thread(grouped))


def _class_of(answer: Answer) -> str:
    """What items to be answered at once have in common."""
    return "\n".join(sorted(labels_of(answer)))


def _purity(vectors: "Sequence[NDArray[np.floating]]", labels: Sequence[str]) -> Purity | None:
    import numpy as np

    if not labels:
        return None
    return purity(np.concatenate(vectors)[:LABELED_MOST], labels[:LABELED_MOST])


def _report(taken: _Taken) -> bytes:
    return RUN_REPORT.encode(taken.report).encode()


def _doubts(outputs: Outputs) -> bytes:
    """The most doubtful answers, as JSON lines."""
    found = bytearray()
    for doubt in outputs.doubts():
        line = DOUBT.encode(doubt).encode() + b"\n"
        if len(found) + len(line) > DOUBTS_BYTES_MAX:
            break
        found += line
    return bytes(found)


async def _keep(ports: Ports, name: str, data: bytes) -> None:
    await ports.blobs.write(ports.limits.app_container, name, data)


async def _in_thread(values: Iterator[T]) -> AsyncIterator[T]:
    """The values, each made beside the event loop."""
    while (one := await asyncio.to_thread(next, values, None)) is not None:
        yield one
