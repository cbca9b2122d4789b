"""What pages show in place of an image: a PNG that every browser shows, and a thumbnail."""

import io
from dataclasses import dataclass

from core.formats.images.contents import Content, content_of
from core.formats.images.dicom import frame_image, frame_png
from core.formats.images.errors import reading
from core.formats.images.pictures import colour_profile, decode_picture, for_a_screen, turned_upright

THUMBNAIL_SIDE = 512
"""The longest side of a thumbnail, in pixels."""

_THUMBNAIL_QUALITY = 80


@dataclass(frozen=True, slots=True)
class Rendition:
    """A file for browsers."""

    data: bytes
    content_type: str


def render(path: str, data: bytes) -> Rendition:
    """The upright image as a PNG, on the pixel grid of its `ImageInfo`: the first page or frame, in 8 bits.

    Gray of more bits goes from its darkest pixel to its brightest, DICOM by its first window; colour of 16
    bits loses the lower eight. Needs up to 12 bytes a pixel. Raises Unreadable.
    """
    content = content_of(path, data)
    if content is Content.DICOM:
        return Rendition(frame_png(data, 0), "image/png")
    image, orientation = decode_picture(content, data)
    file = io.BytesIO()
    with reading(f"The {content} image"):
        upright = turned_upright(for_a_screen(image), orientation)
        upright.save(file, "PNG", compress_level=1, icc_profile=colour_profile(upright))
    return Rendition(file.getvalue(), "image/png")


def thumbnail(path: str, data: bytes) -> Rendition:
    """The upright image as a small WebP: no side above `THUMBNAIL_SIDE`, and never enlarged.

    Raises Unreadable.
    """
    content = content_of(path, data)
    if content is Content.DICOM:
        image, orientation = frame_image(data, 0), 1
    else:
        image, orientation = decode_picture(content, data, at_least=THUMBNAIL_SIDE)
    file = io.BytesIO()
    with reading(f"The {content} image"):
        from PIL.Image import Resampling

        shown = for_a_screen(image)
        shown = shown.convert("RGBA" if shown.has_transparency_data else "RGB")
        shown.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Resampling.LANCZOS)
        upright = turned_upright(shown, orientation)
        upright.save(file, "WEBP", quality=_THUMBNAIL_QUALITY, icc_profile=colour_profile(upright))
    return Rendition(file.getvalue(), "image/webp")
