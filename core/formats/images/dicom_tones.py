"""From stored values to what a screen shows: modality, window, palette (PS3.3 C.7.6.3, C.11.1 and C.11.2)."""

import math
from collections.abc import MutableSequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from core.formats.images.dicom_header import Header
from core.formats.images.errors import Unreadable
from core.formats.images.tones import Tone, extremes, linear, mapped, screen

if TYPE_CHECKING:  # numpy and pydicom take a fifth of a second of a cold start
    import numpy as np
    from numpy.typing import NDArray
    from pydicom.dataset import Dataset

    Values = NDArray[np.float64]
    Pixels = NDArray[np.generic]
    Bytes = NDArray[np.uint8]


class Window(NamedTuple):
    """Which values are spread from black to white, in units after rescaling, and what it is called."""

    center: float
    width: float
    name: str


@dataclass(frozen=True, slots=True)
class _Lut:
    """A lookup table: the output for the value `first`, the next one, and so on; the ends hold beyond."""

    table: "NDArray[np.uint16]"
    first: int
    bits: int

    def __call__(self, values: "Values") -> "Values":
        import numpy as np

        return self.table[np.clip(values - self.first, 0, len(self.table) - 1).astype(np.int64)].astype(float)


def rescale(header: Header, frame: int) -> tuple[float, float]:
    """Slope and intercept of a frame: 1 and 0 where the file has none, or has a lookup table instead."""
    if header.tags.get("ModalityLUTSequence"):
        return 1.0, 0.0
    tags = _group(header.tags, frame, "PixelValueTransformationSequence")
    return _number(tags, "RescaleSlope") or 1.0, _number(tags, "RescaleIntercept") or 0.0


def modality(header: Header, frame: int) -> Tone:
    """What makes of stored values those that windows are about."""
    sequence = header.tags.get("ModalityLUTSequence")
    if sequence:
        return _lut(header, sequence[0], "LUT")
    slope, intercept = rescale(header, frame)
    return lambda values: values * slope + intercept


def modality_table(header: Header) -> bool:
    """Whether a table makes of stored values those that windows are about, not slope and intercept."""
    return bool(header.tags.get("ModalityLUTSequence"))


def windows(header: Header, frame: int) -> tuple[Window, ...]:
    """The frame's windows in the file's order, without those that make no sense."""
    tags = _group(header.tags, frame, "FrameVOILUTSequence")
    centers, widths = _numbers(tags, "WindowCenter"), _numbers(tags, "WindowWidth")
    names = [str(name) for name in _several(tags.get("WindowCenterWidthExplanation"))]
    found = zip(centers, widths, [*names, *[""] * len(centers)], strict=False)
    return tuple(
        Window(center, width, name)
        for center, width, name in found
        if math.isfinite(center) and math.isfinite(width) and width > 0
    )


def gray(header: Header, stored: "Pixels", frame: int, window: tuple[float, float] | None) -> "Bytes":
    """Stored values on a screen: by this window, the file's first, its VOI table, or all there are."""
    to_units = modality(header, frame)
    to_light = _voi(header, stored, frame, window)
    if header.photometric == "MONOCHROME1":
        return screen(stored, lambda values: 1 - to_light(to_units(values)).clip(0, 1))
    return screen(stored, lambda values: to_light(to_units(values)))


def colours(header: Header, stored: "Pixels") -> "Bytes":
    """Stored values through the palette: RGB of shape (height, width, 3)."""
    import numpy as np

    names = (f"{colour}PaletteColorLookupTable" for colour in ("Red", "Green", "Blue"))
    return np.dstack([_channel(_lut(header, header.tags, name), stored) for name in names])


