"""Where the files of a run are, in the app's container. They go with their project.

projects/<project>/runs/<run>/in/            what its jobs read: task.json, items.jsonl
projects/<project>/runs/<run>/<attempt>/     what a job wrote; aml_jobs/*.schema.json say what that is
projects/<project>/runs/<run>/report.json    what the run found out about itself
projects/<project>/runs/<run>/doubts.jsonl   the answers that it doubts, the most doubtful first
projects/<project>/runs/<run>/shards/        predictions and groups of each shard, once they are checked
"""

from core.domain.runs import Run
from core.usecases.initialize_project import project_prefix


def run_prefix(project: str, run: str) -> str:
    """The folder of a run."""
    return f"{project_prefix(project)}runs/{run}/"


def input_prefix(project: str, run: str) -> str:
    """The folder of what its jobs read."""
    return f"{run_prefix(project, run)}in/"


def task_name(project: str, run: str) -> str:
    """The blob that says what is to be learned."""
    return f"{input_prefix(project, run)}task.json"


def items_name(project: str, run: str) -> str:
    """The blob of the items, with the answers that stood."""
    return f"{input_prefix(project, run)}items.jsonl"


def output_prefix(project: str, run: Run) -> str:
    """The folder of what its last job wrote."""
    return f"{run_prefix(project, run.id)}{run.attempt}/"


def model_prefix(project: str, run: Run) -> str:
    """The folder of the model that it made."""
    return f"{output_prefix(project, run)}model/"


def report_name(project: str, run: str) -> str:
    """The blob of its report."""
    return f"{run_prefix(project, run)}report.json"


def doubts_name(project: str, run: str) -> str:
    """The blob of its doubts."""
    return f"{run_prefix(project, run)}doubts.jsonl"


def predictions_name(project: str, run: str, shard: int) -> str:
    """The archive of what it predicts of a shard."""
    return f"{run_prefix(project, run)}shards/{shard:04d}-predictions.json.gz"


def groups_name(project: str, run: str, shard: int) -> str:
    """The archive of which items of a shard look alike to it."""
    return f"{run_prefix(project, run)}shards/{shard:04d}-groups.json.gz"
