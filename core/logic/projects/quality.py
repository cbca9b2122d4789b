"""Whether a project's quality settings make sense."""

from collections.abc import Collection

from core.domain.errors import Invalid
from core.domain.quality import AgreementRules, Quality

LABELERS_MAX = 50
GOLD_RATE_MAX = 0.5


def check_quality(quality: Quality, labels: Collection[str]) -> None:
    """Raises Invalid, naming the field, unless numbers are in range and fit together. `labels` are paths."""
    least, most = quality.min_labelers, quality.max_labelers
    if not 1 <= least <= most <= LABELERS_MAX:
        raise Invalid(
            f"At least 1 and at most {LABELERS_MAX} labelers answer an item, the minimum no more than the "
            "maximum.",
            field="quality.min_labelers",
        )
    if not quality.consensus and most > 1:
        raise Invalid("Several labelers an item are a consensus: turn it on.", field="quality.consensus")
    if not 0 <= quality.gold_rate <= GOLD_RATE_MAX:
        raise Invalid(
            f"0 to {GOLD_RATE_MAX:g} of the items handed out are gold ones.", field="quality.gold_rate"
        )
    _check_agreement(quality.agreement, labels)


def _check_agreement(rules: AgreementRules, labels: Collection[str]) -> None:
    numbers = {"threshold": rules.threshold, "iou": rules.iou, **rules.label_iou}
    for name, value in numbers.items():
        if not 0 < value <= 1:
            raise Invalid(f"'{name}' is {value:g}, but more than 0 and at most 1.", field="quality.agreement")
    unknown = sorted(set(rules.label_iou) - set(labels))
    if unknown:
        raise Invalid(f"There is no label '{unknown[0]}' in this project.", field="quality.agreement")
