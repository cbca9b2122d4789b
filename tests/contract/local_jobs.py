"""What tests of local jobs share. `python -m tests.contract.local_jobs` is an app that waits to be killed."""

import asyncio
import sys
from pathlib import Path

from core.adapters.azure_blobs import AzureBlobs
from core.adapters.azure_storage import StorageAccount
from core.adapters.local_jobs import LocalJobs, LocalLimits
from core.domain.jobs import BlobFolder, JobSpec
from core.ports import BlobStore
from tests.contract.job_programs import write_programs

CONTAINER = "contract-jobs"


async def open_blobs(account: StorageAccount) -> AzureBlobs:
    """The blobs of an account, with a container for jobs."""
    blobs = AzureBlobs(account.blobs, account.open)
    await blobs.prepare(CONTAINER)
    return blobs


def open_jobs(blobs: BlobStore, folder: Path, limits: LocalLimits = LocalLimits()) -> LocalJobs:  # noqa: B008 -- frozen
    """Jobs in a folder, as an app that has just started sees them."""
    return LocalJobs(blobs, folder / "jobs", sys.executable, write_programs(folder / "programs"), limits)


async def _submit_and_wait(connection_string: str, folder: Path, job: str, program: str) -> None:
    account = StorageAccount.from_connection_string(connection_string)
    blobs = await open_blobs(account)
    output = BlobFolder(CONTAINER, f"{job}/out/")
    await open_jobs(blobs, folder).submit(JobSpec(job, program, ("{outputs.out}",), {}, {"out": output}))
    await asyncio.sleep(60)


if __name__ == "__main__":
    asyncio.run(_submit_and_wait(sys.argv[1], Path(sys.argv[2]), sys.argv[3], sys.argv[4]))
