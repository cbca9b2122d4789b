"""Whether a change of labels says what becomes of every label, and what the project is after it. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from core.domain.errors import Conflict, InvalidLabels, WrongStatus
from core.domain.labels import SEPARATOR, LabelChange, Relabel, RelabelMode, label_paths
from core.domain.projects import Project, Reservation, Status
from core.logic.projects.labels import check_labels
from core.logic.records.relabeling import relabeled_trust


def changed_labels(project: Project, change: LabelChange, operation: str, user: str, at: datetime) -> Project:
    """The project with its new labels. Raises WrongStatus, Conflict, InvalidLabels, which names the label.

    Where no answer and no prelabel has to follow, the change is finished at once; colours, keys, order and
    descriptions make no new version, so that models go on as they are.
    """
    if project.status is not Status.PAUSED:
        raise WrongStatus(project.status, Status.PAUSED)
    if project.relabeling:
        raise Conflict("The labels are being changed already. Wait until that is done.")
    check_labels(change.labels)
    old = {*label_paths(project.labels), *project.retired}
    new = set(label_paths(change.labels))
    moves = _with_children(change.moves, old, new)
    _check(change, moves, old, new, set(project.retired))
    retired = {*project.retired, *change.retired} - new - set(moves)
    follows = bool(moves or change.retired) or change.mode is not RelabelMode.CONTINUE
    says_other = follows or new != set(label_paths(project.labels))
    quality = project.quality
    ious = {moves.get(label, label): iou for label, iou in quality.agreement.label_iou.items()}
    return replace(
        project,
        labels=change.labels,
        label_version=project.label_version + says_other,
        relabel=Relabel(
            operation, change.mode, moves, tuple(sorted(change.retired)), user, at, finished=not follows
        ),
        retired=tuple(sorted(retired)),
        quality=replace(quality, agreement=replace(quality.agreement, label_iou=ious)),
        trust=relabeled_trust(project.trust, moves) if project.trust else None,
        reservations=tuple(_moved(reservation, moves) for reservation in project.reservations),
        touched_at=at,
    )


def _with_children(moves: Mapping[str, str], old: set[str], new: set[str]) -> Mapping[str, str]:
    """The moves, and those of labels that are gone from under one that moves to where they are now."""
    found = dict(moves)
    for path in sorted(old - new - set(moves)):
        parent = path
        while SEPARATOR in parent:
            parent = parent.rpartition(SEPARATOR)[0]
            moved = found.get(parent, parent) + path[len(parent) :]
            if parent in found and moved in new:
                found[path] = moved
                break
    return {path: to for path, to in found.items() if path != to}


def _check(
    change: LabelChange, moves: Mapping[str, str], old: set[str], new: set[str], was_retired: set[str]
) -> None:
    for path, to in moves.items():
        if path not in old:
            raise InvalidLabels(f"There is no label '{path}' to move.", field="moves", label=path)
        if to not in new:
            raise InvalidLabels(f"'{path}' cannot become '{to}', which is no label.", field="moves", label=to)
    for path in change.retired:
        if path not in old or path in new or path in moves:
            raise InvalidLabels(
                f"'{path}' cannot be retired: it is offered, it moves, or there is none.",
                field="retired",
                label=path,
            )
    lost = sorted(old - new - set(moves) - set(change.retired) - was_retired)
    if lost:
        raise InvalidLabels(
            f"What becomes of '{lost[0]}'? Move its answers to another label, or retire it.",
            field="moves",
            label=lost[0],
        )


def _moved(reservation: Reservation, moves: Mapping[str, str]) -> Reservation:
    labels = tuple(dict.fromkeys(moves.get(label, label) for label in reservation.labels))
    return replace(reservation, labels=labels)
