"""The names of a YOLO data set's classes."""

import re
from collections.abc import Mapping

from core.domain.errors import InvalidFile
from core.formats.record_values import Misread, shown
from core.formats.zips import Archive

_YAML = (".yaml", ".yml")
_LIST = "classes.txt"
_NUMBER = re.compile(r"\d{1,9}")
_BYTES_MAX = 1024 * 1024
"""A thousand names of two hundred characters need a fifth of it; YAML is slow."""


def read_classes(archive: Archive) -> tuple[Mapping[int, str], str]:
    """Names by class, and the file they are from: a YAML file with `names`, else a `classes.txt`.

    Of several, the one nearest to the archive's root counts. Raises InvalidFile where there is none.
    """
    for name in sorted(archive.names, key=lambda name: (name.count("/"), name)):
        if name.lower().endswith(_YAML) and (names := _from_yaml(name, _text(archive, name))) is not None:
            return names, name
    for name in sorted(archive.names, key=lambda name: (name.count("/"), name)):
        if name.rpartition("/")[2] == _LIST:
            lines = _text(archive, name).splitlines()
            return {number: line.strip() for number, line in enumerate(lines) if line.strip()}, name
    raise InvalidFile("Nothing in the archive names the classes: neither a data.yaml nor a classes.txt.")


def _text(archive: Archive, name: str) -> str:
    try:
        data = archive.read(name)
    except Misread as error:
        raise InvalidFile(f"'{name}': {error}") from error
    if len(data) > _BYTES_MAX:
        raise InvalidFile(f"'{name}' has more than {_BYTES_MAX:,} bytes, which no list of classes needs.")
    return data.decode("utf-8-sig", "replace")


def _from_yaml(file: str, text: str) -> Mapping[int, str] | None:
    """`names` as a list, or by number; None where the file has none."""
    import yaml  # here, for the cold start's sake

    try:
        document = yaml.load(text, yaml.BaseLoader)  # noqa: S506  it makes nothing but texts, lists and dicts
    except (yaml.YAMLError, RecursionError) as error:
        raise InvalidFile(f"'{file}' is no YAML: {shown(error)}") from error
    names = document.get("names") if isinstance(document, dict) else None
    if isinstance(names, list):
        names = {str(number): name for number, name in enumerate(names)}
    if not isinstance(names, dict):
        return None
    if not all(isinstance(name, str) and _NUMBER.fullmatch(str(number)) for number, name in names.items()):
        raise InvalidFile(f"In '{file}', `names` is neither a list of names nor names by number.")
    return {int(number): name for number, name in names.items()}
