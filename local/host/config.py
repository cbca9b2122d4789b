"""host.json, with the host's own defaults."""

import math
import os
from datetime import timedelta
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from local.host.errors import AppError

MAX_BATCH = 32  # what Azure Queue storage hands out at once
CORES = os.cpu_count() or 1


class _Section(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, frozen=True)


class HttpOptions(_Section):
    """How HTTP functions are addressed."""

    route_prefix: str = "api"


class QueueOptions(_Section):
    """How queues are polled and what happens to messages that fail.

    The host asks for `batch_size` messages whenever no more than `new_batch_threshold` are in
    work, so at most the sum of both run at once.
    """

    batch_size: int = Field(default=16, ge=1, le=MAX_BATCH)
    new_batch_threshold: int = Field(default=8 * CORES, ge=0)
    max_dequeue_count: int = Field(default=5, ge=1)
    max_polling_interval: timedelta = Field(default=timedelta(minutes=1), ge=timedelta(milliseconds=100))
    visibility_timeout: timedelta = timedelta(0)
    message_encoding: Literal["base64", "none"] = "base64"


class BlobOptions(_Section):
    """How many blobs are worked on at once, and when one is given up."""

    max_degree_of_parallelism: int = Field(default=8 * CORES, ge=1)
    poison_blob_threshold: int = Field(default=5, ge=1)

    def as_queue_options(self, queues: QueueOptions) -> QueueOptions:
        """How the control queue of blob events is polled, given how other queues are."""
        batch = min(MAX_BATCH, math.ceil(self.max_degree_of_parallelism / 2))
        return queues.model_copy(
            update={
                "batch_size": batch,
                "new_batch_threshold": self.max_degree_of_parallelism - batch,
                "max_dequeue_count": self.poison_blob_threshold,
                "message_encoding": "base64",
            }
        )


class Extensions(_Section):
    """The `extensions` of host.json that this host knows."""

    http: HttpOptions = HttpOptions()
    queues: QueueOptions = QueueOptions()
    blobs: BlobOptions = BlobOptions()


class HostConfig(_Section):
    """What host.json says."""

    extensions: Extensions = Extensions()
    function_timeout: timedelta = timedelta(minutes=30)


def read_host_config(app_folder: Path) -> HostConfig:
    """Read host.json of a function app; raise AppError if it is missing or makes no sense."""
    path = app_folder / "host.json"
    try:
        return HostConfig.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        raise AppError(f"{path} is missing: is {app_folder} a function app?") from None
    except ValidationError as error:
        first = error.errors()[0]
        raise AppError(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}.") from None
