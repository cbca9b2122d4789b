"""The YAML file `MLTable`: which files hold a table, and how to read them.

After learn.microsoft.com/azure/machine-learning/reference-yaml-mltable. Delimited text, JSON lines and
Parquet are read, `keep_columns` and `drop_columns` obeyed; types of columns do not matter to labels, and the
file a row came from is never made a column.

Two things differ from Azure ML. A quoted cell may span lines with or without `support_multi_line`. And
whatever `invalid_lines` says, a line that is no JSON is refused by itself: it ends nothing and is told of.
"""

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, BinaryIO

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from core.domain.errors import InvalidFile
from core.domain.transfers import Refusal
from core.formats.complaints import why
from core.formats.record_values import shown
from core.formats.tables import delimited, parquet
from core.formats.tables.encodings import checked_encoding
from core.formats.tables.json_lines import read_lines
from core.formats.tables.rows import Row

SPEC_BYTES_MAX = 64 * 1024


class PathSort(StrEnum):
    """What a path names: one file, all in a folder and below it, or all that match."""

    FILE = "file"
    FOLDER = "folder"
    PATTERN = "pattern"


@dataclass(frozen=True, slots=True)
class TablePath:
    """Where files of the table are: an address with `://`, or a path relative to the MLTable's folder."""

    sort: PathSort
    location: str

    @property
    def is_address(self) -> bool:
        """Whether it tells the place by itself."""
        return "://" in self.location


class Reader(StrEnum):
    """What kind of files they are."""

    DELIMITED = "read_delimited"
    JSON_LINES = "read_json_lines"
    PARQUET = "read_parquet"


class Header(StrEnum):
    """Which files begin with the names of the columns."""

    NONE = "no_header"
    FIRST = "from_first_file"
    SAME = "all_files_same_headers"
    DIFFERENT = "all_files_different_headers"


@dataclass(frozen=True, slots=True)
class Choice:
    """Columns that are kept, or else dropped."""

    keep: bool
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class TableSpec:
    """What an MLTable says. `encoding` is a name that Python knows."""

    paths: tuple[TablePath, ...]
    reader: Reader
    encoding: str = "utf-8"
    delimiter: str = ","
    header: Header = Header.SAME
    choices: tuple[Choice, ...] = ()


def parse(data: bytes) -> TableSpec:
    """What these bytes of YAML say. Raises InvalidFile, which names what is wrong or not supported."""
    document = _yaml(data)
    try:
        return _spec(_Document.model_validate(document))
    except ValidationError as error:
        raise InvalidFile(f"The MLTable cannot be read: {why(error)}.") from error


class TableReader:
    """Reads the files of one table, one after another."""

    def __init__(self, spec: TableSpec) -> None:
        self._spec = spec
        self._names: Sequence[str] | None = None

    def rows(self, file: BinaryIO) -> Iterator[Row[object] | Refusal]:
        """The rows of the next file, and a refusal for each that cannot be read.

        With a header in the first file alone, the first that has rows names the columns of the others.
        Raises InvalidFile.
        """
        for row in self._read(file):
            if isinstance(row, Refusal):
                yield row
                continue
            if self._names is None:
                self._names = tuple(row.columns)
            yield Row(row.number, _chosen(row.columns, self._spec.choices), row.line)

    def _read(self, file: BinaryIO) -> Iterator[Row[object] | Refusal]:
        spec = self._spec
        match spec.reader:
            case Reader.PARQUET:
                return parquet.read_rows(file)
            case Reader.JSON_LINES:
                return read_lines(file, encoding=spec.encoding)
            case Reader.DELIMITED:
                names = self._names if spec.header is Header.FIRST else None
                header = spec.header is not Header.NONE and names is None
                return delimited.read_rows(
                    file, delimiter=spec.delimiter, header=header, encoding=spec.encoding, names=names
                )


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Document(BaseModel):
    paths: list[dict[PathSort, Annotated[str, Field(min_length=1)]]] = Field(min_length=1, max_length=1_000)
    transformations: list[str | dict[str, object]] = []


class _Delimited(_Strict):
    delimiter: str = ","
    header: Header = Header.SAME
    encoding: str = "utf8"
    support_multi_line: bool = False
    empty_as_string: bool = False
    infer_column_types: object = True
    include_path_column: bool = False
    path_column: str | None = None


