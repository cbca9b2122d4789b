"""See all shards of a project at once, a few seconds old."""

from collections.abc import Sequence
from datetime import timedelta

from core.domain.projects import Project
from core.domain.shards import Control
from core.ports import Ports

MAX_AGE = timedelta(seconds=5)
AGE_A_SHARD = timedelta(milliseconds=40)
"""A large project is looked at more seldom, because a look reads every shard: of 500, every 20 seconds."""


async def survey_project(ports: Ports, project: Project) -> Sequence[Control]:
    """The control entities of all shards, in order."""
    max_age = max(MAX_AGE, project.shards * AGE_A_SHARD)
    known = await ports.shards.read_all(project.id, range(project.shards), max_age)
    return [versioned.value for versioned in known]
