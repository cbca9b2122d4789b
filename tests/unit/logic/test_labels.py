import pytest

from core.domain.errors import InvalidLabels
from core.domain.labels import Label, LabelTree, label_paths
from core.logic.labels import check_labels


def _nested(levels: int) -> Label:
    return Label("x") if levels == 1 else Label("x", children=(_nested(levels - 1),))


def test_paths_go_from_parents_to_children() -> None:
    tree = (Label("Animal", children=(Label("Cat"), Label("Dog"))), Label("Rose"))
    assert list(label_paths(tree)) == ["Animal", "Animal/Cat", "Animal/Dog", "Rose"]


@pytest.mark.parametrize(
    "tree",
    [
        (Label("Rose"),),
        (Label("Rose", "#E4572e"), Label("rose")),
        (_nested(6),),
        (Label("A", children=(Label("B"),)), Label("B", children=(Label("A"),))),
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
        ((Label("A/B"),), "separates levels"),
        ((Label(" "),), "no label name"),
        ((Label("Rose "),), "no label name"),
        ((Label("x" * 201),), "no label name"),
        ((Label("Rose", "red"),), "no colour"),
        (tuple(Label(str(number)) for number in range(1_001)), "not 1001"),
    ],
)
def test_trees_that_are_not(tree: LabelTree, reason: str) -> None:
    with pytest.raises(InvalidLabels, match=reason):
        check_labels(tree)
