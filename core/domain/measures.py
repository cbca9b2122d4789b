"""What is counted and measured, by name. `infra/` asks for these names, in alerts and on the workbook."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.domain.work import PROJECT, present


class Sort(StrEnum):
    """How values of a measure add up."""

    COUNTER = "counter"
    """They are summed."""
    HISTOGRAM = "histogram"
    """They are spread: how many, their sum, the least, the most."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A name, the unit in UCUM ("s" seconds, "{claim}" a plain number), and what is told of it.

    Its values have the project that is being worked on, unless it is not `by_project`: each set of attributes
    costs a row a minute in every instance.
    """

    name: str
    unit: str
    description: str
    sort: Sort = Sort.COUNTER
    by_project: bool = True

    def attributes(self, given: Mapping[str, str]) -> dict[str, str]:
        """What a value is told with: what was given, and the project."""
        work = present() if self.by_project else None
        return {**({PROJECT: work.project} if work and work.project else {}), **given}


CALL_SECONDS = Measure(
    "tagwerk.call.seconds",
    "s",
    "How long requests, messages, blobs and timers took.",
    Sort.HISTOGRAM,
    by_project=False,
)
CLAIMS = Measure("tagwerk.claims", "{claim}", "Tasks that were handed out.")
SUBMITS = Measure("tagwerk.submits", "{submit}", "Tasks that were answered.")
LAPSES = Measure("tagwerk.lapses", "{lease}", "Leases that ended without an answer, seen by a later claim.")
COLLISIONS = Measure(
    "tagwerk.collisions", "{write}", "Writes to a shard that came second (412), and were redone."
)
INGEST_SECONDS = Measure(
    "tagwerk.ingest.seconds", "s", "From a blob's last change until it is an item.", Sort.HISTOGRAM
)
QUEUE_SECONDS = Measure(
    "tagwerk.queue.seconds", "s", "From when a command was due until its first attempt.", Sort.HISTOGRAM
)
GIVEN_UP = Measure("tagwerk.given_up", "{command}", "Commands that failed five times.")
RUN_SECONDS = Measure("tagwerk.run.seconds", "s", "From the request for a run to its end.", Sort.HISTOGRAM)
RUN_COST = Measure("tagwerk.run.cost", "{currency}", "What the machines of runs cost, by the prices set.")
JOB_SECONDS = Measure("tagwerk.job.seconds", "s", "How long the programs of jobs ran.")

MEASURES = (
    CALL_SECONDS,
    CLAIMS,
    SUBMITS,
    LAPSES,
    COLLISIONS,
    INGEST_SECONDS,
    QUEUE_SECONDS,
    GIVEN_UP,
    RUN_SECONDS,
    RUN_COST,
    JOB_SECONDS,
)
