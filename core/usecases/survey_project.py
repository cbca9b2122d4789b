"""See all shards of a project at once, a few seconds old at most."""

from collections.abc import Sequence
from datetime import timedelta

from core.domain.projects import Project
from core.domain.shards import Control
from core.ports import Ports

MAX_AGE = timedelta(seconds=5)


async def survey_project(ports: Ports, project: Project) -> Sequence[Control]:
    """The control entities of all shards, in order."""
    known = await ports.shards.read_all(project.id, range(project.shards), MAX_AGE)
    return [versioned.value for versioned in known]
