"""Take a labeler's answers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.domain.errors import Invalid, InvalidAnswer, WrongStatus
from core.domain.items import item_id
from core.domain.measures import SUBMITS
from core.domain.people import User
from core.domain.projects import Project, Status
from core.domain.records import ItemRecord
from core.domain.shards import Change, Control, Lane
from core.domain.tasks import ItemAnswer, Submission, task_shard
from core.logic.answering import Subject, misfit
from core.logic.assist.auditing import Blind
from core.logic.records import submitting
from core.logic.records.relabeling import moved_on
from core.logic.records.settling import Terms
from core.ports import Ports
from core.usecases.change_shard import change_shard
from core.usecases.measure_items import Measured, measure_items
from core.usecases.read_predictions import read_predictions


async def submit_task(
    ports: Ports, project: Project, user: User, task: str, submission: str, answers: Sequence[ItemAnswer]
) -> submitting.Outcomes:
    """Store the answers with the shard's counters, all or nothing, and say what became of each.

    A paused project still takes answers to what it handed out. Raises InvalidAnswer, TaskGone, WrongStatus.
    """
    if not project.under_way:
        raise WrongStatus(project.status, Status.RUNNING)
    shard = task_shard(task)
    if not answers or len({answer.index for answer in answers}) != len(answers):
        raise Invalid("Answers to the items of the task are needed, one each.", field="answers")
    terms = Terms.of(project)
    answered = [answer.index for answer in answers if answer.answer is not None]
    measured = await measure_items(ports, project, shard, answered)
    checked = tuple(_checked(terms, shard, answer, measured) for answer in answers)
    made = Submission(submission, task, user.id, ports.clock.now(), checked)

    indexes = [answer.index for answer in answers]
    blind = await _blind(ports, project, shard, indexes)

    def decide(
        control: Control, records: Mapping[int, ItemRecord]
    ) -> tuple[Change | None, submitting.Outcomes]:
        return submitting.submit(control, records, made, terms, blind)

    compares_regions = project.kind.has_regions and (project.quality.consensus or blind is not None)
    outcomes = await change_shard(ports, project.id, shard, indexes, decide, slow=compares_regions)
    ports.telemetry.record(SUBMITS)
    return outcomes


async def _blind(ports: Ports, project: Project, shard: int, indexes: Sequence[int]) -> Blind | None:
    """What the answers are to be held against, if items are among them that are audited."""
    control = (await ports.shards.read(project.id, shard)).value
    items = len(control.states)
    if not any(index < items and control.lane(index) is Lane.AUDIT for index in indexes):
        return None
    predictions = await read_predictions(ports, control)
    return Blind(control.predictions, predictions, project.kind, project.quality.agreement)


def _checked(terms: Terms, shard: int, answer: ItemAnswer, measured: Mapping[int, Measured]) -> ItemAnswer:
    """The answer in the labels of now, with its image's size as it was measured, else as the page says.

    Raises InvalidAnswer.
    """
    item = item_id(shard, answer.index)
    if (answer.answer is None) == (answer.skipped is None):
        raise InvalidAnswer(item, "either an answer or a reason for skipping is needed.")
    if answer.answer is None:
        return answer
    found = measured[answer.index]
    size = (found.image.width, found.image.height) if found.image else (answer.width, answer.height)
    given = moved_on(answer.answer, terms.rules.labels, terms.relabel)
    reason = misfit(terms.rules, given, Subject(*size, found.text))
    if reason:
        raise InvalidAnswer(item, reason)
    return replace(answer, answer=given, width=size[0], height=size[1])
