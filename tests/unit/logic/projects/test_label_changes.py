from dataclasses import replace

import pytest

from core.domain.errors import InvalidLabels
from core.domain.labels import Label, LabelChange, LabelTree, RelabelMode
from core.domain.projects import Project, Reservation, Status
from core.domain.quality import AgreementRules
from core.logic.projects.label_changes import changed_labels
from tests.examples import NOON, a_project

PAUSED = replace(a_project(), status=Status.PAUSED)
PETS: LabelTree = (Label("Pet", children=(Label("Cat"),)), Label("Rose"))


def _changed(change: LabelChange, project: Project = PAUSED) -> Project:
    return changed_labels(project, change, "op", "ana", NOON)


def test_what_is_below_a_label_goes_with_it() -> None:
    relabel = _changed(LabelChange(PETS, moves={"Animal": "Pet"})).relabel
    assert relabel is not None
    assert relabel.moves == {"Animal": "Pet", "Animal/Cat": "Pet/Cat"}


def test_what_is_added_coloured_or_put_elsewhere_moves_nothing() -> None:
    tree = (Label("Rose", "#112233"), Label("Tulip"), *PAUSED.labels[:1])
    changed = _changed(LabelChange(tree))
    assert changed.relabel is not None
    assert (changed.relabel.moves, changed.labels, changed.label_version) == ({}, tree, 1)


def test_colours_keys_and_order_make_no_new_version() -> None:
    animal, rose = PAUSED.labels
    changed = _changed(LabelChange((replace(rose, color="#112233", key="r"), animal)))
    assert (changed.labels[0].key, changed.label_version) == ("r", PAUSED.label_version)
    assert _changed(LabelChange(PAUSED.labels, mode=RelabelMode.RESTART)).label_version == 1


def test_settings_that_name_labels_follow() -> None:
    quality = replace(PAUSED.quality, agreement=AgreementRules(label_iou={"Rose": 0.75, "Animal": 0.25}))
    reserved = (Reservation("r", ("ben",), labels=("Animal", "Rose")),)
    project = replace(PAUSED, quality=quality, reservations=reserved)
    changed = _changed(LabelChange(PETS, moves={"Animal": "Pet"}), project)
    assert changed.quality.agreement.label_iou == {"Rose": 0.75, "Pet": 0.25}
    assert changed.reservations[0].labels == ("Pet", "Rose")


def test_a_retired_label_can_be_offered_again_or_merged_later() -> None:
    retired = _changed(LabelChange(PAUSED.labels[:1], retired=("Rose",)))
    assert retired.retired == ("Rose",)
    settled = replace(retired, relabel=None)
    assert _changed(LabelChange(PAUSED.labels), settled).retired == ()
    assert _changed(LabelChange(PAUSED.labels[:1], moves={"Rose": "Animal"}), settled).retired == ()
    assert _changed(LabelChange(PAUSED.labels[:1]), settled).retired == ("Rose",)


@pytest.mark.parametrize(
    ("change", "label"),
    [
        (LabelChange(PETS), "Animal"),
        (LabelChange(PETS, moves={"Animal": "Dog"}), "Dog"),
        (LabelChange(PETS, moves={"Animal": "Pet", "Tulip": "Rose"}), "Tulip"),
        (LabelChange(PETS, moves={"Animal": "Pet"}, retired=("Rose",)), "Rose"),
        (LabelChange(PETS, moves={"Animal": "Pet"}, retired=("Tulip",)), "Tulip"),
        (LabelChange((*PETS, Label("Rose")), moves={"Animal": "Pet"}), "Rose"),
    ],
)
def test_a_change_says_what_becomes_of_every_label(change: LabelChange, label: str) -> None:
    with pytest.raises(InvalidLabels) as refused:
        _changed(change)
    assert refused.value.fields["label"] == label
