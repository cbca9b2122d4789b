import pytest

from core.domain.assist import TrainingPolicy
from core.domain.kinds import Kind
from core.logic.assist.policy import labels_to_go

POLICY = TrainingPolicy(first=100, labels=2, per_label=5, growth=1.5)


@pytest.mark.parametrize(
    ("labeled", "labels", "trained_on", "to_go"),
    [
        (0, {"Cat": 0, "Dog": 0}, 0, 100),
        (60, {"Cat": 57, "Dog": 3}, 0, 40),
        (100, {"Cat": 97, "Dog": 3}, 0, 2),
        (100, {"Cat": 95, "Dog": 5}, 0, 0),
        (100, {"Cat": 95, "Dog": 5, "Fox": 0}, 0, 0),
        (100, {"Cat": 100}, 0, 5),
        (149, {"Cat": 100, "Dog": 49}, 100, 1),
        (150, {"Cat": 150, "Dog": 0}, 100, 0),
        (500, {"Cat": 250, "Dog": 250}, 100, 0),
        (152, {"Cat": 100, "Dog": 52}, 101, 0),
    ],
)
def test_so_many_labels_start_the_next_run(
    labeled: int, labels: dict[str, int], trained_on: int, to_go: int
) -> None:
    assert labels_to_go(POLICY, Kind.IMAGE_MULTICLASS, labeled, labels, trained_on) == to_go


def test_the_first_run_takes_fewer_images_with_regions() -> None:
    labels = {"Cat": 50, "Dog": 50}
    assert labels_to_go(TrainingPolicy(), Kind.OBJECT_DETECTION, 90, labels, 0) == 10
    assert labels_to_go(TrainingPolicy(), Kind.IMAGE_MULTICLASS, 90, labels, 0) == 210
    assert labels_to_go(TrainingPolicy(), Kind.TEXT_NER, 90, labels, 0) == 210
