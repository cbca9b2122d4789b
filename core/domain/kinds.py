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
