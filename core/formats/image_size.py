"""The size of an image from its first bytes: pixels of the upright image, EXIF orientation applied."""

import io

HEADER_BYTES = 64 * 1024
"""Nearly every image tells its size in so many bytes."""

_ORIENTATIONS_ON_THEIR_SIDE = frozenset({5, 6, 7, 8})


def image_size(path: str, data: bytes) -> tuple[int, int] | None:
    """Width and height, or None when these bytes do not tell."""
    if path.lower().endswith((".dcm", ".dicom")):
        return _dicom_size(data)
    from PIL import ExifTags, Image, UnidentifiedImageError  # here, for the cold start's sake

    try:
        with Image.open(io.BytesIO(data)) as image:
            on_its_side = image.getexif().get(ExifTags.Base.Orientation) in _ORIENTATIONS_ON_THEIR_SIDE
            return (image.height, image.width) if on_its_side else (image.width, image.height)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None  # Pillow raises any of these for a header that is cut off or corrupt


def _dicom_size(data: bytes) -> tuple[int, int] | None:
    import pydicom  # here, for the cold start's sake: a tenth of a second
    from pydicom.errors import InvalidDicomError

    try:
        header = pydicom.dcmread(io.BytesIO(data), stop_before_pixels=True, specific_tags=["Rows", "Columns"])
        return int(header.Columns), int(header.Rows)
    except (InvalidDicomError, AttributeError, EOFError, OSError, ValueError):
        return None  # cut off, corrupt, or no image in it
