"""What `make test` ran: a line for each kind of tests, from the reports that pytest and vitest wrote.

python -m tests.summary FOLDER NAME ...
"""

import sys
from pathlib import Path

from defusedxml import ElementTree

COUNTS = ("tests", "failures", "errors", "skipped")


def counted(report: Path) -> tuple[dict[str, int], float]:
    """How many tests a report counts, by outcome, and how many seconds they took."""
    suites = list(ElementTree.fromstring(report.read_bytes()).iter("testsuite"))
    counts = {name: sum(int(suite.get(name, 0)) for suite in suites) for name in COUNTS}
    return counts, sum(float(suite.get("time", 0)) for suite in suites)


def summary(folder: Path, names: list[str]) -> str:
    """The table. Raises OSError for a report that is not there."""
    lines = [f"{'':12}{'tests':>7}{'skipped':>9}{'seconds':>9}"]
    for name in names:
        counts, seconds = counted(folder / f"{name}.xml")
        lines.append(f"{name:12}{counts['tests']:7}{counts['skipped']:9}{seconds:9.0f}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(summary(Path(sys.argv[1]), sys.argv[2:]))  # noqa: T201  its answer
