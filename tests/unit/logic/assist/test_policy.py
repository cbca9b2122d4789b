from dataclasses import replace
from datetime import date

import pytest

from core.domain.assist import Assist, TrainingPolicy
from core.domain.bills import Budget
from core.domain.items import ItemStatus
from core.domain.kinds import Kind
from core.domain.projects import Project, Status
from core.domain.runs import Run, RunStatus, Stage
from core.domain.shards import STATUS_CODES, Control, Counts
from core.logic.assist.policy import labels_to_go, learnable, next_run_in, stage_due, tried_with, why_not
from tests.examples import NOON, a_project

POLICY = TrainingPolicy(first=100, labels=2, per_label=5, growth=1.5)


@pytest.mark.parametrize(
    ("labeled", "labels", "trained_on", "to_go"),
    [
        (0, {"Cat": 0, "Dog": 0}, 0, 100),
        (60, {"Cat": 57, "Dog": 3}, 0, 40),
        (100, {"Cat": 97, "Dog": 3}, 0, 2),
        (100, {"Cat": 95, "Dog": 5}, 0, 0),
        (100, {"Cat": 95, "Dog": 5, "Fox": 0}, 0, 0),
        (100, {"Cat": 100, "Dog": 0}, 0, 5),
        (100, {"Cat": 100}, 0, 0),
        (149, {"Cat": 100, "Dog": 49}, 100, 1),
        (150, {"Cat": 150, "Dog": 0}, 100, 0),
        (500, {"Cat": 250, "Dog": 250}, 100, 0),
        (152, {"Cat": 100, "Dog": 52}, 101, 0),
    ],
)
def test_so_many_labels_start_the_next_run(
    labeled: int, labels: dict[str, int], trained_on: int, to_go: int
) -> None:
    assert labels_to_go(POLICY, Kind.IMAGE_MULTICLASS, labeled, labels, trained_on) == to_go


def test_the_first_run_takes_fewer_images_with_regions() -> None:
    labels = {"Cat": 50, "Dog": 50}
    assert labels_to_go(TrainingPolicy(), Kind.OBJECT_DETECTION, 90, labels, 0) == 10
    assert labels_to_go(TrainingPolicy(), Kind.IMAGE_MULTICLASS, 90, labels, 0) == 210
    assert labels_to_go(TrainingPolicy(), Kind.TEXT_NER, 90, labels, 0) == 210


def a_shard(labels: dict[str, int], accepted: int = 0) -> Control:
    """A shard of labeled items, one label each, of which a model alone answered some."""
    states = bytes([STATUS_CODES[ItemStatus.LABELED]]) * sum(labels.values())
    return Control(0, "manifest", states, counts=Counts(labels=labels, accepted=accepted))


def a_run(stage: Stage = Stage.TRAIN, status: RunStatus = RunStatus.DONE, labeled: int = 0) -> Run:
    return Run("r", stage, NOON, "", status, labeled=labeled)


def assisted(kind: Kind = Kind.IMAGE_MULTICLASS, first: int = 100) -> Project:
    """A running project with labels Animal, Animal/Cat and Rose, that trains with so many."""
    return replace(a_project(), kind=kind, assist=Assist(enabled=True, training=TrainingPolicy(first)))


def test_what_a_model_answered_alone_does_not_count() -> None:
    shards = [a_shard({"Animal": 60}), a_shard({"Rose": 60}, accepted=30)]
    assert learnable(shards) == 90
    assert next_run_in(assisted(), shards, []) == 10
    assert stage_due(assisted(first=90), shards, []) is Stage.TRAIN


def test_a_label_that_is_offered_no_more_does_not_count() -> None:
    assert next_run_in(assisted(), [a_shard({"Rose": 60, "Tulip": 60})], []) == 5


