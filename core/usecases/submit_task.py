"""Take a labeler's answers."""

from collections.abc import Mapping, Sequence

from core.domain.errors import Invalid, InvalidAnswer, WrongStatus
from core.domain.items import ItemRecord, item_id
from core.domain.labels import label_paths
from core.domain.people import User
from core.domain.projects import Project, Status
from core.domain.shards import Change, Control
from core.domain.tasks import ItemAnswer, Submission, task_shard
from core.logic import submitting
from core.logic.answering import misfit
from core.ports import Ports
from core.usecases.change_shard import change_shard


async def submit_task(
    ports: Ports, project: Project, user: User, task: str, submission: str, answers: Sequence[ItemAnswer]
) -> submitting.Outcomes:
    """Store the answers with the shard's counters, all or nothing, and say what became of each.

    A paused project still takes answers to what it handed out. Raises InvalidAnswer, TaskGone, WrongStatus.
    """
    if not project.under_way:
        raise WrongStatus(project.status, Status.RUNNING)
    shard = task_shard(task)
    _check(project, shard, answers)
    made = Submission(submission, task, user.id, ports.clock.now(), tuple(answers))

    def decide(
        control: Control, records: Mapping[int, ItemRecord]
    ) -> tuple[Change | None, submitting.Outcomes]:
        return submitting.submit(control, records, made)

    return await change_shard(ports, project.id, shard, [answer.index for answer in answers], decide)


def _check(project: Project, shard: int, answers: Sequence[ItemAnswer]) -> None:
    if not answers or len({answer.index for answer in answers}) != len(answers):
        raise Invalid("Answers to the items of the task are needed, one each.", field="answers")
    labels = frozenset(label_paths(project.labels))
    for answer in answers:
        reason = _misfit(project, labels, answer)
        if reason:
            raise InvalidAnswer(item_id(shard, answer.index), reason)


def _misfit(project: Project, labels: frozenset[str], answer: ItemAnswer) -> str | None:
    if (answer.answer is None) == (answer.skipped is None):
        return "either an answer or a reason for skipping is needed."
    return None if answer.answer is None else misfit(project.kind, labels, answer.answer)
