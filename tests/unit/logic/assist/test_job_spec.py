import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from core.domain.jobs import BlobFiles, BlobFolder, JobSpec, ModelAsset, split_argument
from core.domain.kinds import Kind
from core.domain.runs import Run, Stage
from core.logic.assist.job_spec import RunFiles, base_of, file_of, job_spec, wants_gpu
from tests.examples import NOON, a_project

PROGRAMS = Path(__file__).parents[4] / "aml_jobs"
FILES = RunFiles(
    spec=BlobFolder("tagwerk", "runs/r1/in/"),
    out=BlobFolder("tagwerk", "runs/r1/1/"),
    data=BlobFiles("data", {"0000-0000.jpg": "photos/a.jpg"}),
)
MODEL = BlobFolder("tagwerk", "runs/r0/1/model/")
Parse = Callable[[JobSpec], argparse.Namespace]


@pytest.fixture
def parse(monkeypatch: pytest.MonkeyPatch) -> Iterator[Parse]:
    """What the program makes of a job's arguments; folders are called by their names."""
    monkeypatch.syspath_prepend(str(PROGRAMS))
    parser = import_module("assist").parser()

    def parsed(spec: JobSpec) -> argparse.Namespace:
        words = ["".join(text for _, text in split_argument(each)) for each in spec.arguments]
        found: argparse.Namespace = parser.parse_args(words)
        return found

    yield parsed
    for name in [name for name in sys.modules if name == "assist" or name.split(".")[0] == "learning"]:
        del sys.modules[name]


def a_run(stage: Stage = Stage.TRAIN, attempt: int = 1) -> Run:
    return Run("r1", stage, NOON, "ana", attempt=attempt)


def test_training_as_the_program_takes_it(parse: Parse) -> None:
    spec = job_spec(a_project(), a_run(attempt=2), FILES)
    asked = parse(spec)
    assert (asked.verb, asked.seed, asked.base) == ("run", 7, None)
    assert (str(asked.task), str(asked.items)) == ("spec/task.json", "spec/items.jsonl")
    assert (str(asked.data), str(asked.out)) == ("data", "out")
    assert (spec.id, spec.program) == ("flowers-r1-2", "assist.py")
    assert (spec.gpu, spec.time_limit_seconds) == (False, 4 * 60 * 60)
    assert {name: given.source for name, given in spec.inputs.items()} == {
        "spec": FILES.spec,
        "data": FILES.data,
    }
    assert spec.outputs == {"out": FILES.out}
    assert spec.tags == {"project": "flowers", "run": "r1"}


@pytest.mark.parametrize(
    ("base", "named"),
    [("facebook/dinov2-small", "facebook/dinov2-small"), (MODEL, "base"), (ModelAsset("m", "2"), "base")],
)
def test_training_from_a_base(parse: Parse, base: str | BlobFolder | ModelAsset, named: str) -> None:
    spec = job_spec(a_project(), replace(a_run(), gpu=True), replace(FILES, base=base), 600)
    assert parse(spec).base == named
    assert ("base" in spec.inputs) == (not isinstance(base, str))
    assert (spec.gpu, spec.time_limit_seconds) == (True, 600)


def test_predicting_as_the_program_takes_it(parse: Parse) -> None:
    spec = job_spec(a_project(), a_run(Stage.PREDICT), replace(FILES, model=MODEL))
    asked = parse(spec)
    assert (asked.verb, str(asked.model), str(asked.items)) == ("predict", "model", "spec/items.jsonl")
    assert spec.inputs["model"].source == MODEL


def test_embedding_as_the_program_takes_it(parse: Parse) -> None:
    asked = parse(job_spec(a_project(), a_run(Stage.EMBED), FILES))
    assert (asked.verb, asked.model, asked.base, str(asked.data)) == ("embed", None, None, "data")
    assert asked.pixels > 0


def test_texts_stand_in_the_list_of_items(parse: Parse) -> None:
    spec = job_spec(a_project(), a_run(), replace(FILES, data=None))
    assert set(spec.inputs) == {"spec"}
    assert parse(spec).data == Path()


@pytest.mark.parametrize(
    ("stage", "kind", "based", "gpu"),
    [
        (Stage.TRAIN, Kind.OBJECT_DETECTION, False, True),
        (Stage.TRAIN, Kind.IMAGE_MULTICLASS, False, False),
        (Stage.TRAIN, Kind.TEXT_NER, False, False),
        (Stage.TRAIN, Kind.TEXT_NER, True, True),
        (Stage.PREDICT, Kind.IMAGE_MULTICLASS, True, True),
        (Stage.EMBED, Kind.IMAGE_MULTICLASS, False, False),
    ],
)
def test_a_gpu_is_for_networks_that_need_one(stage: Stage, kind: Kind, based: bool, gpu: bool) -> None:
    assert wants_gpu(stage, kind, based=based) is gpu


def test_a_base_by_its_name() -> None:
    assert base_of("azureml:leaves:3") == ModelAsset("leaves", "3")
    assert base_of("facebook/dinov2-small") == "facebook/dinov2-small"


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("photos/a.jpg", "0000-0007.jpg"),
        ("photos/a.b/scan", "0000-0007"),
        ("photos/../../../etc/a.JPG", "0000-0007.JPG"),
        ("photos/a.not an extension", "0000-0007"),
        ("photos/a.{inputs.spec}", "0000-0007"),
        (f"photos/{'x' * 300}.dcm", "0000-0007.dcm"),
    ],
)
def test_the_file_of_an_image_has_a_name_that_any_disk_takes(path: str, file: str) -> None:
    assert file_of("0000-0007", path) == file
