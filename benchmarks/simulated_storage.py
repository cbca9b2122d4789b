"""A storage account that exists only in numbers: its targets, its latencies, and a clock to run them by.

Work is a generator that yields how many seconds pass, or a Hold that it waits for. Figures that Azure
documents say where; what is assumed says so. Nothing here reaches for a network.
"""

import heapq
import random
from collections import Counter, deque
from collections.abc import Generator
from dataclasses import dataclass, field
from itertools import count
from math import exp, log

from core.domain.retrying import wait_seconds

_WIDTH = log(5) / 2.326
"""Of the lognormal latencies: their 99th percentile is five medians."""


class Hold:
    """A lock that work yields to get, and must release."""

    def __init__(self) -> None:
        self.taken = False
        self.waiting: deque[Work] = deque()


Work = Generator[float | Hold, None, None]


class Clock:
    """Runs work in simulated seconds, the earliest first."""

    def __init__(self) -> None:
        self.now = 0.0
        self._due: list[tuple[float, int, Work]] = []
        self._order = count()

    def start(self, work: Work, delay: float = 0.0) -> None:
        """Have the work go on after so many seconds."""
        heapq.heappush(self._due, (self.now + delay, next(self._order), work))

    def release(self, hold: Hold) -> None:
        """Give the hold to who has waited longest."""
        hold.taken = bool(hold.waiting)
        if hold.waiting:
            self.start(hold.waiting.popleft())

    def run(self, until: float) -> None:
        """Go on until nothing is due before `until`."""
        while self._due and self._due[0][0] < until:
            self.now, _, work = heapq.heappop(self._due)
            self._step(work)
        self.now = until

    def _step(self, work: Work) -> None:
        for wanted in work:
            if isinstance(wanted, float):
                self.start(work, wanted)
                return
            if wanted.taken:
                wanted.waiting.append(work)
                return
            wanted.taken = True


@dataclass(frozen=True, slots=True)
class Latency:
    """Medians in seconds of lognormal latencies; `slow` of all calls take `slow_seconds`.

    Assumed: Microsoft documents no percentiles ("fast, but no upper bounds on latency",
    learn.microsoft.com/azure/cosmos-db/table-support). Calls of three to four seconds are reported now and
    then (github.com/dotnet/orleans/issues/5048 and 6377).
    """

    read: float = 0.006
    write: float = 0.010
    slow: float = 1e-4
    slow_seconds: float = 3.0

    @property
    def mean_read(self) -> float:
        """Seconds."""
        return self.read * exp(_WIDTH**2 / 2)

    def draw(self, chance: random.Random, *, write: bool) -> float:
        """How long a call takes."""
        if chance.random() < self.slow:
            return self.slow_seconds
        return (self.write if write else self.read) * chance.lognormvariate(0.0, _WIDTH)


@dataclass(frozen=True, slots=True)
class Targets:
    """What an account promises a second (learn.microsoft.com/azure/storage: tables/scalability-targets,
    common/scalability-targets-standard-account; 40,000 requests in the large regions, else 20,000).

    `burst` is how many seconds of it may come at once: assumed.
    """

    partition_entities: float = 2_000
    table_operations: float = 20_000
    account_requests: float = 40_000
    burst: float = 0.5


@dataclass(frozen=True, slots=True)
class Retries:
    """How a refused call is tried again: by the product's own rule (core.domain.retrying.py), which waits as
    long as Retry-After says and a random while longer, or without `jitter` as azure-core would by itself."""

    retry_after: float | None = 1.0
    jitter: bool = True

    def wait(self, failures: int, chance: random.Random) -> float:
        """Seconds after so many refusals."""
        if self.jitter:
            return wait_seconds(failures, self.retry_after, chance.random())
        return self.retry_after if self.retry_after is not None else 0.8 * 2.0 ** (failures - 1)


class ThrottledError(Exception):
    """A call was refused until there was no time left to try again."""


class Bucket:
    """Tokens that come back at a rate, up to a burst."""

    def __init__(self, rate: float, burst: float) -> None:
        self._rate = rate
        self._most = rate * burst
        self._left = self._most
        self._at = 0.0

    def has(self, now: float, tokens: float) -> bool:
        """Whether so many are there."""
        self._left = min(self._most, self._left + (now - self._at) * self._rate)
        self._at = now
        return self._left >= tokens

    def take(self, tokens: float) -> None:
        """Use them up."""
        self._left -= tokens


@dataclass
class Storage:
    """An account. `calls` and `refused` count by service or by the target that was missed."""

    clock: Clock
    chance: random.Random
    targets: Targets = field(default_factory=Targets)
    latency: Latency = field(default_factory=Latency)
    retries: Retries = field(default_factory=Retries)

    def __post_init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self._tables = Bucket(self.targets.table_operations, self.targets.burst)
        self._account = Bucket(self.targets.account_requests, self.targets.burst)
        self._partitions: dict[str, Bucket] = {}

    def table(self, partition: str, until: float, *, entities: int = 1, write: bool = False) -> Work:
        """A call on one partition, tried again while that would come in time. Raises ThrottledError."""
        for failures in count(1):
            took = self.latency.draw(self.chance, write=write)
            yield took / 2  # when it arrives
            refused = self._refused(partition, entities)
            yield took / 2
            if not refused:
                return
            yield from self._wait(failures, until)

    def scatter(self, calls: int, until: float) -> Work:
        """Reads of as many partitions at once, retried likewise. Raises ThrottledError."""
        for failures in count(1):
            calls = sum(bool(self._refused(None, 1)) for _ in range(calls))
            yield self.latency.mean_read
            if not calls:
                return
            yield from self._wait(failures, until)

    def _wait(self, failures: int, until: float) -> Work:
        seconds = self.retries.wait(failures, self.chance)
        if self.clock.now + seconds > until:
            raise ThrottledError
        yield seconds

    def blob(self) -> Work:
        """A blob is read, by us or by a browser. Raises ThrottledError."""
        self.calls["blobs"] += 1
        if not self._account.has(self.clock.now, 1):
            self.refused["the account"] += 1
            raise ThrottledError
        self._account.take(1)
        yield self.latency.draw(self.chance, write=False)

    def _refused(self, partition: str | None, entities: int) -> str:
        """The target that has no room for the call, if there is one; nothing is taken then."""
        now = self.clock.now
        self.calls["tables"] += 1
        asked = {"the account": (self._account, 1), "all tables": (self._tables, 1)}
        if partition is not None:
            bucket = self._partitions.get(partition)
            if bucket is None:
                made = Bucket(self.targets.partition_entities, self.targets.burst)
                bucket = self._partitions[partition] = made
            asked[f"partition {partition}"] = (bucket, entities)
        missed = next((name for name, (one, need) in asked.items() if not one.has(now, need)), "")
        if missed:
            self.refused[missed] += 1
            return missed
        for one, need in asked.values():
            one.take(need)
        return ""
