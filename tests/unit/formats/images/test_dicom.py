import zlib

import numpy as np
import pytest
from numpy.typing import NDArray
from pydicom.encaps import encapsulate
from pydicom.uid import (
    MPEG4HP41,
    DeflatedExplicitVRLittleEndian,
    ExplicitVRLittleEndian,
    JPEGLosslessSV1,
    JPEGLSLossless,
    RLELossless,
)

from core.domain.items import ImageInfo
from core.formats.images.dicom import DicomImage, describe, frame_png, raw_frame
from core.formats.images.dicom_tones import Window
from core.formats.images.errors import HEADER_BYTES, NeedsMore, Unreadable
from core.formats.images.inspect import inspect_image
from tests.unit.formats.images.files import a_dicom, opened, pydicom_file
from tests.unit.formats.images.test_lossless_jpeg import encoded

ROW = np.array([[3, 1, 4, 1]], "u2")

SAME_PICTURE = [
    "MR_small_implicit.dcm",
    "MR_small_bigendian.dcm",
    "MR_small_padded.dcm",
    "MR_small_RLE.dcm",
    "MR_small_jp2klossless.dcm",
    "MR_small_jpeg_ls_lossless.dcm",
]


def shown(data: bytes, frame: int = 0) -> NDArray[np.uint8]:
    """The pixels of a frame's PNG."""
    return np.asarray(opened(frame_png(data, frame)))


def test_a_tomogram() -> None:
    data = pydicom_file("CT_small.dcm")
    stored = np.frombuffer(raw_frame(data, 0), "<i2")
    assert describe(data) == DicomImage(1, 128, 128, 16, True, 1, "MONOCHROME2", 1, -1024, (), False)
    assert stored[:3].tolist() == [175, 180, 166]
    assert (stored.min(), stored.max(), int(stored.sum(dtype=int))) == (128, 2191, 14_826_310)
    assert shown(data)[0, 0] == 6  # round(255 * (175 - 128) / (2191 - 128))


def test_a_resonance_tomogram_has_a_window() -> None:
    data = pydicom_file("MR_small.dcm")
    assert describe(data).windows == (Window(600, 1600, ""),)
    assert np.frombuffer(raw_frame(data, 0), "<i2")[:2].tolist() == [905, 1019]
    assert shown(data)[0, :2].tolist() == [176, 194]  # round(255 * ((905 - 599.5) / 1599 + 0.5)), and so on


def test_an_x_ray_may_be_stored_inverted() -> None:
    data = pydicom_file("dicomdirtests/77654033/CR1/6154")
    found = describe(data)
    assert (found.photometric, found.inverted, found.signed) == ("MONOCHROME1", True, False)
    assert np.frombuffer(raw_frame(data, 0), "<u2")[0] == 1994
    assert shown(data)[0, 0] == 131  # round(255 * (1 - (1994 * 0.684 + 200 - 1599.5) / 2799 - 0.5))


@pytest.mark.parametrize("name", SAME_PICTURE)
def test_one_picture_is_the_same_however_it_is_stored(name: str) -> None:
    plain, stored = pydicom_file("MR_small.dcm"), pydicom_file(name)
    assert describe(stored) == describe(plain)
    assert raw_frame(stored, 0) == raw_frame(plain, 0)
    assert frame_png(stored, 0) == frame_png(plain, 0)


def test_colours_are_eight_bits_each() -> None:
    data = pydicom_file("SC_rgb_rle_16bit_2frame.dcm")
    found = describe(data)
    assert (found.frames, found.bits, found.samples, found.width, found.height) == (2, 8, 3, 100, 100)
    frames = [np.frombuffer(raw_frame(data, frame), "u1").reshape(100, 100, 3) for frame in (0, 1)]
    assert frames[0][5, 50].tolist() == [255, 0, 0]
    assert np.array_equal(frames[1], 255 - frames[0])
    assert shown(data, 1)[5, 50].tolist() == [0, 255, 255]


@pytest.mark.parametrize("name", ["SC_rgb_rle.dcm", "SC_rgb_jpeg_gdcm.dcm", "SC_rgb_gdcm_KY.dcm"])
def test_bars_of_colour_stay_in_their_places(name: str) -> None:
    rows = shown(pydicom_file(name))
    assert rows[[5, 25, 45], 50].tolist() == [[255, 0, 0], [0, 255, 0], [0, 0, 255]]


