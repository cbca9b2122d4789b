"""Counts what every project uses of Azure, in this process, and stores the sums once a minute.

Requests to the storage services are counted as they are sent, so one that is repeated counts twice, as it is
billed. They belong to the project that is being worked on. What was sent before anybody knew that, to ask
whether the caller may, is added when the call ends. What was counted since the sums were last stored is lost
with the process.
"""

import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable

from core.domain.usage import NOBODY, Usage
from core.domain.work import Work, present, working_in
from core.ports import Clock, UsageStore

STORED_EVERY_SECONDS = 60
LEAST_SECONDS = 1.0
"""Azure bills at least so long of an instance that has something to do."""

_SPELLS = 1_000


class Meter:
    """Sums of what was used, by project. `timer` tells seconds that only ever grow."""

    def __init__(self, timer: Callable[[], float] = time.monotonic) -> None:
        self._timer = timer
        self._counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._early: dict[int, tuple[Work, Counter[str]]] = {}
        self._busy = BusyTime()

    def count(self, meter: str) -> None:
        """Count one of a meter of Usage, by its name, for the project that is being worked on."""
        work = present()
        if work is not None and work.project is None:
            self._early.setdefault(id(work), (work, Counter()))[1][meter] += 1
        else:
            self._counts[work.project if work and work.project else NOBODY][meter] += 1

    def ended(self, work: Work, seconds: float) -> None:
        """Count a call that took so long and has ended just now."""
        project, now = work.project or NOBODY, self._timer()
        _, early = self._early.pop(id(work), (work, Counter[str]()))
        self._counts[project].update({**early, "calls": 1})
        self._seconds[project] += self._busy.add(now - seconds, now)

    def take(self, project: str) -> Usage:
        """What the project has used since this was asked last."""
        counts: Counter[str] = self._counts.pop(project, Counter())
        return Usage(**counts, seconds=self._seconds.pop(project, 0.0))

    def give_back(self, project: str, usage: Usage) -> None:
        """Count again what was taken, because it could not be stored."""
        counts = {name: value for name, value in usage.counts().items() if value}
        self._counts[project].update(counts)
        self._seconds[project] += usage.seconds


class BusyTime:
    """For how long an instance was busy: a second in which it does many things is paid once, by what ends
    first in it. Each call takes LEAST_SECONDS at least."""

    def __init__(self) -> None:
        self._spells: deque[tuple[float, float]] = deque(maxlen=_SPELLS)

    def add(self, began: float, ended: float) -> float:
        """The seconds that a call from `began` to `ended` adds. What ends first is added first."""
        ended, known = max(ended, began + LEAST_SECONDS), 0.0
        while self._spells and self._spells[-1][1] >= began:
            first, last = self._spells.pop()
            known += last - first
            began, ended = min(began, first), max(ended, last)
        self._spells.append((began, ended))
        return ended - began - known


class UsageReports:
    """Stores what a meter has counted for a project: when a call ends that is about it, once a minute."""

    def __init__(self, meter: Meter, store: UsageStore, clock: Clock) -> None:
        self._meter = meter
        self._store = store
        self._clock = clock
        self._stored: dict[str, float] = {}

    async def ended(self, work: Work, seconds: float) -> None:
        """Note the end of a call. Raises what the store raises; then nothing that was counted is lost."""
        self._meter.ended(work, seconds)
        project, now = work.project or NOBODY, self._clock.now()
        if now.timestamp() - self._stored.get(project, 0.0) < STORED_EVERY_SECONDS:
            return
        self._stored[project] = now.timestamp()
        usage = self._meter.take(project)
        try:
            with working_in(project):
                await self._store.add(project, f"{now:%Y-%m}", usage)
        except BaseException:
            self._meter.give_back(project, usage)
            raise
