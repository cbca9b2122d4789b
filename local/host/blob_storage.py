"""Small helpers over blob storage."""

from contextlib import suppress

from azure.core.exceptions import ResourceExistsError, ResourceNotFoundError
from azure.storage.blob.aio import BlobClient, BlobServiceClient


async def put_creating(service: BlobServiceClient, blob: BlobClient, content: bytes) -> None:
    """Write a blob, creating its container if there is none."""
    try:
        await blob.upload_blob(content, overwrite=True)
    except ResourceNotFoundError:
        with suppress(ResourceExistsError):  # another writer may be first
            await service.create_container(blob.container_name)
        await blob.upload_blob(content, overwrite=True)
