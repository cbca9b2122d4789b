"""What Azure ML makes of job.yml, as far as its SDK can tell without a workspace."""

import subprocess
import sys

from tests.jobs.assist.running import FOLDER, run

LOAD = """
from azure.ai.ml import load_job
job = load_job("job.yml")
print(job.command)
print(sorted(job.inputs), job.limits.timeout)
"""


def test_job_yml_is_a_command_job() -> None:
    loaded = subprocess.run(  # noqa: S603  our own code; the SDK warns at its import
        [sys.executable, "-W", "ignore", "-c", LOAD], cwd=FOLDER, capture_output=True, text=True, check=False
    )
    assert loaded.returncode == 0, loaded.stderr[-2000:]
    command, *rest = loaded.stdout.splitlines()
    for name in ("task", "items", "data", "options"):
        assert f"${{{{inputs.{name}}}}}" in command
    assert rest == ["['data', 'items', 'options', 'task'] 43200"]


def test_help_says_it_all() -> None:
    said = run("--help").stdout
    for name in (
        "predictions.jsonl",
        "crossfit.jsonl",
        "doubts.jsonl",
        "embeddings.npy",
        "metrics.json",
        "model/",
    ):
        assert name in said
    for file in FOLDER.glob("*.schema.json"):
        assert file.name.split(".")[0] in said
