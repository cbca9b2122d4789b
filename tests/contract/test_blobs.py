"""BlobStore."""

import tempfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from core.adapters.system import RandomIds
from core.domain.errors import NotFound
from core.ports import BlobInfo, BlobStore
from tests.contract.conftest import CONTAINER, Stores

NAMES = ["plain.jpg", "with space.jpg", "per%2Fcent.jpg", 'quote\'d "x".jpg', "emoji 🙂.jpg", "q?#&+.jpg"]


async def _listed(blobs: BlobStore, prefix: str) -> list[BlobInfo]:
    return [blob async for page in blobs.list(CONTAINER, prefix) for blob in page]


async def test_a_blob_comes_back(stores: Stores) -> None:
    name = f"{RandomIds().new()}/a.jpg"
    assert await stores.blobs.write(CONTAINER, name, b"0123456789")
    assert await stores.blobs.read(CONTAINER, name) == b"0123456789"
    assert await stores.blobs.read(CONTAINER, name, length=4) == b"0123"


async def test_a_blob_shorter_than_asked_for_comes_whole(stores: Stores) -> None:
    name = f"{RandomIds().new()}/a.jpg"
    await stores.blobs.write(CONTAINER, name, b"01")
    assert await stores.blobs.read(CONTAINER, name, length=4) == b"01"


async def test_an_empty_blob_is_empty(stores: Stores) -> None:
    name = f"{RandomIds().new()}/empty.jpg"
    await stores.blobs.write(CONTAINER, name, b"")
    assert await stores.blobs.read(CONTAINER, name) == b""
    assert await stores.blobs.read(CONTAINER, name, length=4) == b""
    with tempfile.TemporaryFile() as file:
        await stores.blobs.download(CONTAINER, name, file)
        assert file.tell() == 0


async def test_a_blob_is_downloaded_into_a_file(stores: Stores) -> None:
    name = f"{RandomIds().new()}/big"
    data = bytes(range(256)) * 40_000
    await stores.blobs.write(CONTAINER, name, data)
    with tempfile.TemporaryFile() as file:
        await stores.blobs.download(CONTAINER, name, file)
        file.seek(0)
        assert file.read() == data
        with pytest.raises(NotFound):
            await stores.blobs.download(CONTAINER, "nowhere", file)


async def test_a_blob_is_overwritten_only_when_allowed(stores: Stores) -> None:
    name = f"{RandomIds().new()}/a.jpg"
    await stores.blobs.write(CONTAINER, name, b"first")
    before = await stores.blobs.stat(CONTAINER, name)
    assert not await stores.blobs.write(CONTAINER, name, b"second", overwrite=False)
    assert await stores.blobs.read(CONTAINER, name) == b"first"
    assert await stores.blobs.write(CONTAINER, name, b"third!")
    after = await stores.blobs.stat(CONTAINER, name)
    assert before is not None
    assert after is not None
    assert (before.size, after.size) == (5, 6)
    assert before.etag != after.etag


async def test_a_blob_tells_when_it_was_written(stores: Stores) -> None:
    name = f"{RandomIds().new()}/a.jpg"
    await stores.blobs.write(CONTAINER, name, b"0")
    found = await stores.blobs.stat(CONTAINER, name)
    assert found is not None
    assert found.changed is not None
    assert abs(datetime.now(UTC) - found.changed) < timedelta(minutes=1)


async def test_a_listing_agrees_with_stat(stores: Stores) -> None:
    prefix = RandomIds().new() + "/"
    for name in NAMES:
        await stores.blobs.write(CONTAINER, prefix + name, name.encode())
    await stores.blobs.write(CONTAINER, "elsewhere" + prefix, b"")
    listed = await _listed(stores.blobs, prefix)
    assert sorted(blob.name.removeprefix(prefix) for blob in listed) == sorted(NAMES)
    for blob in listed:
        assert await stores.blobs.stat(CONTAINER, blob.name) == blob


async def test_what_is_not_there_is_not_found(stores: Stores) -> None:
    with pytest.raises(NotFound):
        await stores.blobs.read(CONTAINER, "nowhere")
    with pytest.raises(NotFound):
        await _listed_in(stores.blobs, "no-such-container")
    assert await stores.blobs.stat(CONTAINER, "nowhere") is None


async def _listed_in(blobs: BlobStore, container: str) -> None:
    async for _ in blobs.list(container, ""):
        pass


async def test_a_stream_is_uploaded_whole(stores: Stores) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for number in range(300):
            yield bytes([number % 256]) * 40_000

    name = f"{RandomIds().new()}/big"
    await stores.blobs.upload(CONTAINER, name, chunks(), "text/csv", "Ana's file.csv")
    data = await stores.blobs.read(CONTAINER, name)
    assert len(data) == 300 * 40_000
    assert data[40_000 * 299] == 299 % 256


