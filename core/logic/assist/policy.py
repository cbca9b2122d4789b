"""When a model is trained. Pure, and visible: the dashboard says how many more labels it takes.

The first run begins once enough items are labeled in all and enough of at least two labels; each further one
once the labeled items have grown by a factor. Models gain with the logarithm of their labels, so a factor
asks for the same gain each time, and a project of 100,000 labels trains some twenty times.
"""

from collections.abc import Mapping
from math import ceil

from core.domain.assist import TrainingPolicy
from core.domain.kinds import Kind

FIRST_REGIONS = 100
FIRST_CLASSES = 300
"""An image has many regions, but one class: with fewer, no threshold can be shown to reach 0.95."""


def first_of(policy: TrainingPolicy, kind: Kind) -> int:
    """How many labeled items the first run takes."""
    if policy.first is not None:
        return policy.first
    return FIRST_REGIONS if kind.is_image and kind.has_regions else FIRST_CLASSES


def labels_to_go(
    policy: TrainingPolicy, kind: Kind, labeled: int, labels: Mapping[str, int], tried_with: int
) -> int:
    """How many more labeled items start the next run; 0 says that it is time.

    `labels` counts the labeled items by label, `tried_with` is the most that a run has had so far, whatever
    became of it.
    """
    if tried_with:
        return max(0, ceil(tried_with * policy.growth) - labeled)
    missing = sorted(max(0, policy.per_label - count) for count in labels.values())
    classes = sum(missing[: policy.labels]) if len(missing) >= policy.labels else policy.per_label
    return max(first_of(policy, kind) - labeled, classes, 0)
