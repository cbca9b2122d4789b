import pytest

from core.domain.answers import Answer, Box, Boxes, Classes, Span, Spans
from core.domain.items import ImageInfo
from core.domain.kinds import Kind
from core.domain.transfers import Refusal
from core.formats.import_records import Record
from core.logic.answering import Rules
from core.usecases.fit_record import fit_record

RULES = Rules(Kind.OBJECT_DETECTION, frozenset({"Cat", "Dog"}))
UPRIGHT = ImageInfo(640, 480)
ON_ITS_SIDE = ImageInfo(480, 640, orientation=6)


def _boxes(*boxes: tuple[float, float, float, float], label: str = "Cat") -> Boxes:
    return Boxes(tuple(Box(label, *box) for box in boxes))


def _fit(record: Record, image: ImageInfo | None = UPRIGHT) -> Answer | str | None:
    fitted = fit_record(record, RULES, image, None)
    return fitted.answer if fitted.answer is not None else fitted.refusals[0].why


def test_pixels_stay_and_fractions_become_pixels() -> None:
    assert _fit(Record("line 1", _boxes((10, 20, 30, 40)))) == _boxes((10, 20, 30, 40))
    fractions = Record("line 1", _boxes((0.25, 0.5, 0.125, 0.25)), normalized=True)
    assert _fit(fractions) == _boxes((160, 240, 80, 120))


def test_a_region_that_sticks_out_by_a_rounding_error_is_clipped() -> None:
    assert _fit(Record("line 1", _boxes((-1, 0, 641.5, 480)))) == _boxes((0, 0, 640, 480))
    refused = _fit(Record("line 1", _boxes((-1.5, 0, 20, 20))))
    assert isinstance(refused, str)
    assert "sticks out" in refused


def test_regions_of_the_stored_pixels_are_turned_upright() -> None:
    stored = Record("line 1", _boxes((0, 0, 10, 30)), size=(640, 480))
    assert _fit(stored, ON_ITS_SIDE) == _boxes((450, 0, 30, 10))
    assert _fit(Record("line 1", _boxes((0, 0, 10, 30)), size=(480, 640)), ON_ITS_SIDE) == _boxes(
        (0, 0, 10, 30)
    )


@pytest.mark.parametrize(
    ("image", "words"),
    [(ImageInfo(800, 600), "of 640 x 480 pixels, but this one has 800 x 600"), (None, "cannot be read")],
)
def test_a_record_for_another_image_is_refused(image: ImageInfo | None, words: str) -> None:
    refused = _fit(Record("line 1", _boxes((1, 2, 3, 4)), size=(640, 480)), image)
    assert isinstance(refused, str)
    assert words in refused


def test_sizes_may_differ_by_a_pixel() -> None:
    assert _fit(Record("line 1", _boxes((1, 2, 3, 4)), size=(641, 479))) == _boxes((1, 2, 3, 4))


def test_one_bad_region_refuses_the_record() -> None:
    fitted = fit_record(Record("line 7", _boxes((1, 2, 3, 4), (5, 6, 0, 8))), RULES, UPRIGHT, None)
    assert fitted.answer is None
    assert [refusal.where for refusal in fitted.refusals] == ["line 7"]
    assert "box 2" in fitted.refusals[0].why


def test_regions_that_are_records_are_refused_one_by_one() -> None:
    record = Record("image 3", _boxes((1, 2, 3, 4), (5, 6, 0, 8)), regions=("annotation 11", "annotation 12"))
    fitted = fit_record(record, RULES, UPRIGHT, None)
    assert fitted.answer == _boxes((1, 2, 3, 4))
    assert [refusal.where for refusal in fitted.refusals] == ["annotation 12"]


def test_a_record_of_which_nothing_fits_leaves_no_answer() -> None:
    record = Record("image 3", _boxes((1, 2, 3, 4), label="Cow"), regions=("annotation 11",))
    fitted = fit_record(record, RULES, UPRIGHT, None)
    assert fitted.answer is None
    assert fitted.refusals == (Refusal("annotation 11", "there is no label 'Cow' in this project."),)


def test_a_true_negative_fits() -> None:
    assert _fit(Record("image 3", Boxes(()))) == Boxes(())


def test_classes_need_no_image() -> None:
    rules = Rules(Kind.IMAGE_MULTICLASS, frozenset({"Cat"}))
    assert fit_record(Record("line 1", Classes(("Cat",))), rules, None, None).answer == Classes(("Cat",))


def test_spans_have_to_be_in_the_text() -> None:
    rules = Rules(Kind.TEXT_NER, frozenset({"Cat"}))
    fits = Record("line 1", Spans((Span("Cat", 0, 3),)))
    assert fit_record(fits, rules, None, "cat").answer == fits.answer
    assert fit_record(fits, rules, None, "ca").answer is None
