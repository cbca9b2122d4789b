"""What stands of an item, once its votes have been counted again. Pure.

Without consensus the newest answer stands. With it, at least `min_labelers` different labelers are asked; if
their answers agree (`core.logic.agreement` says how that is measured), the merged answer stands; if not, more
labelers are asked, one at a time up to `max_labelers`, and then a reviewer. More than half of at least
`min_labelers` labelers skipping skips the item. What a reviewer decided, votes do not move; and the answer of
the one labeler whom an item was handed to settles it. A consensus that a file says the votes come to holds
until there is another vote.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.domain.answers import Answer
from core.domain.labels import Relabel, label_paths
from core.domain.projects import Project
from core.domain.quality import Quality
from core.domain.records import ItemRecord, Revision, Source
from core.logic.agreement import Verdict, Vote, merge, similarity
from core.logic.answering import Rules

CONSENSUS = "consensus"
"""The user of a revision that no single person made."""


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a project's items settle.

    `order` are all label paths in the order of the tree, then the retired; `version` is the label tree's,
    and `relabel` its last change.
    """

    rules: Rules
    quality: Quality
    order: tuple[str, ...]
    version: int = 0
    relabel: Relabel | None = None

    @classmethod
    def of(cls, project: Project) -> "Terms":
        """The terms of this project."""
        order = (*label_paths(project.labels), *project.retired)
        return cls(Rules.of(project), project.quality, order, project.label_version, project.relabel)


def settle(record: ItemRecord, terms: Terms, at: datetime) -> ItemRecord:
    """The record with what stands according to its votes; a consensus that is new is a revision of `at`."""
    votes = record.votes
    if record.decided or not votes or _knows_all(record.annotation, votes):
        return record
    if record.reserved_for is not None and record.reserved_for in votes:
        return _standing(record, votes[record.reserved_for].number)
    if not terms.quality.consensus:
        return _standing(record, max(revision.number for revision in votes.values()))
    found = _consensus(tuple(votes.values()), terms)
    if found is None:
        contested = len(votes) >= terms.quality.max_labelers
        return replace(record, standing=None, contested=contested)
    standing = record.annotation
    if standing is not None and _said(standing) == _said(found):
        return record
    made = replace(found, number=len(record.revisions) + 1, at=at)
    return _standing(replace(record, revisions=(*record.revisions, made)), made.number)


def verdict(votes: Mapping[str, Revision], terms: Terms) -> Verdict | None:
    """How far the answers among these votes agree, and what they merge to; None when there is no answer."""
    answers = [Vote(user, made.answer) for user, made in votes.items() if made.answer is not None]
    return merge(terms.rules, terms.quality.agreement, answers, terms.order) if answers else None


def is_right(answer: Answer | None, known: Answer | None, terms: Terms) -> bool | None:
    """Whether an answer agrees with the known one as labelers must with each other; None of a skip."""
    if answer is None or known is None:
        return None
    rules = terms.quality.agreement
    return Verdict(similarity(terms.rules.kind, rules, answer, known), known).settles(rules)


def _knows_all(standing: Revision | None, votes: Mapping[str, Revision]) -> bool:
    """Whether what stands is a consensus from a file, and newer than all votes."""
    if standing is None or standing.source is not Source.CONSENSUS or standing.submission == CONSENSUS:
        return False
    return standing.number > max(vote.number for vote in votes.values())


def _said(made: Revision) -> tuple[Answer | None, str | None, float | None]:
    return made.answer, made.skipped, made.agreement


def _standing(record: ItemRecord, number: int) -> ItemRecord:
    return replace(record, standing=number, contested=False)


def _consensus(votes: Sequence[Revision], terms: Terms) -> Revision | None:
    """A revision without its number and time, or None while there is no consensus."""
    quality = terms.quality
    if len(votes) < quality.min_labelers:
        return None
    skips = [made.skipped for made in votes if made.skipped is not None]
    if 2 * len(skips) > len(votes):
        reasons = "; ".join(dict.fromkeys(skips))
        skipped = f"{len(skips)} of {len(votes)}: {reasons}"
        return _made(votes[0], len(skips) / len(votes), skipped=skipped)
    answers = [made for made in votes if made.answer is not None]
    if len(answers) < quality.min_labelers:
        return None
    found = verdict({made.user: made for made in answers}, terms)
    if found is None or not found.settles(quality.agreement):
        return None
    return _made(answers[0], found.agreement, answer=found.answer)


def _made(
    like: Revision, agreement: float, answer: Answer | None = None, skipped: str | None = None
) -> Revision:
    return Revision(
        number=0,
        user=CONSENSUS,
        at=like.at,
        task=CONSENSUS,
        submission=CONSENSUS,
        answer=answer,
        skipped=skipped,
        source=Source.CONSENSUS,
        width=like.width,
        height=like.height,
        agreement=agreement,
    )
