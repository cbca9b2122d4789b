"""Create a project."""

import random
from dataclasses import dataclass, replace

from core.domain.assist import Assist
from core.domain.commands import InitializeProject
from core.domain.errors import Invalid, Unsupported
from core.domain.kinds import Kind
from core.domain.labels import LabelTree, label_paths
from core.domain.log import Happened
from core.domain.people import Invitation, Member, Role, User
from core.domain.projects import (
    APART,
    NO_WORDING,
    Data,
    Instructions,
    MaskRules,
    Project,
    Refresh,
    Vendor,
    Wording,
)
from core.domain.quality import Quality
from core.logic.assist.settings import check_assist
from core.logic.projects.data import check_data
from core.logic.projects.instructions import check_wording
from core.logic.projects.labels import check_labels
from core.logic.projects.membership import check_vendor, mail_address
from core.logic.projects.quality import check_quality
from core.ports import Ports, Versioned
from core.usecases.keep_instructions import keep_instructions
from core.usecases.locate_data import locate_data
from core.usecases.log_event import log_event

NAME_MAX = 100
LEASE_MINUTES_MAX = 24 * 60
_SEEDS = 2**31


@dataclass(frozen=True, slots=True)
class NewProject:
    """What somebody asks for when they create a project."""

    name: str
    kind: Kind
    data: Data
    labels: LabelTree
    instructions: Wording = NO_WORDING
    refresh: Refresh = Refresh()
    quality: Quality = Quality()
    masks: MaskRules = APART
    assist: Assist = Assist()
    lease_minutes: int = 30
    vendor: Vendor | None = None


async def create_project(ports: Ports, user: User, new: NewProject) -> Versioned[Project]:
    """Store the project, make the user its owner, invite its vendor's admin, and have it initialized.

    Raises Invalid and its kin, NotFound for the datastore or asset, NameTaken, Unavailable.
    """
    new = replace(new, data=await locate_data(ports, new.data))
    _check(new)
    check_assistance(ports, new.assist, new.quality)
    await ports.datastores.get(new.data.datastore)
    project = Project(
        id=ports.ids.new(),
        name=new.name,
        kind=new.kind,
        data=new.data,
        labels=new.labels,
        created_at=ports.clock.now(),
        created_by=user.id,
        instructions=Instructions(new.instructions.text, new.instructions.url),
        refresh=new.refresh,
        quality=new.quality,
        masks=new.masks,
        assist=new.assist,
        lease_minutes=new.lease_minutes,
        seed=random.SystemRandom().randrange(_SEEDS),
        touched_at=ports.clock.now(),
        vendor=new.vendor,
    )
    await ports.projects.add(project)
    await ports.members.put(Member(project.id, user.id, Role.OWNER))
    await ports.shards.prepare(project.id)
    await keep_instructions(ports, project.id, user.id, project.instructions)
    await log_event(ports, project.id, user.id, Happened.PROJECT_CREATED, name=new.name, kind=new.kind)
    await _invite_vendor(ports, user, project)
    await ports.commands.send(InitializeProject(project.id))
    return await ports.projects.get(project.id, fresh=True)


async def _invite_vendor(ports: Ports, user: User, project: Project) -> None:
    if project.vendor is not None and project.vendor.admin_email is not None:
        email = mail_address(project.vendor.admin_email)
        await ports.invitations.put(Invitation(project.id, email, Role.VENDOR_ADMIN, vendor=True))
        await log_event(
            ports, project.id, user.id, Happened.INVITATION_SENT, email=email, role=Role.VENDOR_ADMIN
        )


def check_name(name: str) -> None:
    """Raises Invalid unless a project may be called so."""
    if not name.strip() or name != name.strip() or len(name) > NAME_MAX:
        raise Invalid(f"A name has 1 to {NAME_MAX} characters, no space at either end.", field="name")


def check_lease_minutes(minutes: int) -> None:
    """Raises Invalid unless a lease may last so long."""
    if not 1 <= minutes <= LEASE_MINUTES_MAX:
        raise Invalid(f"A lease lasts 1 to {LEASE_MINUTES_MAX} minutes.", field="lease_minutes")


def check_assistance(ports: Ports, assist: Assist, quality: Quality) -> None:
    """Raises Invalid for settings that make no sense, Unsupported where nothing could run the jobs."""
    check_assist(assist, consensus=quality.consensus)
    if assist.enabled and ports.jobs is None:
        raise Unsupported(
            "Nothing runs jobs in this deployment, and ML assist needs them. An operator names an Azure ML "
            "workspace and its cluster with the AZURE_ML settings.",
            field="assist.enabled",
        )


def _check(new: NewProject) -> None:
    check_name(new.name)
    check_labels(new.labels)
    check_lease_minutes(new.lease_minutes)
    check_wording(new.instructions)
    check_data(new.kind, new.data)
    check_vendor(new.vendor)
    check_quality(new.quality, set(label_paths(new.labels)))
