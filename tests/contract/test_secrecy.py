"""Azure's SDKs, as loud as they can be, print nothing that opens storage, and no e-mail address."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from azure.storage.blob.aio import BlobClient

from core.adapters.azure_blobs import AzureBlobs
from core.adapters.azure_storage import StorageAccount
from core.adapters.azure_tables import TableInvitations, global_table
from core.adapters.log_records import tell_work

ADDRESS = "somebody.unique@example.org"


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    factory = logging.getLogRecordFactory()
    tell_work()
    with caplog.at_level(logging.DEBUG):
        yield caplog
    logging.setLogRecordFactory(factory)


async def test_requests_signatures_and_refusals(
    account: StorageAccount, lines: pytest.LogCaptureFixture
) -> None:
    blobs = AzureBlobs(account.blobs, account.open)
    await blobs.prepare("contract")
    await blobs.write("contract", "secrecy.txt", b"x")
    url = await blobs.sign_read("contract", "secrecy.txt", datetime.now(UTC) + timedelta(minutes=5))
    signature = httpx.URL(url).params["sig"]
    async with httpx.AsyncClient() as http:
        assert (await http.get(url)).content == b"x"
    spoiled = url.replace("secrecy.txt", "other.txt")
    async with BlobClient.from_blob_url(spoiled) as client:
        try:
            await client.download_blob()
        except Exception:  # a signature for another blob is refused
            logging.getLogger("test").exception("It was refused.")
    await TableInvitations(await global_table(account.tables)).to(ADDRESS)
    refusal = next(record for record in lines.records if record.name == "test")
    assert "status_code=403" in str(vars(refusal)["exception.stacktrace"])
    for record in lines.records:
        said = f"{record.getMessage()} {vars(record)!r}"
        assert signature not in said
        assert "sig=" not in said
        assert ADDRESS not in said
