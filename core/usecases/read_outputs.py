"""Go through what a run's job wrote, item by item, believing nothing.

All of this works on files, and for long: it is for a thread beside the event loop. What is wrong is an
InvalidFile that says where.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from core.domain.answers import Answer
from core.domain.assist import Judged
from core.domain.errors import InvalidFile
from core.domain.items import item_id, parse_item_id
from core.domain.predictions import Prediction
from core.domain.projects import Project
from core.domain.quality import AgreementRules
from core.domain.runs import Doubt, Run
from core.formats import run_outputs as files
from core.logic.answering import ANSWER_TYPES, Rules, Subject
from core.logic.assist.judging import judged_item, unfit, unsaid

if TYPE_CHECKING:  # numpy takes a tenth of a second of a cold start
    import numpy as np
    from numpy.typing import NDArray

DOUBTS_MOST = 10_000
JUDGED_MOST = 20_000
"""About so many answered items are judged: more would make no threshold more certain, and have to be kept."""

_WHOLE = 2**64

Asked = files.Asked[Answer]
Predicted = files.Predicted[Answer]


@dataclass(frozen=True, slots=True)
class ShardOutputs:
    """What a job says of the items of a shard, and the `answers` that it was given, by index.

    `vectors` has a row for each index in `embedded`, and is None where the job embedded nothing.
    """

    shard: int
    answers: Mapping[int, Answer]
    predictions: Mapping[int, Prediction]
    embedded: Sequence[int]
    vectors: "NDArray[np.floating] | None"


@dataclass(frozen=True, slots=True)
class Outputs:
    """The files of a run in a folder, and what they have to fit: the project as it is now.

    Of the answered items a `share`, 0..1, is judged, drawn by their ids.
    """

    folder: Path
    run: str
    share: float
    shards: int
    rules: Rules
    agreement: AgreementRules
    metrics: files.Metrics

    @classmethod
    def of(cls, folder: Path, project: Project, run: Run) -> "Outputs":
        """What is in this folder."""
        metrics = files.read_metrics(folder / files.METRICS)
        share, agreement = JUDGED_MOST / max(JUDGED_MOST, run.labeled), project.quality.agreement
        return cls(folder, run.id, share, project.shards, Rules.of(project), agreement, metrics)

    def items(self) -> Iterator[Asked]:
        """What the job was given."""
        return (item for _, item in files.read_asked(self.folder / files.ITEMS, self._answers))

    def judged(self, name: str) -> Sequence[Judged]:
        """The predictions of a file held against the answers that the job was given.

        Each answered item has one, unless it could not be read. Others may have one.
        """
        rows, found = self._predicted(name), list[Judged]()
        for item in self.items():
            row = rows.of(item.id, may_lack=item.answer is None or self._unreadable(item))
            if row is not None:
                prediction = self._checked(*row, item)
                if item.answer is not None and self._drawn(item):
                    found += judged_item(self.rules.kind, self.agreement, item.id, prediction, item.answer)
        rows.end()
        return found

    def by_shard(self, *, predicted: bool, embedded: bool) -> Iterator[ShardOutputs]:
        """What the job says of each shard, in order: of every item, unless it could not be read."""
        rows = self._predicted(files.PREDICTIONS) if predicted else None
        ids, vectors = self._embedded() if embedded else (None, None)
        for shard, items in self._items_by_shard():
            answers: dict[int, Answer] = {}
            predictions: dict[int, Prediction] = {}
            places: dict[int, int] = {}
            for item in items:
                index, lacks = parse_item_id(item.id)[1], self._unreadable(item)
                if item.answer is not None:
                    answers[index] = item.answer
                if rows and (row := rows.of(item.id, may_lack=lacks)):
                    predictions[index] = self._checked(*row, item)
                if ids and (found := ids.of(item.id, may_lack=lacks)):
                    places[index] = found[1].row
            some = None if vectors is None else _looked_up(vectors, shard, places)
            yield ShardOutputs(shard, answers, predictions, list(places), some)
        for each in (rows, ids):
            if each:
                each.end()

    def doubts(self) -> Sequence[Doubt]:
        """The most doubtful answers, the first first."""
        answered = {item.id for item in self.items() if item.answer is not None}
        found: list[Doubt] = []
        least = 1.0
        for place, row in files.read_doubted(self.folder / files.DOUBTS, self._answers):
            if row.id not in answered:
                raise InvalidFile(f"{place}: item '{row.id}' has no answer to doubt, or is there twice.")
            answered.remove(row.id)
            if reason := unfit(self.rules, row.suggested, Subject()):
                raise InvalidFile(f"{place}, item '{row.id}': {reason}")
            if row.doubt > least:
                raise InvalidFile(f"{place}, item '{row.id}': it is more doubtful than the one before.")
            least = row.doubt
            if len(found) < DOUBTS_MOST:
                found.append(Doubt(row.id, row.doubt, row.suggested))
        return found

    @property
    def _answers(self) -> type[Answer]:
        return ANSWER_TYPES[self.rules.kind]

    def _unreadable(self, item: Asked) -> bool:
        return item.id in self.metrics.unreadable

    def _drawn(self, item: Asked) -> bool:
        return int.from_bytes(blake2b(item.id.encode(), digest_size=8).digest()) < self.share * _WHOLE

    def _predicted(self, name: str) -> files.InStep[Predicted]:
        return files.InStep(name, files.read_predicted(self.folder / name, self._answers))

    def _embedded(self) -> "tuple[files.InStep[files.Embedded], NDArray[np.floating]]":
        ids = files.read_ids(self.folder / files.IDS)
        vectors = files.read_embeddings(self.folder / files.EMBEDDINGS, len(ids))
        return files.InStep(files.IDS, files.embedded(ids)), vectors

    def _items_by_shard(self) -> Iterator[tuple[int, Sequence[Asked]]]:
        """The items of every shard, also of those that have none in items.jsonl."""
        due = 0
        for shard, items in groupby(self.items(), key=lambda item: parse_item_id(item.id)[0]):
            yield from ((empty, ()) for empty in range(due, shard))
            yield shard, tuple(items)
            due = shard + 1
        yield from ((empty, ()) for empty in range(due, self.shards))

    def _checked(self, place: str, row: Predicted, item: Asked) -> Prediction:
        prediction = Prediction(row.answer, row.confidence, row.regions, self.run)
        text = item.text if isinstance(item.text, str) else None
        reason = unfit(self.rules, row.answer, Subject(item.width, item.height, text)) or unsaid(prediction)
        if reason:
            raise InvalidFile(f"{place}: {reason}")
        return prediction


def _looked_up(
    vectors: "NDArray[np.floating]", shard: int, places: Mapping[int, int]
) -> "NDArray[np.floating]":
    """The embeddings in these rows, by index of their item."""
    import numpy as np

    found = np.asarray(vectors[list(places.values())], np.float32)
    finite = np.isfinite(found).all(axis=1)
    if not finite.all():
        item = item_id(shard, list(places)[int(finite.argmin())])
        raise InvalidFile(f"{files.EMBEDDINGS}: that of item '{item}' is not all finite numbers.")
    return found
