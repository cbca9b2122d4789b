"""Every format that the API knows can be written, or read."""

import pytest

from core.domain.exports import Format
from core.domain.imports import ImportFormat
from core.domain.kinds import Kind
from core.formats.export_formats import WRITERS
from core.formats.import_formats import reader


@pytest.mark.parametrize("form", Format)
def test_every_format_is_written(form: Format) -> None:
    assert callable(WRITERS[form].write)


@pytest.mark.parametrize("form", ImportFormat)
def test_every_format_is_read(form: ImportFormat) -> None:
    assert callable(reader(form))


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_can_leave_as_a_table_and_as_what_its_field_uses(kind: Kind) -> None:
    able = {form for form, writer in WRITERS.items() if kind in writer.kinds}
    assert {Format.CSV, Format.JSONL, Format.MLTABLE} <= able
    assert (Format.COCO in able) == kind.is_image
    assert (Format.CONLL in able) == (kind is Kind.TEXT_NER)
