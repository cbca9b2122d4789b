import re

import pytest

from core.domain.errors import InvalidLabels
from core.domain.labels import Label, LabelTree, label_paths
from core.logic.projects.labels import check_labels


def _nested(levels: int) -> Label:
    return Label("x") if levels == 1 else Label("x", children=(_nested(levels - 1),))


def test_paths_go_from_parents_to_children() -> None:
    tree = (Label("Animal", children=(Label("Cat"), Label("Dog"))), Label("Rose"))
    assert list(label_paths(tree)) == ["Animal", "Animal/Cat", "Animal/Dog", "Rose"]


def test_every_one_of_six_levels_is_a_label() -> None:
    assert list(label_paths((_nested(6),))) == ["x", "x/x", "x/x/x", "x/x/x/x", "x/x/x/x/x", "x/x/x/x/x/x"]


@pytest.mark.parametrize(
    "tree",
    [
        (Label("Rose"),),
        (Label("Rose", "#E4572e"), Label("rose", "#000000"), Label("ROSE", "#FFFFFF")),
        (Label("x" * 200),),
        (Label('Été: 100% "wild" rose, 🌹'),),
        tuple(Label(str(number)) for number in range(1_000)),
        (_nested(6),),
        (Label("A", children=(Label("B"),)), Label("B", children=(Label("A"),))),
        (Label("A", key="a", children=(Label("B", key="0"),)), Label("C", key="9"), Label("D")),
    ],
)
def test_trees_that_are_in_order(tree: LabelTree) -> None:
    check_labels(tree)


@pytest.mark.parametrize(
    ("tree", "reason"),
    [
        ((), "1 to 1000"),
        ((_nested(7),), "deeper than 6"),
        ((Label("Rose"), Label("Rose")), "'Rose' is there twice"),
        ((Label("A", children=(Label("B"), Label("B"))),), "'A/B' is there twice"),
        ((Label("A", children=(_nested(6),)),), "'A/x/x/x/x/x/x' is deeper than 6"),
        ((Label("A/B"),), "separates levels"),
        ((Label(""),), "no label name"),
        ((Label("A", children=(Label(" B"),)),), "'A/ B' is no label name"),
        ((Label(" "),), "no label name"),
        ((Label("Rose "),), "no label name"),
        ((Label("x" * 201),), "no label name"),
        *(
            ((Label("Rose", color),), f"'{color}' is no colour such as #e4572e")
            for color in ("red", "e4572e", "#e4572", "#e4572e0", "#g4572e", "#e4572e\n", "")
        ),
        ((Label("A", children=(Label("B", "blue"),)),), "'blue' is no colour"),
        ((Label("Rose", description="x" * 501),), "more than 500 characters"),
        *(
            ((Label("Rose", key=key),), f"The key of 'Rose' is '{key}'")
            for key in ("", " ", "R", "rr", "é", "?", "٣", "r\n")
        ),
        (
            (Label("A", key="a", children=(Label("B", key="b"),)), Label("C", key="b")),
            "'b' cannot be the key of both 'A/B' and 'C'",
        ),
        (tuple(Label(str(number)) for number in range(1_001)), "not 1001"),
    ],
)
def test_trees_that_are_not(tree: LabelTree, reason: str) -> None:
    with pytest.raises(InvalidLabels, match=re.escape(reason)):
        check_labels(tree)


def test_the_label_that_is_not_in_order_is_named_by_its_path() -> None:
    with pytest.raises(InvalidLabels) as caught:
        check_labels((Label("A", children=(Label("B", "blue"),)),))
    assert caught.value.fields == {"field": "labels", "label": "A/B"}
