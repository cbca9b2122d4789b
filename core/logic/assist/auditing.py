"""How right what is trusted turns out to be, from answers that labelers gave without seeing it. Pure.

The items are drawn beforehand (core.logic.assist.lanes), so nobody chooses them, and their labelers work as
if there were no model. An answer counts for the trust under which it was given, and once: the one that its
labeler gives now, and of several labelers the first.

Trust slips when it is as good as certain that it does not keep what it promises: the most that can be right
of it, the upper bound of all audited parts, is below the target. Then the threshold goes up. That is asked
after every answer, so it errs more often than a single look: with a target of 0.95, in one of 17 trusts of
which 0.97 are right, and in one of 300 of which 0.99 are (simulated, 1,000 audits each).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, takewhile

from core.domain.answers import Answer
from core.domain.assist import Assist, Audit, Audited, CurvePoint, Judged, Trust
from core.domain.kinds import Kind
from core.domain.predictions import Prediction
from core.domain.quality import AgreementRules
from core.domain.records import ItemRecord
from core.domain.shards import Control, Counts, Lane, Lease
from core.domain.tasks import TaskType
from core.logic.assist.bounds import resampled, wilson
from core.logic.assist.judging import judged_item, judged_parts
from core.logic.assist.lanes import trusted_parts
from core.logic.records.counting import audited_of

PARTS = 20
"""So many parts are audited before anybody says that trust has slipped, or chooses a threshold by them."""

ITEMS = 10
"""Of so many items at least: the regions of one image are right or wrong together."""


@dataclass(frozen=True, slots=True)
class Blind:
    """What is predicted of a shard's items, so that blind answers can be held against it: of the archive
    `name`, and judged as two labelers are."""

    name: str | None
    predictions: Mapping[int, Prediction]
    kind: Kind
    rules: AgreementRules


def audited(
    control: Control, lease: Lease, record: ItemRecord, index: int, answer: Answer | None, blind: Blind
) -> Audited | None:
    """What an answer says of the trust, if it is given blind.

    It is if the task showed no prelabels because of this very trust, or replaces one that was.
    """
    trust, prediction = control.trust, blind.predictions.get(index)
    if trust is None or prediction is None or answer is None or control.predictions != blind.name:
        return None
    if control.lane(index) is not Lane.AUDIT or lease.type is not TaskType.MANUAL:
        return None
    by = {user: vote.audited for user, vote in record.votes.items() if vote.audited}
    former = {user for user, said in by.items() if said.trust == trust.id}
    first = record.standing is None and lease.trust == trust.id and not former
    if not (first or lease.labeler in former):
        return None
    parts = judged_parts(blind.kind, blind.rules, prediction, answer)
    rights = [
        right
        for (_, _, right), trusted in zip(parts, trusted_parts(prediction, trust), strict=True)
        if trusted
    ]
    return Audited(trust.id, sum(rights), len(rights))


def audit_of(counts: Counts, trust_id: str, *, grouped: bool) -> Audit:
    """What the audits under a trust say together. `grouped`: items have several parts, which go together."""
    said = ((audited_of(key), times) for key, times in counts.audits.items())
    return _summed(
        [((one.right, one.total), times) for one, times in said if one.trust == trust_id], grouped=grouped
    )


def audit_of_parts(parts: Iterable[Judged], *, grouped: bool) -> Audit:
    """The same of parts that were judged."""
    items: dict[str, list[bool]] = {}
    for part in parts:
        items.setdefault(part.item, []).append(part.right)
    counts = Counter((sum(rights), len(rights)) for rights in items.values())
    return _summed(counts.items(), grouped=grouped)


def _summed(parts: Iterable[tuple[tuple[int, int], int]], *, grouped: bool) -> Audit:
    """From how many items have so many right parts of so many."""
    found = sorted(parts)
    items = sum(times for _, times in found)
    right = sum(one[0] * times for one, times in found)
    total = sum(one[1] * times for one, times in found)
    if not total:
        return Audit(items)
    bound, ceiling = wilson(right, total), 1 - wilson(total - right, total)
    if grouped:
        # of a few images, or of images that are all alike, the bootstrap makes too much
        low, high = _resampled(found)
        bound, ceiling = min(bound, low), max(ceiling, high)
    return Audit(items, right, total, bound, ceiling)


def slips(audit: Audit, target: float) -> bool:
    """Whether what was trusted is not as right as it should be."""
    enough = audit.total >= PARTS and audit.items >= ITEMS
    return enough and audit.ceiling is not None and audit.ceiling < target


def raised(trust: Trust, assist: Assist, audited: Sequence[Judged], curve: Sequence[CurvePoint]) -> Trust:
    """The trust with the lowest higher threshold above which the audited parts are as right as they should
    be, and the report of the run still vouches; if there is none, nothing is trusted.

    `audited` are parts that were judged. Labels keep thresholds of their own that are higher.
    """
    known = [least for least in (trust.threshold, *trust.labels.values()) if least is not None]
    for point in reversed(_vouched(curve, assist)):
        if known and point.threshold > min(known):
            higher = _at_least(trust, point.threshold)
            kept = [one.right for one in audited if is_above(higher, one)]
            if len(kept) >= PARTS and sum(kept) >= assist.target * len(kept):
                return higher
    return replace(trust, threshold=None, labels={})


def is_above(trust: Trust, one: Judged) -> bool:
    """Whether this would be trusted."""
    least = trust.threshold_of(one.label)
    return least is not None and one.confidence >= least


def judged_again(
    kind: Kind, rules: AgreementRules, item: str, prediction: Prediction, record: ItemRecord, run: str
) -> Sequence[Judged]:
    """The parts of an item that an audit has judged, under whichever trust in this run."""
    for vote in record.votes.values():
        said = vote.audited
        if said and vote.answer and run_of(said.trust) == run == prediction.run:
            return judged_item(kind, rules, item, prediction, vote.answer)
    return ()


def run_of(trust_id: str) -> str:
    """The run of a trust."""
    return trust_id.rpartition(".")[0]


def next_id(trust: Trust) -> str:
    """The id of the terms that replace these."""
    return f"{trust.run}.{int(trust.id.rpartition('.')[2]) + 1}"


def _resampled(found: Sequence[tuple[tuple[int, int], int]]) -> tuple[float, float]:
    import numpy as np  # here, for the cold start's sake

    right = np.array([[one[0] for one, _ in found]])
    total = np.array([[one[1] for one, _ in found]])
    times = np.array([times for _, times in found])
    return resampled(right, total, 0, times)[0], 1 - resampled(total - right, total, 0, times)[0]


def _vouched(curve: Sequence[CurvePoint], assist: Assist) -> Sequence[CurvePoint]:
    """The points that reach the target, from the highest down; strict: up to the first that does not."""
    if not assist.strict:
        return [point for point in curve if point.bound >= assist.target]
    reached = dropwhile(lambda point: point.bound < assist.target, curve)
    return list(takewhile(lambda point: point.bound >= assist.target, reached))


def _at_least(trust: Trust, least: float) -> Trust:
    labels = {label: None if own is None else max(own, least) for label, own in trust.labels.items()}
    whole = None if trust.threshold is None else max(trust.threshold, least)
    return replace(trust, threshold=whole, labels=labels)
