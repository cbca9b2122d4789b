"""What votes come to is nearer the truth than the labelers are."""

from random import Random
from statistics import fmean

from core.domain.answers import Answer, Box, Boxes, Classes
from core.domain.kinds import Kind
from core.domain.quality import AgreementRules, TieBreak
from core.logic.agreement import Vote, merge, similarity
from core.logic.answering.rules import Rules
from core.logic.geometry.bounds import Bounds, overlap

LABELS = ("Ant", "Bee", "Cat", "Dog", "Elk", "Fox", "Gnu", "Hen", "Ibex", "Jay")


def _box(dice: Random) -> Box:
    return Box(
        dice.choice(LABELS[:3]), dice.uniform(0, 560), dice.uniform(0, 400), *dice.choices(range(40, 80), k=2)
    )


def _jittered(box: Box, dice: Random) -> Box:
    left, top = dice.gauss(box.x, 4), dice.gauss(box.y, 4)
    return Box(
        box.label, left, top, dice.gauss(box.x + box.width, 4) - left, dice.gauss(box.y + box.height, 4) - top
    )


def _iou(one: Box, other: Box) -> float:
    shared = overlap(*(Bounds(box.x, box.y, box.width, box.height) for box in (one, other)))
    return shared / (one.width * one.height + other.width * other.height - shared)


def _closeness(truth: list[Box], answer: Answer | None) -> float:
    """The mean, over the true boxes, of the best intersection over union that the answer has with each."""
    assert isinstance(answer, Boxes)
    return fmean(max((_iou(box, mark) for mark in answer.boxes), default=0.0) for box in truth)


def test_merged_boxes_are_nearer_the_truth_than_labelers() -> None:
    dice = Random(500)
    rules = Rules(Kind.OBJECT_DETECTION, frozenset(LABELS))
    labelers: dict[str, list[float]] = {"a": [], "b": [], "c": []}
    merged: list[float] = []
    for _ in range(500):
        truth = [_box(dice) for _ in range(6)]
        votes = [Vote(name, Boxes(tuple(_jittered(box, dice) for box in truth))) for name in labelers]
        for vote in votes:
            labelers[vote.labeler].append(_closeness(truth, vote.answer))
        merged.append(_closeness(truth, merge(rules, AgreementRules(), votes, LABELS).answer))
    assert fmean(merged) > max(map(fmean, labelers.values())) + 0.03


def test_settled_labels_are_right_more_often_than_labelers() -> None:
    #  a labeler knows four in five and guesses the rest, so 0.82 are right
    dice = Random(800)
    rules = Rules(Kind.IMAGE_MULTICLASS, frozenset(LABELS))
    agreement = AgreementRules(threshold=0.6, tie_break=TieBreak.NONE)
    right = settled = 0
    for _ in range(2_000):
        truth = dice.choice(LABELS)
        given = [truth if dice.random() < 0.8 else dice.choice(LABELS) for _ in range(5)]
        votes = [Vote(str(by), Classes((label,))) for by, label in enumerate(given)]
        verdict = merge(rules, agreement, votes, LABELS)
        plain = max(given.count(label) for label in LABELS)
        assert verdict.agreement == plain / 5
        if verdict.settles(agreement):
            settled += 1
            assert verdict.answer is not None
            right += similarity(rules.kind, agreement, verdict.answer, Classes((truth,))) == 1
    assert settled > 1_850
    assert right / settled > 0.98
