import pytest

from core.domain.answers import Answer, Boxes, Classes
from core.domain.kinds import Kind
from core.logic.answering import misfit

LABELS = frozenset({"Animal", "Animal/Cat", "Rose"})
ONE, MANY = Kind.IMAGE_MULTICLASS, Kind.IMAGE_MULTILABEL


@pytest.mark.parametrize(
    ("kind", "answer"),
    [(ONE, Classes(("Rose",))), (MANY, Classes(("Rose",))), (MANY, Classes(("Animal/Cat", "Rose")))],
)
def test_answers_that_fit(kind: Kind, answer: Answer) -> None:
    assert misfit(kind, LABELS, answer) is None


@pytest.mark.parametrize(
    ("kind", "answer", "reason"),
    [
        (ONE, Classes(()), "exactly one label is needed, not 0."),
        (ONE, Classes(("Rose", "Animal")), "exactly one label is needed, not 2."),
        (ONE, Classes(("Tulip",)), "there is no label 'Tulip' in this project."),
        (MANY, Classes(()), "at least one label is needed."),
        (MANY, Classes(("Rose", "Rose")), "a label is given twice."),
        (MANY, Classes(("Rose", "Cat")), "there is no label 'Cat' in this project."),
        (ONE, Boxes(()), "a project of kind 'image_multiclass' takes no answer of type 'Boxes'."),
    ],
)
def test_answers_that_do_not(kind: Kind, answer: Answer, reason: str) -> None:
    assert misfit(kind, LABELS, answer) == reason