def _channel(lut: _Lut, stored: "Pixels") -> "Bytes":
    import numpy as np

    step = 256 if lut.table.max() > 255 else 1  # many tables are said to have 16 bits and have 8
    return mapped(stored, lambda values: lut(values) // step, np.uint8)


def _voi(header: Header, stored: "Pixels", frame: int, window: tuple[float, float] | None) -> Tone:
    tags = _group(header.tags, frame, "FrameVOILUTSequence")
    if window:
        return _windowed(*window, "LINEAR")
    for center, width, _ in windows(header, frame):
        return _windowed(center, width, str(tags.get("VOILUTFunction") or "LINEAR"))
    sequence = tags.get("VOILUTSequence")
    if sequence:
        lut = _lut(header, sequence[0], "LUT")
        return lambda values: lut(values) / (2**lut.bits - 1)
    import numpy as np

    low, high = modality(header, frame)(np.array(extremes(_without_padding(header, stored))))
    return linear(min(low, high), max(low, high))


def _windowed(center: float, width: float, function: str) -> Tone:
    """The three functions of C.11.2.1."""
    import numpy as np

    if function == "SIGMOID":
        return lambda values: 1 / (1 + np.exp(np.clip(-4 * (values - center) / width, -700, 700)))
    if function == "LINEAR_EXACT":
        return lambda values: (values - center) / width + 0.5
    if width <= 1:
        return lambda values: np.where(values <= center - 0.5, 0.0, 1.0)
    return lambda values: (values - (center - 0.5)) / (width - 1) + 0.5


def _without_padding(header: Header, stored: "Pixels") -> "Pixels":
    """The pixels that are not there merely to fill the rectangle, or all if none are left (C.7.5.1.1.2)."""
    import numpy as np

    padding = _number(header.tags, "PixelPaddingValue")
    if padding is None:
        return stored
    limit = _number(header.tags, "PixelPaddingRangeLimit")
    low, high = sorted((padding, padding if limit is None else limit))
    kept = stored[np.less(stored, low) | np.greater(stored, high)]
    return kept.reshape(1, -1) if kept.size else stored


def _lut(header: Header, item: "Dataset", name: str) -> _Lut:
    """A table of the header: `<name>Descriptor` says how many entries, for which values, of how many bits."""
    import numpy as np

    entries, first, bits = (int(number) for number in item[f"{name}Descriptor"].value)
    entries = entries or 1 << 16
    if header.signed and first >= 1 << 15:
        first -= 1 << 16
    segmented = f"Segmented{name}Data"
    keyword = segmented if segmented in item else f"{name}Data"
    data = item.get_item(keyword).value if keyword in item else None
    if not isinstance(data, bytes):
        raise Unreadable("It has a lookup table without data.")
    wide = "<u2" if header.syntax.is_little_endian else ">u2"
    narrow = bits <= 8 and (keyword == segmented or len(data) < 2 * entries)
    table = np.frombuffer(data[: len(data) // 2 * 2], "u1" if narrow else wide).astype(np.uint16)
    if keyword == segmented:
        table = _joined(table, entries)
    if len(table) < entries or not 0 < bits <= 16:
        raise Unreadable(f"Its lookup table has {len(table):,} of {entries:,} entries of {bits} bits.")
    return _Lut(table[:entries], first, bits)


def _joined(segments: "NDArray[np.uint16]", entries: int) -> "NDArray[np.uint16]":
    """A table that is stored as runs of values (0) and straight lines to a value (1) (C.7.9.2)."""
    import numpy as np

    made, at = [0], 0
    while at + 2 < len(segments) and len(made) <= entries:
        kind, length = int(segments[at]), int(segments[at + 1])
        if kind == 0:
            made += segments[at + 2 : at + 2 + length].tolist()
            at += 2 + length
        elif kind == 1:
            last, to = made[-1], int(segments[at + 2])
            made += [round(last + (to - last) * step / length) for step in range(1, length + 1)]
            at += 3
        else:
            raise Unreadable("Its palette repeats segments of itself, which is not read.")
    return np.array(made[1:], np.uint16)


def _group(tags: "Dataset", frame: int, keyword: str) -> "Dataset":
    """The item that speaks of a frame: its own, that of all frames, or the header (C.7.6.16)."""
    frames = tags.get("PerFrameFunctionalGroupsSequence") or ()
    own = frames[frame : frame + 1]
    for group in (*own, *(tags.get("SharedFunctionalGroupsSequence") or ())):
        sequence = group.get(keyword)
        if sequence:
            item: Dataset = sequence[0]
            return item
    return tags


def _number(tags: "Dataset", keyword: str) -> float | None:
    return next((number for number in _numbers(tags, keyword) if math.isfinite(number)), None)


def _numbers(tags: "Dataset", keyword: str) -> list[float]:
    return [float(str(value)) for value in _several(tags.get(keyword))]


def _several(value: object) -> list[object]:
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, MutableSequence) else [value]
