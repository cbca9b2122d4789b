"""What the job of a run is asked to do: `aml_jobs/assist.py`, its arguments and its files. Pure."""

import re
from dataclasses import dataclass
from posixpath import splitext

from core.domain.jobs import BlobFiles, BlobFolder, Input, JobSpec, ModelAsset
from core.domain.kinds import Kind
from core.domain.projects import Project
from core.domain.runs import Run, Stage

PROGRAM = "assist.py"
PIXELS = 12
"""The side of the small images by which one finds out which look alike before there is a model."""

TIME_LIMIT_SECONDS = 4 * 60 * 60

_ASSET = re.compile(r"azureml:([^:]+):([^:]+)")
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class RunFiles:
    """Where the files of a run's job are: `spec` holds task.json and items.jsonl, `out` gets what it makes.

    `data` are the images; None of texts, which stand in items.jsonl. `base` is what training starts from, the
    id of a hub's model or files; `model` the folder of the model that predicts.
    """

    spec: BlobFolder
    out: BlobFolder
    data: BlobFiles | None = None
    base: str | BlobFolder | ModelAsset | None = None
    model: BlobFolder | None = None


def job_id(project: str, run: str, attempt: int) -> str:
    """The id of the job of an attempt, no other attempt's."""
    return f"{project}-{run}-{attempt}"


def job_spec(
    project: Project, run: Run, files: RunFiles, time_limit_seconds: int = TIME_LIMIT_SECONDS
) -> JobSpec:
    """The job of the run's present attempt."""
    sources = {"spec": files.spec, "data": files.data, "base": files.base, "model": files.model}
    inputs = {
        name: Input(source)
        for name, source in sources.items()
        if source is not None and not isinstance(source, str)
    }
    return JobSpec(
        id=job_id(project.id, run.id, run.attempt),
        program=PROGRAM,
        arguments=(*_verb(run, files, project.seed), *_places(files)),
        inputs=inputs,
        outputs={"out": files.out},
        gpu=run.gpu,
        time_limit_seconds=time_limit_seconds,
        display_name=f"{project.name}: {run.stage}",
        tags={"project": project.id, "run": run.id},
        trace=run.trace,
    )


def wants_gpu(stage: Stage, kind: Kind, *, based: bool) -> bool:
    """Whether a job is worth a GPU: dense networks are, and whatever starts from a base; embedding small
    images, linear models and the small network for classes are not."""
    return stage is not Stage.EMBED and (kind.has_regions or based)


def base_of(text: str) -> str | ModelAsset:
    """What a text names as a base: a registered model, `azureml:NAME:VERSION`, or a hub's."""
    found = _ASSET.fullmatch(text)
    return ModelAsset(found[1], found[2]) if found else text


def file_of(item: str, path: str) -> str:
    """The path at which a job finds the image of an item: its id, and the extension of its blob.

    Names of blobs may be too long for a file's, lead out of a folder, or be another blob's folder.
    """
    extension = splitext(path)[1]
    return item + (extension if _EXTENSION.fullmatch(extension) else "")


def _verb(run: Run, files: RunFiles, seed: int) -> tuple[str, ...]:
    match run.stage:
        case Stage.TRAIN:
            base = files.base if isinstance(files.base, str) else "{inputs.base}"
            based = () if files.base is None else ("--base", base)
            return ("run", "--task", "{inputs.spec}/task.json", "--seed", str(seed), *based)
        case Stage.PREDICT:
            return ("predict", "--model", "{inputs.model}")
        case Stage.EMBED:
            return ("embed", "--pixels", str(PIXELS))


def _places(files: RunFiles) -> tuple[str, ...]:
    data = () if files.data is None else ("--data", "{inputs.data}")
    return ("--items", "{inputs.spec}/items.jsonl", *data, "--out", "{outputs.out}")
