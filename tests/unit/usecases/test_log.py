"""What happens in a project is written down, once, with who did it."""

from collections.abc import Mapping

import pytest

from core.domain.errors import WrongStatus
from core.domain.exports import ExportOptions, Format
from core.domain.imports import ImportAs, ImportFormat
from core.domain.log import Detail, Happened
from core.domain.projects import Project, Refresh, Wording
from core.usecases.delete_project import delete_project
from core.usecases.edit_project import Edits, edit_project, pause_project, resume_project
from core.usecases.read_import import read_import
from core.usecases.request_export import request_export
from core.usecases.request_import import request_import
from core.usecases.write_export import fail_export, write_export
from tests.unit.usecases.conftest import ANA, BEN, DATA, World

Line = tuple[str, Happened, Mapping[str, Detail]]


async def _log(world: World, project: str) -> list[Line]:
    """What was logged since the project was created, oldest first."""
    page = await world.ports.log.page(project, 100)
    lines = [(entry.user, entry.what, entry.details) for entry in reversed(page.entries)]
    assert lines[0] == ("ana", Happened.PROJECT_CREATED, {"name": "Flowers", "kind": "image_multiclass"})
    return lines[1:]


async def _running(world: World) -> Project:
    """A running project that was created a while ago."""
    project = await world.running(1)
    world.clock.step(hours=1)
    return project


async def test_a_project_pauses_and_resumes_once(world: World) -> None:
    project = await _running(world)
    await pause_project(world.ports, project.id, "ben")
    await pause_project(world.ports, project.id, "cleo")
    world.clock.step(seconds=1)
    await resume_project(world.ports, project.id, "cleo")
    assert await _log(world, project.id) == [
        ("ben", Happened.PROJECT_PAUSED, {}),
        ("cleo", Happened.PROJECT_RESUMED, {}),
    ]


async def test_what_was_refused_did_not_happen(world: World) -> None:
    project = await world.create()
    with pytest.raises(WrongStatus):
        await pause_project(world.ports, project.id, "ben")
    assert await _log(world, project.id) == []


async def test_an_edit_names_the_fields_it_changed(world: World) -> None:
    project = await _running(world)
    edits = Edits(Wording("Look twice."), refresh=Refresh(enabled=False), lease_minutes=45)
    await edit_project(world.ports, project.id, "ben", edits)
    await edit_project(world.ports, project.id, "ben", edits)
    assert sorted((what, details.get("fields")) for _, what, details in await _log(world, project.id)) == [
        (Happened.INSTRUCTIONS_CHANGED, None),
        (Happened.PROJECT_EDITED, "lease_minutes, refresh"),
    ]


async def test_a_project_is_deleted(world: World) -> None:
    project = await _running(world)
    await delete_project(world.ports, project.id, "ben")
    await delete_project(world.ports, project.id, "cleo")
    assert await _log(world, project.id) == [("ben", Happened.PROJECT_DELETED, {})]


async def test_an_export_ends_once(world: World) -> None:
    project = await _running(world)
    done = await request_export(world.ports, project, BEN, ExportOptions(Format.CSV))
    await write_export(world.ports, project.id, done.id)
    await write_export(world.ports, project.id, done.id)
    failed = await request_export(world.ports, project, ANA, ExportOptions(Format.JSONL))
    world.clock.step(seconds=1)
    await fail_export(world.ports, project.id, failed.id, "no reason")
    await fail_export(world.ports, project.id, failed.id, "no reason")
    counts = {"written": 0, "refused": 0}
    assert await _log(world, project.id) == [
        ("ben", Happened.EXPORT_FINISHED, {"id": done.id, "format": "csv", "status": "done", **counts}),
        ("ana", Happened.EXPORT_FINISHED, {"id": failed.id, "format": "jsonl", "status": "failed", **counts}),
    ]


async def test_an_import_ends_once(world: World) -> None:
    project = await _running(world)
    lines = b'{"image_url": "photos/00000.jpg", "label": "Rose"}\n{"image_url": "no.jpg", "label": "Rose"}\n'
    await world.blobs.write(DATA, "labels.jsonl", lines)
    asked = await request_import(
        world.ports, project, BEN, ImportFormat.JSONL, "labels.jsonl", ImportAs.LABELS
    )
    await read_import(world.ports, project.id, asked.id)
    await read_import(world.ports, project.id, asked.id)
    ended = {"id": asked.id, "format": "jsonl", "status": "done", "written": 1, "refused": 1}
    assert await _log(world, project.id) == [("ben", Happened.IMPORT_FINISHED, ended)]
