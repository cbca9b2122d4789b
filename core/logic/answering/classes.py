"""Labels of a whole item: one or several, none twice."""

from core.domain.answers import Classes
from core.domain.kinds import Kind
from core.logic.answering.rules import Rules, shown, unknown

_ONE = frozenset({Kind.IMAGE_MULTICLASS, Kind.TEXT_MULTICLASS})


def misfit(answer: Classes, rules: Rules) -> str | None:
    """Why these cannot be an item's labels, or None when they can."""
    if rules.kind in _ONE and len(answer.labels) != 1:
        return f"exactly one label is needed, not {len(answer.labels)}."
    if not answer.labels:
        return "at least one label is needed."
    seen: set[str] = set()
    for label in answer.labels:
        reason = unknown(rules, label)
        if reason:
            return reason
        if label in seen:
            return f"the label '{shown(label)}' is given twice."
        seen.add(label)
    return None
