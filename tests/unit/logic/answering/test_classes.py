import pytest

from core.domain.answers import Classes
from core.domain.kinds import Kind
from core.logic.answering import Rules, Subject, misfit

LABELS = frozenset({"Animal", "Animal/Cat", "Rose"})
ONE = [Kind.IMAGE_MULTICLASS, Kind.TEXT_MULTICLASS]
MANY = [Kind.IMAGE_MULTILABEL, Kind.TEXT_MULTILABEL]


def _misfit(kind: Kind, *labels: str) -> str | None:
    return misfit(Rules(kind, LABELS), Classes(labels), Subject())


@pytest.mark.parametrize("kind", ONE + MANY)
@pytest.mark.parametrize("label", sorted(LABELS))
def test_every_level_of_the_tree_can_be_chosen(kind: Kind, label: str) -> None:
    assert _misfit(kind, label) is None


@pytest.mark.parametrize("kind", MANY)
def test_several_labels_fit_where_several_are_asked_for(kind: Kind) -> None:
    assert _misfit(kind, "Rose", "Animal", "Animal/Cat") is None


@pytest.mark.parametrize("kind", ONE)
@pytest.mark.parametrize(
    ("labels", "reason"),
    [
        ((), "exactly one label is needed, not 0."),
        (("Rose", "Animal"), "exactly one label is needed, not 2."),
        (("Tulip",), "there is no label 'Tulip' in this project."),
    ],
)
def test_what_is_not_one_label(kind: Kind, labels: tuple[str, ...], reason: str) -> None:
    assert _misfit(kind, *labels) == reason


@pytest.mark.parametrize("kind", MANY)
@pytest.mark.parametrize(
    ("labels", "reason"),
    [
        ((), "at least one label is needed."),
        (("Rose", "Animal", "Rose"), "the label 'Rose' is given twice."),
        (("Rose", "Cat"), "there is no label 'Cat' in this project."),
    ],
)
def test_what_are_not_several_labels(kind: Kind, labels: tuple[str, ...], reason: str) -> None:
    assert _misfit(kind, *labels) == reason


def test_a_reason_can_always_be_written_down_and_is_short() -> None:
    assert _misfit(Kind.IMAGE_MULTICLASS, "\ud800") == r"there is no label '\ud800' in this project."
    long = _misfit(Kind.IMAGE_MULTICLASS, "x" * 1_000_000)
    assert long == f"there is no label '{'x' * 100}…' in this project."
