"""The canvas outside of the product: the example in its folder, built by itself, in a browser."""

import functools
import http.server
import json
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from local.stack import REPOSITORY

FOLDER = REPOSITORY / "web" / "src" / "canvas"
VITE = REPOSITORY / "web" / "node_modules" / "vite" / "bin" / "vite.js"
SETTINGS = (
    'export default { base: "./", build: { target: "es2022", rolldownOptions: { input: "example.html" } } };'
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("canvas")
    (folder / "vite.config.js").write_text(SETTINGS)
    build = [
        *("node", str(VITE), "build", str(FOLDER), "--config", str(folder / "vite.config.js")),
        *("--outDir", str(folder / "dist"), "--logLevel", "warn"),
    ]
    subprocess.run(build, check=True, cwd=REPOSITORY / "web")  # noqa: S603  no part of it comes from outside
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(Path(folder / "dist")))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/example.html"
        server.shutdown()


def test_the_example_draws_and_undoes(browser: Browser, address: str) -> None:
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    shown = page.locator(".canvas-picture canvas").first.bounding_box()
    assert shown
    scale = shown["width"] / 600

    def drag(x: float, y: float, width: float, height: float) -> None:
        page.mouse.move(shown["x"] + x * scale, shown["y"] + y * scale)
        page.mouse.down()
        page.mouse.move(shown["x"] + (x + width) * scale, shown["y"] + (y + height) * scale, steps=3)
        page.mouse.up()

    drag(100, 50, 80, 60)
    drag(180, 110, 40, 40)
    regions = json.loads(page.locator("#regions").inner_text())
    places = [[region["x"], region["y"], region["width"], region["height"]] for region in regions]
    assert places == [pytest.approx([100, 50, 80, 60], abs=1), pytest.approx([180, 110, 40, 40], abs=1)]
    expect(page.locator(".canvas-region")).to_have_count(2)
    page.keyboard.press("z")
    expect(page.locator(".canvas-region")).to_have_count(1)
    assert errors == []
    page.close()