async def test_everything_below_a_prefix_is_removed(stores: Stores) -> None:
    prefix = RandomIds().new()
    await stores.blobs.write(CONTAINER, f"{prefix}/a", b"")
    await stores.blobs.write(CONTAINER, f"{prefix}/b/c", b"")
    await stores.blobs.write(CONTAINER, f"other{prefix}/a", b"")
    await stores.blobs.remove_all(CONTAINER, f"{prefix}/")
    await stores.blobs.remove_all(CONTAINER, f"{prefix}/")
    assert await _listed(stores.blobs, f"{prefix}/") == []
    assert len(await _listed(stores.blobs, f"other{prefix}/")) == 1


@pytest.mark.parametrize("stores", ["azure"], indirect=True)
class TestSignedUrls:
    """What a signature opens, and what it does not: only real storage can say."""

    @pytest.mark.parametrize("name", NAMES)
    async def test_a_read_url_reads_one_blob(self, stores: Stores, name: str) -> None:
        path = f"{RandomIds().new()}/{name}"
        await stores.blobs.write(CONTAINER, path, b"pixels")
        url = await stores.blobs.sign_read(CONTAINER, path, datetime.now(UTC) + timedelta(minutes=1))
        async with httpx.AsyncClient() as client:
            assert (await client.get(url)).content == b"pixels"
            assert (await client.get(url.replace(".jpg", ".png"))).status_code == 403
            assert (await client.put(url, content=b"x", headers=BLOCK)).status_code == 403

    async def test_an_expired_url_opens_nothing(self, stores: Stores) -> None:
        path = f"{RandomIds().new()}/a.jpg"
        await stores.blobs.write(CONTAINER, path, b"pixels")
        url = await stores.blobs.sign_read(CONTAINER, path, datetime.now(UTC) - timedelta(minutes=1))
        async with httpx.AsyncClient() as client:
            assert (await client.get(url)).status_code == 403

    async def test_a_write_url_creates_and_replaces_only_when_allowed(self, stores: Stores) -> None:
        path = f"{RandomIds().new()}/a.jpg"
        until = datetime.now(UTC) + timedelta(minutes=1)
        create = await stores.blobs.sign_write(CONTAINER, path, until, overwrite=False)
        replace = await stores.blobs.sign_write(CONTAINER, path, until, overwrite=True)
        async with httpx.AsyncClient() as client:
            assert (await client.put(create, content=b"1", headers=BLOCK)).status_code == 201
            assert (await client.put(create, content=b"2", headers=BLOCK)).status_code == 403
            assert (await client.put(replace, content=b"3", headers=BLOCK)).status_code == 201
            assert (await client.get(replace)).status_code == 403
        assert await stores.blobs.read(CONTAINER, path) == b"3"


BLOCK = {"x-ms-blob-type": "BlockBlob"}


async def _pieces(*pieces: bytes) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece


@pytest.mark.parametrize("filename", [None, "roses & thorns 🌹.zip", "100%.csv"])
async def test_an_open_blob_tells_what_it_was_stored_with(stores: Stores, filename: str | None) -> None:
    name, data = f"{RandomIds().new()}/big", bytes(range(256)) * 20_000
    pieces = _pieces(data[:1_000_000], data[1_000_000:])
    await stores.blobs.upload(CONTAINER, name, pieces, "application/x-test", filename)
    opened = await stores.blobs.open(CONTAINER, name)
    assert (opened.size, opened.content_type, opened.filename) == (len(data), "application/x-test", filename)
    assert b"".join([chunk async for chunk in opened.chunks]) == data


async def test_an_open_blob_may_be_plain_and_empty(stores: Stores) -> None:
    name = f"{RandomIds().new()}/empty"
    await stores.blobs.write(CONTAINER, name, b"")
    opened = await stores.blobs.open(CONTAINER, name)
    assert (opened.size, opened.content_type, opened.filename) == (0, "application/octet-stream", None)
    assert b"".join([chunk async for chunk in opened.chunks]) == b""
    with pytest.raises(NotFound):
        await stores.blobs.open(CONTAINER, f"{name}/nothing")


async def test_one_blob_is_removed_and_its_neighbours_stay(stores: Stores) -> None:
    name = f"{RandomIds().new()}/a"
    for each in (name, name + "b"):
        await stores.blobs.write(CONTAINER, each, b"it")
    await stores.blobs.remove(CONTAINER, name)
    await stores.blobs.remove(CONTAINER, name)
    assert [blob.name for blob in await _listed(stores.blobs, name)] == [name + "b"]
