"""Whether a project's data can be what it says."""

from core.domain.errors import Invalid
from core.domain.imports import ImportAs
from core.domain.kinds import Kind
from core.domain.projects import Data, DataType
from core.logic.paths import check_path

IMAGE, CATEGORY, CONFIDENCE = "image", "category", "confidence"
"""What the columns of an MLTable of images can be mapped to."""


def check_data(kind: Kind, data: Data) -> None:
    """Raises Invalid, naming the field, unless path, type, columns and import fit together and the kind."""
    check_path(data.path)
    if data.type is DataType.TABULAR and kind.is_image:
        raise Invalid("The rows of tables are texts: choose a kind of text.", field="data.type")
    if data.type is DataType.MLTABLE and not kind.is_image:
        raise Invalid("An MLTable names images here: choose a kind of image.", field="data.type")
    if data.type is DataType.MLTABLE and "*" in data.path:
        raise Invalid("An MLTable is one folder: a path without '*'.", field="data.path")
    _check_columns(data)
    if data.import_as is not None and not (isinstance(data.columns, dict) and CATEGORY in data.columns):
        raise Invalid("Labels come from an MLTable's category column: map one.", field="data.import_as")
    if data.import_as is ImportAs.CONSENSUS:
        raise Invalid("A new project has no votes: import labels or prelabels.", field="data.import_as")


def _check_columns(data: Data) -> None:
    columns = data.columns
    if columns is None:
        return
    if data.type is DataType.FILES:
        raise Invalid("Only tables have columns.", field="data.columns")
    if data.type is DataType.TABULAR and not isinstance(columns, tuple):
        raise Invalid("The columns that labelers see are a list of names.", field="data.columns")
    if data.type is DataType.MLTABLE:
        known = {IMAGE, CATEGORY, CONFIDENCE}
        if not isinstance(columns, dict) or IMAGE not in columns or not set(columns) <= known:
            raise Invalid(
                "Say which column is the 'image', and perhaps which are 'category' and 'confidence'.",
                field="data.columns",
            )
    if not columns or len(set(columns)) != len(columns):
        raise Invalid("At least one column is needed, and each once.", field="data.columns")
