"""Who may do what: one table, read at one place (`core.usecases.authorize`).

Where Azure ML documents the actions of a role, the role has exactly those: the Labeling Team Lead (our
reviewer), the vendor's admin and QA, the customer's QA. Its `labels/read` is READ_ITEMS, `labels/write`
LABEL, `labels/reject` REJECT, `labels/update` CORRECT, `labels/approve_unapprove` APPROVE, `projects/read`
READ_PROJECT, `projects/summary/read` READ_DASHBOARD, `export` EXPORT. What it has no action for (members,
agreement, runs, handing items to somebody) is ours to give.
"""

from collections.abc import Mapping
from enum import StrEnum

from core.domain.people import Role


class Action(StrEnum):
    """Something that the API lets people do."""

    CREATE_PROJECT = "create projects"
    PREVIEW_DATA = "preview data"
    UPLOAD_DATA = "upload data"
    EDIT_DATASTORES = "edit datastores"
    READ_COSTS = "see what all projects cost"
    READ_PROJECT = "read the project"
    EDIT_PROJECT = "edit the project"
    EDIT_LABELS = "edit the labels"
    EDIT_RESERVATIONS = "reserve items for labelers"
    EDIT_WEBHOOKS = "edit webhooks"
    PAUSE_PROJECT = "pause and resume the project"
    REFRESH_PROJECT = "refresh the project"
    DELETE_PROJECT = "delete the project"
    READ_LOG = "read the log"
    READ_COST = "see what the project costs"
    READ_MEMBERS = "see the members"
    EDIT_MEMBERS = "change the members"
    LABEL = "label"
    SEE_IMAGES = "see the images of items"
    READ_DASHBOARD = "see the dashboard"
    READ_LABELERS = "see every labeler's figures"
    READ_AGREEMENT = "see how far labelers agree"
    MEASURE_AGREEMENT = "measure how far labelers agree"
    READ_ITEMS = "read items and answers"
    APPROVE = "approve answers"
    REJECT = "reject answers"
    CORRECT = "correct answers"
    ASSIGN = "hand items to a labeler"
    MARK_GOLD = "mark known answers"
    READ_RUNS = "see the runs"
    TRAIN = "train models"
    USE_MODELS = "download and register models"
    EXPORT = "export"
    IMPORT = "import"
    BACK_UP = "back the project up"
    RESTORE = "restore projects"
    FORGET_PEOPLE = "forget people"


_EVERYWHERE = frozenset(
    {
        Action.CREATE_PROJECT,
        Action.PREVIEW_DATA,
        Action.UPLOAD_DATA,
        Action.EDIT_DATASTORES,
        Action.READ_COSTS,
        Action.RESTORE,
        Action.FORGET_PEOPLE,
    }
)
_MEMBER = frozenset({Action.READ_PROJECT, Action.READ_DASHBOARD})
_LABELER = _MEMBER | {Action.LABEL, Action.SEE_IMAGES}
_READER = _MEMBER | {
    Action.READ_ITEMS,
    Action.SEE_IMAGES,
    Action.REJECT,
    Action.READ_MEMBERS,
    Action.READ_LABELERS,
    Action.READ_AGREEMENT,
    Action.READ_RUNS,
}
_CUSTOMER_QA = _READER | {Action.APPROVE, Action.EXPORT}
_VENDOR_QA = _CUSTOMER_QA | {Action.CORRECT}

PERMISSIONS: Mapping[Role, frozenset[Action]] = {
    Role.OWNER: frozenset(Action) - _EVERYWHERE,
    Role.REVIEWER: _READER | {Action.LABEL, Action.CORRECT, Action.ASSIGN},
    Role.CUSTOMER_QA: _CUSTOMER_QA,
    Role.VENDOR_ADMIN: _VENDOR_QA | {Action.LABEL, Action.EDIT_MEMBERS},
    Role.VENDOR_QA: _VENDOR_QA,
    Role.LABELER: _LABELER,
    Role.EXPORTER: _MEMBER | {Action.EXPORT},
}
"""What a member of a project may do in it. Administrators may do everything, everywhere.

SEE_IMAGES without READ_ITEMS is for the items one holds (`core.usecases.find_item`). READ_MEMBERS,
READ_LABELERS and EDIT_MEMBERS of the vendor's roles end at the vendor's own people
(`core.usecases.set_member`, `visible_labelers`).
"""

REVIEWING: Mapping[str, Action] = {
    "approve": Action.APPROVE,
    "unapprove": Action.APPROVE,
    "reject": Action.REJECT,
    "accept_skip": Action.REJECT,
    "reject_skip": Action.REJECT,
    "assign": Action.ASSIGN,
    "mark_gold": Action.MARK_GOLD,
    "unmark_gold": Action.MARK_GOLD,
}
"""What a reviewer's action on items needs, by its name in the API."""


def allowed(action: Action, role: Role | None, *, administrator: bool) -> bool:
    """Whether somebody with this role (None: not a member) may do it."""
    return administrator or (role is not None and action in PERMISSIONS[role])
