"""Which settings of ML assist make sense, and what changing some of them leaves."""

import math
from dataclasses import replace
from typing import Any

import pytest

from core.domain.assist import Assist, Order, RunModel, TrainingPolicy, Unsure
from core.domain.errors import Invalid
from core.logic.assist.settings import changed, check_assist


@pytest.mark.parametrize(
    ("field", "settings"),
    [
        ("assist.target", Assist(target=0.4)),
        ("assist.target", Assist(target=1.0)),
        ("assist.target", Assist(target=math.nan)),
        ("assist.audit_rate", Assist(audit_rate=-0.1)),
        ("assist.audit_rate", Assist(audit_rate=0.6)),
        ("assist.audit_rate", Assist(accept=True, audit_rate=0)),
        ("assist.training.first", Assist(training=TrainingPolicy(first=1))),
        ("assist.training.labels", Assist(training=TrainingPolicy(labels=0))),
        ("assist.training.per_label", Assist(training=TrainingPolicy(per_label=0))),
        ("assist.training.first", Assist(training=TrainingPolicy(first=100_001))),
        ("assist.training.labels", Assist(training=TrainingPolicy(labels=101))),
        ("assist.training.per_label", Assist(training=TrainingPolicy(per_label=1_001))),
        ("assist.training.growth", Assist(training=TrainingPolicy(growth=1.0))),
        ("assist.base", Assist(base="")),
        ("assist.base", Assist(base="/etc/passwd")),
        ("assist.base", Assist(base="../models")),
        ("assist.base", Assist(base="a/b/c")),
        ("assist.base", Assist(base="azureml:digits")),
        ("assist.base", Assist(base="https://example.org/model")),
    ],
)
def test_what_makes_no_sense_is_named(field: str, settings: Assist) -> None:
    with pytest.raises(Invalid) as error:
        check_assist(settings)
    assert error.value.fields["field"] == field


@pytest.mark.parametrize(
    "base",
    [None, "bert-base", "facebook/dinov2-small", "azureml:digits:3", RunModel("p1", "r1")],
)
def test_what_training_may_start_from(base: str | RunModel | None) -> None:
    check_assist(Assist(base=base))


def test_no_model_answers_alone_where_labelers_have_to_agree() -> None:
    check_assist(Assist(), consensus=True)
    with pytest.raises(Invalid, match="consensus") as error:
        check_assist(Assist(accept=True), consensus=True)
    assert error.value.fields["field"] == "assist.accept"


@pytest.mark.parametrize("settings", [Assist(), Assist(accept=True), Assist(audit_rate=0)])
def test_what_makes_sense(settings: Assist) -> None:
    check_assist(settings)


BEFORE = Assist(
    enabled=True,
    target=0.9,
    unsure=Unsure.HIDE,
    order=Order.UNCERTAIN,
    base="bert-base",
    training=TrainingPolicy(first=50, growth=2.0),
)


@pytest.mark.parametrize(
    ("changes", "after"),
    [
        ({}, BEFORE),
        ({"enabled": False}, replace(BEFORE, enabled=False)),
        ({"base": None}, replace(BEFORE, base=None)),
        ({"training": {"growth": 3.0}}, replace(BEFORE, training=TrainingPolicy(first=50, growth=3.0))),
        ({"training": {"first": None}}, replace(BEFORE, training=TrainingPolicy(growth=2.0))),
    ],
)
def test_only_what_is_named_changes(changes: dict[str, Any], after: Assist) -> None:
    assert changed(BEFORE, changes) == after
