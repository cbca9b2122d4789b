"""Projects, as the API says them."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from core.domain.assist import Assist
from core.domain.exports import Format
from core.domain.kinds import Kind
from core.domain.labels import Label
from core.domain.projects import (
    Data,
    Instructions,
    MaskRules,
    Refresh,
    Refreshed,
    Status,
    Vendor,
)
from core.domain.quality import Quality
from core.domain.transfers import Refusal
from functions.schemas.assist import AssistPatch


class ProjectOut(BaseModel):
    """A project. `found` counts the items it began with; `outputs` is the folder of all that it writes.

    `left_out` blobs and rows could not become items; `refusals` names the first of them. `retired` labels are
    offered no more; while `relabeling`, answers are on their way to changed labels.
    """

    id: str
    name: str
    kind: Kind
    data: Data
    labels: tuple[Label, ...]
    instructions: Instructions
    refresh: Refresh
    quality: Quality
    masks: MaskRules
    assist: Assist
    lease_minutes: int
    status: Status
    reason: str | None
    created_at: datetime
    created_by: str
    outputs: str
    found: int
    left_out: int
    refusals: tuple[Refusal, ...]
    export_formats: list[Format]
    refreshed: Refreshed | None
    label_version: int
    retired: tuple[str, ...]
    relabeling: bool
    vendor: Vendor | None
    role: str


class InstructionsIn(BaseModel):
    """Instructions as they are to be. Their version is counted, not given."""

    text: str = ""
    url: str | None = None


class RefreshIn(BaseModel):
    """Whether blobs that arrive later become items."""

    model_config = ConfigDict(extra="forbid")

    enabled: bool = True


class ProjectPatch(BaseModel):
    """Changes to a project; a field that is left out stays as it is."""

    model_config = ConfigDict(extra="allow")

    instructions: InstructionsIn | None = None
    refresh: RefreshIn | None = None
    assist: AssistPatch | None = None
    lease_minutes: int | None = None


class InstructionsVersionOut(BaseModel):
    """A version of the instructions, and who wrote it. `name` is theirs today."""

    version: int
    text: str
    url: str | None
    at: datetime
    user: str
    name: str | None
