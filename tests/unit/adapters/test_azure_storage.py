import pytest

from core.adapters.azure_storage import StorageAccount
from core.domain.errors import Invalid


def _home() -> StorageAccount:
    services = ("blob", "queue", "table")
    blobs, queues, tables = (f"https://home.{service}.core.windows.net" for service in services)
    return StorageAccount.from_identity(blobs, queues, tables, None)


@pytest.mark.parametrize(
    "address",
    [
        "https://photos.blob.core.windows.net",
        "https://photos.blob.core.windows.net/",
        "https://photos.blob.core.usgovcloudapi.net",
        "https://photos.blob.core.chinacloudapi.cn",
    ],
)
async def test_identity_opens_azure_s_blob_services(address: str) -> None:
    account = _home()
    opened = account.open(address)
    assert opened.service.account_name == "photos"
    await opened.service.close()
    await account.close()


@pytest.mark.parametrize(
    "address",
    [
        "http://photos.blob.core.windows.net",
        "https://photos.blob.core.windows.net.evil.example",
        "https://evil.example/photos.blob.core.windows.net",
        "https://photos.blob.core.windows.net@evil.example",
        "https://photos.blob.core.windows.net/container",
        "https://127.0.0.1/",
    ],
)
async def test_identity_is_shown_to_nobody_else(address: str) -> None:
    account = _home()
    with pytest.raises(Invalid):
        account.open(address)
    await account.close()
