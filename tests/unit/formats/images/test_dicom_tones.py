from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from pydicom.dataset import Dataset
from pydicom.uid import UID, ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

from core.formats.images.dicom import describe, frame_png, raw_frame
from core.formats.images.dicom_tones import Window
from core.formats.images.errors import Unreadable
from tests.unit.formats.images.files import a_dicom, opened

FIVE = np.array([[0, 100, 200, 300, 400]], "<u2")


def row(data: bytes, frame: int = 0, window: tuple[float, float] | None = None) -> list[Any]:
    """The first row of a frame's PNG: of gray levels, or of lists of red, green and blue."""
    found: list[Any] = np.asarray(opened(frame_png(data, frame, window)))[0].tolist()
    return found


def a_lut(values: list[int], first: int, bits: int) -> Dataset:
    item = Dataset()
    item.LUTDescriptor = [len(values), first, bits]
    item.LUTData = np.array(values, "<u2").tobytes()
    item["LUTDescriptor"].VR, item["LUTData"].VR = "US", "OW"
    return item


def an_item(**elements: object) -> Dataset:
    item = Dataset()
    for keyword, value in elements.items():
        setattr(item, keyword, value)
    return item


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        ("LINEAR", [0, 1, 128, 255, 255]),  # 255 * ((100 - 199.5) / 200 + 0.5) = 0.6; white from 299.5 on
        ("LINEAR_EXACT", [0, 1, 128, 254, 255]),  # 255 * ((300 - 200) / 201 + 0.5) = 254.4
        ("SIGMOID", [5, 31, 128, 224, 250]),  # 255 / (1 + exp(4 * 100 / 201)) = 30.7
    ],
)
def test_a_window_has_three_functions(function: str, expected: list[int]) -> None:
    data = a_dicom(FIVE, WindowCenter=200, WindowWidth=201, VOILUTFunction=function)
    assert row(data) == expected


def test_a_window_of_one_value_is_a_threshold() -> None:
    assert row(a_dicom(FIVE, WindowCenter=200, WindowWidth=1)) == [0, 0, 255, 255, 255]


def test_the_window_that_is_asked_for_comes_first() -> None:
    data = a_dicom(FIVE, WindowCenter=[200, 50], WindowWidth=[1, 7], WindowCenterWidthExplanation=["A", "B"])
    assert describe(data).windows == (Window(200, 1, "A"), Window(50, 7, "B"))
    assert row(data) == [0, 0, 255, 255, 255]
    assert row(data, window=(300, 1)) == [0, 0, 0, 255, 255]


def test_a_window_that_makes_no_sense_is_left_out() -> None:
    data = a_dicom(FIVE, WindowCenter=[200, 100], WindowWidth=[0, 9])
    assert describe(data).windows == (Window(100, 9, ""),)


def test_windows_are_about_rescaled_values() -> None:
    data = a_dicom(FIVE, RescaleSlope="0.5", RescaleIntercept="-50", WindowCenter=50, WindowWidth=1)
    assert (describe(data).slope, describe(data).intercept) == (0.5, -50)
    assert row(data) == [0, 0, 255, 255, 255]


def test_a_slope_below_zero_turns_dark_into_bright() -> None:
    assert row(a_dicom(FIVE, RescaleSlope="-1", RescaleIntercept="0")) == [255, 191, 128, 64, 0]


def test_the_least_value_may_be_white() -> None:
    data = a_dicom(FIVE, PhotometricInterpretation="MONOCHROME1")
    assert describe(data).inverted
    assert row(data) == [255, 191, 128, 64, 0]


def test_pixels_that_only_fill_the_rectangle_do_not_count() -> None:
    pixels = np.array([[-2000, 0, 100, 200, 3000]], "<i2")
    assert row(a_dicom(pixels, PixelPaddingValue=-2000)) == [0, 0, 8, 17, 255]
    data = a_dicom(pixels[:, :4], PixelPaddingValue=-3000, PixelPaddingRangeLimit=-1)
    assert row(data) == [0, 0, 128, 255]


@pytest.mark.parametrize("syntax", [ImplicitVRLittleEndian, ExplicitVRLittleEndian])
def test_a_table_may_stand_for_the_window(syntax: UID) -> None:
    table = a_lut([0, 1023, 512], first=100, bits=10)
    data = a_dicom(np.array([[0, 100, 101, 102, 999]], "<u2"), syntax, VOILUTSequence=[table])
    assert row(data) == [0, 0, 255, 128, 128]