@pytest.mark.parametrize("name", ["SC_rgb_jpeg_dcmtk.dcm", "SC_ybr_full_422_uncompressed.dcm"])
def test_luminance_and_chrominance_become_rgb(name: str) -> None:
    bars = shown(pydicom_file(name))[[5, 25, 45], 50].astype(int)
    assert np.abs(bars - np.diag([255, 255, 255])).max() <= 5  # the files are lossy


def test_every_frame_of_many_is_its_own() -> None:
    frames = np.arange(24, dtype="u1").reshape(4, 2, 3)
    data = a_dicom(frames[0], NumberOfFrames=4, PixelData=frames.tobytes())
    assert describe(data).frames == 4
    assert inspect_image("a.dcm", data, whole=True) == ImageInfo(3, 2, frames=4, native=False)
    for number, frame in enumerate(frames):
        assert np.frombuffer(raw_frame(data, number), "<u2").tolist() == frame.ravel().tolist()
    for number in (-1, 4):
        with pytest.raises(Unreadable, match=f"no frame {number}: they count from 0 to 3"):
            raw_frame(data, number)


def test_frames_of_single_bits_need_not_begin_at_a_byte() -> None:
    bits = np.array([[1, 0, 1], [0, 1, 1], [0, 0, 1], [1, 1, 0]], "u1")
    packed = np.packbits(bits, bitorder="little").tobytes()
    data = a_dicom(np.zeros((1, 3), "u1"), NumberOfFrames=4, PixelData=packed, BitsAllocated=1, BitsStored=1)
    assert [shown(data, frame)[0].tolist() for frame in range(4)] == (bits * 255).tolist()


def test_deep_values_have_a_png_but_no_raw_frame() -> None:
    data = a_dicom(np.array([[0, 1 << 30], [1 << 31, 3 << 30]], "u4"))
    assert describe(data).bits == 32
    assert shown(data).tolist() == [[0, 85], [170, 255]]
    with pytest.raises(Unreadable, match="32 bits a pixel, which only its PNG shows"):
        raw_frame(data, 0)


def test_unused_bits_do_not_count() -> None:
    data = a_dicom(np.array([[0xF001, 0x0FFF]], "u2"), BitsStored=12, HighBit=11)
    assert np.frombuffer(raw_frame(data, 0), "<u2").tolist() == [1, 0xFFF]


@pytest.mark.parametrize(("kind", "stored"), [("<u2", 12), ("<i2", 16), ("u1", 8)])
def test_lossless_jpeg(kind: str, stored: int) -> None:
    pixels = np.array([[0, 5, 9], [100, 77, 3]]).astype(kind) - (50 if kind == "<i2" else 0)
    coded = encoded(pixels.astype("u2")[..., None], stored, predictor=1)
    data = a_dicom(pixels, JPEGLosslessSV1, PixelData=encapsulate([coded]), BitsStored=stored)
    assert (
        np.frombuffer(raw_frame(data, 0), f"<{'i' if kind == '<i2' else 'u'}2").tolist()
        == pixels.ravel().tolist()
    )


def test_a_deflated_file_is_told_by_its_first_bytes_too() -> None:
    data = pydicom_file("image_dfl.dcm")
    assert inspect_image("a.dcm", data[:4_000], whole=False) == ImageInfo(512, 512, native=False)
    assert int(np.frombuffer(raw_frame(data, 0), "<u2").sum(dtype=int)) == 33_322_688


def test_a_file_without_its_preamble_is_read() -> None:
    data = pydicom_file("MR_small.dcm")
    assert inspect_image("a.dcm", data[132:], whole=True) == ImageInfo(64, 64, native=False)
    assert raw_frame(data[132:], 0) == raw_frame(data, 0)


