"""Whether what a model predicted of an answered item is what the answer says. Pure.

The classes of an item are judged together: right if they are the answer's. Of an item with regions each one
that was predicted is: right if a region of the answer is matched to it, as those of two labelers are (see
core.logic.agreement.comparison), and bears the same label.
"""

from collections import Counter
from collections.abc import Sequence

from core.domain.answers import Answer, Classes, Region, regions
from core.domain.assist import Judged
from core.domain.kinds import Kind
from core.domain.predictions import Prediction
from core.domain.quality import AgreementRules
from core.logic.agreement.comparison import compare
from core.logic.answering import ANSWER_TYPES, Rules, Subject, misfit
from core.logic.answering.rules import shown
from core.logic.records.counting import labels_of

Parts = tuple[tuple[str, float, bool], ...]
"""Label, confidence, and whether it is right, of the item's classes together or of each of its regions."""


def is_grouped(kind: Kind) -> bool:
    """Whether an item of this kind can have several predictions to judge."""
    return ANSWER_TYPES[kind] is not Classes


def unfit(rules: Rules, answer: Answer, subject: Subject) -> str | None:
    """Why a model cannot say this of the item, or None when it can."""
    if gone := sorted(labels_of(answer) - rules.labels):
        missing = f"there is no label '{shown(gone[0])}' in this project."
        return f"{missing} If the labels changed while the run was on its way: train again."
    return misfit(rules, answer, subject)


def unsaid(prediction: Prediction) -> str | None:
    """What is wrong with how sure a model says it is of the parts of its answer, or None if nothing is."""
    answer, sure = prediction.answer, prediction.regions
    if isinstance(answer, Classes):
        parts, what = len(answer.labels), "labels"
    else:
        parts, what = len(regions(answer)), "regions"
    if len(sure or ()) == parts or (sure is None and isinstance(answer, Classes)):
        return None
    return f"it has {parts} {what}, and says of {len(sure or ())} how sure it is of them."


def judged_parts(kind: Kind, rules: AgreementRules, predicted: Prediction, answer: Answer) -> Parts:
    """What there is to judge. Classes have a label only where there is exactly one, else it is empty."""
    found = predicted.answer
    if isinstance(found, Classes):
        label = found.labels[0] if len(found.labels) == 1 else ""
        right = isinstance(answer, Classes) and set(found.labels) == set(answer.labels)
        return ((label, predicted.confidence or 0.0, right),)
    marks = regions(found)
    right_ones = _matched(kind, rules, found, answer) if marks and regions(answer) else Counter[Region]()
    parts = []
    for mark, sure in zip(marks, predicted.regions or (), strict=True):
        parts.append((mark.label, sure, right_ones[mark] > 0))
        right_ones[mark] -= 1
    return tuple(parts)


def judged_item(
    kind: Kind, rules: AgreementRules, item: str, predicted: Prediction, answer: Answer
) -> Sequence[Judged]:
    """The same, as a report has it."""
    parts = judged_parts(kind, rules, predicted, answer)
    return [Judged(item, confidence, right, label) for label, confidence, right in parts]


def _matched(kind: Kind, rules: AgreementRules, found: Answer, answer: Answer) -> Counter[Region]:
    """The regions of `found` that the answer has too; of equal ones, how many."""
    clusters = compare(kind, rules, [found, answer]).clusters()
    both = [(cluster[0], cluster[1]) for cluster in clusters if len(cluster) == 2]
    return Counter(mine for mine, theirs in both if mine.label == theirs.label)
