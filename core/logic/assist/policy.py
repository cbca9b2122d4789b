"""When a model is trained. Pure, and visible: the dashboard says how many more labels it takes.

The first run begins once enough items are labeled in all and enough of at least two labels; each further one
once the labeled items have grown by a factor. Models gain with the logarithm of their labels, so a factor
asks for the same gain each time, and a project of 100,000 labels trains some twenty times.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import ceil

from core.domain.assist import TrainingPolicy
from core.domain.bills import Budget
from core.domain.items import ItemStatus
from core.domain.kinds import Kind
from core.domain.labels import label_paths
from core.domain.projects import Project, Status
from core.domain.runs import Run, RunStatus, Stage
from core.domain.shards import Control

FIRST_REGIONS = 100
FIRST_CLASSES = 300
"""An image has many regions, but one class: with fewer, no threshold can be shown to reach 0.95."""

FIRST_ALIKE = 50
"""With so many labeled images it can be told whether those that look alike have the same label."""

LEAST_LABELED = 3
LEAST_OF_A_LABEL = 2
"""What cross-fitting needs at all."""


def first_of(policy: TrainingPolicy, kind: Kind) -> int:
    """How many labeled items the first run takes."""
    if policy.first is not None:
        return policy.first
    return FIRST_REGIONS if kind.is_image and kind.has_regions else FIRST_CLASSES


def labels_to_go(
    policy: TrainingPolicy, kind: Kind, labeled: int, labels: Mapping[str, int], tried_with: int
) -> int:
    """How many more labeled items start the next run; 0 says that it is time.

    `labels` counts the labeled items by label, of every label that is offered; where there are fewer than
    the policy asks for, all of them count. `tried_with` is the most that a run has had so far, whatever
    became of it.
    """
    if tried_with:
        return max(0, ceil(tried_with * policy.growth) - labeled)
    missing = sorted(max(0, policy.per_label - count) for count in labels.values())
    return max(first_of(policy, kind) - labeled, sum(missing[: policy.labels]), 0)


def why_not(kind: Kind, labeled: int, labels: Mapping[str, int]) -> str | None:
    """Why nothing can be learned from so many labeled items, or None where it can."""
    needed = 1 if kind.has_regions or kind is Kind.TEXT_NER else 2
    usable = sum(count >= LEAST_OF_A_LABEL for count in labels.values())
    if labeled >= LEAST_LABELED and usable >= needed:
        return None
    of = "one label" if needed == 1 else "each of two labels"
    return (
        f"A model learns from at least {LEAST_LABELED} labeled items, {LEAST_OF_A_LABEL} of {of}. "
        "Label some more first."
    )


def learnable(controls: Iterable[Control]) -> int:
    """How many items have an answer to learn from: labeled, and not by a model alone."""
    return sum(one.statuses()[ItemStatus.LABELED] - one.counts.accepted for one in controls)


def learnable_labels(project: Project, controls: Iterable[Control]) -> Mapping[str, int]:
    """How many labeled items bear each label that is offered."""
    counts = Counter[str]()
    for one in controls:
        counts.update(one.counts.labels)
    return {path: counts[path] for path in label_paths(project.labels)}


def tried_with(project: Project, runs: Iterable[Run]) -> int:
    """The most labeled items that a training run has had, whatever became of it: none begins twice by itself
    with the same answers. What was learned of other labels than those of now does not count."""
    version = project.label_version
    tried = [run for run in runs if run.stage is Stage.TRAIN and run.label_version == version]
    return max((run.labeled for run in tried), default=0)


def next_run_in(project: Project, controls: Sequence[Control], runs: Iterable[Run]) -> int:
    """How many more labeled items start the next training run; 0 says that it is time."""
    labels = learnable_labels(project, controls)
    tried = tried_with(project, runs)
    return labels_to_go(project.assist.training, project.kind, learnable(controls), labels, tried)


def stage_due(
    project: Project, controls: Sequence[Control], runs: Sequence[Run], budget: Budget | None = None
) -> Stage | None:
    """Which run a project begins by itself now; None: no run. `budget` is the project's, if it has one."""
    if not project.assist.enabled or project.status is not Status.RUNNING or project.run is not None:
        return None
    if budget is not None and budget.stops:
        return None
    labeled = learnable(controls)
    if next_run_in(project, controls, runs) == 0:
        reason = why_not(project.kind, labeled, learnable_labels(project, controls))
        return Stage.TRAIN if reason is None else None
    known = any(
        run.stage is Stage.EMBED or (run.stage is Stage.TRAIN and run.status is RunStatus.DONE)
        for run in runs
    )
    return Stage.EMBED if shows_alike(project.kind) and labeled >= FIRST_ALIKE and not known else None


def shows_alike(kind: Kind) -> bool:
    """Whether labelers get pages of items that look alike: of images to classify."""
    return kind in {Kind.IMAGE_MULTICLASS, Kind.IMAGE_MULTILABEL}
