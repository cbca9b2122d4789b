import os

import azure.functions as func
import azurefunctions.extensions.bindings.blob as blob
from fastapi import FastAPI

api = FastAPI()
seen: list[str] = []


@api.get("/api/health")
async def health() -> dict[str, int]:
    return {"process": os.getpid()}


@api.get("/api/config")
async def config() -> dict[str, str]:
    return {"authority": os.environ["OIDC_ISSUER"], "client_id": os.environ["OIDC_CLIENT_ID"]}


@api.get("/api/seen")
async def names() -> list[str]:
    return seen


app = func.AsgiFunctionApp(api, http_auth_level=func.AuthLevel.ANONYMOUS)


@app.blob_trigger(
    arg_name="client", path="%DATA_CONTAINER%/{name}", connection="STORAGE", source=func.BlobSource.EVENT_GRID
)
def arrived(client: blob.BlobClient) -> None:
    seen.append(str(client.blob_name))
