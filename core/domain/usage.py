"""What the app itself used of Azure in a month: operations and time, as Azure bills them."""

from dataclasses import dataclass, fields

NOBODY = ""
"""Whose usage it is that is about no project: signing in, the page, timers that look over all projects."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Figures that add up. Each counts one meter of Azure's.

    `tables` and `queues` are operations of any sort. `blob_writes`, `blob_lists`, `blob_reads`, `blob_others`
    are blob operations by Azure's own sorts; deletions are free. `links` are addresses of blobs that browsers
    were given to read: the reading itself nobody here sees. `calls` are executions of functions, `seconds`
    the time of an instance that they took.
    """

    tables: int = 0
    queues: int = 0
    blob_writes: int = 0
    blob_lists: int = 0
    blob_reads: int = 0
    blob_others: int = 0
    links: int = 0
    calls: int = 0
    seconds: float = 0.0

    def counts(self) -> dict[str, int]:
        """What is counted, by meter: all but the time."""
        return {name: getattr(self, name) for name in METERS if name != "seconds"}

    def __add__(self, other: "Usage") -> "Usage":
        """Both together."""
        return Usage(*(getattr(self, name) + getattr(other, name) for name in METERS))


METERS = tuple(field.name for field in fields(Usage))
