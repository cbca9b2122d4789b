"""Which settings of ML assist make sense, and how some of them are changed. Pure."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.domain.assist import Assist, RunModel
from core.domain.errors import Invalid

TARGETS = (0.5, 0.999)
AUDIT_RATES = (0.0, 0.5)
GROWTHS = (1.05, 10.0)
FIRSTS = (2, 100_000)
LABELS = (1, 100)
PER_LABELS = (1, 1_000)
BUDGETS = (0.0, 1_000_000_000.0)
_HUB = re.compile(r"[A-Za-z0-9][\w.-]{0,95}(/[A-Za-z0-9][\w.-]{0,95})?")
_ASSET = re.compile(r"azureml:[A-Za-z0-9][\w.-]{0,254}:[A-Za-z0-9][\w.-]{0,29}")


def changed(assist: Assist, changes: Mapping[str, Any]) -> Assist:
    """The settings with some of them replaced, by name; those of `training` likewise, one by one."""
    training = replace(assist.training, **changes.get("training", {}))
    return replace(assist, **{**changes, "training": training})


def check_assist(assist: Assist, *, consensus: bool = False) -> None:
    """Raises Invalid, naming the field, for settings that make no sense: of a project, with consensus or
    without."""
    _check_between("target", assist.target, TARGETS)
    _check_between("audit_rate", assist.audit_rate, AUDIT_RATES)
    _check_between("training.growth", assist.training.growth, GROWTHS)
    if assist.accept and assist.audit_rate == 0:
        raise Invalid(
            "Answers that stand without a person are audited: an audit_rate of 0 needs accept to be off.",
            field="assist.audit_rate",
        )
    if assist.accept and consensus:
        raise Invalid(
            "Where several labelers have to agree, no model answers alone: accept needs consensus to be off.",
            field="assist.accept",
        )
    training = assist.training
    if training.first is not None:
        _check_between("training.first", training.first, FIRSTS)
    _check_between("training.labels", training.labels, LABELS)
    _check_between("training.per_label", training.per_label, PER_LABELS)
    check_base(assist.base, "assist.base")
    if assist.monthly_budget is not None:
        _check_between("monthly_budget", assist.monthly_budget, BUDGETS)


def check_base(base: str | RunModel | None, field: str = "base") -> None:
    """Raises Invalid, naming the field, for a text that names no model of a hub and no model asset."""
    if isinstance(base, str) and not (_HUB.fullmatch(base) or _ASSET.fullmatch(base)):
        raise Invalid(
            f"'{base}' names no model: give a hub's, as facebook/dinov2-small, or azureml:NAME:VERSION.",
            field=field,
        )


def _check_between(name: str, value: float, limits: tuple[float, float]) -> None:
    least, most = limits
    if not least <= value <= most:  # also for NaN
        raise Invalid(f"This is between {least:g} and {most:,.10g}.", field=f"assist.{name}")
