"""Each of pydicom's own test files either shows or says why not."""

import io

import pydicom
import pytest

from core.formats.images.dicom import describe, frame_png
from core.formats.images.errors import Unreadable
from core.formats.images.inspect import inspect_image
from core.formats.images.renditions import THUMBNAIL_SIDE, thumbnail
from tests.unit.formats.images.files import PYDICOM_FILES, opened

FILES = sorted(str(file.relative_to(PYDICOM_FILES)) for file in PYDICOM_FILES.rglob("*") if file.is_file())

WHY_NOT = {
    "JPEG-lossy.dcm": "There is no decoder",
    "JPGExtended.dcm": "There is no decoder",
    "JPEG2000-embedded-sequence-delimiter.dcm": "the frame .* holds no image",
    "MR_truncated.dcm": "cut off",
    "badVR.dcm": "NumberOfFrames is no number",
    "meta_missing_tsyntax.dcm": "does not say BitsAllocated",
    "nested_priv_SQ.dcm": "does not say BitsAllocated",
}
"""Files with pixels that are not shown."""


def _size(data: bytes) -> tuple[int, int] | None:
    """Columns and rows, as pydicom reads them; None without pixels."""
    dataset = pydicom.dcmread(io.BytesIO(data), force=True)
    if "PixelData" not in dataset or "Rows" not in dataset:
        return None
    return int(dataset.Columns), int(dataset.Rows)


@pytest.mark.filterwarnings("ignore::UserWarning:pydicom")
@pytest.mark.parametrize("name", FILES)
def test_a_file_shows_or_says_why_not(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    data = (PYDICOM_FILES / name).read_bytes()
    size = None if name in WHY_NOT else _size(data)
    if size is None:
        with pytest.raises(Unreadable, match=WHY_NOT.get(name, "no pixels|no DICOM file")):
            frame_png(data, 0)
    else:
        found, info = describe(data), inspect_image("a.dcm", data, whole=True)
        assert opened(frame_png(data, found.frames - 1)).size == size
        assert (found.width, found.height) == (info.width, info.height) == size
        assert max(opened(thumbnail("a.dcm", data).data).size) == min(THUMBNAIL_SIDE, max(size))
    assert capfd.readouterr() == ("", "")


def test_there_are_files() -> None:
    assert len(FILES) > 150
    assert set(WHY_NOT) < set(FILES)
