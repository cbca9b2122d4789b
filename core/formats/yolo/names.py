"""Which file of the archive belongs to which image.

The label file of the image `photos/a.jpg` is `labels/train/photos/a.txt`; the image itself belongs at
`images/train/photos/a.jpg`. Ultralytics finds the one from the other by the last folder `images` of the path,
so a blob's own folders of that name are called `%69mages`.
"""

import posixpath
import re

from core.formats.zips import original, safe_name

LABELS = "labels"
EXTENSION = ".txt"

_SPLITS = frozenset({"train", "val", "valid", "validation", "test"})
_IMAGES = re.compile(r"(?:^|(?<=/))images(?=/)")
_NOT_IMAGES = re.compile(r"(?:^|(?<=/))%69mages(?=/)")


def image_file(path: str) -> str:
    """Where the image of this path belongs."""
    return f"images/train/{_safe(path)}"


def label_file(path: str) -> str:
    """The file of the labels of the image of this path."""
    return f"{LABELS}/train/{posixpath.splitext(_safe(path))[0]}{EXTENSION}"


def is_label_file(name: str) -> bool:
    """Whether a file of an archive holds labels: a text file below a folder `labels`."""
    return name.lower().endswith(EXTENSION) and LABELS in name.split("/")[:-1]


def location(name: str) -> str:
    """The path, without extension, of the image whose labels are in this file.

    It is what follows the first folder `labels`. Where that is not itself in a folder such as `train` or
    `valid`, one that follows it is left aside.
    """
    outside, _, inside = f"/{name}".partition(f"/{LABELS}/")
    split, _, rest = inside.partition("/")
    if rest and split in _SPLITS and posixpath.basename(outside) not in _SPLITS:
        inside = rest
    return original(_NOT_IMAGES.sub("images", inside[: -len(EXTENSION)]))


def _safe(path: str) -> str:
    return _IMAGES.sub("%69mages", safe_name(path))
