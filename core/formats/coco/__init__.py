"""COCO (cocodataset.org/#format-data), in two layouts: the standard one, and Azure ML labeling's own."""

from core.formats.coco.reader import read
from core.formats.coco.writer import write

__all__ = ["read", "write"]
