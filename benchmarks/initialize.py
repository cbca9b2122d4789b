"""Initializing a project from blobs that are there already.

Simulated: the listing, which on Azurite takes longer than all else. A bare listing is measured on 5,000 real
blobs, and scaled; the ratio is (scaled listing + our own work) / scaled listing.
"""

import asyncio
from time import perf_counter

from benchmarks.figures import Figure, peak_memory_mb, tell
from benchmarks.storage_calls import counted_calls
from benchmarks.worlds import DATA, PAGE, new_project, open_world
from core.ports import Ports
from core.usecases.in_parallel import in_parallel
from core.usecases.initialize_project import initialize_project
from local.azurite import Azurite

SIZES = (100_000, 500_000)
PARALLEL_UPLOADS = 16


async def measure(connection_string: str) -> list[Figure]:
    async with open_world(connection_string) as ports:
        page_seconds = await _list_a_page(connection_string, ports)
    figures = [Figure("a bare listing of 5,000 blobs, measured", page_seconds, "s")]
    for size in SIZES:
        figures += await _initialize(connection_string, size, page_seconds)
    return [*figures, Figure("peak memory of the process, 500,000 items", peak_memory_mb(), "MB", 600)]


async def _list_a_page(connection_string: str, ports: Ports) -> float:
    from core.adapters.azure_blobs import AzureBlobs
    from core.adapters.azure_storage import StorageAccount

    async def upload(number: int) -> None:
        await ports.blobs.write(DATA, f"real/{number:05d}.jpg", b"")

    await in_parallel(PARALLEL_UPLOADS, upload, range(PAGE))
    account = StorageAccount.from_connection_string(connection_string)
    begun = perf_counter()
    async for _ in AzureBlobs(account.blobs, account.open).list(DATA, "real/"):
        pass
    seconds = perf_counter() - begun
    await account.close()
    return seconds


async def _initialize(connection_string: str, size: int, page_seconds: float) -> list[Figure]:
    async with open_world(connection_string, size) as ports:
        project = await new_project(ports, f"{size} images")
        with counted_calls() as calls:
            begun = perf_counter()
            await initialize_project(ports, project.id)
            seconds = perf_counter() - begun
    pages = -(-size // PAGE)
    listing = pages * page_seconds
    return [
        Figure(f"initialize {size:,} items, without the listing", seconds, "s"),
        Figure(
            f"initialize {size:,} items, against a bare listing", (listing + seconds) / listing, "times", 1.25
        ),
        Figure(f"storage calls for {size:,} items, listing included", calls.count + pages, "calls", 2_500),
    ]


if __name__ == "__main__":
    with Azurite(in_memory=True) as azurite:
        tell("initialize", asyncio.run(measure(azurite.connection_string)))
