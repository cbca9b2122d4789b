"""Stands in for Azure Event Grid: tells the function app of every blob that Azurite took."""

import threading
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

from local.blob_log import CreatedBlob, created_blob

POLL_SECONDS = 0.2
BATCH_BYTES = 16 * 1024
LOG_TOO_LONG = 64 * 1024 * 1024
FUNCTIONS_PATH = "/admin/functions"
WEBHOOK_PATH = "/runtime/webhooks/blobs"


class EventGrid:
    """Follows the blob service's access log and posts BlobCreated events to the app, at least once.

    How far it got is kept beside the log, and moves on only when the app has taken the events: they
    wait while the app is down, and outlive us. Start it before the app, stop it after.
    """

    def __init__(self, blob_log: Path, app_url: str) -> None:
        self._log = blob_log
        self._position_file = blob_log.with_suffix(".position")
        self._app_url = app_url
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="eventgrid", daemon=True)

    def start(self) -> None:
        """Start following, from where the last run stopped."""
        self._thread.start()

    def stop(self) -> None:
        """Stop following; what is not delivered yet will be after the next start."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _follow(self) -> None:
        position = min(read_position(self._position_file), self._log.stat().st_size)
        with httpx.Client(base_url=self._app_url, timeout=30, trust_env=False) as app:
            while not self._stopping.wait(POLL_SECONDS):
                position = self._deliver_from(position, app)

    def _deliver_from(self, position: int, app: httpx.Client) -> int:
        """Deliver what the log holds after `position`, and return how far we got."""
        while not self._stopping.is_set():
            lines, end = read_lines(self._log, position)
            if end == position:
                break
            try:
                deliver(filter(None, map(created_blob, lines)), app)
            except httpx.HTTPError:
                break
            position = end
            self._position_file.write_text(str(position))
        return position


def shorten_log(blob_log: Path) -> None:
    """Empty a long log whose events were all delivered. Only while Azurite is not running."""
    position_file = blob_log.with_suffix(".position")
    if blob_log.exists() and LOG_TOO_LONG < blob_log.stat().st_size == read_position(position_file):
        blob_log.unlink()
        position_file.unlink()


def deliver(blobs: Iterable[CreatedBlob], app: httpx.Client) -> None:
    """Post the blobs' events to each function that watches their container; raises httpx.HTTPError."""
    created = list(blobs)
    if not created:
        return
    for function, container in _watchers(app):
        events = [event_for(blob) for blob in created if blob.container == container]
        if events:
            parameters = {"functionName": f"Host.Functions.{function}"}
            app.post(WEBHOOK_PATH, params=parameters, json=events).raise_for_status()


def event_for(blob: CreatedBlob) -> dict[str, Any]:
    """The Event Grid event that says that a blob was created."""
    return {
        "id": str(uuid.uuid4()),
        "topic": "azurite",
        "subject": f"/blobServices/default/containers/{blob.container}/blobs/{blob.name}",
        "eventType": "Microsoft.Storage.BlobCreated",
        "eventTime": datetime.now(UTC).isoformat(),
        "data": {
            "api": "PutBlob",
            "blobType": "BlockBlob",
            "url": f"azurite/{blob.container}/{quote(blob.name)}",
        },
        "dataVersion": "",
        "metadataVersion": "1",
    }


def read_lines(log: Path, position: int) -> tuple[list[str], int]:
    """Some whole lines of a log after `position`, and where they end."""
    with log.open("rb") as opened:
        opened.seek(position)
        chunk = opened.read(BATCH_BYTES)
    whole = chunk[: chunk.rfind(b"\n") + 1]
    return whole.decode(errors="replace").split("\n"), position + len(whole)


def read_position(position_file: Path) -> int:
    """How far the log was delivered; 0 for a new one."""
    return int(position_file.read_text()) if position_file.exists() else 0


def _watchers(app: httpx.Client) -> Iterator[tuple[str, str]]:
    """The blob functions and the container that each watches."""
    for function in app.get(FUNCTIONS_PATH).raise_for_status().json():
        if function["path"]:
            yield function["name"], function["path"].split("/")[0]
