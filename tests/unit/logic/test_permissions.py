"""The permission matrix, cell by cell, written out a second time."""

import pytest

from core.domain.people import Role
from core.logic.permissions import REVIEWING, Action, allowed

WHO = (
    "administrator",
    Role.OWNER,
    Role.REVIEWER,
    Role.LABELER,
    Role.EXPORTER,
    Role.VENDOR_ADMIN,
    Role.VENDOR_QA,
    Role.CUSTOMER_QA,
    None,
)
#                        adm own rev lab exp vad vqa cqa stranger
MATRIX = """
create projects           x   -   -   -   -   -   -   -   -
preview data              x   -   -   -   -   -   -   -   -
upload data               x   -   -   -   -   -   -   -   -
edit datastores           x   -   -   -   -   -   -   -   -
see what all projects cost x  -   -   -   -   -   -   -   -
restore projects          x   -   -   -   -   -   -   -   -
forget people             x   -   -   -   -   -   -   -   -
read the project          x   x   x   x   x   x   x   x   -
edit the project          x   x   -   -   -   -   -   -   -
edit the labels           x   x   -   -   -   -   -   -   -
reserve items for labelers x  x   -   -   -   -   -   -   -
edit webhooks             x   x   -   -   -   -   -   -   -
pause and resume the project x x  -   -   -   -   -   -   -
refresh the project       x   x   -   -   -   -   -   -   -
delete the project        x   x   -   -   -   -   -   -   -
read the log              x   x   -   -   -   -   -   -   -
see what the project costs x  x   -   -   -   -   -   -   -
back the project up       x   x   -   -   -   -   -   -   -
see the members           x   x   x   -   -   x   x   x   -
change the members        x   x   -   -   -   x   -   -   -
label                     x   x   x   x   -   x   -   -   -
see the images of items   x   x   x   x   -   x   x   x   -
see the dashboard         x   x   x   x   x   x   x   x   -
see every labeler's figures x x   x   -   -   x   x   x   -
see how far labelers agree x  x   x   -   -   x   x   x   -
measure how far labelers agree x x -  -   -   -   -   -   -
read items and answers    x   x   x   -   -   x   x   x   -
approve answers           x   x   -   -   -   x   x   x   -
reject answers            x   x   x   -   -   x   x   x   -
correct answers           x   x   x   -   -   x   x   -   -
hand items to a labeler   x   x   x   -   -   -   -   -   -
mark known answers        x   x   -   -   -   -   -   -   -
see the runs              x   x   x   -   -   x   x   x   -
train models              x   x   -   -   -   -   -   -   -
download and register models x x  -   -   -   -   -   -   -
export                    x   x   -   -   x   x   x   x   -
import                    x   x   -   -   -   -   -   -   -
"""


def _cells() -> list[tuple[Action, str | Role | None, bool]]:
    cells = []
    for line in MATRIX.strip().splitlines():
        words, marks = line.split()[: -len(WHO)], line.split()[-len(WHO) :]
        action = Action(" ".join(words))
        cells += [(action, who, mark == "x") for who, mark in zip(WHO, marks, strict=True)]
    return cells


def test_the_matrix_has_every_action_and_every_role() -> None:
    assert {action for action, _, _ in _cells()} == set(Action)
    assert {who for _, who, _ in _cells()} == {*Role, "administrator", None}


@pytest.mark.parametrize(("action", "who", "expected"), _cells(), ids=str)
def test_cell(action: Action, who: str | Role | None, expected: bool) -> None:
    administrator = who == "administrator"
    role = who if isinstance(who, Role) else None
    assert allowed(action, role, administrator=administrator) is expected


@pytest.mark.parametrize(
    ("role", "azure"),
    [
        (Role.REVIEWER, "read write reject update project summary"),
        (Role.VENDOR_ADMIN, "read write reject update approve project summary export"),
        (Role.CUSTOMER_QA, "read reject approve project summary export"),
        (Role.VENDOR_QA, "read reject update approve project summary export"),
    ],
)
def test_the_roles_that_azure_ml_documents_have_its_actions(role: Role, azure: str) -> None:
    documented = {
        "read": Action.READ_ITEMS,
        "write": Action.LABEL,
        "reject": Action.REJECT,
        "update": Action.CORRECT,
        "approve": Action.APPROVE,
        "project": Action.READ_PROJECT,
        "summary": Action.READ_DASHBOARD,
        "export": Action.EXPORT,
        "labelimport": Action.IMPORT,
        "projects/write": Action.EDIT_PROJECT,
        "projects/delete": Action.DELETE_PROJECT,
    }
    has = {name for name, action in documented.items() if allowed(action, role, administrator=False)}
    assert has == set(azure.split())


def test_what_reviewing_needs_is_not_for_labelers() -> None:
    for needed in REVIEWING.values():
        assert not allowed(needed, Role.LABELER, administrator=False)
