"""Labeling: take a task, keep it, give it back, answer it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from core.domain.errors import Invalid
from core.domain.items import item_id, parse_item_id
from core.domain.tasks import ItemAnswer, Task, TaskItem, task_shard
from core.logic.permissions import Action
from core.usecases.authorize import Access
from core.usecases.claim_task import claim_task
from core.usecases.hold_task import give_back_task, renew_task
from core.usecases.reopen_task import reopen_task
from core.usecases.submit_task import submit_task
from functions.access import CurrentPorts, permit_in
from functions.http.item_shapes import prelabel_fields
from functions.schemas.tasks import (
    ItemAnswerIn,
    ReopenIn,
    SubmissionIn,
    SubmissionOut,
    SubmissionResult,
    TaskIn,
    TaskItemOut,
    TaskOut,
)

router = APIRouter(prefix="/api/projects/{project}/tasks", tags=["labeling"])

Labeler = Annotated[Access, Depends(permit_in(Action.LABEL))]


@router.post("", response_model=TaskOut, responses={204: {"description": "Nothing is left for this labeler"}})
async def claim(body: TaskIn, access: Labeler, ports: CurrentPorts) -> TaskOut | Response:
    """The next page of items, held for the caller."""
    if body.size not in (1, 4, 6, 9):
        raise Invalid("A page has 1, 4, 6 or 9 items.", field="size")
    task = await claim_task(ports, access.project, access.user, body.size, access.limit)
    return Response(status_code=204) if task is None else _task_out(access, task)


@router.post("/reopen")
async def reopen(body: ReopenIn, access: Labeler, ports: CurrentPorts) -> TaskOut:
    """Take one's own answers back, to give others. They stand until then."""
    return _task_out(access, await reopen_task(ports, access.project, access.user, body.items))


@router.put("/{task}")
async def renew(task: str, access: Labeler, ports: CurrentPorts) -> TaskOut:
    """Keep a task longer. It comes back with its new expiry, and URLs that work as long."""
    return _task_out(access, await renew_task(ports, access.project, access.user, task))


@router.delete("/{task}", status_code=204)
async def give_back(task: str, access: Labeler, ports: CurrentPorts) -> None:
    """Give a task back; its items are free at once."""
    await give_back_task(ports, access.project, access.user, task)


@router.post("/{task}/submissions")
async def submit(task: str, body: SubmissionIn, access: Labeler, ports: CurrentPorts) -> SubmissionOut:
    """Answer a task. Items that are not answered are free again."""
    shard = task_shard(task)
    answers = [_answer(shard, answer) for answer in body.answers]
    outcomes = await submit_task(ports, access.project, access.user, task, str(body.submission), answers)
    return SubmissionOut(
        submission=body.submission,
        results=[
            SubmissionResult(item=item_id(shard, index), outcome=outcome)
            for index, outcome in outcomes.items()
        ],
    )


def _answer(shard: int, answer: ItemAnswerIn) -> ItemAnswer:
    place, index = parse_item_id(answer.item)
    if place != shard:
        raise Invalid(f"Item {answer.item} is not one of this task.", field="answers", item=answer.item)
    return ItemAnswer(
        index=index,
        answer=answer.answer,
        skipped=answer.skipped,
        width=answer.width,
        height=answer.height,
        milliseconds=round(answer.seconds * 1000),
        flag=answer.flag,
    )


def _task_out(access: Access, task: Task) -> TaskOut:
    return TaskOut(
        id=task.id,
        type=task.type,
        expires=task.expires,
        instructions_version=access.project.instructions.version,
        items=[_item_out(item) for item in task.items],
    )


def _item_out(item: TaskItem) -> TaskItemOut:
    return TaskItemOut(
        id=item.id,
        path=item.path,
        url=item.url,
        text=item.text,
        columns=item.columns,
        width=item.image.width if item.image else None,
        height=item.image.height if item.image else None,
        frames=item.image.frames if item.image else None,
        **prelabel_fields(item.prelabel),
        previous=item.previous,
        flag=item.flag,
        comment=item.comment,
    )
