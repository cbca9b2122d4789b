from collections import Counter

import numpy as np
import pytest

from core.domain.answers import Mask, Masks
from core.domain.kinds import Kind
from core.domain.quality import AgreementRules, TieBreak
from core.logic.agreement import Verdict, Vote, confusions, merge, similarity
from core.logic.answering.rules import Rules
from core.logic.geometry import masks

ORDER = ("Dog", "Cat")
RULES = Rules(Kind.SEMANTIC_SEGMENTATION, frozenset(ORDER))
LABELS = {"d": "Dog", "c": "Cat"}


def _masks(picture: str) -> Masks:
    """Rows of d, c and dots, separated by spaces."""
    pixels = np.array([list(row) for row in picture.split()])
    drawn = {label: masks.encode(pixels == letter) for letter, label in LABELS.items() if letter in picture}
    return Masks(tuple(Mask(label, rle) for label, rle in drawn.items()))


def _verdict(*pictures: str, tie_break: TieBreak = TieBreak.NONE, overlap: bool = False) -> Verdict:
    votes = [Vote(f"labeler {place}", _masks(picture)) for place, picture in enumerate(pictures)]
    rules = Rules(RULES.kind, RULES.labels, overlap)
    return merge(rules, AgreementRules(tie_break=tie_break), votes, ORDER)


def test_a_pixel_bears_the_label_that_more_than_half_give_it() -> None:
    assert _verdict("ddc. ddcc", "dccc ddcc", "ddc. d.c.").answer == _masks("ddc. ddcc")


@pytest.mark.parametrize(
    ("tie_break", "expected"),
    [(TieBreak.NONE, "d..c"), (TieBreak.FIRST_VOTE, "dc.c"), (TieBreak.FIRST_LABEL, "dddc")],
)
def test_what_half_give_it_is_up_to_the_tie_break(tie_break: TieBreak, expected: str) -> None:
    assert _verdict("dc.c", "dddc", tie_break=tie_break).answer == _masks(expected)


def test_masks_share_pixels_where_they_may() -> None:
    row = np.ones((1, 3), bool)
    both = Masks((Mask("Dog", masks.encode(row)), Mask("Cat", masks.encode(row))))
    votes = [Vote("a", _masks("ddd")), Vote("b", both), Vote("c", _masks("ccc"))]
    rules = Rules(RULES.kind, RULES.labels, overlap=True)
    assert merge(rules, AgreementRules(), votes, ORDER).answer == both
    assert merge(RULES, AgreementRules(), votes, ORDER).answer == _masks("ddd")


def test_agreement_is_the_f1_of_masks() -> None:
    #  Dog: 2 of 4 pixels shared, enough; Cat: 1 of 3, too little
    assert _verdict("ddd.ccc", "dd.d..c").agreement == 2 / 4


def test_masks_of_other_labels_at_the_same_place_are_confused() -> None:
    found = confusions(RULES.kind, AgreementRules(), _masks("ddd.cc"), _masks("ccc..."))
    assert found == Counter({("Dog", "Cat"): 1, ("Cat", None): 1})


def test_an_image_without_a_mask_is_an_answer() -> None:
    assert _verdict("...", "...", "d..") == Verdict(1 / 3, Masks(()))
    assert _verdict("...", "...") == Verdict(1.0, Masks(()))


def test_masks_of_another_version_of_the_image_are_like_none_of_this_one() -> None:
    assert similarity(RULES.kind, AgreementRules(), _masks("ddd"), _masks("ddd ddd")) == 0
    assert _verdict("dd.", "dd. dd.", "dd.").answer == _masks("dd.")
