from typing import Any

import azure.functions as func
import azurefunctions.extensions.bindings.blob as blob

app = func.FunctionApp()
seen: list[dict[str, Any]] = []


@app.blob_trigger(
    arg_name="stream", path="%DATA%/{name}.txt", connection="STORAGE", source=func.BlobSource.EVENT_GRID
)
async def texts(stream: func.InputStream) -> None:
    content = stream.read()
    seen.append({"function": "texts", "name": stream.name, "content": content, "length": stream.length})
    if content == b"bad":
        raise ValueError("a bad blob")


@app.blob_trigger(
    arg_name="client", path="%DATA%/{name}", connection="STORAGE", source=func.BlobSource.EVENT_GRID
)
def everything(client: blob.BlobClient) -> None:
    properties = client.get_blob_properties()
    seen.append({"function": "everything", "name": properties.name, "length": properties.size})
