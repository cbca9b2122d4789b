import asyncio
import json

import azure.functions as func

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)


@app.route(route="echo", methods=["POST", "GET"])
async def echo(req: func.HttpRequest) -> func.HttpResponse:
    seen = {
        "method": req.method,
        "url": req.url,
        "headers": dict(req.headers),
        "params": dict(req.params),
        "body": req.get_body().decode(),
    }
    return func.HttpResponse(json.dumps(seen), mimetype="application/json")


@app.route(route="items/{id:int}/{rest?}", methods=["GET"])
def item(req: func.HttpRequest, context: func.Context) -> func.HttpResponse:
    return func.HttpResponse(json.dumps({**req.route_params, "function": context.function_name}))


@app.route(route="items/latest", methods=["GET"])
def latest(req: func.HttpRequest) -> str:
    return f"latest for {req.method}"


@app.route(route="files/{*path}")
async def files(req: func.HttpRequest) -> str:
    return str(req.route_params.get("path"))


@app.route(route="broken")
async def broken(req: func.HttpRequest) -> str:
    raise ValueError(f"no {req.method} today")


@app.route(route="nothing")
async def nothing(req: func.HttpRequest) -> None:
    assert req.get_body() == b""


@app.route(route="slow")
async def slow(req: func.HttpRequest) -> str:
    await asyncio.sleep(0.5)
    return f"slow {req.method}"
