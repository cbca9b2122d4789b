import asyncio
import io
import zipfile
from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.errors import InvalidFile
from core.formats.zips import pack, unpack

Files = dict[str, bytes | list[bytes]]
NAMES = st.text("abé🌹/ ", min_size=1)


async def _chunks(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


async def _packed(files: Files) -> bytes:
    async def given() -> AsyncIterator[tuple[str, bytes | AsyncIterator[bytes]]]:
        for name, content in files.items():
            yield name, content if isinstance(content, bytes) else _chunks(*content)

    return b"".join([chunk async for chunk in pack(given())])


async def _unpacked(data: bytes, size: int) -> dict[str, bytes]:
    pieces = (data[at : at + size] for at in range(0, len(data), size))
    return {
        name: b"".join([piece async for piece in content]) async for name, content in unpack(_chunks(*pieces))
    }


def _whole(files: Files) -> dict[str, bytes]:
    return {
        name: content if isinstance(content, bytes) else b"".join(content) for name, content in files.items()
    }


@given(st.dictionaries(NAMES, st.binary() | st.lists(st.binary()), min_size=1), st.integers(1, 300))
def test_what_is_packed_comes_back_however_it_is_cut_up(files: Files, size: int) -> None:
    async def there_and_back() -> dict[str, bytes]:
        return await _unpacked(await _packed(files), size)

    assert asyncio.run(there_and_back()) == _whole(files)


async def test_a_file_far_larger_than_its_packed_form_comes_in_pieces() -> None:
    packed = await _packed({"zeros": [bytes(1_000_000)] * 20, "after": b"it"})
    assert len(packed) < 30_000
    pieces = [len(piece) async for _, content in unpack(_chunks(packed)) async for piece in content]
    assert sum(pieces) == 20_000_002
    assert max(pieces) <= 256 * 1024


async def test_what_is_not_read_is_passed_over() -> None:
    packed = await _packed({"a": b"one" * 1000, "b": [b"two"] * 1000, "c": b"three"})
    assert [name async for name, _ in unpack(_chunks(packed))] == ["a", "b", "c"]


FILES: Files = {"a": bytes(range(256)) * 10, "b": [b"streamed", bytes(100)]}


async def test_an_archive_cut_off_anywhere_is_refused() -> None:
    packed = await _packed(FILES)
    for length in range(len(packed)):
        with pytest.raises(InvalidFile):
            await _unpacked(packed[:length], 50)


async def test_a_changed_byte_never_passes_for_the_content_that_was() -> None:
    packed = await _packed(FILES)
    for at in range(packed.index(b"PK\x01\x02")):
        changed = bytearray(packed)
        changed[at] ^= 0x10
        try:
            found = await _unpacked(bytes(changed), 50)
        except InvalidFile:
            continue
        assert list(found.values()) == list(_whole(FILES).values())  # a name, a date or a flag


@pytest.mark.parametrize("data", [b"", b"PK", b"\xff\xd8\xff\xe0 a JPEG", b"PK\x05\x06" + bytes(18)])
async def test_what_is_no_archive_of_ours_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidFile):
        await _unpacked(data, 10)


async def test_an_archive_that_was_packed_anew_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a", b"content")
    with pytest.raises(InvalidFile, match="packed it anew"):
        await _unpacked(file.getvalue(), 1000)
