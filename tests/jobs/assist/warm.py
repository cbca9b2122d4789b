"""The job's program in a process that has imported its libraries: each run is a fork, and starts at once.

    python warm.py

For each line of input, {"arguments": [...], "output": FILE, "errors": FILE}, prints the exit status of a run.
"""

import importlib
import json
import os
import pkgutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "aml_jobs"))

import assist
import learning

HEAVY = ("cleanlab.filter", "sklearn.linear_model", "transformers.models.resnet.modeling_resnet")
"""What the job's modules import inside of functions."""


def warm_up() -> None:
    """Import everything, told to be quiet as the program does."""
    assist._quiet()
    for module in pkgutil.iter_modules(learning.__path__):
        importlib.import_module(f"learning.{module.name}")
    for name in HEAVY:
        importlib.import_module(name)


def serve() -> None:
    """Fork for each run. A fork returns, and ends as any program does."""
    for line in iter(sys.stdin.readline, ""):
        asked = json.loads(line)
        if os.fork() == 0:
            for stream, file in ((sys.stdout, asked["output"]), (sys.stderr, asked["errors"])):
                os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream.fileno())
            assist.main(asked["arguments"])
            return
        print(os.waitstatus_to_exitcode(os.wait()[1]), flush=True)  # noqa: T201  its answer


if __name__ == "__main__":
    warm_up()
    serve()
