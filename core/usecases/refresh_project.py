"""Look for blobs that no event told of."""

from dataclasses import replace

from core.domain.commands import InspectItems
from core.domain.projects import Project, Refreshed
from core.ports import Ports
from core.usecases.add_items import add_items
from core.usecases.change_project import change_project
from core.usecases.find_items import find_all_items


async def refresh_project(ports: Ports, project: str) -> None:
    """List the project's path, add what is new, and note when that was and how many it added."""
    found = (await ports.projects.get(project, fresh=True)).value
    if not found.under_way:
        return
    listing = await find_all_items(ports, found.kind, found.data, ports.limits.max_items)
    added = await add_items(ports, project, listing.items)
    now = ports.clock.now()

    def noted(old: Project) -> Project:
        return replace(
            old, refreshed=Refreshed(now, added), left_out=listing.left_out, refusals=tuple(listing.refusals)
        )

    await change_project(ports, project, noted)
    if added:
        await ports.commands.send(InspectItems(project, found.shards - 1))
