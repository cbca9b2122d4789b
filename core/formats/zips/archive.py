"""Zip archives that somebody sent: read without trusting what they say of themselves."""

import io
import struct
import zipfile
import zlib
from typing import IO, TYPE_CHECKING, BinaryIO

from core.domain.errors import InvalidFile
from core.formats.record_values import Misread

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_DIRECTORY_BYTES = 64 * 1024 * 1024
"""An archive's table of contents is read whole; 500,000 files with names of usual length need less."""
MAX_FILES = 500_000
MAX_FILE_BYTES = 16 * 1024 * 1024
MAX_TOTAL_BYTES = 4 * 1024 * 1024 * 1024
"""Unpacked, and only of the files that are asked for."""

_BUFFER_BYTES = 256 * 1024
_ENCRYPTED = 0x1
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""The others ask for as much memory as the archive says."""
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, EOFError, OSError, ValueError)
"""What zipfile raises for archives that are cut off, changed or made up."""


class Archive:
    """An archive's files of one kind. `names` are in the archive's order."""

    def __init__(self, file: BinaryIO, *extensions: str, file_bytes_max: int = MAX_FILE_BYTES) -> None:
        """Only files with these extensions, such as `.txt`, are looked at.

        Raises InvalidFile for what is no archive, and for one with more in it than anybody labels.
        """
        try:
            self._archive = zipfile.ZipFile(_Careful(file))
        except _BROKEN as error:
            raise InvalidFile(f"This is no zip archive that can be read: {error}.") from error
        infos = self._archive.infolist()
        if len(infos) > MAX_FILES:
            raise InvalidFile(f"The archive has more than {MAX_FILES:,} files. Import it in several parts.")
        found = ((info.filename.replace("\\", "/"), info) for info in infos)
        self._files = {name: info for name, info in found if _is_wanted(name, extensions)}
        if sum(info.file_size for info in self._files.values()) > MAX_TOTAL_BYTES:
            raise InvalidFile(f"Unpacked, the archive has more than {MAX_TOTAL_BYTES:,} bytes.")
        for name, info in self._files.items():
            if info.file_size > file_bytes_max:
                raise InvalidFile(f"Unpacked, '{name}' has more than {file_bytes_max:,} bytes.")

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files."""
        return tuple(self._files)

    def read(self, name: str) -> bytes:
        """What is in a file. Raises Misread where that cannot be told."""
        info = self._readable(name)
        try:
            return self._archive.read(info)  # zipfile reads no more than the size that the table tells
        except _BROKEN as error:
            raise Misread("it is damaged; the archive was cut off or changed.") from error

    def open(self, name: str) -> BinaryIO:
        """What is in a file, as a stream that raises InvalidFile where it is damaged. Raises Misread."""
        info = self._readable(name)
        try:
            return io.BufferedReader(_Unpacked(self._archive.open(info)), _BUFFER_BYTES)
        except _BROKEN as error:
            raise Misread("it is damaged; the archive was cut off or changed.") from error

    def _readable(self, name: str) -> zipfile.ZipInfo:
        info = self._files[name]
        if info.flag_bits & _ENCRYPTED:
            raise Misread("it is encrypted.")
        if info.compress_type not in _METHODS:
            raise Misread("it is compressed otherwise than by deflate.")
        return info


def _is_wanted(name: str, extensions: tuple[str, ...]) -> bool:
    from_a_mac = name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith("._")
    return name.lower().endswith(extensions) and not from_a_mac


class _Careful:
    """A file that zipfile reads from. The one large piece it asks for at once is the table of contents."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = MAX_DIRECTORY_BYTES, /) -> bytes:
        if size > MAX_DIRECTORY_BYTES:
            raise InvalidFile(
                f"The archive's table of contents has more than {MAX_DIRECTORY_BYTES:,} bytes. "
                "Import it in several parts."
            )
        return self._file.read(size)


class _Unpacked(io.RawIOBase):
    """A file of an archive, unpacked as it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        view = memoryview(buffer).cast("B")
        try:
            data = self._file.read(len(view))
        except _BROKEN as error:
            raise InvalidFile(f"The archive is damaged: {error}.") from error
        view[: len(data)] = data
        return len(data)
