"""Uploading a folder over a network that breaks."""

from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Route, expect

from tests.browser.desk import Desk
from tests.browser.workbench import picture

COUNT = 30


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

    page.goto(f"{desk.base_url}/projects/new")
    page.route(f"**/{folder.name}/*.png?*", cut)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a folder").click()
    chooser.value.set_files(folder)
    expect(page.get_by_role("alert").get_by_text("The storage cannot be reached.")).to_be_visible(
        timeout=30_000
    )
    expect(page.get_by_text("failed")).to_have_count(0)
    page.unroute_all()
    page.get_by_role("button", name="that are left").click()
    expect(page.get_by_text(f"{COUNT} of {COUNT} images uploaded")).to_be_visible()

    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a folder").click()
    chooser.value.set_files(folder)
    expect(page.get_by_text(f"0 of {COUNT} images uploaded, {COUNT} were there already")).to_be_visible()
    expect(page.get_by_text("failed")).to_have_count(0)
