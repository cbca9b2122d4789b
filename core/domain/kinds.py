"""What sort of answer a project wants."""

from enum import StrEnum


class Kind(StrEnum):
    """The eight kinds of project."""

    IMAGE_MULTICLASS = "image_multiclass"
    IMAGE_MULTILABEL = "image_multilabel"
    OBJECT_DETECTION = "object_detection"
    INSTANCE_SEGMENTATION = "instance_segmentation"
    SEMANTIC_SEGMENTATION = "semantic_segmentation"
    TEXT_MULTICLASS = "text_multiclass"
    TEXT_MULTILABEL = "text_multilabel"
    TEXT_NER = "text_ner"

    @property
    def is_image(self) -> bool:
        """Whether its items are images; else they are texts."""
        return self not in _TEXT

    @property
    def has_regions(self) -> bool:
        """Whether its answers mark places in an image."""
        return self in _REGIONS

    @property
    def repeats_labels(self) -> bool:
        """Whether several regions of one item may bear the same label."""
        return self in _REPEATING


_TEXT = frozenset({Kind.TEXT_MULTICLASS, Kind.TEXT_MULTILABEL, Kind.TEXT_NER})
_REPEATING = frozenset({Kind.OBJECT_DETECTION, Kind.INSTANCE_SEGMENTATION, Kind.TEXT_NER})
_REGIONS = frozenset({Kind.OBJECT_DETECTION, Kind.INSTANCE_SEGMENTATION, Kind.SEMANTIC_SEGMENTATION})
