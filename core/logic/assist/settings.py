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
FIRST_MIN = 2
_HUB = re.compile(r"[A-Za-z0-9][\w.-]{0,95}(/[A-Za-z0-9][\w.-]{0,95})?")
_ASSET = re.compile(r"azureml:[A-Za-z0-9][\w.-]{0,254}:[A-Za-z0-9][\w.-]{0,29}")


def changed(assist: Assist, changes: Mapping[str, Any]) -> Assist:
    """The settings with some of them replaced, by name; those of `training` likewise, one by one."""
    training = replace(assist.training, **changes.get("training", {}))
    return replace(assist, **{**changes, "training": training})


def check_assist(assist: Assist) -> None:
    """Raises Invalid, naming the field, for settings that make no sense."""
    _check_between("target", assist.target, TARGETS)
    _check_between("audit_rate", assist.audit_rate, AUDIT_RATES)
    _check_between("training.growth", assist.training.growth, GROWTHS)
    if assist.accept and assist.audit_rate == 0:
        raise Invalid(
            "Answers that stand without a person are audited: an audit_rate of 0 needs accept to be off.",
            field="assist.audit_rate",
        )
    training = assist.training
    if training.first is not None and training.first < FIRST_MIN:
        raise Invalid(f"A run takes at least {FIRST_MIN} labeled items.", field="assist.training.first")
    for name, value in (("labels", training.labels), ("per_label", training.per_label)):
        if value < 1:
            raise Invalid("This is 1 or more.", field=f"assist.training.{name}")
    check_base(assist.base, "assist.base")


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
        raise Invalid(f"This is between {least:g} and {most:g}.", field=f"assist.{name}")
