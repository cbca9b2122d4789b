"""`make bench`: every benchmark, each in a process of its own. `python -m benchmarks tasks` runs one."""

import subprocess
import sys

BENCHMARKS = (
    *("cold_start", "page_weight", "page", "arrival", "initialize", "tables"),
    *("dashboard", "export", "backup", "imports", "calls", "tasks", "team", "assist"),
)


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all; 1 when one of them fails to run."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"There is no benchmark '{unknown[0]}'; there are: {', '.join(BENCHMARKS)}.")
        return 2
    failed = 0
    for name in names or BENCHMARKS:
        print(f"\n{name}")
        failed |= subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