def test_first_bytes_that_end_before_the_pixels_need_more() -> None:
    data = a_dicom(np.zeros((2, 3), "u2"), EncapsulatedDocument=bytes(70_000))
    with pytest.raises(NeedsMore):
        inspect_image("a.dcm", data[:HEADER_BYTES], whole=False)
    assert inspect_image("a.dcm", data, whole=True) == ImageInfo(3, 2, native=False)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "The file is empty."),
        (b"{}", "It is no DICOM file."),
        (pydicom_file("rtplan.dcm"), "It holds no pixels (DICOM: RT Plan Storage)."),
        (pydicom_file("MR_truncated.dcm"), "The file is cut off."),
        (pydicom_file("image_dfl.dcm")[:-9], "The file is cut off."),
        (
            pydicom_file("JPGExtended.dcm"),
            "There is no decoder for how its pixels are stored (12 bits, JPEG Extended (Process 2 and 4)).",
        ),
        (a_dicom(np.zeros((2, 3), "u2"), Rows=0), "It has no pixels: it is 3 wide and 0 high."),
        (
            a_dicom(np.zeros((2, 3), "u2"), Rows=65_535, Columns=65_535, NumberOfFrames=2_000_000_000),
            "It has 4,295 megapixels; at most 100 can be shown.",
        ),
        (
            a_dicom(np.zeros((2, 3), "u2"), NumberOfFrames=100_001),
            "It has 100,001 frames; at most 100,000 can be shown.",
        ),
        (a_dicom(np.zeros((2, 3), "u2"), NumberOfFrames=5), "Its pixels take 60 bytes; it has 12."),
        (
            a_dicom(np.zeros((2, 3), "u2"), SamplesPerPixel=4),
            "It has 4 samples a pixel; 1 or 3 can be shown.",
        ),
        (
            a_dicom(np.zeros((2, 3, 3), "u1"), PhotometricInterpretation="CMYK"),
            "Its colours are CMYK, which is not read.",
        ),
    ],
)
def test_what_cannot_be_shown_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as raised:
        frame_png(data, 0)
    assert str(raised.value) == reason


def test_a_video_says_what_it_is() -> None:
    data = a_dicom(np.zeros((2, 3), "u1"), MPEG4HP41, PixelData=encapsulate([b"\0\0\0\x18ftypmp42"]))
    with pytest.raises(Unreadable, match=r"no decoder .* MPEG-4 AVC/H.264 High Profile"):
        frame_png(data, 0)


def test_a_frame_of_another_size_than_the_header_says_is_not_decoded() -> None:
    coded = encoded(np.zeros((3, 4, 1), np.uint16), 8, predictor=1)
    data = a_dicom(np.zeros((3, 5), "u1"), JPEGLosslessSV1, PixelData=encapsulate([coded]))
    with pytest.raises(Unreadable, match=r"says 5 x 3 x 1, but the frame .* holds 4 x 3 x 1"):
        frame_png(data, 0)


def test_run_lengths_that_make_too_many_pixels_are_not_decoded() -> None:
    header = np.array([1, 64, *[0] * 14], "<u4").tobytes()
    bomb = header + b"\x81\0" * 1_000
    data = a_dicom(np.zeros((10, 10), "u1"), RLELossless, PixelData=encapsulate([bomb]))
    with pytest.raises(Unreadable, match="more than its header says"):
        frame_png(data, 0)


def test_a_frame_that_is_corrupt_says_so() -> None:
    data = a_dicom(np.zeros((10, 10), "u1"), JPEGLSLossless, PixelData=encapsulate([b"\xff\xd8\xff\xf7" * 9]))
    with pytest.raises(Unreadable, match="holds no image"):
        frame_png(data, 0)


def test_thousands_of_nested_sequences_are_refused() -> None:
    item = b"\x08\0\x40\x11SQ\0\0\xff\xff\xff\xff" + b"\xfe\xff\0\xe0\xff\xff\xff\xff"
    start = a_dicom(np.zeros((2, 3), "u2"), ExplicitVRLittleEndian)
    with pytest.raises(Unreadable, match="cannot be decoded"):
        frame_png(start[:132] + item * 3_000, 0)


def test_millions_of_items_are_refused() -> None:
    data = a_dicom(np.zeros((2, 3), "u2")) + b"\xfe\xff\0\xe0\0\0\0\0" * 300_001
    with pytest.raises(Unreadable, match="300,001 items"):
        frame_png(data, 0)


def test_a_deflated_bomb_is_not_inflated() -> None:
    start = a_dicom(np.zeros((2, 3), "u2"), DeflatedExplicitVRLittleEndian)[:400]
    meta = start[: start.index(b"1.2.840.10008.1.2.1.99") + 22]
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    bomb = b"".join(deflate.compress(bytes(1 << 20)) for _ in range(300)) + deflate.flush()
    with pytest.raises(Unreadable, match="It has 256 MiB; at most 256 can be decoded"):
        frame_png(meta + bomb, 0)
