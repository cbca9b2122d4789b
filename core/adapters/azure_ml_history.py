"""What Azure ML's run history says of a job: when its program ran, why it failed, and its log.

The history is a service beside the documented REST API, and a firewall may be in between. A job's state does
not depend on it: what cannot be had is left out, and said.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from core.adapters.azure_ml_workspace import TIMEOUTS

if TYPE_CHECKING:
    from azure.ai.ml import MLClient
    from azure.ai.ml.entities import Job

_LOG = "user_logs/std_log"
_TAIL_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Told:
    """When the program ran, and why it failed, as far as anybody says. `logs` are addresses by path."""

    started: datetime | None = None
    ended: datetime | None = None
    why: str | None = None
    logs: dict[str, str] | None = None


def history_of(client: "MLClient", job: "Job", name: str) -> Told:
    """What is known of a job's run."""
    try:
        # The SDK's public way to a log is to follow it to the job's end, and none leads to a run's times.
        run = client.jobs._runs_operations.get_run_details(name)  # noqa: SLF001
    except Exception:  # the way there leads over addresses that the workspace gives: anything may be wrong
        return Told(_time(job, "StartTimeUtc"), _time(job, "EndTimeUtc"))
    why = getattr(getattr(run.error, "error", None), "message", None)
    return Told(run.start_time_utc, run.end_time_utc, str(why) if why else None, dict(run.log_files or {}))


def tail_of(told: Told) -> str:
    """The last 64 KB of the log, which Azure ML writes to a blob while the job runs. Raises AzureError."""
    from azure.core.exceptions import ResourceNotFoundError
    from azure.storage.blob import BlobClient

    urls = [url for path, url in sorted((told.logs or {}).items()) if path.startswith(_LOG)]
    if not urls:
        return ""
    with BlobClient.from_blob_url(urls[0], **TIMEOUTS) as blob:
        try:
            size = blob.get_blob_properties().size
            text = blob.download_blob(max(0, size - _TAIL_BYTES)).readall() if size else b""
        except ResourceNotFoundError:
            return ""
    return text.decode(errors="replace")


def tail_or_why_not(told: Told) -> str:
    """The same, or a sentence."""
    from azure.core.exceptions import AzureError

    if told.logs is None:
        return "(The log cannot be read: Azure ML's run history does not answer.)"
    try:
        return tail_of(told)
    except AzureError as error:
        return f"(The log cannot be read: {error.message})"


def _time(job: "Job", name: str) -> datetime | None:
    """A time in a job's properties, where some versions of the service put it, in UTC without saying so."""
    text: Any = (job.properties or {}).get(name)
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
