"""JPEG, PNG, BMP and TIFF through Pillow: opened, decoded, turned upright, in colours that a screen has."""

import io
from typing import TYPE_CHECKING

from core.formats.images.contents import Content
from core.formats.images.errors import CUT_OFF, Unreadable, check_grid, check_length, reading
from core.formats.images.layout import is_whole, layout_of
from core.logic.geometry.moves import ON_ITS_SIDE

if TYPE_CHECKING:  # Pillow takes a twentieth of a second of a cold start
    from PIL.Image import Image

_ORIENTATION = 0x0112
_MIN_IS_WHITE = 0
_PHOTOMETRIC = 0x0106


def open_picture(content: Content, data: bytes) -> "Image":
    """The image, not decoded yet. Raises Unreadable."""
    from PIL import Image, TiffImagePlugin, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # a warning and another error for what `check_grid` refuses before
    TiffImagePlugin.TiffImageFile  # noqa: B018  only its import makes Pillow know the format
    with reading(f"The {content} image"):
        try:
            return Image.open(io.BytesIO(data), formats=(content,))
        except UnidentifiedImageError as error:
            message = f"It is a {content} image that is corrupt, or of a kind that is not read."
            raise Unreadable(message) from error


def decode_picture(content: Content, data: bytes, at_least: int | None = None) -> tuple["Image", int]:
    """The image as it is stored, decoded, and the orientation that it still has to be given.

    With `at_least`, a JPEG may come smaller, though no side shorter than that many pixels: it decodes faster.
    Raises Unreadable for what is too large, cut off or corrupt.
    """
    check_length(data)
    layout = layout_of(content, data, whole=True)
    if layout is None:
        raise Unreadable(CUT_OFF)
    check_grid(layout.width, layout.height, layout.pages)
    if not is_whole(content, data):
        raise Unreadable(CUT_OFF)
    image = open_picture(content, data)
    check_grid(*image.size)
    orientation = orientation_of(image)
    with reading(f"The {content} image"):
        if at_least:
            image.draft(None, (at_least, at_least))
        image.load()
    return image, 1 if content is Content.TIFF else orientation  # Pillow turns a TIFF when it loads it


def orientation_of(image: "Image") -> int:
    """EXIF's orientation, 1 to 8; 1 where there is none that makes sense.

    XMP's does not count, because browsers do not look at it; Pillow does, so it is told.
    """
    from PIL import Image, TiffImagePlugin

    try:
        if isinstance(image, TiffImagePlugin.TiffImageFile):
            found = image.tag_v2.get(_ORIENTATION, 1)
            image.getexif()[_ORIENTATION] = found
        else:
            exif = Image.Exif()
            exif.load(image.info.get("exif", b""))
            found = exif.get(_ORIENTATION, 1)
    except Exception:  # Pillow raises nearly anything for EXIF that is corrupt
        return 1
    return found if found in range(1, 9) else 1


def upright_size(image: "Image", orientation: int) -> tuple[int, int]:
    """Width and height of the upright image, before it is decoded."""
    turned = orientation in ON_ITS_SIDE and image.format != Content.TIFF  # Pillow says a TIFF's upright
    return (image.height, image.width) if turned else (image.width, image.height)


def turned_upright(image: "Image", orientation: int) -> "Image":
    """The stored pixels as the upright image has them."""
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    return image.transpose(turns[orientation]) if orientation in turns else image


def for_a_screen(image: "Image") -> "Image":
    """The image with 1 or 8 bits a channel, in black and white, gray or RGB, with its alpha.

    Gray of more than 8 bits is spread from its darkest pixel to its brightest. CMYK becomes sRGB by the
    image's own ICC profile, or by Pillow's formula without one.
    """
    if image.mode in {"1", "L", "LA", "RGB", "RGBA"}:
        return image
    if image.mode == "CMYK":
        return _from_cmyk(image)
    if image.mode in {"I", "F"} or image.mode.startswith("I;16"):
        return _from_deep_gray(image)
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def colour_profile(image: "Image") -> bytes | None:
    """The ICC profile that still fits the image's channels, after `for_a_screen`."""
    profile: bytes | None = image.info.get("icc_profile")
    spaces = {"RGB": b"RGB ", "RGBA": b"RGB ", "L": b"GRAY", "LA": b"GRAY"}
    return profile if profile and profile[16:20] == spaces.get(image.mode) else None


def _from_cmyk(image: "Image") -> "Image":
    from PIL import ImageCms

    profile = io.BytesIO(image.info.get("icc_profile") or b"")
    try:
        shown = ImageCms.profileToProfile(
            image, ImageCms.ImageCmsProfile(profile), ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError):  # no profile, or none of inks
        shown = None
    return shown or image.convert("RGB")


def _from_deep_gray(image: "Image") -> "Image":
    import numpy as np
    from PIL import Image, ImageOps, TiffImagePlugin

    from core.formats.images.tones import spread

    shown = Image.fromarray(spread(np.asarray(image)))
    if isinstance(image, TiffImagePlugin.TiffImageFile) and image.tag_v2.get(_PHOTOMETRIC) == _MIN_IS_WHITE:
        return ImageOps.invert(shown)
    return shown
