"""Put other predictions in place of those of a shard, whose items change their lanes in the same write."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from core.domain.assist import Trust
from core.domain.errors import Unavailable
from core.domain.predictions import Prediction
from core.domain.records import ItemRecord
from core.domain.shards import Change, Control
from core.logic.assist.lanes import laned
from core.ports import Ports
from core.usecases.change_shard import Decide, change_shard
from core.usecases.initialize_project import project_prefix
from core.usecases.read_predictions import read_predictions

ATTEMPTS = 8

Predictions = Mapping[int, Prediction]


async def rewrite_predictions(
    ports: Ports,
    project: str,
    shard: int,
    rewritten: Callable[[Predictions], Predictions],
    *,
    trust: Callable[[Trust], Trust] = lambda trust: trust,
    labels: int | None = None,
) -> None:
    """Store what `rewritten` makes of the predictions, and `trust` of the terms they are shown on.

    `rewritten` is asked again if somebody else was quicker. With `labels`, the shard is marked in the same
    write as brought to that version of the labels; if it is, nothing is done. Raises NotFound, Unavailable.
    """
    for _ in range(ATTEMPTS):
        before = (await ports.shards.read(project, shard, fresh=True)).value
        if labels is not None and before.labels >= labels:
            return
        known = await read_predictions(ports, before)
        after = rewritten(known)
        name = before.predictions if after == known else await _keep(ports, project, shard, after)
        terms = trust(before.trust) if before.trust else None
        version = before.labels if labels is None else labels
        target = replace(before, predictions=name, trust=terms, labels=version)
        if await change_shard(ports, project, shard, (), _moving(project, before, target, after)):
            return
    raise Unavailable("Many change these items at once. Try again in a moment.")


async def _keep(ports: Ports, project: str, shard: int, predictions: Predictions) -> str:
    name = f"{project_prefix(project)}predictions/{shard:04d}-{ports.ids.new()}.json.gz"
    await ports.predictions.write(name, predictions)
    return name


def _moving(project: str, before: Control, target: Control, predictions: Predictions) -> Decide[bool]:
    def decide(control: Control, _records: Mapping[int, ItemRecord]) -> tuple[Change | None, bool]:
        if (control.predictions, control.trust) != (before.predictions, before.trust):
            return None, False
        moved = laned(control, project, predictions, target.trust)
        after = replace(moved, predictions=target.predictions, labels=target.labels)
        return (None if after == control else Change(after)), True

    return decide
