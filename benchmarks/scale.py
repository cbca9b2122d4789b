"""Tagwerk on a storage account as Azure documents it, simulated: where it bends, and at which limit.

    python -m benchmarks.scale

Instances, their memories and the calls of a claim and a submission are those of the product; figures come
out the same each time. What is assumed and what was measured: docs/scale.md.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from benchmarks.figures import Figure, percentile, tell
from benchmarks.simulated_instance import Asked, Instance, Memory, Request, Shard
from benchmarks.simulated_storage import Clock, Latency, Retries, Storage, ThrottledError, Work
from core.domain.retrying import PERSON_SECONDS
from core.logic.tasks.choosing import NEAR
from core.usecases.claim_task import TRIED

SHARDS = 500
"""Of a project with 500,000 items."""

PAUSE_SECONDS = 3.0
"""What a labeler takes over an image, in the mean."""

DASHBOARD_SECONDS = 50.0
"""How often an open dashboard of so large a project asks (web/src/projects/queries.ts)."""

FRONT_SECONDS = 0.05
"""How often a request that no instance has room for is tried again, by what stands in front of them."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """Labelers spread evenly over projects of 500,000 items, for `seconds` after `warm` ones.

    Requests go to any instance. There are `instances` at first; while `http_concurrency` requests are in
    flight on each, one more comes every second, up to `instances_max` (infra/environments/production.json).

    `dashboards` are open, each of another project. With `consensus` labelers take what others in their
    project have begun; with `limits` each may have so many items, which a claim has to count.
    """

    name: str
    labelers: int
    projects: int
    memory: Memory = Memory()  # noqa: RUF009  frozen
    latency: Latency = Latency()  # noqa: RUF009  frozen
    retries: Retries = Retries()  # noqa: RUF009  frozen
    pause: float = PAUSE_SECONDS
    instances: int = 1
    instances_max: int = 100
    http_concurrency: int = 32
    dashboards: int = 0
    consensus: bool = False
    limits: bool = False
    warm: float = 60.0
    seconds: float = 60.0
    seed: int = 1


class World:
    """What comes of a scenario. After `warm` seconds counting begins anew."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.chance = random.Random(scenario.seed)  # noqa: S311  a simulation
        self.clock = Clock()
        self.storage = Storage(self.clock, self.chance, latency=scenario.latency, retries=scenario.retries)
        self.written: dict[Shard, float] = {}
        self.instances = [self._instance() for _ in range(scenario.instances)]
        self.homes = [
            (number % scenario.projects, self.chance.randrange(SHARDS)) for number in range(scenario.labelers)
        ]
        self.begun: defaultdict[int, list[Shard]] = defaultdict(list)
        for home in dict.fromkeys(self.homes) if scenario.consensus else ():
            self.begun[home[0]].append(home)
        self.asked = 0
        self._count_anew()

    def run(self) -> None:
        """Simulate it."""
        scenario = self.scenario
        for number in range(scenario.labelers):
            self.clock.start(self._labeler(number), self.chance.uniform(0, scenario.pause))
        for number in range(scenario.dashboards):
            self.clock.start(self._viewer(number), self.chance.uniform(0, DASHBOARD_SECONDS))
        self.clock.start(self._scale_out(), 1.0)
        self.clock.run(scenario.warm)
        self._count_anew()
        self.clock.run(scenario.warm + scenario.seconds)

    def _count_anew(self) -> None:
        self.done: Counter[str] = Counter()
        self.seconds: defaultdict[str, list[float]] = defaultdict(list)
        self.storage.calls.clear()
        self.storage.refused.clear()
        for instance in self.instances:
            instance.busy = 0.0

    def _instance(self) -> Instance:
        return Instance(self.clock, self.storage, self.scenario.memory, SHARDS, self.written)

    def _scale_out(self) -> Work:
        while True:
            enough = self.asked < self.scenario.http_concurrency * len(self.instances)
            if not enough and len(self.instances) < self.scenario.instances_max:
                self.instances.append(self._instance())
            yield 1.0

    def _labeler(self, number: int) -> Work:
        """Asks for a task, looks at its image, answers, and so on."""
        while True:
            shard = self._shard(number)
            claimed = yield from self._until_done("claim", number, shard, 0.0)
            with suppress(ThrottledError):
                yield from self.storage.blob()  # its image, which the browser reads
            yield self.chance.expovariate(1 / self.scenario.pause)
            yield from self._until_done("submit", number, shard, claimed)

    def _viewer(self, number: int) -> Work:
        """Has a dashboard open."""
        while True:
            yield from self._until_done("dashboard", -number, (number, 0), 0.0)
            yield DASHBOARD_SECONDS

    def _shard(self, number: int) -> Shard:
        begun = self.begun[self.homes[number][0]]
        return self.chance.choice(begun) if begun else self.homes[number]

    def _asked(self, labeler: int, shard: Shard) -> Request:
        begun = self.begun[shard[0]]
        some = self.chance.sample(begun, min(NEAR, len(begun)))
        limits = self.scenario.limits and labeler >= 0
        near = [(shard[0], (shard[1] + more) % SHARDS) for more in range(TRIED)] if limits else []
        return Request(labeler, shard, self.clock.now + PERSON_SECONDS, some, near)

    def _until_done(self, kind: str, labeler: int, shard: Shard, claimed: float) -> Asked:
        begun = self.clock.now
        while True:
            written = yield from self._request(kind, labeler, shard, claimed)
            if written:
                self.done[kind] += 1
                self.seconds[kind].append(self.clock.now - begun)
                return written
            self.done["failed"] += 1
            yield 1.0

    def _request(self, kind: str, labeler: int, shard: Shard, claimed: float) -> Asked:
        """When the shard was written; 0.0 when the request failed."""
        self.asked += 1
        while not (free := [one for one in self.instances if one.flying < self.scenario.http_concurrency]):
            yield FRONT_SECONDS
        instance = self.chance.choice(free)
        instance.flying += 1
        asked = self._asked(labeler, shard)
        try:
            if kind == "claim":
                return (yield from instance.claim(asked))
            if kind == "dashboard":
                return (yield from instance.dashboard(asked))
            return (yield from instance.submit(asked, claimed))
        except ThrottledError:
            return 0.0
        finally:
            instance.flying -= 1
            self.asked -= 1


