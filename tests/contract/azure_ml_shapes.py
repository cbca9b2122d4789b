"""The bodies that Azure ML's REST API takes, as its reference documents them; nothing else is let through.

Microsoft.MachineLearningServices/workspaces: jobs and environments 2025-01-01-preview, datastores
2024-10-01-preview, computes and models 2023-08-01-preview, data 2023-04-01-preview.
"""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

NAME = r"^[a-zA-Z0-9][a-zA-Z0-9_-]{0,254}$"
_ARM = (
    r"^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft.MachineLearningServices/workspaces/[^/]+"
)
_DATA = r"^azureml://datastores/[A-Za-z0-9_]{1,255}/paths/[^\s?#]*$"
_DURATION = r"^PT(\d+H)?(\d+M)?(\d+S)?$"


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, alias_generator=to_camel)


class _Literal(_Shape):
    job_input_type: Literal["literal"]
    value: str


class _Uri(_Shape):
    job_input_type: Literal["uri_file", "uri_folder"]
    uri: Annotated[str, Field(pattern=_DATA)]
    mode: Literal["Download", "ReadOnlyMount", "Direct"]


class _Model(_Shape):
    job_input_type: Literal["custom_model"]
    uri: Annotated[str, Field(pattern=_ARM + "/models/[^/]+/versions/[^/]+$")]
    mode: Literal["Download", "ReadOnlyMount"]


class _Output(_Shape):
    job_output_type: Literal["uri_file", "uri_folder"]
    uri: Annotated[str, Field(pattern=_DATA)]
    mode: Literal["ReadWriteMount", "Upload"]


class _Limits(_Shape):
    job_limits_type: Literal["Command"]
    timeout: Annotated[str, Field(pattern=_DURATION)]


class _Identity(_Shape):
    identity_type: Literal["Managed", "AMLToken", "UserIdentity"]
    resource_id: str | None = None


class _CommandJob(_Shape):
    job_type: Literal["Command"]
    command: Annotated[str, Field(min_length=1)]
    environment_id: Annotated[str, Field(pattern=_ARM + "/environments/[^/]+/versions/[^/]+$")]
    compute_id: Annotated[str, Field(pattern=_ARM + "/computes/[^/]+$")]
    code_id: Annotated[str, Field(pattern=_ARM + "/codes/[^/]+/versions/[^/]+$")] | None = None
    display_name: str
    experiment_name: Annotated[str, Field(pattern=NAME)]
    inputs: dict[Annotated[str, Field(pattern=r"^[A-Za-z]\w*$")], _Literal | _Uri | _Model]
    outputs: dict[Annotated[str, Field(pattern=r"^[A-Za-z]\w*$")], _Output]
    limits: _Limits
    identity: _Identity
    tags: dict[str, str]
    properties: dict[str, str]
    environment_variables: dict[str, str]
    is_archived: bool


class JobBody(_Shape):
    """PUT jobs/NAME."""

    properties: _CommandJob


class _NoCredentials(_Shape):
    credentials_type: Literal["None"]


class _BlobDatastore(_Shape):
    datastore_type: Literal["AzureBlob"]
    account_name: Annotated[str, Field(pattern=r"^[a-z0-9]{3,24}$")]
    container_name: Annotated[str, Field(pattern=r"^[a-z0-9$-]{3,63}$")]
    endpoint: str
    protocol: Literal["https"]
    credentials: _NoCredentials
    description: str
    tags: dict[str, str]


class DatastoreBody(_Shape):
    """PUT datastores/NAME."""

    properties: _BlobDatastore


class _Scale(_Shape):
    min_node_count: Literal[0]  # a cluster that costs nothing at rest
    max_node_count: Annotated[int, Field(ge=1)]
    node_idle_time_before_scale_down: Annotated[str, Field(pattern=_DURATION)]


class _AmlCompute(_Shape):
    vm_size: Annotated[str, Field(pattern="^Standard_")]
    vm_priority: Literal["LowPriority", "Dedicated"]
    scale_settings: _Scale
    os_type: Literal["Linux"]
    remote_login_port_public_access: Literal["Enabled", "Disabled", "NotSpecified"]
    enable_node_public_ip: bool


class _Compute(_Shape):
    compute_type: Literal["AmlCompute"]
    properties: _AmlCompute
    disable_local_auth: bool


class _ComputeIdentity(_Shape):
    type: Literal["SystemAssigned", "UserAssigned"]
    user_assigned_identities: dict[str, dict[str, str]] | None = None


class ComputeBody(_Shape):
    """PUT computes/NAME."""

    location: str
    properties: _Compute
    identity: _ComputeIdentity


class _Environment(_Shape):
    image: Annotated[str, Field(min_length=1)]
    is_anonymous: bool
    is_archived: bool = False
    os_type: Literal["Linux"] = "Linux"
    description: str | None = None
    tags: dict[str, str] = {}
    properties: dict[str, str] = {}


class EnvironmentBody(_Shape):
    """PUT environments/NAME/versions/VERSION."""

    properties: _Environment


class _ModelVersion(_Shape):
    model_type: Literal["custom_model"]
    model_uri: Annotated[
        str, Field(pattern=r"^azureml://subscriptions/.+/datastores/[A-Za-z0-9_]+/paths/.+/$")
    ]
    description: str
    tags: dict[str, str]
    properties: dict[str, str]
    is_anonymous: Literal[False]
    is_archived: Literal[False]


class _DataVersion(_Shape):
    data_type: Literal["mltable", "uri_file", "uri_folder"]
    data_uri: Annotated[str, Field(pattern=_DATA)]
    referenced_uris: list[str] | None = None
    description: str
    tags: dict[str, str]
    properties: dict[str, str]
    is_anonymous: Literal[False]
    is_archived: Literal[False]

    @model_validator(mode="after")
    def _tables_are_folders(self) -> Self:
        if self.data_type == "mltable" and not (self.referenced_uris and self.data_uri.endswith("/")):
            raise ValueError("an mltable is a folder, and names what it refers to")
        return self


class DataBody(_Shape):
    """PUT data/NAME/versions/VERSION."""

    properties: _DataVersion


class ModelBody(_Shape):
    """PUT models/NAME/versions/VERSION."""

    properties: _ModelVersion
