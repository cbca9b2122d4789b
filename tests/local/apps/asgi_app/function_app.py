import azure.functions as func
from fastapi import FastAPI, Request, Response

api = FastAPI()


@api.get("/api/ping")
async def ping() -> dict[str, bool]:
    return {"ok": True}


@api.post("/api/cookies")
async def cookies(request: Request) -> Response:
    response = Response(await request.body(), media_type="application/octet-stream")
    response.set_cookie("a", "1")
    response.set_cookie("b", "2")
    response.headers["ETag"] = '"x"'
    return response


@api.get("/api/broken")
async def broken() -> None:
    raise ValueError("broken on purpose")


app = func.AsgiFunctionApp(api, http_auth_level=func.AuthLevel.ANONYMOUS)
