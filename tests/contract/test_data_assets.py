"""Data assets: what is registered and found, under which version, and what Azure ML is sent."""

import socket
from collections.abc import Iterator

import pytest

from core.adapters.memory import MemoryAssets
from core.domain.assets import AssetSort, DataAsset
from core.domain.errors import Invalid, NotFound, Unavailable, Unsupported
from core.ports import DataAssets
from tests.contract import azure_ml
from tests.contract.azure_ml_server import WORKSPACE, AzureMl, Fault

pytestmark = azure_ml.SDK_WARNS
EXPORTS = "https://acme.blob.core.windows.net/tagwerk/projects/p1/exports"
AT = "azureml://datastores/tagwerk_acme_tagwerk/paths/"


@pytest.fixture(params=["memory", "azure_ml"])
def assets(request: pytest.FixtureRequest) -> Iterator[DataAssets]:
    """Both adapters, where the workspace knows a datastore of photos."""
    if request.param == "memory":
        yield MemoryAssets(datastores={"photos": "https://acme.blob.core.windows.net/photos"})
    else:
        with azure_ml.azure_ml() as running:
            running.resources["datastores/photos"] = _datastore("photos")
            yield azure_ml.open_assets()


def _datastore(name: str, **more: str) -> dict[str, object]:
    properties = {
        "datastoreType": "AzureBlob",
        "accountName": "acme",
        "containerName": name,
        "credentials": {"credentialsType": "None"},
        **more,
    }
    return {"id": f"/datastores/{name}", "name": name, "properties": properties}


async def test_what_is_registered_is_found(assets: DataAssets) -> None:
    for number in (1, 2):
        made = await assets.register("flowers", f"{EXPORTS}/{number}/", AssetSort.MLTABLE, "of flowers")
        assert made.endswith(f"{number}")
    found = [await assets.find("flowers", version) for version in ("1", "2", "latest")]
    assert [(each.version, each.sort, each.uri[-2:]) for each in found] == [
        ("1", AssetSort.MLTABLE, "1/"),
        ("2", AssetSort.MLTABLE, "2/"),
        ("2", AssetSort.MLTABLE, "2/"),
    ]
    assert found[2].id == "azureml:flowers:2"


async def test_what_is_not_there_is_not_found(assets: DataAssets) -> None:
    for version in ("1", "latest"):
        with pytest.raises(NotFound, match="flowers"):
            await assets.find("flowers", version)
    with pytest.raises(NotFound, match="nowhere"):
        await assets.container_of("nowhere")


async def test_a_datastore_leads_to_a_container(assets: DataAssets) -> None:
    assert await assets.container_of("photos") == "https://acme.blob.core.windows.net/photos"


async def test_datastores_of_other_sorts(service: AzureMl) -> None:
    lake = {"datastoreType": "AzureDataLakeGen2", "filesystem": "lake", "endpoint": "core.chinacloudapi.cn"}
    service.resources["datastores/lake"] = _datastore("lake", **lake)
    shared = {"datastoreType": "AzureFile", "fileShareName": "files"}
    service.resources["datastores/files"] = _datastore("files", **shared)
    assets = azure_ml.open_assets()
    assert await assets.container_of("lake") == "https://acme.blob.core.chinacloudapi.cn/lake"
    with pytest.raises(Unsupported, match="no blob container"):
        await assets.container_of("files")


async def test_an_asset_of_somebody_elses(service: AzureMl) -> None:
    for sort, uri in (
        ("uri_folder", "wasbs://photos@acme.blob.core.windows.net/2024/"),
        ("uri_file", "a.csv"),
    ):
        properties = {"dataType": sort, "dataUri": uri, "isAnonymous": False}
        path = f"data/{sort}/versions/v-1"
        service.resources[path] = {"id": f"{WORKSPACE}/{path}", "name": "v-1", "properties": properties}
    found = await azure_ml.open_assets().find("uri_folder", "v-1")
    assert found == DataAsset(
        "uri_folder", "v-1", AssetSort.FOLDER, "wasbs://photos@acme.blob.core.windows.net/2024/"
    )
    assert (await azure_ml.open_assets().find("uri_file", "v-1")).sort is AssetSort.FILE


async def test_what_azure_ml_is_sent(service: AzureMl, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    connect = socket.create_connection

    def watched(address: tuple[str, int], *rest: object, **more: object) -> socket.socket:
        asked.append(address[0])
        return connect(address, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "create_connection", watched)
    monkeypatch.setattr("urllib3.util.connection.socket.getaddrinfo", _loopback_only)
    assets = azure_ml.open_assets()
    await assets.register("flowers", f"{EXPORTS}/1/", AssetSort.MLTABLE, "of flowers")
    await assets.register("rows", f"{EXPORTS}/a%2Bb.csv", AssetSort.FILE, "of rows")
    table = service.resources["data/flowers/versions/1"]["properties"]
    assert table["dataUri"] == f"{AT}projects/p1/exports/1/"
    assert (table["dataType"], table["referencedUris"]) == ("mltable", ["./"])
    file = service.resources["data/rows/versions/1"]["properties"]
    assert file["dataUri"] == f"{AT}projects/p1/exports/a+b.csv"
    store = service.resources["datastores/tagwerk_acme_tagwerk"]["properties"]
    assert store["credentials"] == {"credentialsType": "None"}
    assert set(asked) <= {"127.0.0.1"}


def _loopback_only(host: str, *rest: object) -> list[object]:
    assert host == "127.0.0.1", f"{host} is asked for"
    return _getaddrinfo(host, *rest)  # type: ignore[arg-type,return-value]


_getaddrinfo = socket.getaddrinfo


@pytest.mark.parametrize(("status", "error"), [(400, Invalid), (403, Unavailable), (429, Unavailable)])
async def test_what_goes_wrong_is_told(service: AzureMl, status: int, error: type[Exception]) -> None:
    service.faults += [Fault("PUT", "/data/", status) for _ in range(4)]
    with pytest.raises(error, match="Azure ML"):
        await azure_ml.open_assets().register("flowers", f"{EXPORTS}/1/", AssetSort.MLTABLE, "")
