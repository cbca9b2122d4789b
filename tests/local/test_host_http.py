import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from local.errors import NotLoopbackError
from local.host.errors import AppError, UnsupportedError
from local.host.runtime import Host
from local.host.server import build_server
from tests.local.app_runner import AppRunner


async def test_a_request_reaches_the_function_whole(apps: AppRunner) -> None:
    async with apps.serving("http") as client:
        answer = await client.post(
            "/api/echo?a=1&b=x%20y&a=2&empty=", headers=[("X-One", "1"), ("x-one", "2")], content="hällo"
        )
    seen = answer.json()
    assert answer.headers["content-type"] == "application/json"
    assert seen["method"] == "POST"
    assert seen["url"].endswith("/api/echo?a=1&b=x%20y&a=2&empty=")
    assert seen["headers"]["x-one"] == "1,2"
    assert seen["params"] == {"a": "1,2", "b": "x y", "empty": ""}
    assert seen["body"] == "hällo"


async def test_a_chunked_upload_arrives_whole_as_in_azure(apps: AppRunner) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for part in (b"one ", b"two ", b"three"):
            yield part

    async with apps.serving("http") as client:
        answer = await client.post("/api/echo", content=chunks())
    assert answer.json()["body"] == "one two three"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/api/items/7", '{"id": "7", "function": "item"}'),
        ("/api/items/7/more", '{"id": "7", "rest": "more", "function": "item"}'),
        ("/API/Items/latest", "latest for GET"),
        ("/api/files/a/b%20c.txt", "a/b c.txt"),
        ("/api/files", "None"),
    ],
)
async def test_routes(apps: AppRunner, path: str, text: str) -> None:
    async with apps.calling("http") as client:
        answer = await client.get(path)
    assert (answer.status_code, answer.text) == (200, text)
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/items/seven", 404),
        ("DELETE", "/api/items/latest", 404),
        ("GET", "/echo", 404),
        ("GET", "/", 200),
        ("GET", "/api/nothing", 204),
        ("POST", "/runtime/webhooks/blobs", 404),
    ],
)
async def test_statuses(apps: AppRunner, method: str, path: str, status: int) -> None:
    async with apps.calling("http") as client:
        assert (await client.request(method, path)).status_code == status


async def test_a_failing_function_answers_500_and_is_logged_in_few_lines(
    apps: AppRunner, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "local.host"):
        async with apps.calling("http") as client:
            assert (await client.get("/api/broken")).status_code == 500
    first, second = caplog.messages[0].splitlines()
    assert first.startswith("broken failed after ")
    assert first.endswith("ms: ValueError: no GET today")
    assert "apps/http_app/function_app.py:" in second
    assert second.endswith('in broken: raise ValueError(f"no {req.method} today")')


async def test_an_asgi_app_keeps_its_headers_and_bytes(apps: AppRunner) -> None:
    body = bytes(range(256)) * 1000
    async with apps.serving("asgi") as client:
        answer = await client.post("/api/cookies", content=body)
    assert answer.content == body
    assert answer.headers.get_list("set-cookie") == ["a=1; Path=/; SameSite=lax", "b=2; Path=/; SameSite=lax"]
    assert answer.headers.get_list("content-length") == [str(len(body))]
    assert answer.headers["etag"] == '"x"'


async def test_an_asgi_app_answers_its_own_routes(apps: AppRunner) -> None:
    async with apps.calling("asgi") as client:
        assert (await client.get("/api/ping")).json() == {"ok": True}
        assert (await client.get("/api/missing")).json() == {"detail": "Not Found"}
        assert (await client.get("/openapi.json")).json()["openapi"].startswith("3.")
        assert (await client.get("/api/broken")).status_code == 500
        assert [f["name"] for f in (await client.get("/admin/functions")).json()] == ["http_app_func"]


def test_other_addresses_are_refused(apps: AppRunner) -> None:
    host = apps.load("http")
    for address in ("0.0.0.0", "::", "192.168.1.5", "localhost"):  # noqa: S104 # these must be refused
        with pytest.raises(NotLoopbackError, match=r"127\.0\.0\.1 only"):
            build_server(host, address, 7071)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("x = 1", "must define exactly one function app, and defines 0"),
        ("a = func.FunctionApp()\nb = func.FunctionApp()", "defines 2"),
        (
            "app = func.FunctionApp()\n"
            "@app.function_name('has space')\n"
            "@app.route(route='x')\n"
            "def f(req: func.HttpRequest) -> str:\n    return ''",
            "'has space' is not a name",
        ),
        (
            "app = func.FunctionApp()\n"
            "@app.route(route='x')\n"
            "@app.queue_output(arg_name='out', queue_name='q', connection='C')\n"
            "def f(req: func.HttpRequest, out: func.Out[str]) -> str:\n    return ''",
            "'f' uses a queue binding",
        ),
        (
            "app = func.FunctionApp()\n"
            "@app.queue_trigger(arg_name='m', queue_name='q', connection='C')\n"
            "@app.retry(strategy='fixed_delay', max_retry_count='3', delay_interval='00:00:01')\n"
            "def f(m: func.QueueMessage) -> None: ...",
            "'f' uses a retry policy",
        ),
    ],
)
def test_an_app_that_azure_would_refuse_is_refused(tmp_path: Path, body: str, sentence: str) -> None:
    (tmp_path / "host.json").write_text("{}")
    (tmp_path / "function_app.py").write_text(f"import azure.functions as func\n{body}\n")
    with pytest.raises(AppError, match=sentence):
        Host(tmp_path, {})


def test_a_scanning_blob_trigger_is_refused_at_start(tmp_path: Path) -> None:
    (tmp_path / "host.json").write_text("{}")
    (tmp_path / "function_app.py").write_text(
        "import azure.functions as func\n"
        "app = func.FunctionApp()\n"
        "@app.blob_trigger(arg_name='b', path='data/{name}', connection='C')\n"
        "def f(b: func.InputStream) -> None: ...\n"
    )
    with pytest.raises(UnsupportedError, match="a blob trigger without source="):
        Host(tmp_path, {"C": "x"})


def test_a_bad_host_json_names_the_field(tmp_path: Path) -> None:
    (tmp_path / "function_app.py").touch()
    (tmp_path / "host.json").write_text('{"extensions": {"queues": {"batchSize": 33}}}')
    with pytest.raises(AppError, match=r"extensions\.queues\.batchSize: .*less than or equal to 32"):
        Host(tmp_path, {})
