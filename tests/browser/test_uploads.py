"""Uploading a folder over a network that breaks."""

import re
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from azure.storage.blob import BlobClient
from playwright.sync_api import FileChooser, Page, Route, expect

from local.stack import Stack
from tests.browser.desk import Desk
from tests.browser.workbench import picture

COUNT = 30
BLOCK_BYTES = 8 * 1024 * 1024
BLOCKS = 5
"""The fifth of a few bytes: four are still sent in one piece."""


def choose(page: Page, folder: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a folder").click()
    chosen: FileChooser = chooser.value
    chosen.set_files(folder)


def block_of(url: str) -> str:
    """The id of the block that a request sends; empty for others."""
    return parse_qs(urlsplit(url).query).get("blockid", [""])[0]


def expect_cut_off(page: Page) -> None:
    """The page says so, and counts no file as failed."""
    expect(page.get_by_role("alert").get_by_text("The storage cannot be reached.")).to_be_visible()
    expect(page.get_by_text("failed")).to_have_count(0)


def go_on(page: Page) -> None:
    page.unroute_all()
    page.get_by_role("button", name=re.compile("^Send the .* left$")).click()


def test_an_upload_that_was_cut_off_goes_on_and_nothing_has_failed(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / f"herd-{uuid4().hex}"
    folder.mkdir()
    for number in range(COUNT):
        (folder / f"{number}.png").write_bytes(picture(number))
    page, asked = desk.page, list[str]()

    def cut(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) > COUNT // 2:
            route.abort("internetdisconnected")
        else:
            route.continue_()

    page.route(re.compile(rf"/{folder.name}/\d+\.png\?"), cut)
    page.goto(f"{desk.base_url}/projects/new")
    choose(page, folder)
    expect_cut_off(page)
    go_on(page)
    expect(page.get_by_text(f"{COUNT} of {COUNT} images uploaded")).to_be_visible()

    choose(page, folder)
    expect(page.get_by_text(f"0 of {COUNT} images uploaded, {COUNT} were there already")).to_be_visible()
    expect(page.get_by_text("failed")).to_have_count(0)


def test_a_large_file_goes_in_blocks_and_goes_on_after_a_cut(
    desk: Desk, stack: Stack, tmp_path: Path
) -> None:
    folder = tmp_path / f"slides-{uuid4().hex}"
    folder.mkdir()
    content = b"".join(bytes([number]) * BLOCK_BYTES for number in range(BLOCKS - 1)) + b"the end"
    (folder / "large.tif").write_bytes(content)
    page, cut, sent = desk.page, list[str](), list[str]()
    addresses: set[str] = set()

    def cut_third(route: Route) -> None:
        addresses.add(urlsplit(route.request.url).path)
        cut.append(block_of(route.request.url))
        if len(set(cut)) > 2:
            route.abort("internetdisconnected")
        else:
            route.continue_()

    page.route(re.compile(rf"/{folder.name}/large\.tif\?"), cut_third)
    page.goto(f"{desk.base_url}/projects/new")
    choose(page, folder)
    expect_cut_off(page)
    [address] = addresses
    blob = BlobClient.from_connection_string(stack.connection_string, "data", address.partition("/data/")[2])
    with blob:
        assert [len(set(cut)), cut.count(cut[-1]), blob.exists()] == [3, 4, False], (
            "a block is tried four times"
        )
        page.on("request", lambda request: sent.append(block_of(request.url)))
        go_on(page)
        expect(page.get_by_text("1 of 1 image uploaded")).to_be_visible()
        blocks = [block for block in sent if block]
        assert len(blocks) == len(set(blocks)) == BLOCKS - 2, "two are there already"
        assert sha256(blob.download_blob().readall()).digest() == sha256(content).digest()
