"""Which learner a task has."""

from collections.abc import Sequence

from learning.items import Item
from learning.learner import Learner
from learning.material import canvas_for
from learning.settings import Settings
from learning.task import CLASSES, Task


def learner_for(task: Task, settings: Settings, canvas: tuple[int, int]) -> Learner:
    """The learner of a task's kind, with a base or without. `canvas` is (width, height)."""
    if task.is_text:
        return _of_texts(task, settings)
    if task.kind in CLASSES:
        from learning.image_classes import ImageClasses

        return ImageClasses(task, settings, canvas)
    if settings.base:
        from learning.region_bases import region_learner

        return region_learner(task, settings, canvas)
    from learning.dense_images import DenseImages

    return DenseImages(task, settings, canvas)


def canvas_of(task: Task, settings: Settings, items: Sequence[Item]) -> tuple[int, int]:
    """What images are brought to: a square where a base may ask for one, else of the images' own shape."""
    if task.is_text:
        return 0, 0
    from learning.image_networks import size_of
    from learning.networks import own_model

    size = (
        settings.size or (size_of(settings.base) if settings.base else None) or default_size(task, settings)
    )
    return canvas_for(items, size, square=settings.base is not None and not own_model(settings.base))


def default_size(task: Task, settings: Settings) -> int:
    """The longer side of images, where neither person nor base has a wish."""
    if task.kind in CLASSES:
        return 224 if settings.base else 64
    return 512 if settings.base else 256


def _of_texts(task: Task, settings: Settings) -> Learner:
    if settings.base:
        from learning.encoders import TextEncoder, TokenEncoder

        return TextEncoder(task, settings) if task.kind in CLASSES else TokenEncoder(task, settings)
    if task.kind in CLASSES:
        from learning.linear_texts import LinearTexts

        return LinearTexts(task, settings)
    from learning.perceptron import PerceptronSpans

    return PerceptronSpans(task, settings)
