"""Models: what is registered, under which version, and what Azure ML is sent."""

from collections.abc import Iterator

import pytest

from core.adapters.memory import MemoryModels
from core.domain.errors import Invalid, Unavailable
from core.domain.jobs import BlobFolder
from core.ports import Models
from tests.contract import azure_ml
from tests.contract.azure_ml_server import AzureMl, Fault
from tests.contract.local_jobs import CONTAINER

pytestmark = azure_ml.SDK_WARNS
FOLDER = BlobFolder(CONTAINER, "projects/p1/runs/r1/1/model/")
AT = (
    "azureml://subscriptions/sub/resourcegroups/group/workspaces/space"
    "/datastores/tagwerk_acme_contract_jobs/paths/"
)


@pytest.fixture(params=["memory", "azure_ml"])
def models(request: pytest.FixtureRequest) -> Iterator[Models]:
    """Both adapters."""
    if request.param == "memory":
        yield MemoryModels()
    else:
        with azure_ml.azure_ml():
            yield azure_ml.open_models(azure_ml.CloudBlobs())


async def test_each_registration_is_a_version_of_its_name(models: Models) -> None:
    made = [await models.register(name, FOLDER, "of digits", {}) for name in ("digits", "digits", "other")]
    assert made == ["azureml:digits:1", "azureml:digits:2", "azureml:other:1"]


async def test_what_azure_ml_is_sent(service: AzureMl) -> None:
    models = azure_ml.open_models(azure_ml.CloudBlobs())
    await models.register("digits", FOLDER, "of digits", {"run": "r1"})
    sent = service.resources["models/digits/versions/1"]["properties"]
    assert (sent["modelUri"].lower(), sent["modelType"]) == (AT + FOLDER.prefix, "custom_model")
    assert (sent["description"], sent["properties"]) == ("of digits", {"run": "r1"})
    datastore = service.resources["datastores/tagwerk_acme_contract_jobs"]["properties"]
    assert (datastore["accountName"], datastore["containerName"]) == ("acme", CONTAINER)


@pytest.mark.parametrize(("status", "error"), [(400, Invalid), (403, Unavailable), (404, Unavailable)])
async def test_what_goes_wrong_is_told(service: AzureMl, status: int, error: type[Exception]) -> None:
    service.faults.append(Fault("PUT", "/models/", status))
    with pytest.raises(error, match="Azure ML"):
        await azure_ml.open_models(azure_ml.CloudBlobs()).register("digits", FOLDER, "of digits", {})
