"""Zip archives: written as a stream, and read with care."""

from core.formats.zips.archive import Archive
from core.formats.zips.names import original, safe_name
from core.formats.zips.packing import Files, from_spool, pack
from core.formats.zips.unpacking import unpack

__all__ = ["Archive", "Files", "from_spool", "original", "pack", "safe_name", "unpack"]
