"""Which predictions are trusted, and how the items they are of go to labelers. Pure.

A class is trusted from its label's threshold on; so is each region. Regions that nobody found cannot be
judged one by one, so an item with regions is trusted as a whole if all of them are, there is one, and it is
as improbable that the surest one left out belongs there (that is what the confidence of the item says).

Of the items with anything trusted, a share is audited: labelers answer them without seeing the prelabel. The
share is drawn from the item's id, so that it does not depend on what was predicted, and stays the same from
one run to the next.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b

from core.domain.answers import Answer, Classes, regions
from core.domain.assist import Trust, Unsure
from core.domain.predictions import Prediction, Prelabel
from core.domain.shards import LANE_BITS, LANE_SHIFT, Control, Lane
from core.logic.answering import without

_WHOLE = 2**64


def is_audited(project: str, shard: int, index: int, rate: float) -> bool:
    """Whether the item is of the share whose prelabels are held back."""
    drawn = blake2b(f"{project} {shard} {index}".encode(), digest_size=8).digest()
    return int.from_bytes(drawn) / _WHOLE < rate


def trusted_parts(prediction: Prediction, trust: Trust) -> Sequence[bool]:
    """Which parts of a prediction are trusted: the item's classes together, or each of its regions."""
    answer, sure = prediction.answer, prediction.confidence
    if isinstance(answer, Classes):
        least = trust.threshold_of(answer.labels[0]) if len(answer.labels) == 1 else trust.threshold
        return [least is not None and sure is not None and sure >= least]
    parts = prediction.regions or ()
    return [
        (least := trust.threshold_of(region.label)) is not None and confidence >= least
        for region, confidence in zip(regions(answer), parts, strict=True)
    ]


def is_trusted(prediction: Prediction, trust: Trust) -> bool:
    """Whether the whole answer is trusted."""
    parts = trusted_parts(prediction, trust)
    if isinstance(prediction.answer, Classes):
        return all(parts)
    least, sure = trust.threshold, prediction.confidence
    return bool(parts) and all(parts) and least is not None and sure is not None and sure >= least


def lane_of(prediction: Prediction | None, trust: Trust | None, *, audited: bool) -> Lane:
    """How an item with this prediction goes to labelers. Nobody vouches for what another run predicted."""
    if prediction is None:
        return Lane.MANUAL
    if trust is None or prediction.run != trust.run:
        return Lane.PRELABELED
    parts = trusted_parts(prediction, trust)
    if not parts:
        return Lane.MANUAL  # that a model found nothing helps nobody to look
    if audited and any(parts):
        return Lane.AUDIT
    if is_trusted(prediction, trust):
        return Lane.TRUSTED
    shown = trust.unsure is Unsure.SHOW or (any(parts) and not isinstance(prediction.answer, Classes))
    return Lane.PRELABELED if shown else Lane.MANUAL


def laned(
    control: Control, project: str, predictions: Mapping[int, Prediction], trust: Trust | None
) -> Control:
    """The control entity with every item in the lane that its prediction puts it in."""
    rate = trust.audit_rate if trust else 0.0
    states = bytearray(control.states)
    for index, state in enumerate(states):
        found = predictions.get(index)
        audited = found is not None and is_audited(project, control.shard, index, rate)
        lane = lane_of(found, trust, audited=audited)
        states[index] = state & ~LANE_BITS | lane << LANE_SHIFT
    return replace(control, states=bytes(states), trust=trust)


def shown(prediction: Prediction, trust: Trust | None) -> Prelabel | None:
    """What a labeler sees of a prediction; None where it is held back as unsure, or nothing was found."""
    if trust is None or prediction.run != trust.run:
        return Prelabel(prediction)
    parts = trusted_parts(prediction, trust)
    whole = is_trusted(prediction, trust)
    if isinstance(prediction.answer, Classes):
        return Prelabel(prediction, trusted=whole) if whole or trust.unsure is Unsure.SHOW else None
    if not parts:
        return None
    unsure = tuple(index for index, trusted in enumerate(parts) if not trusted)
    if trust.unsure is Unsure.SHOW:
        return Prelabel(prediction, trusted=whole, unsure=unsure)
    if not any(parts):
        return None
    return Prelabel(_trusted_only(prediction, unsure), trusted=whole)


def revealed(prediction: Prediction | None, trust: Trust | None) -> Prelabel | None:
    """What a reviewer sees of a prediction: all of it, and what of it is trusted."""
    if prediction is None:
        return None
    return shown(prediction, replace(trust, unsure=Unsure.SHOW) if trust else None)


def _trusted_only(prediction: Prediction, unsure: Sequence[int]) -> Prediction:
    answer: Answer = without(prediction.answer, unsure)
    kept = tuple(
        confidence for index, confidence in enumerate(prediction.regions or ()) if index not in set(unsure)
    )
    return replace(prediction, answer=answer, regions=kept)
