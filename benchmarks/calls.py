"""Storage calls that each operation costs in a warm process, retries included: the mean of several.

The use cases are called as a router calls them once access is granted, which is remembered for seconds.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable
from dataclasses import replace
from typing import TypeVar

from benchmarks.figures import Figure, tell
from benchmarks.storage_calls import counted_calls
from benchmarks.worlds import ADMINISTRATOR, DATA, open_world, running_project
from core.domain.answers import Classes
from core.domain.items import parse_item_id
from core.domain.projects import Project, Refresh
from core.domain.tasks import ItemAnswer, Task
from core.ports import Ports
from core.usecases.change_project import change_project
from core.usecases.claim_task import claim_task
from core.usecases.hold_task import give_back_task, renew_task
from core.usecases.ingest_blob import ingest_blob
from core.usecases.reopen_task import reopen_task
from core.usecases.submit_task import submit_task
from local.azurite import Azurite

SIZE = 20_000
REPEATS = 20
T = TypeVar("T")


class Labeling:
    """One labeler's operations on one project, and what each has cost."""

    def __init__(self, ports: Ports, project: Project) -> None:
        self._ports = ports
        self._project = project
        self.calls: defaultdict[str, int] = defaultdict(int)

    async def once(self, number: int) -> None:
        """Every operation, one after the other."""
        ports, project = self._ports, self._project
        task = await self._counted("next task", self._claim(1))
        await self._counted("keep a task", renew_task(ports, project, ADMINISTRATOR, task.id))
        await self._counted("submit a page of 1", self._submit(task, f"a{number}"))
        await self._counted("the same submission again", self._submit(task, f"a{number}"))
        items = [item.id for item in task.items]
        again = await self._counted("undo a page", reopen_task(ports, project, ADMINISTRATOR, items))
        await self._counted("submit it once more", self._submit(again, f"b{number}"))
        nine = await self._counted("next task, a page of 9", self._claim(9))
        await self._counted("submit a page of 9", self._submit(nine, f"c{number}"))
        last = await self._claim(1)
        await self._counted("give a task back", give_back_task(ports, project, ADMINISTRATOR, last.id))
        path = f"bench/new{number}.jpg"
        await ports.blobs.write(DATA, path, b"image")
        await self._counted("a blob arrives", ingest_blob(ports, DATA, path))

    async def _counted(self, operation: str, work: Awaitable[T]) -> T:
        with counted_calls() as calls:
            result = await work
        self.calls[operation] += calls.count
        return result

    async def _claim(self, size: int) -> Task:
        task = await claim_task(self._ports, self._project, ADMINISTRATOR, size)
        assert task
        return task

    async def _submit(self, task: Task, submission: str) -> None:
        answers = [ItemAnswer(parse_item_id(item.id)[1], Classes(("3",))) for item in task.items]
        await submit_task(self._ports, self._project, ADMINISTRATOR, task.id, submission, answers)


async def measure(connection_string: str) -> list[Figure]:
    project = await running_project(connection_string, SIZE)
    async with open_world(connection_string) as ports:
        refreshing = Refresh(enabled=True)  # else it takes no blob that arrives
        found = (await change_project(ports, project, lambda now: replace(now, refresh=refreshing))).value
        await Labeling(ports, found).once(REPEATS)
        labeling = Labeling(ports, found)
        for number in range(REPEATS):
            await labeling.once(number)
    means = {operation: calls / REPEATS for operation, calls in labeling.calls.items()}
    per_item = means["next task"] + means["submit a page of 1"]
    return [
        Figure("storage calls per labeled item, pages of one, warm", per_item, "calls", 2),
        *(Figure(f"storage calls: {operation}", mean, "calls") for operation, mean in means.items()),
    ]


if __name__ == "__main__":
    with Azurite(in_memory=True) as azurite:
        tell("calls", asyncio.run(measure(azurite.connection_string)))
