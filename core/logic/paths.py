"""Path patterns, and which blobs can be items."""

import re
from functools import lru_cache

from core.domain.errors import Invalid

IMAGE_EXTENSIONS = frozenset(
    {".jpg", ".jpeg", ".png", ".jpe", ".jfif", ".bmp", ".tif", ".tiff", ".dcm", ".dicom"}
)

_NATIVE = frozenset({".jpg", ".jpeg", ".png", ".jpe", ".jfif", ".bmp"})
TEXT_EXTENSIONS = frozenset({".txt"})
TABLE_EXTENSIONS = frozenset({".csv", ".tsv"})

_WILDCARDS = re.compile(r"\*\*/|\*\*|\*")
_MEANINGS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*"}


@lru_cache(maxsize=256)
def pattern(path: str) -> re.Pattern[str]:
    """A path with wildcards, as an expression that matches whole blob names.

    `*` stands for anything inside one folder, `**` for anything at all, `**/` also for no folder; a path
    that is empty or ends in `/` means everything below it.
    """
    whole = path + "**" if path == "" or path.endswith("/") else path
    parts, end = [], 0
    for found in _WILDCARDS.finditer(whole):
        parts += [re.escape(whole[end : found.start()]), _MEANINGS[found.group()]]
        end = found.end()
    return re.compile("".join([*parts, re.escape(whole[end:])]), re.DOTALL)


def literal_prefix(path: str) -> str:
    """What every matching name begins with: all that a storage listing can be narrowed by."""
    return path.partition("*")[0]


def matches(path: str, name: str) -> bool:
    """Whether a blob's name matches a path with wildcards."""
    return pattern(path).fullmatch(name) is not None


def extension(name: str) -> str:
    """The extension of a blob's name in lower case, with its dot; empty when it has none."""
    dot = name.rfind(".")
    return name[dot:].lower() if dot > name.rfind("/") else ""


def is_image(name: str) -> bool:
    """Whether a blob's extension is one of the ten that images have."""
    return extension(name) in IMAGE_EXTENSIONS


def is_dicom(name: str) -> bool:
    """Whether a blob's extension is one of DICOM's."""
    return extension(name) in {".dcm", ".dicom"}


def is_native_image(name: str) -> bool:
    """Whether browsers show images of this extension."""
    return extension(name) in _NATIVE


def check_path(path: str) -> str:
    """The path, if it can be one inside a container. Raises Invalid."""
    if path.startswith("/") or "\\" in path or any(part in {".", ".."} for part in path.split("/")):
        raise Invalid(
            f"'{path}' is not a path inside a container: no leading slash, backslash, '.' or '..'.",
            field="path",
        )
    return path
