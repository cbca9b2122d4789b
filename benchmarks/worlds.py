"""Projects of any size on Azurite. Their images do not exist: the listing of them is simulated."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from core.adapters.azure_blobs import AzureBlobs
from core.adapters.azure_storage import StorageAccount
from core.adapters.memory import MemoryCommands
from core.domain.kinds import Kind
from core.domain.labels import Label
from core.domain.people import User
from core.domain.projects import Data, Project, Refresh
from core.ports import BlobInfo, Ports
from core.settings import read_settings
from core.usecases.create_project import NewProject, create_project
from core.usecases.initialize_project import initialize_project
from function_app import open_account, open_ports
from local.stack import app_environment

PAGE = 5_000
DATA = "data"
ADMINISTRATOR = User("ana", "Ana", "ana@tagwerk.local", administrator=True)
LABELS = tuple(Label(str(number)) for number in range(10))


class SimulatedListing(AzureBlobs):
    """Blobs whose data container seems to hold `count` images. Every other call is real."""

    def __init__(self, account: StorageAccount, count: int) -> None:
        super().__init__(account.blobs, account.open)
        self._count = count

    async def list(self, container: str, prefix: str) -> AsyncIterator[Sequence[BlobInfo]]:
        if container != DATA:
            async for page in super().list(container, prefix):
                yield page
            return
        for start in range(0, self._count, PAGE):
            numbers = range(start, min(start + PAGE, self._count))
            yield [BlobInfo(f"{prefix}{n:07d}.jpg", f"0x8DE{n:012X}", 50_000 + n) for n in numbers]


@asynccontextmanager
async def open_world(connection_string: str, images: int | None = 0) -> AsyncIterator[Ports]:
    """The app's own ports on Azurite, but for the listing unless `images` is None; commands go nowhere."""
    settings = read_settings(app_environment(connection_string, "http://issuer.invalid", {}))
    account = open_account(settings.storage)
    ports = await open_ports(account, settings)
    try:
        blobs = ports.blobs if images is None else SimulatedListing(account, images)
        yield replace(ports, blobs=blobs, commands=MemoryCommands())
    finally:
        await account.close()


async def new_project(ports: Ports, name: str) -> Project:
    """A project that has yet to be initialized. It does not refresh, or its images would be missing."""
    new = NewProject(
        name, Kind.IMAGE_MULTICLASS, Data(DATA, "bench/**"), LABELS, refresh=Refresh(enabled=False)
    )
    return (await create_project(ports, ADMINISTRATOR, new)).value


async def running_project(connection_string: str, images: int) -> str:
    """The id of a running project of so many images."""
    async with open_world(connection_string, images) as ports:
        project = await new_project(ports, f"{images} images")
        await initialize_project(ports, project.id)
        return project.id
