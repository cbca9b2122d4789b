"""The permission matrix, cell by cell, written out a second time."""

import pytest

from core.domain.people import Role
from core.logic.permissions import Action, allowed

#                            administrator  owner  reviewer  labeler  stranger
MATRIX = """
create projects                    x          -        -        -        -
preview data                       x          -        -        -        -
upload data                        x          -        -        -        -
edit datastores                    x          -        -        -        -
read the project                   x          x        x        x        -
edit the project                   x          x        -        -        -
pause and resume the project       x          x        -        -        -
refresh the project                x          x        -        -        -
delete the project                 x          x        -        -        -
see the members                    x          x        x        -        -
change the members                 x          x        -        -        -
label                              x          x        x        x        -
see the dashboard                  x          x        x        x        -
see every labeler's figures        x          x        x        -        -
read items and answers             x          x        x        -        -
review answers                     x          x        x        -        -
export                             x          x        -        -        -
import                             x          x        -        -        -
"""
WHO = ("administrator", Role.OWNER, Role.REVIEWER, Role.LABELER, None)


def _cells() -> list[tuple[Action, str | Role | None, bool]]:
    cells = []
    for line in MATRIX.strip().splitlines():
        *words, a, o, r, lab, s = line.split()
        action = Action(" ".join(words))
        cells += [(action, who, mark == "x") for who, mark in zip(WHO, (a, o, r, lab, s), strict=True)]
    return cells


def test_the_matrix_has_every_action() -> None:
    assert {action for action, _, _ in _cells()} == set(Action)


@pytest.mark.parametrize(("action", "who", "expected"), _cells(), ids=str)
def test_cell(action: Action, who: str | Role | None, expected: bool) -> None:
    administrator = who == "administrator"
    role = who if isinstance(who, Role) else None
    assert allowed(action, role, administrator=administrator) is expected
