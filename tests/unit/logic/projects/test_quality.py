import pytest

from core.domain.errors import Invalid
from core.domain.quality import AgreementRules, Quality
from core.logic.projects.quality import check_quality


@pytest.mark.parametrize(
    "quality",
    [
        Quality(),
        Quality(consensus=True, min_labelers=1, max_labelers=1),
        Quality(consensus=True, min_labelers=3, max_labelers=50),
        Quality(gold_rate=0),
        Quality(agreement=AgreementRules(threshold=1, iou=0.01, label_iou={"Rose": 0.75})),
    ],
)
def test_what_makes_sense_is_taken(quality: Quality) -> None:
    check_quality(quality, {"Rose"})


@pytest.mark.parametrize(
    ("quality", "field"),
    [
        (Quality(consensus=True, min_labelers=0, max_labelers=1), "quality.min_labelers"),
        (Quality(consensus=True, min_labelers=3, max_labelers=2), "quality.min_labelers"),
        (Quality(consensus=True, min_labelers=2, max_labelers=51), "quality.min_labelers"),
        (Quality(min_labelers=1, max_labelers=2), "quality.consensus"),
        (Quality(gold_rate=0.51), "quality.gold_rate"),
        (Quality(gold_rate=float("nan")), "quality.gold_rate"),
        (Quality(agreement=AgreementRules(threshold=0)), "quality.agreement"),
        (Quality(agreement=AgreementRules(iou=1.01)), "quality.agreement"),
        (Quality(agreement=AgreementRules(label_iou={"Rose": 0})), "quality.agreement"),
        (Quality(agreement=AgreementRules(label_iou={"Tulip": 0.5})), "quality.agreement"),
    ],
)
def test_what_does_not_is_refused_by_field(quality: Quality, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_quality(quality, {"Rose"})
    assert refused.value.fields["field"] == field
