"""When a model is trained. Pure, and visible: the dashboard says how many more labels it takes.

The first run begins once enough items are labeled in all and enough of at least two labels; each further one
once the labeled items have grown by a factor. Models gain with the logarithm of their labels, so a factor
asks for the same gain each time, and a project of 100,000 labels trains some twenty times.
"""

from collections.abc import Mapping
from math import ceil

from core.domain.assist import TrainingPolicy


def labels_to_go(policy: TrainingPolicy, labeled: int, labels: Mapping[str, int], trained_on: int) -> int:
    """How many more labeled items start the next run; 0 says that it is time.

    `labels` counts the labeled items by label, `trained_on` is what the last run that ended well had.
    """
    if trained_on:
        return max(0, ceil(trained_on * policy.growth) - labeled)
    missing = sorted(max(0, policy.per_label - count) for count in labels.values())
    classes = sum(missing[: policy.labels]) if len(missing) >= policy.labels else policy.per_label
    return max(policy.first - labeled, classes, 0)
