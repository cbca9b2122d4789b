"""Reserve parts of a project for some labelers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.domain.errors import Invalid
from core.domain.labels import label_paths
from core.domain.log import Happened
from core.domain.people import GROUP
from core.domain.projects import Project, Reservation
from core.logic.paths import check_path
from core.ports import Ports
from core.usecases.authorize import Access
from core.usecases.change_project import change_project
from core.usecases.log_event import log_event

RESERVATIONS_MAX = 100


@dataclass(frozen=True, slots=True)
class Part:
    """Which items, by a path pattern or by the labels of their prelabels, are for which labelers alone."""

    labelers: tuple[str, ...]
    path: str | None = None
    labels: tuple[str, ...] = ()


async def reserve_items(ports: Ports, access: Access, parts: Sequence[Part], etag: str | None) -> Project:
    """Replace the project's reservations. They hold from the next task on. Raises Invalid, Stale."""
    people = {member.user for member in await ports.members.of_project(access.project.id)}
    offered = set(label_paths(access.project.labels))
    if len(parts) > RESERVATIONS_MAX:
        raise Invalid(f"A project has at most {RESERVATIONS_MAX} reservations.", field="reservations")
    for part in parts:
        _check(part, people, offered)
    made = tuple(
        Reservation(ports.ids.new(), tuple(dict.fromkeys(part.labelers)), part.path, part.labels)
        for part in parts
    )

    def reserved(found: Project) -> Project:
        return replace(found, reservations=made)

    changed = await change_project(ports, access.project.id, reserved, etag)
    what = Happened.RESERVATIONS_CHANGED
    await log_event(ports, access.project.id, access.user.id, what, reservations=len(made))
    return changed.value


def _check(part: Part, people: set[str], offered: set[str]) -> None:
    if part.path is None and not part.labels:
        raise Invalid("A reservation is of a path, of labels, or of both.", field="path")
    if part.path is not None:
        check_path(part.path)
    if not part.labelers:
        raise Invalid("A reservation is for somebody: name its labelers.", field="labelers")
    for labeler in part.labelers:
        if labeler not in people or labeler.startswith(GROUP):
            raise Invalid("Parts are reserved for single members of the project.", field="labelers")
    for label in part.labels:
        if label not in offered:
            raise Invalid(f"There is no label '{label}' in this project.", field="labels", label=label)
