import pytest

from core.domain.answers import Mask, Masks, Rle
from core.domain.kinds import Kind
from core.logic.answering import Rules, Subject, misfit, misfits
from core.logic.answering.masks import CHARACTERS_MAX

LABELS = frozenset({"Cat", "Dog", "Fox"})
RULES = Rules(Kind.SEMANTIC_SEGMENTATION, LABELS)
IMAGE = Subject(width=3, height=2)

#  six pixels down three columns, marked as their names say
FIRST, LAST = Rle((2, 3), "015"), Rle((2, 3), "51")
MIDDLE, NONE, ALL = Rle((2, 3), "222"), Rle((2, 3), "6"), Rle((2, 3), "06")


def _misfit(*masks: Mask, overlap: bool = False, subject: Subject = IMAGE) -> str | None:
    return misfit(Rules(RULES.kind, LABELS, overlap), Masks(masks), subject)


def test_no_masks_are_a_true_negative() -> None:
    assert _misfit() is None


def test_masks_that_share_nothing_fit() -> None:
    assert _misfit(Mask("Cat", FIRST), Mask("Dog", LAST), Mask("Fox", MIDDLE)) is None


@pytest.mark.parametrize(
    ("mask", "reason"),
    [
        (Mask("Elk", LAST), "there is no label 'Elk' in this project."),
        (Mask("Cat", LAST), "mask 1 has the same label; a label has one mask."),
        (Mask("Dog", Rle((3, 2), "51")), "its size is 3 high and 2 wide, not 2 high and 3 wide."),
        (Mask("Dog", NONE), "there is no pixel in it."),
        (
            Mask("Dog", ALL),
            "it shares pixels with mask 1 ('Cat'), which this project does not allow.",
        ),
        *(
            (
                Mask("Dog", Rle((2, 3), counts)),
                "its counts are not COCO's compressed run-length encoding of 2 high and 3 wide pixels.",
            )
            for counts in ("", "52", "5o", "é", "[1, 5]")
        ),
    ],
)
def test_masks_that_do_not_fit(mask: Mask, reason: str) -> None:
    assert _misfit(Mask("Cat", FIRST), mask) == f"mask 2 ('{mask.label}'): {reason}"


def test_masks_may_overlap_where_the_project_says_so() -> None:
    assert _misfit(Mask("Cat", FIRST), Mask("Dog", ALL), overlap=True) is None


def test_only_those_that_are_in_the_way_of_others_are_refused() -> None:
    masks = (Mask("Cat", FIRST), Mask("Dog", ALL), Mask("Fox", LAST))
    assert misfits(RULES, Masks(masks), IMAGE) == {
        1: "it shares pixels with mask 1 ('Cat'), which this project does not allow."
    }


def test_a_mask_that_does_not_fit_is_in_nobodys_way() -> None:
    masks = (Mask("Elk", ALL), Mask("Dog", NONE), Mask("Dog", FIRST), Mask("Fox", Rle((2, 3), "o")))
    assert misfits(RULES, Masks(masks), IMAGE).keys() == {0, 1, 3}


def test_where_the_size_of_the_image_is_not_known_masks_are_of_one_size() -> None:
    one, other = Mask("Cat", FIRST), Mask("Dog", Rle((3, 2), "51"))
    assert _misfit(one, subject=Subject()) is None
    assert _misfit(one, other, subject=Subject(width=3)) == (
        "mask 2 ('Dog'): its size is 3 high and 2 wide, not 2 high and 3 wide."
    )


def test_a_mask_that_would_take_too_much_memory_does_not_fit() -> None:
    huge = Subject(width=50_000, height=40_000)
    assert _misfit(Mask("Cat", Rle((40_000, 50_000), "0oooooo0")), subject=huge) == (
        "mask 1 ('Cat'): it has more than 100,000,000 pixels."
    )


def test_masks_have_so_many_characters_together() -> None:
    long = "1" * (CHARACTERS_MAX - 3)
    assert misfits(RULES, Masks((Mask("Cat", FIRST), Mask("Dog", Rle((2, 3), long + "1")))), IMAGE) == {
        1: "the masks of an item have at most 2,000,000 characters, and these more."
    }
    assert misfits(RULES, Masks((Mask("Cat", FIRST), Mask("Dog", Rle((2, 3), long)))), IMAGE).keys() == {1}