def figures(world: World) -> Iterator[Figure]:
    """What a scenario shows, and which limit it met."""
    scenario = world.scenario
    tasks, calls = world.done["submit"], world.storage.calls["tables"]
    yield Figure(f"{scenario.name}: tasks", tasks / scenario.seconds, "tasks/s")
    kinds = (("claim", "next task"), ("submit", "submit"), ("dashboard", "dashboard"))
    for kind, name in kinds if scenario.dashboards else kinds[:2]:
        for percent in (50, 99):
            found = percentile(world.seconds[kind] or [0.0], percent)
            yield Figure(f"… {name}, {_percentile(percent)}", found * 1_000, "ms")
    yield Figure("… table calls per labeled item", calls / max(tasks, 1), "calls")
    yield Figure("… table calls", calls / scenario.seconds, "calls/s")
    yield Figure("… instances", len(world.instances), "instances")
    busy = sum(instance.busy for instance in world.instances)
    yield Figure("… of their cores, busy", 100 * busy / scenario.seconds / len(world.instances), "%")
    for target, refused in world.storage.refused.most_common(2):
        yield Figure(f"… refused (503): target of {target}", refused / scenario.seconds, "calls/s")
    if failed := world.done["failed"]:
        yield Figure("… requests that failed in the end", failed / scenario.seconds, "requests/s")


def _percentile(percent: int) -> str:
    return "median" if percent == 50 else f"p{percent}"


AZURITE = Latency(read=0.002, write=0.003, slow=0.0)


def scenarios() -> Iterator[Scenario]:
    """One that was measured too; the crowd that is aimed at; more of it, until it bends; what is dear."""
    yield Scenario(
        "32 labelers without pause, one instance, Azurite (measured: 178)",
        labelers=32,
        projects=1,
        latency=AZURITE,
        pause=1e-6,
        instances_max=1,
        warm=5,
        seconds=20,
    )
    for projects in (1, 8, 20, 200):
        yield Scenario(f"500 labelers, {_projects(projects)}", 500, projects)
    yield Scenario("50 labelers, 200 projects", 50, 200)
    aimed_at = Scenario("", 500, 200)
    yield replace(aimed_at, name="… with consensus", consensus=True)
    yield replace(aimed_at, name="… with consensus, all in 1 project", projects=1, consensus=True)
    slow = Latency(read=0.018, write=0.030)
    yield replace(aimed_at, name="… storage three times as slow", latency=slow)
    for dashboards in (10, 40, 200):
        yield replace(aimed_at, name=f"… {dashboards} dashboards open", dashboards=dashboards)
    yield replace(aimed_at, name="… each with a limit", limits=True)
    crowd = replace(aimed_at, warm=10, seconds=10)
    for labelers, instances in ((2_000, 8), (4_000, 20), (8_000, 40), (12_000, 60)):
        yield replace(
            crowd, name=f"{labelers:,} labelers, 200 projects", labelers=labelers, instances=instances
        )
    crowd = replace(crowd, labelers=12_000, instances=60)
    yield replace(crowd, name="… without jitter", retries=Retries(jitter=False))
    yield replace(crowd, name="… without Retry-After", retries=Retries(retry_after=None))


def _projects(number: int) -> str:
    return "1 project" if number == 1 else f"{number} projects"


def measure(chosen: Iterable[Scenario]) -> Iterator[Figure]:
    """The figures of each, one after the other."""
    for scenario in chosen:
        world = World(scenario)
        world.run()
        yield from figures(world)


if __name__ == "__main__":
    tell("scale", measure(scenarios()))
