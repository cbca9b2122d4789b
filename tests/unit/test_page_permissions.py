"""The page hides what a role may not do by a copy of the table, which must say the same."""

import json

from core.logic.permissions import PERMISSIONS, Action
from local.stack import REPOSITORY

COPY = REPOSITORY / "web" / "src" / "projects" / "permissions.json"


def test_the_pages_table_is_the_servers() -> None:
    copied = json.loads(COPY.read_text())
    inside = {action for actions in PERMISSIONS.values() for action in actions}
    assert {
        action.name.lower(): {role.value for role, actions in PERMISSIONS.items() if action in actions}
        for action in Action
        if action in inside
    } == {action: set(roles) for action, roles in copied.items()}
