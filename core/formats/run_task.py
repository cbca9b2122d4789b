"""task.json: what a run's jobs have to learn, as aml_jobs/task.schema.json says."""

import json
from collections.abc import Sequence, Set

from core.domain.kinds import Kind


def encode_task(kind: Kind, labels: Sequence[str]) -> bytes:
    """The file of a kind and label paths, in the order of the tree."""
    return json.dumps({"kind": kind, "labels": list(labels)}, ensure_ascii=False).encode()


def read_labels(data: bytes) -> Set[str]:
    """The label paths in a file of ours."""
    return set(json.loads(data)["labels"])
