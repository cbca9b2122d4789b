import pytest

from core.domain.assets import AssetSort, DataAsset
from core.domain.errors import Invalid
from core.domain.projects import DataType
from core.logic.addresses import (
    Address,
    AssetName,
    InContainer,
    InDatastore,
    address_of,
    path_of,
    same_container,
)

SPACE = "azureml://subscriptions/s/resourcegroups/g/workspaces/space"
PHOTOS = "https://acme.blob.core.windows.net/photos"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("photos/**", None),
        ("", None),
        ("a:b/c", None),
        ("azureml:flowers:3", AssetName("flowers", "3")),
        ("azureml:flowers@latest", AssetName("flowers", "latest")),
        ("azureml://locations/westeurope/workspaces/0-1/data/flowers/versions/3", AssetName("flowers", "3")),
        ("azureml://datastores/lake/paths/a b/c%20d.csv", InDatastore("lake", "a b/c%20d.csv")),
        ("azureml://datastores/lake", InDatastore("lake", "")),
        (f"{SPACE}/datastores/lake/paths/a/", InDatastore("lake", "a/", "space")),
        (f"{PHOTOS}/a%20b/", InContainer(PHOTOS, "a b/")),
        ("https://acme.dfs.core.windows.net/photos", InContainer(PHOTOS, "")),
        ("wasbs://photos@acme.blob.core.windows.net/a/b", InContainer(PHOTOS, "a/b")),
        ("abfss://photos@acme.dfs.core.windows.net/a%20b", InContainer(PHOTOS, "a%20b")),
    ],
)
def test_what_a_text_says_where_data_are(text: str, meant: Address | None) -> None:
    assert address_of(text) == meant


@pytest.mark.parametrize("text", ["azureml:flowers", "azureml:a:b:c", "azureml://jobs/x", "azureml:a@newest"])
def test_what_cannot_be_understood_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="azureml:NAME:VERSION"):
        address_of(text)


@pytest.mark.parametrize(
    ("sort", "path", "wanted", "found"),
    [
        (AssetSort.MLTABLE, "tables/1/", DataType.MLTABLE, "tables/1"),
        (AssetSort.FOLDER, "photos", DataType.FILES, "photos/"),
        (AssetSort.FOLDER, "", DataType.FILES, ""),
        (AssetSort.FILE, "news.csv", DataType.TABULAR, "news.csv"),
    ],
)
def test_the_path_of_an_asset(sort: AssetSort, path: str, wanted: DataType, found: str) -> None:
    assert path_of(DataAsset("a", "1", sort, "?"), path, wanted) == found


def test_an_asset_of_another_sort_is_refused() -> None:
    with pytest.raises(Invalid, match=r"'azureml:a:1' is an MLTable. Choose the data type mltable"):
        path_of(DataAsset("a", "1", AssetSort.MLTABLE, "?"), "t", DataType.FILES)
    with pytest.raises(Invalid, match=r"'azureml:a:1' is a folder. Choose the data type files"):
        path_of(DataAsset("a", "1", AssetSort.FOLDER, "?"), "t", DataType.MLTABLE)


def test_containers_are_the_same_however_they_are_written() -> None:
    assert same_container(f"{PHOTOS}/", PHOTOS.replace("acme", "ACME"))
    assert not same_container(PHOTOS, PHOTOS + "2")
