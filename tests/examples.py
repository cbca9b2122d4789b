"""Small values that tests begin with. Fields differ from each other, so that a mix-up shows."""

from dataclasses import replace
from datetime import UTC, datetime

from core.domain.answers import Classes
from core.domain.assist import Trust
from core.domain.kinds import Kind
from core.domain.labels import Label
from core.domain.predictions import Prediction
from core.domain.projects import Data, Instructions, Project, Status
from core.domain.quality import Quality
from core.domain.records import ItemRecord, Revision
from core.domain.shards import Control
from core.logic.records.settling import Terms
from core.logic.tasks.leasing import Ask

ALONE = Quality()
"""One labeler answers an item."""

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def a_project(project: str = "flowers", *, name: str | None = None, shards: int = 0) -> Project:
    """A project with labels Animal, Animal/Cat and Rose."""
    return Project(
        id=project,
        name=name or f"Project {project}",
        kind=Kind.IMAGE_MULTICLASS,
        data=Data("data", "photos/**"),
        labels=(Label("Animal", "#e4572e", (Label("Cat"),)), Label("Rose")),
        created_at=NOON,
        created_by="ana",
        instructions=Instructions("Look *closely*.", "https://example.org/how"),
        status=Status.RUNNING,
        shards=shards,
        seed=7,
    )


def a_record(user: str = "ben", label: str = "Rose", *, submission: str = "s1") -> ItemRecord:
    """An item that was labeled once, in 2.5 seconds."""
    revision = Revision(
        number=1,
        user=user,
        at=NOON,
        task="0000-t",
        submission=submission,
        answer=Classes((label,)),
        width=640,
        height=480,
        milliseconds=2_500,
    )
    return ItemRecord((revision,), standing=1)


def a_control(items: int = 3, shard: int = 0) -> Control:
    """A shard of pending items."""
    return Control(shard, f"projects/flowers/shards/{shard:04d}.ndjson.gz", bytes(items))


def an_ask(
    labeler: str = "ben",
    size: int = 1,
    task: str = "0000-a",
    quality: Quality = ALONE,
    *,
    gold: bool = False,
) -> Ask:
    """Somebody asks for items for half an hour."""
    return Ask(task, labeler, size, 30, quality, gold=gold)


def terms(quality: Quality = ALONE, kind: Kind = Kind.IMAGE_MULTICLASS) -> Terms:
    """The terms of the example project."""
    return Terms.of(replace(a_project(), quality=quality, kind=kind))


def a_trust(
    threshold: float | None = 0.9, *, run: str = "r1", number: int = 1, accept: bool = False
) -> Trust:
    """Terms of a run, for all labels alike, without audits."""
    return Trust(f"{run}.{number}", run, threshold, accept=accept)


def predicted(label: str, confidence: float, *, run: str | None = "r1") -> Prediction:
    """What a model says of a whole item."""
    return Prediction(Classes((label,)), confidence, run=run)
