"""Which learner goes with a base for boxes, instances or semantic masks."""

from typing import Any

from learning.errors import Unusable
from learning.learner import Learner
from learning.networks import own_model
from learning.settings import Settings
from learning.task import Task

_MASK_QUERIES = ("eomt", "eomt_dinov3", "mask2former", "maskformer", "rf_detr")
"""Those whose losses take masks and their labels, with nothing else."""


def region_learner(task: Task, settings: Settings, canvas: tuple[int, int]) -> Learner:
    """A detector or segmenter where the base is one, else the dense network on its features.

    Raises Unusable where the base can be neither.
    """
    from transformers import AutoConfig
    from transformers.models.auto import modeling_auto

    base = settings.base or ""
    try:
        config = AutoConfig.from_pretrained(own_model(base) or base)
    except (OSError, ValueError, KeyError) as why:
        raise Unusable(f"nothing can start from {base!r}: {str(why)[:600]}") from None
    made: Any = modeling_auto
    sort: str = config.model_type
    if task.kind == "object_detection" and sort in made.MODEL_FOR_OBJECT_DETECTION_MAPPING_NAMES:
        from learning.detectors import Detector

        return Detector(task, settings, canvas)
    if task.kind != "object_detection" and sort in _MASK_QUERIES:
        from learning.mask_queries import MaskQueries

        return MaskQueries(task, settings, canvas)
    if task.kind == "semantic_segmentation" and sort in made.MODEL_FOR_SEMANTIC_SEGMENTATION_MAPPING_NAMES:
        from learning.segmenters import Segmenter

        return Segmenter(task, settings, canvas)
    if sort in made.MODEL_FOR_BACKBONE_MAPPING_NAMES:
        from learning.dense_images import DenseImages

        return DenseImages(task, settings, canvas)
    raise Unusable(f"{base!r} is a {sort}, which has nothing to offer for kind {task.kind}.")
