"""Find out where data are that somebody names by a data asset or an address."""

from dataclasses import replace

from core.domain.assets import DataAsset
from core.domain.errors import Invalid, Unsupported
from core.domain.projects import Data
from core.logic.addresses import AssetName, InContainer, InDatastore, address_of, path_of, same_container
from core.ports import DataAssets, Ports


async def locate_data(ports: Ports, data: Data) -> Data:
    """The data by datastore and path, and the version of the asset if they are one. A plain path stays.

    Raises Invalid, also for a container that is no datastore here; NotFound; Unsupported without a workspace;
    Unavailable.
    """
    address = address_of(data.path)
    if address is None:
        return replace(data, asset=None)
    if isinstance(address, AssetName):
        asset = await _assets(ports).find(address.name, address.version)
        place = await _in_container(ports, _lying(asset))
        path, name = path_of(asset, place.path, data.type), asset.id
    else:
        place = await _in_container(ports, address)
        path, name = place.path, None
    return replace(data, datastore=await _datastore(ports, place.address), path=path, asset=name)


def _assets(ports: Ports) -> DataAssets:
    if ports.assets is None:
        raise Unsupported(
            "This deployment knows no Azure ML workspace in which this could be. An operator names one with "
            "AZURE_ML_SUBSCRIPTION, AZURE_ML_RESOURCE_GROUP and AZURE_ML_WORKSPACE.",
            field="data.path",
        )
    return ports.assets


def _lying(asset: DataAsset) -> InDatastore | InContainer:
    address = address_of(asset.uri)
    if address is None or isinstance(address, AssetName):
        raise Invalid(
            f"The data asset '{asset.id}' is at '{asset.uri}', which is no blob storage.", field="data.path"
        )
    return address


async def _in_container(ports: Ports, address: InDatastore | InContainer) -> InContainer:
    if isinstance(address, InContainer):
        return address
    container = await _assets(ports).container_of(address.datastore, address.workspace)
    return InContainer(container, address.path)


async def _datastore(ports: Ports, container: str) -> str:
    """The name that we know a container by."""
    for datastore in await ports.datastores.all():
        if same_container(ports.blobs.url(datastore.address, ""), container):
            return datastore.name
    account, _, name = container.rpartition("/")
    raise Invalid(
        f"The data are in the container '{name}' of {account}, which is no datastore here. An administrator "
        "adds it: 'Add another' beside the datastores, or PUT /api/datastores/NAME.",
        field="data.path",
    )
