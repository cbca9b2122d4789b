"""Hold a project's items against its data: add what is new, note what is gone, back or replaced."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from core.domain.commands import InspectItems
from core.domain.items import ItemStatus
from core.domain.log import NOBODY, Happened
from core.domain.projects import Project, Refreshed
from core.domain.records import ItemAction
from core.logic.comparing import News
from core.logic.refreshing import refresh_interval, refreshes_itself
from core.ports import Ports
from core.usecases.add_items import add_items
from core.usecases.change_project import change_project
from core.usecases.compare_listing import Listing, compare_listing, confirm
from core.usecases.follow_blobs import Followed, follow_blobs
from core.usecases.log_event import log_event
from core.usecases.read_ahead import read_ahead
from core.usecases.survey_project import survey_project


async def refresh_project(ports: Ports, project: str, *, by_hand: bool = False) -> None:
    """List the data to the end, and only then change anything; say in the project what was changed.

    By itself it refreshes only projects that are to. Doing it twice changes nothing. Images are looked at
    afterwards: by hand, all that were set aside once more. Raises what `compare_listing` does.
    """
    found = (await ports.projects.get(project, fresh=True)).value
    if not (found.under_way if by_hand else refreshes_itself(found)):
        return
    listing = await compare_listing(ports, found)
    added = await add_items(ports, project, listing.new)
    followed = await _follow(ports, found, listing)
    await _note(ports, project, listing, added, followed)
    if added or followed:
        await log_event(ports, project, NOBODY, Happened.REFRESHED, added=added, **_told(followed))
    if by_hand or followed:
        await ports.commands.send(InspectItems(project, 0))
    elif added:
        await ports.commands.send(InspectItems(project, found.shards - 1))


async def fail_refresh(ports: Ports, project: str, reason: str) -> None:
    """Say in the project that it cannot be refreshed, and why. The next time is as it was."""
    now = ports.clock.now()

    def failed(found: Project) -> Project:
        return replace(found, refreshed=replace(found.refreshed or Refreshed(now, 0), error=reason))

    await change_project(ports, project, failed)


async def _follow(ports: Ports, project: Project, listing: Listing) -> Followed:
    shards = sorted(listing.news)

    async def confirmed(number: int) -> News:
        return await confirm(ports, project, listing, shards[number])

    followed = Followed()
    async for number, news in read_ahead(len(shards), confirmed):
        followed += await follow_blobs(ports, project.id, shards[number], news)
    return followed


async def _note(ports: Ports, project: str, listing: Listing, added: int, followed: Followed) -> None:
    found, now = listing.found, ports.clock.now()
    due = now + await _interval(ports, project)
    told = _told(followed)
    refreshed = Refreshed(
        at=now,
        added=added,
        missing=told["missing"],
        returned=told["returned"],
        changed=told["changed"],
        next=due,
    )

    def noted(old: Project) -> Project:
        return replace(old, refreshed=refreshed, left_out=found.left_out, refusals=tuple(found.refusals))

    await change_project(ports, project, noted)


def _told(followed: Followed) -> dict[str, int]:
    return {
        "missing": followed[ItemAction.WENT_MISSING],
        "returned": followed[ItemAction.CAME_BACK],
        "changed": followed[ItemAction.BLOB_CHANGED],
    }


async def _interval(ports: Ports, project: str) -> timedelta:
    """By how far the project is now."""
    controls = await survey_project(ports, (await ports.projects.get(project, fresh=True)).value)
    statuses = sum((control.statuses() for control in controls), Counter[ItemStatus]())
    done = statuses[ItemStatus.LABELED] + statuses[ItemStatus.SKIPPED]
    return refresh_interval(done, done + statuses[ItemStatus.PENDING] + statuses[ItemStatus.NEEDS_REVIEW])
