"""YOLO (docs.ultralytics.com/datasets): a zip with a text file for each image, a line for each region."""

from core.formats.yolo.reader import read
from core.formats.yolo.writer import write

__all__ = ["read", "write"]
