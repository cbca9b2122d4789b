"""A measured figure beside what docs promise, and how both are told."""

import json
import os
import platform
import resource
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

RESULTS = Path(".bench")


@dataclass(frozen=True, slots=True)
class Figure:
    """`promise` is the most (with `at_least` the least) that `value` may be; None promises nothing."""

    name: str
    value: float
    unit: str
    promise: float | None = None
    at_least: bool = False

    @property
    def verdict(self) -> str:
        """Whether the promise is kept."""
        if self.promise is None:
            return ""
        kept = self.value >= self.promise if self.at_least else self.value <= self.promise
        return "kept" if kept else "MISSED"


def percentile(values: Iterable[float], percent: int) -> float:
    """The nearest-rank percentile."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def tell(benchmark: str, figures: Iterable[Figure]) -> None:
    """Print the figures and write them to `.bench/<benchmark>.json` with the machine they came from."""
    found = list(figures)
    for figure in found:
        bound = "at least" if figure.at_least else "at most"
        promised = "" if figure.promise is None else f"{bound} {figure.promise:,.4g} {figure.unit}"
        print(f"{figure.name:<64} {figure.value:>12,.2f} {figure.unit:<10} {promised:<26} {figure.verdict}")
    RESULTS.mkdir(exist_ok=True)
    document = {"machine": machine(), "figures": [{**asdict(one), "verdict": one.verdict} for one in found]}
    (RESULTS / f"{benchmark}.json").write_text(json.dumps(document, indent=1) + "\n")


def peak_memory_mb() -> float:
    """The most memory that this process has held. `ru_maxrss` would count its parent's on Linux."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def machine() -> dict[str, str | int | None]:
    """Where a figure comes from."""
    return {
        "cores": os.cpu_count(),
        "processor": platform.machine(),
        "system": platform.system(),
        "python": platform.python_version(),
    }
