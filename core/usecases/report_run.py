"""Make the report of a run, which says how good it is."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

from core.domain.assist import Judged, Threshold, Trust
from core.domain.errors import InvalidFile
from core.domain.kinds import Kind
from core.domain.runs import LabelFigures, RunReport
from core.formats.run_outputs import METRICS, Metrics
from core.logic.assist.grouping import Purity
from core.logic.assist.judging import is_grouped

FIGURES: Mapping[Kind, str] = {
    Kind.IMAGE_MULTICLASS: "accuracy",
    Kind.IMAGE_MULTILABEL: "f1",
    Kind.OBJECT_DETECTION: "ap50",
    Kind.INSTANCE_SEGMENTATION: "ap50",
    Kind.SEMANTIC_SEGMENTATION: "miou",
    Kind.TEXT_MULTICLASS: "accuracy",
    Kind.TEXT_MULTILABEL: "f1",
    Kind.TEXT_NER: "f1",
}
"""The one figure by which runs of a kind are compared."""

RIGHT = "precision"
"""Of what a model of another project predicts: the share that is right."""

PURITY = "page_purity"

_ALL = ("accuracy", "f1", "precision", "recall", "ap50", "miou")


def trained(kind: Kind, metrics: Metrics, judged: Sequence[Judged]) -> RunReport:
    """What a run says that trained, and what its cross-fitted predictions are. Raises InvalidFile."""
    scores = metrics.overall
    figures = {name: value for name in _ALL if (value := getattr(scores, name)) is not None}
    if FIGURES[kind] not in figures:
        raise InvalidFile(f"{METRICS} lacks the figure '{FIGURES[kind]}', by which runs are compared.")
    labels = tuple(LabelFigures(label, **asdict(found)) for label, found in scores.by_label.items())
    made = RunReport(figures, labels, scores.confusion, tuple(judged), grouped=is_grouped(kind))
    return timed(made, metrics)


def judged_only(kind: Kind, judged: Sequence[Judged]) -> RunReport:
    """What the answers of a project say of predictions by a model that never saw them."""
    figures = {RIGHT: sum(one.right for one in judged) / len(judged)} if judged else {}
    return RunReport(figures, judged=tuple(judged), grouped=is_grouped(kind))


def embedded(found: Purity | None) -> RunReport:
    """Whether pages of images that look alike are purer than random ones; nothing if too few are labeled."""
    return RunReport({PURITY: found.pages, "random_purity": found.random} if found else {})


def timed(report: RunReport, metrics: Metrics) -> RunReport:
    """The report with how long its job took, and how much it could not read."""
    seconds = {"all": metrics.seconds} | ({"predict": metrics.predict.seconds} if metrics.predict else {})
    return replace(report, unreadable=len(metrics.unreadable), seconds=seconds)


def with_threshold(report: RunReport, trust: Trust, threshold: Threshold) -> RunReport:
    """The report with the thresholds that were chosen from it."""
    labels = tuple(replace(label, threshold=trust.labels.get(label.label)) for label in report.labels)
    return replace(report, labels=labels, curve=threshold.curve)


def figure_of(report: RunReport, kind: Kind) -> tuple[str | None, float | None]:
    """The figure that stands for the run, and its name."""
    names = (FIGURES[kind], PURITY, RIGHT)
    name = next((name for name in names if name in report.figures), None)
    return name, report.figures[name] if name else None