class _JsonLines(_Strict):
    encoding: str = "utf8"
    invalid_lines: str = "error"
    include_path_column: bool = False
    path_column: str | None = None


class _Parquet(_Strict):
    include_path_column: bool = False
    path_column: str | None = None


_NAMES = TypeAdapter(list[str])
_ENCODINGS = {"iso88591": "latin-1", "utf8bom": "utf-8-sig", "windows1252": "cp1252"}
_DEPTH_MAX = 20
_KEEP, _DROP, _CONVERT = "keep_columns", "drop_columns", "convert_column_types"
_SUPPORTED = ", ".join([*Reader, _KEEP, _DROP, _CONVERT])


def _yaml(data: bytes) -> object:
    import yaml  # here, for the cold start's sake

    if len(data) > SPEC_BYTES_MAX:
        raise InvalidFile(f"The MLTable has more than {SPEC_BYTES_MAX // 1024} KB; it is a short YAML file.")
    begins = yaml.FlowSequenceStartToken | yaml.FlowMappingStartToken
    begins |= yaml.BlockSequenceStartToken | yaml.BlockMappingStartToken
    ends = yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken | yaml.BlockEndToken
    depth = 0
    try:
        for token in yaml.scan(data):  # PyYAML takes a minute for a file of nothing but brackets
            depth += isinstance(token, begins) - isinstance(token, ends)
            if isinstance(token, yaml.AliasToken) or depth > _DEPTH_MAX:
                raise InvalidFile("The MLTable has YAML aliases (*name), or lists in lists without end.")
        return yaml.load(data, yaml.BaseLoader)  # noqa: S506 - it makes nothing but texts, lists and dicts
    except (yaml.YAMLError, RecursionError) as error:
        raise InvalidFile(f"The MLTable is no YAML: {shown(error)}") from error


def _spec(document: _Document) -> TableSpec:
    spec: TableSpec | None = None
    choices: list[Choice] = []
    for step in document.transformations:
        name, options = _step(step)
        if name in {_KEEP, _DROP}:
            names = _NAMES.validate_python([options] if isinstance(options, str) else options)
            choices.append(Choice(name == _KEEP, frozenset(names)))
        elif name in set(Reader) and spec is None:
            spec = _reading(Reader(name), options or {})
        elif name != _CONVERT:
            raise InvalidFile(
                f"The MLTable has '{shown(name)}'; supported are {_SUPPORTED}, one reader in all."
            )
    if spec is None:
        raise InvalidFile(f"The MLTable does not say how to read its files: by one of {', '.join(Reader)}.")
    paths = tuple(_path(sort, location) for path in document.paths for sort, location in path.items())
    return replace(spec, paths=paths, choices=tuple(choices))


def _step(step: str | Mapping[str, object]) -> tuple[str, object]:
    if isinstance(step, str):
        return step, {}
    if len(step) != 1:
        raise InvalidFile("A transformation of the MLTable has not one name: begin each with '- '.")
    return next(iter(step.items()))


def _reading(reader: Reader, options: object) -> TableSpec:
    match reader:
        case Reader.DELIMITED:
            read = _Delimited.model_validate(options)
            return TableSpec((), reader, _encoding(read.encoding), read.delimiter, read.header)
        case Reader.JSON_LINES:
            return TableSpec((), reader, _encoding(_JsonLines.model_validate(options).encoding))
        case Reader.PARQUET:
            _Parquet.model_validate(options)
            return TableSpec((), reader)


def _encoding(name: str) -> str:
    return checked_encoding(_ENCODINGS.get(name, name))


def _path(sort: PathSort, location: str) -> TablePath:
    if "://" in location:
        return TablePath(sort, location)
    relative = posixpath.normpath(location)
    if relative.startswith(("/", "..")) or "\\" in relative:
        raise InvalidFile(
            f"'{shown(location)}' is not in the folder of the MLTable, nor an address with '://'."
        )
    return TablePath(sort, relative)


def _chosen(columns: Mapping[str, object], choices: Sequence[Choice]) -> Mapping[str, object]:
    for choice in choices:
        columns = {name: value for name, value in columns.items() if (name in choice.names) is choice.keep}
    return columns
