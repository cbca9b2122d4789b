import pytest

from core.domain.errors import Invalid
from core.domain.imports import ImportAs
from core.domain.kinds import Kind
from core.domain.projects import Data, DataType
from core.logic.projects.data import check_data

IMAGES, TEXTS = Kind.OBJECT_DETECTION, Kind.TEXT_MULTICLASS
MAPPING = {"image": "image_url", "category": "label"}


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (IMAGES, Data("data", "photos/**")),
        (TEXTS, Data("data", "posts/**")),
        (TEXTS, Data("data", "news/*.csv", DataType.TABULAR)),
        (TEXTS, Data("data", "news/*.csv", DataType.TABULAR, columns=("title", "body"))),
        (IMAGES, Data("data", "tables/cats", DataType.MLTABLE, columns={"image": "image_url"})),
        (
            IMAGES,
            Data("data", "tables/cats/", DataType.MLTABLE, columns=MAPPING, import_as=ImportAs.LABELS),
        ),
    ],
)
def test_data_that_fit(kind: Kind, data: Data) -> None:
    check_data(kind, data)


@pytest.mark.parametrize(
    ("kind", "data", "field"),
    [
        (IMAGES, Data("data", "../photos"), "path"),
        (IMAGES, Data("data", "news/*.csv", DataType.TABULAR), "data.type"),
        (TEXTS, Data("data", "tables/cats", DataType.MLTABLE), "data.type"),
        (IMAGES, Data("data", "tables/**", DataType.MLTABLE, columns=MAPPING), "data.path"),
        (IMAGES, Data("data", "photos/**", columns=("title",)), "data.columns"),
        (TEXTS, Data("data", "news/*.csv", DataType.TABULAR, columns={"image": "x"}), "data.columns"),
        (TEXTS, Data("data", "news/*.csv", DataType.TABULAR, columns=()), "data.columns"),
        (TEXTS, Data("data", "news/*.csv", DataType.TABULAR, columns=("a", "a")), "data.columns"),
        (IMAGES, Data("data", "tables", DataType.MLTABLE, columns={"category": "label"}), "data.columns"),
        (
            IMAGES,
            Data("data", "tables", DataType.MLTABLE, columns={**MAPPING, "mask": "m"}),
            "data.columns",
        ),
        (IMAGES, Data("data", "photos/**", import_as=ImportAs.LABELS), "data.import_as"),
        (
            IMAGES,
            Data("data", "tables", DataType.MLTABLE, columns={"image": "i"}, import_as=ImportAs.PRELABELS),
            "data.import_as",
        ),
        (
            IMAGES,
            Data("data", "tables", DataType.MLTABLE, columns=MAPPING, import_as=ImportAs.CONSENSUS),
            "data.import_as",
        ),
    ],
)
def test_data_that_do_not_fit_name_the_field(kind: Kind, data: Data, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        check_data(kind, data)
    assert caught.value.fields["field"] == field
