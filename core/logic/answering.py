"""Whether an answer fits its project. The one place where answers are checked."""

from collections.abc import Collection, Mapping

from core.domain.answers import Answer, Classes
from core.domain.kinds import Kind

ANSWER_TYPES: Mapping[Kind, type[Answer]] = {
    Kind.IMAGE_MULTICLASS: Classes,
    Kind.IMAGE_MULTILABEL: Classes,
}
"""The kinds that can be labeled so far, and the shape of their answers."""


def misfit(kind: Kind, labels: Collection[str], answer: Answer) -> str | None:
    """Why the answer cannot be one of this kind with these labels, or None when it can."""
    if not isinstance(answer, Classes) or ANSWER_TYPES.get(kind) is not Classes:
        return f"a project of kind '{kind}' takes no answer of type '{type(answer).__name__}'."
    if kind is Kind.IMAGE_MULTICLASS and len(answer.labels) != 1:
        return f"exactly one label is needed, not {len(answer.labels)}."
    if not answer.labels:
        return "at least one label is needed."
    if len(set(answer.labels)) != len(answer.labels):
        return "a label is given twice."
    unknown = [label for label in answer.labels if label not in labels]
    return f"there is no label '{unknown[0]}' in this project." if unknown else None