def test_a_table_may_stand_for_the_slope() -> None:
    table = a_lut([7, 50_000, 300], first=1, bits=16)
    data = a_dicom(
        np.array([[0, 1, 2, 3, 9]], "<i2"), ModalityLUTSequence=[table], WindowCenter=300, WindowWidth=1
    )
    assert (describe(data).slope, describe(data).intercept, describe(data).signed) == (1, 0, False)
    assert np.frombuffer(raw_frame(data, 0), "<u2").tolist() == [7, 7, 50_000, 300, 300]
    assert row(data) == [0, 0, 255, 255, 255]


def test_a_table_without_all_its_entries_is_refused() -> None:
    table = a_lut([7, 8, 9], first=0, bits=16)
    table.LUTDescriptor = [400, 0, 16]
    with pytest.raises(Unreadable, match="has 3 of 400 entries"):
        frame_png(a_dicom(FIVE, VOILUTSequence=[table]), 0)


def test_each_frame_may_have_its_own_window_and_slope() -> None:
    frames = [
        an_item(
            FrameVOILUTSequence=[an_item(WindowCenter=center, WindowWidth=1)],
            PixelValueTransformationSequence=[an_item(RescaleSlope=slope, RescaleIntercept=0)],
        )
        for center, slope in ((100, 1), (900, 3))
    ]
    data = a_dicom(
        FIVE, NumberOfFrames=2, PixelData=FIVE.tobytes() * 2, PerFrameFunctionalGroupsSequence=frames
    )
    assert row(data, 0) == [0, 255, 255, 255, 255]
    assert row(data, 1) == [0, 0, 0, 255, 255]
    assert describe(data).windows == (Window(100, 1, ""),)


def test_all_frames_may_share_a_window() -> None:
    shared = an_item(FrameVOILUTSequence=[an_item(WindowCenter=300, WindowWidth=1)])
    assert row(a_dicom(FIVE, SharedFunctionalGroupsSequence=[shared])) == [0, 0, 0, 255, 255]


def a_palette_image(
    pixels: NDArray[np.generic], entries: int, bits: int, *tables: bytes, kind: str = ""
) -> bytes:
    """Stored values from 2 on choose from three tables, of red, green and blue."""
    elements: dict[str, object] = {"PhotometricInterpretation": "PALETTE COLOR"}
    for colour, table in zip(("Red", "Green", "Blue"), tables, strict=True):
        elements[f"{colour}PaletteColorLookupTableDescriptor"] = [entries, 2, bits]
        elements[f"{kind}{colour}PaletteColorLookupTableData"] = table
    return a_dicom(pixels, ExplicitVRLittleEndian, **elements)


@pytest.mark.parametrize("width", ["u1", "<u2"])
def test_palettes_of_eight_bits(width: str) -> None:
    tables = [np.array(table, width).tobytes() for table in ([9, 255], [10, 0], [11, 128])]
    data = a_palette_image(np.array([[0, 2, 3, 200]], "u1"), 2, 8, *tables)
    found = describe(data)
    assert (found.bits, found.samples, found.photometric) == (8, 3, "PALETTE COLOR")
    assert row(data) == [[9, 10, 11], [9, 10, 11], [255, 0, 128], [255, 0, 128]]
    assert raw_frame(data, 0) == bytes([9, 10, 11, 9, 10, 11, 255, 0, 128, 255, 0, 128])


def test_palettes_of_sixteen_bits_keep_the_upper_eight() -> None:
    tables = [np.array(table, "<u2").tobytes() for table in ([0, 0xFFFF], [0x80FF, 0x100], [0xFF00, 0])]
    assert row(a_palette_image(np.array([[2, 3]], "<u2"), 2, 16, *tables)) == [[0, 128, 255], [255, 1, 0]]


def test_palettes_may_be_runs_and_straight_lines() -> None:
    segments = np.array([0, 2, 10 << 8, 20 << 8, 1, 4, 60 << 8, 0, 1, 5 << 8], "<u2").tobytes()
    data = a_palette_image(np.arange(2, 9, dtype="u1")[None], 7, 16, *[segments] * 3, kind="Segmented")
    assert [red for red, _, _ in row(data)] == [10, 20, 30, 40, 50, 60, 5]


def test_a_palette_that_repeats_itself_is_refused() -> None:
    segments = np.array([0, 1, 1 << 8, 2, 1, 0, 0], "<u2").tobytes()
    with pytest.raises(Unreadable, match="repeats segments"):
        frame_png(a_palette_image(np.array([[2]], "u1"), 2, 16, *[segments] * 3, kind="Segmented"), 0)


def test_big_endian_values_are_as_bright() -> None:
    data = a_dicom(FIVE.astype(">u2"), ExplicitVRBigEndian)
    assert row(data) == [0, 64, 128, 191, 255]
    assert np.frombuffer(raw_frame(data, 0), "<u2").tolist() == FIVE[0].tolist()
