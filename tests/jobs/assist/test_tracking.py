"""MLflow: what a run logs where Azure ML, or anybody, has told it to."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.jobs.assist.running import FOLDER, PYTHON, environment, run_cold, texts

BEGUN = "import mlflow; print(mlflow.start_run().info.run_id)"
TOLD = """
import json, sys, mlflow
run = mlflow.get_run(sys.argv[1])
print(json.dumps([run.data.metrics, run.data.params, run.info.status]))
"""


def _mlflow(source: str, *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603  our own code
        [str(PYTHON), "-c", source, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().splitlines()[-1]


def test_a_run_logs_its_figures_where_it_is_told_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLFLOW_TRACKING_URI", (tmp_path / "mlflow").as_uri())
    monkeypatch.setenv("MLFLOW_ALLOW_FILE_STORE", "true")
    run = _mlflow(BEGUN)
    monkeypatch.setenv("MLFLOW_RUN_ID", run)
    work = texts(tmp_path / "work", "text_multiclass")
    for _ in range(2):  # once more, as a job does whose machine was taken away at the very end
        assert run_cold("run", *work.arguments(), "--folds", "2", "--seed", "7").returncode == 0
        metrics, parameters, status = json.loads(_mlflow(TOLD, run))
        written = json.loads((work.out / "metrics.json").read_text())
        assert metrics["overall/accuracy"] == pytest.approx(written["overall"]["accuracy"])
        assert metrics["answered"] == written["answered"]
        assert (parameters["folds"], parameters["seed"], status) == ("2", "7", "FINISHED")


def test_a_run_is_worth_more_than_its_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://127.0.0.1:9")
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
    monkeypatch.setenv("MLFLOW_RUN_ID", "0" * 32)
    work = texts(tmp_path / "work", "text_multiclass")
    done = run_cold("run", *work.arguments(), "--folds", "2")
    assert (done.returncode, "MLflow was not told" in done.stdout) == (0, True), done.stderr
    assert (work.out / "metrics.json").is_file()


def test_the_image_has_the_mlflow_that_is_tested() -> None:
    pinned = (Path(__file__).parent / "requirements.txt").read_text().splitlines()[-1]
    assert pinned.startswith("mlflow-skinny==")
    assert f" {pinned} " in (FOLDER / "Dockerfile").read_text()
