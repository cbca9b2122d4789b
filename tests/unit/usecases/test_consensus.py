"""Votes go out, and what another program makes of them comes in as the consensus."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from core.domain.answers import Classes
from core.domain.errors import Invalid
from core.domain.exports import ExportOptions, Format
from core.domain.filters import Filter
from core.domain.imports import Import, ImportAs, ImportFormat
from core.domain.items import ItemStatus, parse_item_id
from core.domain.people import Role, User
from core.domain.projects import Project
from core.domain.quality import Quality
from core.domain.records import Source
from core.domain.tasks import ItemAnswer
from core.logic.records import counting
from core.usecases.authorize import Access
from core.usecases.claim_task import claim_task
from core.usecases.list_items import list_items
from core.usecases.read_import import read_import
from core.usecases.request_export import request_export
from core.usecases.request_import import request_import
from core.usecases.review_items import Review, ReviewAction, review_items
from core.usecases.submit_task import submit_task
from core.usecases.write_export import write_export
from tests.unit.usecases.conftest import ANA, APP, BEN, CLEO, DATA, World

DORA = User("dora", "Dora", "dora@example.org", administrator=False)
TWO = Quality(consensus=True, min_labelers=2, max_labelers=2)
PATHS = tuple(f"photos/{number:05d}.jpg" for number in range(4))
SAID: Mapping[str, Sequence[str | None]] = {
    "ben": ("Cat", "Cat", None, "Dog"),
    "cleo": ("Cat", "Dog", None),
}
"""Agreed, disputed, skipped; and one item that Ben alone has answered."""


async def _voted(world: World) -> Project:
    await world.upload(*PATHS)
    project = await world.over("photos/**", quality=TWO)
    for user, said in ((BEN, SAID["ben"]), (CLEO, SAID["cleo"])):
        task = await claim_task(world.ports, project, user, 9)
        assert task is not None
        at = {PATHS.index(item.path): parse_item_id(item.id)[1] for item in task.items}
        answers = [
            ItemAnswer(at[number], Classes((label,)), milliseconds=1_500)
            if label
            else ItemAnswer(at[number], skipped="dark")
            for number, label in enumerate(said)
        ]
        await submit_task(world.ports, project, user, task.id, f"s{task.id}", answers)
    return project


async def _exported(world: World, project: Project, **options: Any) -> list[dict[str, Any]]:
    asked = await request_export(world.ports, project, ANA, ExportOptions(Format.VOTES, **options))
    await write_export(world.ports, project.id, asked.id)
    done = await world.ports.exports.get(project.id, asked.id)
    assert done.blob is not None
    lines = [json.loads(line) for line in (await world.blobs.read(APP, done.blob)).splitlines()]
    assert (done.report.read, done.report.written, done.report.refused) == (len(lines), len(lines), 0)
    return lines


def _said(lines: Sequence[Mapping[str, Any]]) -> set[tuple[str, str, bool]]:
    return {(line["path"][-6:-4], line["answer"]["labels"][0], line["standing"]) for line in lines}


async def _imported(world: World, project: Project, labels: Mapping[str, str]) -> Import:
    lines = [{"image_url": path, "label": label, "label_confidence": 0.875} for path, label in labels.items()]
    await world.blobs.write(DATA, "merged.jsonl", "\n".join(map(json.dumps, lines)).encode())
    asked = await request_import(
        world.ports, project, ANA, ImportFormat.JSONL, "merged.jsonl", ImportAs.CONSENSUS
    )
    await read_import(world.ports, project.id, asked.id)
    return await world.ports.imports.get(project.id, asked.id)


async def _standing(world: World, project: Project) -> dict[str, tuple[ItemStatus, Any, Any]]:
    page = await list_items(world.ports, project, Filter(), None, 9)
    row = world.shards.rows[project.id, 0]
    assert row.control.value.counts == counting.recount(row.records.values())
    return {
        listed.item.path: (
            listed.status,
            listed.record.annotation and listed.record.annotation.answer,
            listed.record.annotation and listed.record.annotation.agreement,
        )
        for listed in page.items
    }


async def test_votes_are_exported_of_what_is_settled_and_what_is_disputed(world: World) -> None:
    lines = await _exported(world, await _voted(world))
    assert _said(lines) == {("00", "Cat", True), ("01", "Cat", False), ("01", "Dog", False)}
    assert len(lines) == 4
    assert {line["labeler"] for line in lines} == {"labeler-1", "labeler-2"}


async def test_votes_are_chosen_like_other_exports(world: World) -> None:
    project = await _voted(world)
    pending = await _exported(world, project, status=(ItemStatus.PENDING,))
    assert _said(pending) == {("03", "Dog", False)}
    assert await _exported(world, project, status=(ItemStatus.SKIPPED,)) == []
    now = world.clock.now()
    assert await _exported(world, project, made_to=now) == []
    assert len(await _exported(world, project, made_from=now)) == 4
    assert await _exported(world, project, approved_only=True) == []


async def test_labelers_are_named_on_request(world: World) -> None:
    project = await _voted(world)
    await world.ports.people.remember(BEN)
    lines = await _exported(world, project, include_labeler=True)
    assert {line["labeler"] for line in lines} == {"Ben", "cleo"}


async def test_a_consensus_from_a_file_settles_and_replaces(world: World) -> None:
    project = await _voted(world)
    done = await _imported(world, project, {PATHS[0]: "Dog", PATHS[1]: "Dog"})
    assert (done.report.read, done.report.written, done.report.refused) == (2, 2, 0)
    found = await _standing(world, project)
    settled = (ItemStatus.LABELED, Classes(("Dog",)), 0.875)
    assert (found[PATHS[0]], found[PATHS[1]]) == (settled, settled)
    assert _said(await _exported(world, project)) == {
        ("00", "Cat", False),
        ("01", "Cat", False),
        ("01", "Dog", True),
    }


async def test_what_a_reviewer_settled_stays_and_what_nobody_answered_is_no_consensus(world: World) -> None:
    project = await _voted(world)
    page = await list_items(world.ports, project, Filter(), None, 9)
    ids = {listed.item.path: listed.id for listed in page.items}
    owner = Access(ANA, project, "", Role.OWNER)
    await review_items(world.ports, owner, Review(ReviewAction.MARK_GOLD, [ids[PATHS[0]]]))
    before = await _standing(world, project)
    done = await _imported(world, project, {PATHS[0]: "Dog", PATHS[2]: "Dog", "photos/no.jpg": "Dog"})
    assert (done.report.written, done.report.refused) == (0, 3)
    assert {refusal.where: refusal.why for refusal in done.report.refusals} == {
        "line 1": "a reviewer has settled the item, which stays so.",
        "line 2": "no labeler has answered the item.",
        "line 3": "no item of the project is 'photos/no.jpg'.",
    }
    assert await _standing(world, project) == before


async def test_reading_the_import_again_changes_nothing(world: World) -> None:
    project = await _voted(world)
    done = await _imported(world, project, {PATHS[1]: "Dog"})
    before = dict(world.shards.rows[project.id, 0].records)
    await world.ports.imports.put(project.id, replace(done, status=type(done.status).QUEUED))
    await read_import(world.ports, project.id, done.id)
    assert world.shards.rows[project.id, 0].records == before
    assert sum(made.source is Source.CONSENSUS for made in before[_index(before)].revisions) == 1


def _index(records: Mapping[int, Any]) -> int:
    """The item that was disputed."""
    return next(index for index, record in records.items() if record.annotation.submission != "consensus")


async def test_the_labelers_of_such_an_answer_are_all_who_voted(world: World) -> None:
    project = await _voted(world)
    await _imported(world, project, {PATHS[1]: "Dog"})
    asked = await request_export(world.ports, project, ANA, ExportOptions(Format.JSONL, include_labeler=True))
    await write_export(world.ports, project.id, asked.id)
    done = await world.ports.exports.get(project.id, asked.id)
    assert done.blob is not None
    lines = [json.loads(line) for line in (await world.blobs.read(APP, done.blob)).splitlines()]
    assert [line["labeler"] for line in lines] == ["ben, cleo", "ben, cleo"]


async def test_without_several_labelers_there_is_no_consensus(world: World) -> None:
    project = await world.running(2)
    with pytest.raises(Invalid, match="no votes to merge"):
        await request_import(
            world.ports, project, ANA, ImportFormat.JSONL, "merged.jsonl", ImportAs.CONSENSUS
        )
