"""What importing the function app adds to a cold start."""

import subprocess
import sys
from statistics import median

from benchmarks.figures import Figure, tell

RUNS = 7
TIMED_IMPORT = "import time; t = time.perf_counter(); import function_app; print(time.perf_counter() - t)"


def measure() -> list[Figure]:
    times = [
        float(
            subprocess.run(
                [sys.executable, "-c", TIMED_IMPORT], capture_output=True, text=True, check=True
            ).stdout
        )
        for _ in range(RUNS)
    ]
    return [Figure(f"import of function_app, median of {RUNS}", median(times), "s", 0.8)]


if __name__ == "__main__":
    tell("cold_start", measure())
