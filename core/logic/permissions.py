"""Who may do what: one table, read at one place (`core.usecases.authorize`)."""

from collections.abc import Mapping
from enum import StrEnum

from core.domain.people import Role


class Action(StrEnum):
    """Something that the API lets people do."""

    CREATE_PROJECT = "create projects"
    PREVIEW_DATA = "preview data"
    UPLOAD_DATA = "upload data"
    EDIT_DATASTORES = "edit datastores"
    READ_PROJECT = "read the project"
    EDIT_PROJECT = "edit the project"
    PAUSE_PROJECT = "pause and resume the project"
    REFRESH_PROJECT = "refresh the project"
    DELETE_PROJECT = "delete the project"
    READ_MEMBERS = "see the members"
    EDIT_MEMBERS = "change the members"
    LABEL = "label"
    READ_DASHBOARD = "see the dashboard"
    READ_LABELERS = "see every labeler's figures"
    READ_ITEMS = "read items and answers"
    REVIEW = "review answers"
    EXPORT = "export"
    IMPORT = "import"


_LABELER = frozenset({Action.READ_PROJECT, Action.LABEL, Action.READ_DASHBOARD})
_REVIEWER = _LABELER | {Action.READ_LABELERS, Action.READ_ITEMS, Action.READ_MEMBERS, Action.REVIEW}
_OWNER = _REVIEWER | {
    Action.EDIT_PROJECT,
    Action.PAUSE_PROJECT,
    Action.REFRESH_PROJECT,
    Action.DELETE_PROJECT,
    Action.EDIT_MEMBERS,
    Action.EXPORT,
    Action.IMPORT,
}

PERMISSIONS: Mapping[Role, frozenset[Action]] = {
    Role.OWNER: _OWNER,
    Role.REVIEWER: _REVIEWER,
    Role.LABELER: _LABELER,
}
"""What a member of a project may do in it. Administrators may do everything, everywhere."""


def allowed(action: Action, role: Role | None, *, administrator: bool) -> bool:
    """Whether somebody with this role (None: not a member) may do it."""
    return administrator or (role is not None and action in PERMISSIONS[role])
