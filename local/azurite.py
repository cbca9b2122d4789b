"""Azure Storage on this machine: Azurite as three processes, so that none stalls the others."""

import shutil
import signal
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from azure.storage.blob import BlobServiceClient, CorsRule

from local.children import Child
from local.errors import AzuriteMissingError, NodeMissingError
from local.ports import LOOPBACK, answers, free_ports
from local.running import Running

INSTALLED = Path(__file__).parent / "azurite"
SERVICES = ("blob", "queue", "table")
LOGGED = "blob"  # whose access log tells which blobs were created
# azurite-table saves on SIGINT only; on SIGTERM it dies with what it has not saved (3.37.0).
STOP_SIGNAL = signal.SIGINT
ACCOUNT = "devstoreaccount1"
OTHER_ACCOUNT = "devstoreaccount2"  # for datastores outside the app's own account
# Azurite's well-known key, printed in its documentation: it protects nothing.
ACCOUNT_KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="


def connection_string(base_port: int) -> str:
    """The connection string of an Azurite whose blob, queue and table ports start at `base_port`."""
    endpoints = "".join(
        f"{service.title()}Endpoint=http://{LOOPBACK}:{base_port + offset}/{ACCOUNT};"
        for offset, service in enumerate(SERVICES)
    )
    return f"DefaultEndpointsProtocol=http;AccountName={ACCOUNT};AccountKey={ACCOUNT_KEY};{endpoints}"


def check_installed() -> None:
    """Raise NodeMissingError or AzuriteMissingError if Azurite could not be started."""
    if shutil.which("node") is None:
        raise NodeMissingError
    if not all(_program(service).exists() for service in SERVICES):
        raise AzuriteMissingError(INSTALLED)


class Azurite(Running):
    """Azurite's three services on loopback; a context manager.

    Without `base_port` it takes three free ports; without `folder`, a temporary one that
    goes with it. With `in_memory` nothing is kept. Each service writes to
    `folder/azurite-<service>.log`, the blob service also its access log.
    """

    def __init__(
        self, *, base_port: int | None = None, folder: Path | None = None, in_memory: bool = False
    ) -> None:
        self.base_port = base_port or free_ports(len(SERVICES))
        self.connection_string = connection_string(self.base_port)
        self._temporary = tempfile.TemporaryDirectory(prefix="azurite-") if folder is None else None
        self.folder = Path(self._temporary.name) if self._temporary else folder or Path()
        self._in_memory = in_memory
        self.children = [self._child(service, offset) for offset, service in enumerate(SERVICES)]

    @property
    def other_account(self) -> str:
        """The address of a second account's blob service, which has the same key."""
        return f"http://{LOOPBACK}:{self.base_port}/{OTHER_ACCOUNT}"

    @property
    def blob_log(self) -> Path:
        """The blob service's access log, one line for each request that it answered."""
        return self.folder / "azurite-blob.log"

    def start(self, on_start: Callable[[], None] = lambda: None) -> None:
        """Start the services, wait until they answer, and let browsers use the blob service."""
        check_installed()
        for child in self.children:
            child.start()
        on_start()
        for offset, child in enumerate(self.children):
            child.wait_until(partial(answers, self.base_port + offset))
        _allow_browsers(self.connection_string)
        _allow_browsers(self.connection_string.replace(ACCOUNT, OTHER_ACCOUNT))

    def stop(self) -> None:
        """Stop the services and let them save what they hold."""
        for child in self.children:
            child.ask_to_stop()
        for child in self.children:
            child.stop()
        if self._temporary:
            self._temporary.cleanup()

    def _child(self, service: str, offset: int) -> Child:
        command = [str(_program(service)), f"--{service}Host", LOOPBACK]
        command += [f"--{service}Port", str(self.base_port + offset)]
        command += ["--skipApiVersionCheck", "--disableTelemetry"]
        command += [] if service == LOGGED else ["--silent"]  # polling would fill the disk
        command += ["--inMemoryPersistence"] if self._in_memory else ["--location", str(self.folder)]
        log = self.folder / f"azurite-{service}.log"
        accounts = ";".join(f"{name}:{ACCOUNT_KEY}" for name in (ACCOUNT, OTHER_ACCOUNT))
        env = {"AZURITE_ACCOUNTS": accounts}
        return Child(f"azurite-{service}", command, log, env=env, stop_signal=STOP_SIGNAL)


def _program(service: str) -> Path:
    return INSTALLED / "node_modules" / ".bin" / f"azurite-{service}"


def _allow_browsers(connection: str) -> None:
    """Any page may use the blob service: every address it reads or writes is signed, and it is loopback."""
    rule = CorsRule(
        ["*"], ["GET", "HEAD", "PUT"], allowed_headers=["*"], exposed_headers=["*"], max_age_in_seconds=3600
    )
    with BlobServiceClient.from_connection_string(connection) as service:
        service.set_service_properties(cors=[rule])
