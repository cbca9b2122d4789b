"""What an image is, from the first bytes of its file."""

from core.domain.items import ImageInfo
from core.formats.images.contents import Content, content_of
from core.formats.images.dicom import describe_header
from core.formats.images.errors import CUT_OFF, NeedsMore, Unreadable, check_grid
from core.formats.images.layout import is_whole, layout_of
from core.formats.images.pictures import open_picture, orientation_of, upright_size

_SHOWN_BY_BROWSERS = frozenset({Content.JPEG, Content.PNG, Content.BMP})


def inspect_image(path: str, data: bytes, whole: bool) -> ImageInfo:
    """What the image is. `data` is the file's first bytes (`HEADER_BYTES`), or all of it if `whole`.

    The name matters only in what is said of a file that is no image, and in that .dcm must be DICOM. `native`
    is false for TIFF, DICOM, CMYK, 16 bits a channel, and a turned PNG, which browsers do not agree on.

    Raises NeedsMore if these first bytes do not tell, and Unreadable for what nobody could label. A file that
    is cut off is found only when it is `whole`; one whose pixels are corrupt, not before it is decoded.
    """
    content = content_of(path, data)
    if content is Content.DICOM:
        return describe_header(data, whole)
    layout = layout_of(content, data, whole)
    if layout is None:
        raise Unreadable(CUT_OFF) if whole else NeedsMore
    check_grid(layout.width, layout.height, layout.pages)
    if whole and not is_whole(content, data):
        raise Unreadable(CUT_OFF)
    try:
        image = open_picture(content, data)
    except Unreadable:
        if whole:
            raise
        raise NeedsMore from None
    orientation = orientation_of(image)
    width, height = upright_size(image, orientation)
    check_grid(width, height)
    shown = content in _SHOWN_BY_BROWSERS and image.mode != "CMYK"
    plain = content is not Content.PNG or (layout.bits <= 8 and orientation == 1)
    return ImageInfo(width, height, orientation, layout.pages, native=shown and plain)
