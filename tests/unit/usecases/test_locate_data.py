"""Projects over data assets and addresses of Azure ML."""

from dataclasses import replace

import pytest

from core.adapters.memory import MemoryAssets
from core.domain.assets import AssetSort
from core.domain.errors import Invalid, NotFound, Unsupported
from core.domain.kinds import Kind
from core.domain.projects import Data, DataType, Status
from core.usecases.locate_data import locate_data
from core.usecases.preview_data import preview_data
from tests.unit.usecases.conftest import DATA, World

TABLE = b"""
paths:
  - file: ./rows.jsonl
transformations:
  - read_json_lines: {encoding: utf8}
"""
ROWS = b"""{"image_url": "azureml://datastores/photos/paths/a.jpg"}
{"image_url": "azureml://subscriptions/s/resourcegroups/g/workspaces/space/datastores/photos/paths/b.jpg"}
"""


@pytest.fixture
async def assets(world: World) -> MemoryAssets:
    """Two versions of an MLTable in the container that our datastore is, which the workspace calls photos."""
    made = world.ports.assets
    assert isinstance(made, MemoryAssets)
    made.datastores |= {
        "photos": world.blobs.url(DATA, "").rstrip("/"),
        "other": "https://acme.blob.core.windows.net/other",
    }
    await world.blobs.write(DATA, "tables/2/MLTable", TABLE)
    await world.blobs.write(DATA, "tables/2/rows.jsonl", ROWS)
    for number in (1, 2):
        at = f"azureml://datastores/photos/paths/tables/{number}/"
        await made.register("flowers", at, AssetSort.MLTABLE, "of flowers")
    await made.register("album", "azureml://datastores/photos/paths/album", AssetSort.FOLDER, "")
    await made.register("away", "azureml://datastores/other/paths/album", AssetSort.FOLDER, "")
    await made.register("odd", "https://example.org/x", AssetSort.FILE, "")
    return made


async def test_an_mltable_asset_becomes_a_project(world: World, assets: MemoryAssets) -> None:
    assert assets.registered
    data = Data("whatever", "azureml:flowers@latest", DataType.MLTABLE)
    project = await world.over(data.path, data=data)
    assert project.data == Data(DATA, "tables/2", DataType.MLTABLE, asset="azureml:flowers:2")
    assert (project.status, project.found) == (Status.RUNNING, 2)
    assert sorted(await world.paths(project.id)) == ["a.jpg", "b.jpg"]


async def test_a_preview_of_an_asset(world: World, assets: MemoryAssets) -> None:
    assert assets.registered
    data = Data("whatever", "azureml:flowers:2", DataType.MLTABLE)
    assert (await preview_data(world.ports, Kind.IMAGE_MULTICLASS, data)).matched == 2


@pytest.mark.parametrize(
    ("path", "asset", "found"),
    [
        ("azureml:album:1", "azureml:album:1", "album/"),
        ("azureml://datastores/photos/paths/2024/**/*.jpg", None, "2024/**/*.jpg"),
        ("photos/**", None, "photos/**"),
    ],
)
async def test_where_files_are(
    world: World, assets: MemoryAssets, path: str, asset: str | None, found: str
) -> None:
    assert assets.registered
    assert await locate_data(world.ports, Data(DATA, path, asset="made up")) == Data(DATA, found, asset=asset)


@pytest.mark.parametrize(
    ("path", "error", "why"),
    [
        ("azureml:nothing:1", NotFound, "data asset"),
        ("azureml:album:7", NotFound, "data asset"),
        ("azureml://datastores/nowhere/paths/a", NotFound, "nowhere"),
        (
            "azureml:away:1",
            Invalid,
            "container 'other' of https://acme.blob.core.windows.net, which is no datastore here",
        ),
        ("azureml:flowers:1", Invalid, "is an MLTable"),
        ("azureml:odd:1", Invalid, "no blob storage"),
        (
            "azureml://subscriptions/s/resourcegroups/g/workspaces/foreign/datastores/photos/paths/a",
            Unsupported,
            "foreign",
        ),
    ],
)
async def test_what_cannot_be_had_says_why(
    world: World, assets: MemoryAssets, path: str, error: type[Exception], why: str
) -> None:
    assert assets.registered
    with pytest.raises(error, match=why):
        await locate_data(world.ports, Data(DATA, path))


async def test_without_a_workspace_there_are_no_assets(world: World) -> None:
    with pytest.raises(Unsupported, match="AZURE_ML_WORKSPACE"):
        await locate_data(replace(world.ports, assets=None), Data(DATA, "azureml:flowers:1"))
