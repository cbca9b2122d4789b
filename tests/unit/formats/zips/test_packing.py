import asyncio
import io
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from core.formats.zips import pack, packing


async def _chunks(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


def _packed(files: dict[str, bytes | list[bytes]]) -> bytes:
    async def given() -> AsyncIterator[tuple[str, bytes | AsyncIterator[bytes]]]:
        for name, content in files.items():
            yield name, content if isinstance(content, bytes) else _chunks(*content)

    async def collected() -> bytes:
        return b"".join([chunk async for chunk in pack(given())])

    return asyncio.run(collected())


def _unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@given(st.dictionaries(st.text("abé🌹/ ", min_size=1), st.binary() | st.lists(st.binary())))
def test_the_standard_library_reads_what_is_packed(files: dict[str, bytes | list[bytes]]) -> None:
    whole = {
        name: content if isinstance(content, bytes) else b"".join(content) for name, content in files.items()
    }
    assert _unpacked(_packed(files)) == whole


def test_equal_files_make_equal_bytes() -> None:
    assert _packed({"a": b"1", "b": [b"2"]}) == _packed({"a": b"1", "b": [b"2"]})


def test_more_files_than_fit_into_sixteen_bits() -> None:
    data = _packed({str(number): b"" for number in range(70_000)})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert len(archive.namelist()) == 70_000
        assert archive.read("69999") == b""


async def test_a_file_beyond_four_gigabytes_is_found(tmp_path: Path) -> None:
    entry, table = packing._Entry("far.txt", 5 * 1024**3), packing._Table()
    with (tmp_path / "sparse.zip").open("wb") as file:
        file.seek(5 * 1024**3)
        file.writelines([piece async for piece in entry.pieces(b"here")])
        table.add(entry.listed())
        file.writelines(table.pieces(file.tell()))
    with zipfile.ZipFile(tmp_path / "sparse.zip") as archive:
        assert archive.read("far.txt") == b"here"


def test_memory_does_not_grow_with_the_number_of_files() -> None:
    table = packing._Table()
    for number in range(10_000):
        table.add(packing._Entry(f"photos/{number}.txt", 150 * number).listed())
    assert sum(map(len, table._kept)) < 20 * 10_000
