"""Images are looked at: before labelers come, when they claim, and when their page cannot show one."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from core.adapters.memory import MemoryBlobs
from core.domain.commands import InspectItems
from core.domain.errors import NotFound, Unreadable
from core.domain.filters import Filter
from core.domain.items import ItemStatus, parse_item_id
from core.domain.kinds import Kind
from core.domain.people import Role
from core.domain.projects import Project
from core.formats.images.errors import HEADER_BYTES
from core.usecases.authorize import Access
from core.usecases.claim_task import claim_task
from core.usecases.inspect_items import inspect_items
from core.usecases.list_items import list_items
from core.usecases.show_image import show_frame, show_image, show_thumbnails
from tests.unit.formats.images.files import a_dicom
from tests.unit.usecases.conftest import ANA, BEN, DATA, World


def _picture(form: str, width: int = 12, height: int = 7) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (width, height), (200, 30, 60)).save(data, form)
    return data.getvalue()


async def _project(world: World, kind: Kind = Kind.IMAGE_MULTICLASS, **files: bytes) -> Project:
    for name, data in files.items():
        await world.blobs.write(DATA, f"photos/{name.replace('_', '.')}", data)
    return await world.over("photos/**", kind)


async def _statuses(world: World, project: Project) -> dict[str, ItemStatus]:
    page = await list_items(world.ports, await world.project(project.id), Filter(), None, 100)
    return {listed.item.path.removeprefix("photos/"): listed.status for listed in page.items}


async def test_inspection_keeps_sizes_and_sets_aside_what_is_broken(world: World) -> None:
    project = await _project(world, good_jpg=_picture("JPEG"), broken_png=b"<html>", empty_jpg=b"")
    await inspect_items(world.ports, project.id, 0)
    assert await _statuses(world, project) == {
        "good.jpg": ItemStatus.PENDING,
        "broken.png": ItemStatus.UNREADABLE,
        "empty.jpg": ItemStatus.UNREADABLE,
    }
    control = (await world.ports.shards.read(project.id, 0, fresh=True)).value
    images = {item.path: item.image for item in await world.ports.manifests.read(control.manifest)}
    good = images["photos/good.jpg"]
    assert good is not None
    assert (good.width, good.height, images["photos/empty.jpg"]) == (12, 7, None)
    assert world.commands.sent[-1] == InspectItems(project.id, 1)


async def test_an_inspected_shard_is_not_inspected_again(world: World) -> None:
    project = await _project(world, good_jpg=_picture("JPEG"))
    await inspect_items(world.ports, project.id, 0)
    sent = len(world.commands.sent)
    await inspect_items(world.ports, project.id, 0)
    assert len(world.commands.sent) == sent


async def test_a_file_that_is_mended_or_comes_back_is_put_back(world: World) -> None:
    project = await _project(world, broken_jpg=b"x", gone_jpg=_picture("JPEG"))
    del world.blobs.containers[DATA]["photos/gone.jpg"]
    await inspect_items(world.ports, project.id, 0)
    assert set((await _statuses(world, project)).values()) == {ItemStatus.UNREADABLE, ItemStatus.MISSING}
    for name in ("broken.jpg", "gone.jpg"):
        await world.blobs.write(DATA, f"photos/{name}", _picture("JPEG"))
    await inspect_items(world.ports, project.id, 0)
    assert set((await _statuses(world, project)).values()) == {ItemStatus.PENDING}


async def test_a_labeler_is_never_shown_what_has_no_regions_to_fit_into(world: World) -> None:
    project = await _project(world, Kind.OBJECT_DETECTION, good_jpg=_picture("JPEG"), broken_jpg=b"x")
    task = await claim_task(world.ports, project, BEN, 9)
    assert task is not None
    [item] = task.items
    assert item.image is not None
    assert (item.path, item.image.width, item.image.height) == ("photos/good.jpg", 12, 7)
    assert (await _statuses(world, project))["broken.jpg"] is ItemStatus.UNREADABLE


async def test_nothing_is_left_where_everything_is_broken(world: World) -> None:
    project = await _project(world, Kind.OBJECT_DETECTION, a_jpg=b"x", b_jpg=b"y")
    assert await claim_task(world.ports, project, BEN, 1) is None
    assert set((await _statuses(world, project)).values()) == {ItemStatus.UNREADABLE}


async def test_a_tiff_is_shown_as_a_rendition_that_is_made_once(world: World) -> None:
    project = await _project(world, scan_tif=_picture("TIFF"))
    access = Access(ANA, project, "", Role.OWNER)
    for _ in range(2):
        task = await claim_task(world.ports, project, BEN, 1)
        if task is not None:
            [item] = task.items
            assert item.url is not None
            assert f"/renditions/{project.id}/" in item.url
    made = [name for name in world.blobs.containers["tagwerk"] if name.startswith("renditions/")]
    assert len(made) == 1
    shown = await show_image(world.ports, access, "0000-0000")
    assert shown.url is not None
    assert made[0] in shown.url
    with Image.open(io.BytesIO(await world.blobs.read("tagwerk", made[0]))) as image:
        assert (image.size, image.getpixel((3, 3))) == ((12, 7), (200, 30, 60))


class _CountingBlobs(MemoryBlobs):
    """Counts how many bytes of what is labeled are read."""

    read_bytes = 0

    async def read(self, container: str, name: str, length: int | None = None) -> bytes:
        data = await super().read(container, name, length)
        self.read_bytes += len(data) if container == DATA else 0
        return data


async def test_the_frames_of_a_dicom_file_are_read_once(world: World) -> None:
    pixels = np.arange(300 * 200, dtype=np.uint16).reshape(200, 300)
    scan = a_dicom(pixels, RescaleIntercept=-1000)
    access = Access(ANA, await _project(world, scan_dcm=scan), "", Role.OWNER)
    blobs = _CountingBlobs(world.blobs.containers)
    ports = replace(world.ports, blobs=blobs)
    first = await show_frame(ports, access, "0000-0000", 0, None)
    assert first.image.intercept == -1000
    assert blobs.read_bytes == HEADER_BYTES + len(scan)
    assert first.raw is not None
    [raw] = [name for name in blobs.containers["tagwerk"] if name.endswith(".raw")]
    assert raw in first.raw
    assert await blobs.read("tagwerk", raw) == pixels.tobytes()
    assert await show_frame(ports, access, "0000-0000", 0, None) == first
    assert blobs.read_bytes == 2 * HEADER_BYTES + len(scan)
    other = await show_frame(ports, access, "0000-0000", 0, (40.0, 400.0))
    assert other.raw == first.raw
    assert other.png != first.png


async def test_a_changed_file_gets_a_rendition_of_its_own(world: World) -> None:
    project = await _project(world, scan_tif=_picture("TIFF"))
    access = Access(ANA, project, "", Role.OWNER)
    before = await show_image(world.ports, access, "0000-0000")
    await world.blobs.write(DATA, "photos/scan.tif", _picture("TIFF", 20, 10))
    assert (await show_image(world.ports, access, "0000-0000")).url != before.url


async def test_a_page_that_cannot_show_an_image_learns_why(world: World) -> None:
    project = await _project(world, cut_jpg=_picture("JPEG", 300, 200)[:400])
    task = await claim_task(world.ports, project, BEN, 1)
    assert task is not None
    with pytest.raises(Unreadable, match="cut off"):
        await show_image(world.ports, Access(BEN, project, "", Role.LABELER), task.items[0].id)
    assert (await _statuses(world, project)) == {"cut.jpg": ItemStatus.UNREADABLE}


async def test_labelers_see_only_images_that_they_hold(world: World) -> None:
    project = await _project(world, a_jpg=_picture("JPEG"), b_jpg=_picture("JPEG"))
    task = await claim_task(world.ports, project, BEN, 1)
    assert task is not None
    held = task.items[0].id
    other = next(name for name in ("0000-0000", "0000-0001") if name != held)
    labeler = Access(BEN, project, "", Role.LABELER)
    assert (await show_image(world.ports, labeler, held)).url
    for item in (other, "0000-0007", "0009-0000", "nonsense"):
        with pytest.raises(NotFound):
            await show_image(world.ports, labeler, item)
    world.clock.step(minutes=31)
    with pytest.raises(NotFound):
        await show_image(world.ports, labeler, held)
    assert (await show_image(world.ports, Access(ANA, project, "", Role.OWNER), other)).url
    assert parse_item_id(held)[0] == 0


async def test_thumbnails_say_why_there_is_none(world: World) -> None:
    project = await _project(world, good_jpg=_picture("JPEG", 900, 600), broken_jpg=b"x")
    access = Access(ANA, project, "", Role.OWNER)
    shown = await show_thumbnails(world.ports, access, ["0000-0000", "0000-0001"])
    assert sorted(thumbnail.url is None for thumbnail in shown) == [False, True]
    assert all(thumbnail.reason for thumbnail in shown if thumbnail.url is None)
    [name] = [name for name in world.blobs.containers["tagwerk"] if "renditions/" in name]
    with Image.open(io.BytesIO(await world.blobs.read("tagwerk", name))) as image:
        assert (image.format, max(image.size)) == ("WEBP", 512)
