import io
import struct
import zipfile

import pytest

from core.domain.errors import InvalidFile
from core.formats.record_values import Misread
from core.formats.zips import Archive, archive

DIRECTORY_SIZE = 12
"""Where the record at the end of an archive says how long the table of contents is."""


def _zip(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as written:
        for name, content in files.items():
            written.writestr(name, content)
    return data.getvalue()


def _opened(data: bytes) -> Archive:
    return Archive(io.BytesIO(data), ".txt", ".xml")


def test_only_the_files_that_are_asked_for_are_there() -> None:
    names = ("b/a.TXT", "a.jpg", "__MACOSX/b/._a.txt", "b/._c.xml", "labels\\d.txt", "c.xml")
    found = _opened(_zip({name: name.encode() for name in names}))
    assert found.names == ("b/a.TXT", "labels/d.txt", "c.xml")
    assert found.read("labels/d.txt") == b"labels\\d.txt"


@pytest.mark.parametrize("data", [b"", b"no archive", _zip({"a.txt": b"1"})[:-9], b"PK\5\6" + b"\xff" * 18])
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidFile, match="zip"):
        _opened(data)


def test_a_file_that_would_fill_the_memory_is_refused() -> None:
    bomb = _zip({"a.txt": bytes(archive.MAX_FILE_BYTES + 1)})
    assert len(bomb) < 20_000
    with pytest.raises(InvalidFile, match=r"'a.txt' has more than 16,777,216 bytes"):
        _opened(bomb)


def test_a_file_is_no_longer_than_it_says() -> None:
    data = _zip({"a.txt": bytes(1_000_000)})
    told = struct.pack("<L", 1_000_000)
    with pytest.raises(Misread, match="damaged"):
        _opened(data.replace(told, struct.pack("<L", 10))).read("a.txt")


def test_a_table_of_contents_that_would_fill_the_memory_is_not_read() -> None:
    data = bytearray(_zip({"a.txt": b"1"}))
    start = data.rindex(b"PK\5\6") + DIRECTORY_SIZE
    data[start : start + 4] = struct.pack("<L", archive.MAX_DIRECTORY_BYTES + 1)
    data[:0] = bytes(archive.MAX_DIRECTORY_BYTES + 1)
    with pytest.raises(InvalidFile, match="table of contents"):
        _opened(bytes(data))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (_zip({"a.txt": b"1"}, zipfile.ZIP_LZMA), "deflate"),
        (_zip({"a.txt": b"one"}, zipfile.ZIP_STORED).replace(b"one", b"two"), "damaged"),
        (_zip({"a.txt": b"1"}).replace(b"PK\1\2\x14\3\x14\0\0", b"PK\1\2\x14\3\x14\0\1"), "encrypted"),
    ],
)
def test_a_file_that_cannot_be_read_costs_only_itself(data: bytes, why: str) -> None:
    found = _opened(data)
    with pytest.raises(Misread, match=why):
        found.read("a.txt")


def test_a_long_file_can_be_read_as_a_stream() -> None:
    data = _zip({"a.txt": b"one\ntwo\n" * 9})
    found = Archive(io.BytesIO(data), ".txt", file_bytes_max=72)
    assert found.open("a.txt").readlines()[:2] == [b"one\n", b"two\n"]
    with pytest.raises(InvalidFile, match="more than 71 bytes"):
        Archive(io.BytesIO(data), ".txt", file_bytes_max=71)


def test_a_stream_that_is_damaged_says_so() -> None:
    data = _zip({"a.txt": b"one\ntwo\n"}, zipfile.ZIP_STORED).replace(b"two", b"2wo")
    with pytest.raises(InvalidFile, match="The archive is damaged"):
        _opened(data).open("a.txt").read()