@pytest.mark.parametrize("status", [RunStatus.DONE, RunStatus.FAILED, RunStatus.CANCELED])
def test_no_run_begins_again_with_the_same_labels(status: RunStatus) -> None:
    tried = [a_run(labeled=100, status=status), a_run(Stage.PREDICT, labeled=900)]
    assert tried_with(assisted(), tried) == 100
    assert stage_due(assisted(), [a_shard({"Animal": 60, "Rose": 60})], tried) is not Stage.TRAIN
    assert stage_due(assisted(), [a_shard({"Animal": 60, "Rose": 90})], tried) is Stage.TRAIN


def test_new_labels_are_learned_although_the_old_ones_were() -> None:
    changed = replace(assisted(), label_version=1)
    shards = [a_shard({"Animal": 60, "Rose": 60})]
    assert next_run_in(changed, shards, [a_run(labeled=100)]) == 0
    assert next_run_in(changed, shards, [replace(a_run(labeled=100), label_version=1)]) == 30


@pytest.mark.parametrize(
    "changes",
    [{"status": Status.PAUSED}, {"run": "another"}, {"assist": Assist(training=TrainingPolicy(100))}],
)
def test_nothing_begins_by_itself_when_it_must_not(changes: dict[str, object]) -> None:
    shards = [a_shard({"Animal": 60, "Rose": 60})]
    assert stage_due(assisted(), shards, []) is Stage.TRAIN
    assert stage_due(replace(assisted(), **changes), shards, []) is None  # type: ignore[arg-type]


def test_nothing_begins_by_itself_once_the_budget_is_spent() -> None:
    shards = [a_shard({"Animal": 60, "Rose": 60})]
    enough = Budget(10.0, 0.0, "USD", date(2026, 12, 1), 300, stops=False)
    assert stage_due(assisted(), shards, [], enough) is Stage.TRAIN
    assert stage_due(assisted(), shards, [], replace(enough, stops=True)) is None


def test_what_looks_alike_is_found_once_before_there_is_a_model() -> None:
    shards = [a_shard({"Animal": 25, "Rose": 25})]
    assert stage_due(assisted(), shards, []) is Stage.EMBED
    assert stage_due(assisted(), [a_shard({"Animal": 25, "Rose": 24})], []) is None
    assert stage_due(assisted(), shards, [a_run(Stage.EMBED, RunStatus.FAILED)]) is None
    assert stage_due(assisted(), shards, [a_run(labeled=40)]) is None
    assert stage_due(assisted(Kind.TEXT_MULTICLASS), shards, []) is None
    assert stage_due(assisted(Kind.OBJECT_DETECTION), shards, []) is None


@pytest.mark.parametrize(
    ("kind", "labels", "possible"),
    [
        (Kind.IMAGE_MULTICLASS, {"Cat": 2, "Dog": 2}, True),
        (Kind.IMAGE_MULTICLASS, {"Cat": 9, "Dog": 1}, False),
        (Kind.TEXT_MULTILABEL, {"Cat": 9}, False),
        (Kind.OBJECT_DETECTION, {"Cat": 3}, True),
        (Kind.OBJECT_DETECTION, {"Cat": 2}, False),
        (Kind.TEXT_NER, {"Cat": 3}, True),
        (Kind.SEMANTIC_SEGMENTATION, {}, False),
    ],
)
def test_what_can_be_learned_from(kind: Kind, labels: dict[str, int], possible: bool) -> None:
    assert (why_not(kind, sum(labels.values()), labels) is None) == possible


def test_a_project_whose_answers_teach_nothing_begins_nothing() -> None:
    assert stage_due(assisted(first=2), [a_shard({"Rose": 2})], []) is None
    one = replace(assisted(first=2), labels=a_project().labels[1:])
    assert next_run_in(one, [a_shard({"Rose": 9})], []) == 0
    assert stage_due(one, [a_shard({"Rose": 9})], []) is None
    assert stage_due(replace(one, kind=Kind.OBJECT_DETECTION), [a_shard({"Rose": 9})], []) is Stage.TRAIN
