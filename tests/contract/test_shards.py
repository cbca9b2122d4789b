"""ShardStore and ExportStore."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.adapters.system import RandomIds
from core.domain.answers import Answer, Box, Boxes, Classes, Mask, Masks, Polygon, Polygons, Rle, Span, Spans
from core.domain.assist import Audited, Trust, Unsure
from core.domain.errors import NotFound, Stale
from core.domain.exports import Export, ExportOptions, Format
from core.domain.records import ItemRecord, Revision, Source
from core.domain.shards import LANE_SHIFT, RECORDED, Change, Counts, Lane, Lease, Outline, Tally
from core.domain.tasks import TaskType
from core.domain.transfers import Refusal, Report, TransferStatus
from tests.contract.conftest import Stores
from tests.examples import NOON, a_control, a_project, a_record

ANSWERS = (
    Classes(("Animal/Cat", "Rose")),
    Boxes((Box("Rose", 1, 2.5, 30, 40),)),
    Boxes(()),
    Polygons((Polygon("Rose", ((0, 0, 9, 0, 9, 9),), ((1, 1, 2, 1, 2, 2),)),)),
    Masks((Mask("Rose", Rle((480, 640), "PYh0")),)),
    Spans((Span("Rose", 3, 7),)),
)


async def test_a_shard_comes_back_as_it_was_created(stores: Stores, project: str) -> None:
    assert await stores.shards.create(project, a_control(), b"12345678" * 3)
    assert (await stores.shards.read(project, 0)).value == a_control()
    assert await stores.shards.digests(project, 0) == b"12345678" * 3


async def test_a_shard_is_created_once(stores: Stores, project: str) -> None:
    assert await stores.shards.create(project, a_control(3), b"")
    assert not await stores.shards.create(project, a_control(5), b"")
    assert len((await stores.shards.read(project, 0)).value.states) == 3


async def test_a_commit_writes_the_control_entity_and_the_records(stores: Stores, project: str) -> None:
    await stores.shards.create(project, a_control(), b"old")
    found = await stores.shards.read(project, 0)
    changed = replace(
        found.value,
        states=bytes([0, 1 | RECORDED, 0]),
        leases=(Lease("0000-a", "ben", (0, 2), NOON),),
        lapsed=(Lease("0000-b", "cleo", (1,), NOON + timedelta(hours=1)),),
        counts=Counts({"Rose": 1}, {"ben": Tally(1, 0, 2_500)}, {"2026-11-20": 1}, regions={"Rose": 15}),
    )
    written = await stores.shards.commit(project, Change(changed, {1: a_record()}), found.etag, b"new")
    assert written.value == changed
    assert (await stores.shards.read(project, 0, fresh=True)) == written
    assert await stores.shards.records(project, 0) == {1: a_record()}
    assert await stores.shards.digests(project, 0, fresh=True) == b"new"


async def test_what_models_do_comes_back_as_it_was_stored(stores: Stores, project: str) -> None:
    """A project names the same trust, and the two are compared."""
    trust = Trust(
        "r1.2", "r1", 0.9, {"Rose": 0.875, "Animal": None}, Unsure.HIDE, accept=True, audit_rate=0.05
    )
    await stores.shards.create(project, a_control(), b"")
    found = await stores.shards.read(project, 0)
    lease = Lease("0000-a", "ben", (0,), NOON, TaskType.CLUSTERED, "r1.2")
    changed = replace(
        found.value,
        states=bytes(lane << LANE_SHIFT for lane in (Lane.TRUSTED, Lane.AUDIT, Lane.PRELABELED)),
        leases=(lease,),
        lapsed=(replace(lease, type=TaskType.PRELABELED, trust=None),),
        counts=Counts(accepted=1, audits={"r1.2 3/4": 2}),
        predictions="p",
        groups="g",
        trust=trust,
    )
    blind = replace(a_record().revisions[0], audited=Audited("r1.2", 3, 4))
    model = replace(blind, number=2, user="model", source=Source.MODEL, audited=None, rejected=True)
    record = ItemRecord((blind, model), standing=2)
    written = await stores.shards.commit(project, Change(changed, {1: record}), found.etag)
    assert (await stores.shards.read(project, 0, fresh=True)) == written
    assert written.value == changed
    assert await stores.shards.records(project, 0) == {1: record}
    owner = replace(a_project(project), trust=trust)
    await stores.projects.add(replace(owner, name=project))
    assert (await stores.projects.get(project, fresh=True)).value.trust == written.value.trust


async def test_a_stale_commit_changes_nothing(stores: Stores, project: str) -> None:
    await stores.shards.create(project, a_control(), b"")
    found = await stores.shards.read(project, 0)
    await stores.shards.commit(project, Change(replace(found.value, manifest="first")), found.etag)
    for records in ({}, {1: a_record()}):
        with pytest.raises(Stale):
            await stores.shards.commit(
                project, Change(replace(found.value, manifest="second"), records), found.etag
            )
    assert (await stores.shards.read(project, 0, fresh=True)).value.manifest == "first"
    assert await stores.shards.records(project, 0) == {}


async def test_records_are_found_by_index(stores: Stores, project: str) -> None:
    await stores.shards.create(project, a_control(5), b"")
    found = await stores.shards.read(project, 0)
    records = {index: a_record(f"user{index}") for index in (0, 2, 4)}
    await stores.shards.commit(project, Change(found.value, records), found.etag)
    assert await stores.shards.records(project, 0, [4, 1, 0]) == {0: records[0], 4: records[4]}
    assert await stores.shards.records(project, 0, []) == {}


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: type(answer).__name__)
async def test_every_shape_of_answer_is_kept(stores: Stores, project: str, answer: Answer) -> None:
    await stores.shards.create(project, a_control(), b"")
    found = await stores.shards.read(project, 0)
    revision = replace(a_record().revisions[0], answer=answer)
    record = ItemRecord(
        (revision, Revision(2, "cleo", NOON, "0000-c", "s2", skipped="blurred", late=True, flag="look")), 1
    )
    await stores.shards.commit(project, Change(found.value, {0: record}), found.etag)
    assert await stores.shards.records(project, 0) == {0: record}


async def test_a_large_record_is_kept(stores: Stores, project: str) -> None:
    await stores.shards.create(project, a_control(), b"")
    found = await stores.shards.read(project, 0)
    outline = tuple(float(number) for number in range(200_000))
    revision = replace(a_record().revisions[0], answer=Polygons((Polygon("Rose", (outline,)),)))
    record = ItemRecord((revision,), 1)
    await stores.shards.commit(project, Change(found.value, {2: record}), found.etag)
    assert await stores.shards.records(project, 0) == {2: record}


async def test_many_labels_and_labelers_fit_into_a_control_entity(stores: Stores, project: str) -> None:
    await stores.shards.create(project, a_control(1_000), b"")
    found = await stores.shards.read(project, 0)
    ids = RandomIds()
    counts = Counts(
        {f"{ids.new()}/{number}": number for number in range(1_000)},
        {ids.new(): Tally(number, 2, 3) for number in range(1_000)},
        regions={f"{ids.new()}/{number}": 90 * number for number in range(1_000)},
    )
    leases = tuple(Lease(f"0000-{ids.new()}", ids.new(), (index,), NOON) for index in range(1_000))
    changed = replace(found.value, counts=counts, leases=leases)
    await stores.shards.commit(project, Change(changed), found.etag)
    assert (await stores.shards.read(project, 0, fresh=True)).value == changed


async def test_all_shards_come_in_order(stores: Stores, project: str) -> None:
    for shard in (2, 0, 1):
        await stores.shards.create(project, a_control(shard + 1, shard), b"")
    found = await stores.shards.read_all(project, range(3))
    assert [len(versioned.value.states) for versioned in found] == [1, 2, 3]
    assert found[1] == await stores.shards.read(project, 1, fresh=True)


async def test_a_survey_that_may_be_old_still_sees_this_process_commits(stores: Stores, project: str) -> None:
    await stores.shards.create(project, a_control(), b"")
    await stores.shards.read_all(project, range(1))
    found = await stores.shards.read(project, 0)
    await stores.shards.commit(project, Change(replace(found.value, manifest="new")), found.etag)
    (known,) = await stores.shards.read_all(project, range(1), timedelta(minutes=1))
    assert known.value.manifest == "new"


async def test_what_is_said_of_shards_comes_back(stores: Stores, project: str) -> None:
    assert await stores.shards.outlines(project) == {}
    done = Outline(False, True, labelers=frozenset(("ana", "cleo")), reserved=frozenset(("ben", 'a"/#?')))
    await stores.shards.put_outline(project, 7, Outline(gold=True))
    await stores.shards.put_outline(project, 7, done)
    await stores.shards.put_outline(project, 499, Outline())
    assert await stores.shards.outlines(project) == {7: done, 499: Outline()}


async def test_a_shard_that_is_not_there_is_not_found(stores: Stores, project: str) -> None:
    with pytest.raises(NotFound):
        await stores.shards.read(project, 9)


async def test_dropping_twice_does_no_harm(stores: Stores, project: str) -> None:
    await stores.shards.create(project, a_control(), b"")
    await stores.shards.drop(project)
    await stores.shards.drop(project)
    with pytest.raises(NotFound):
        await stores.shards.read(project, 0)


async def test_exports(stores: Stores, project: str) -> None:
    older = Export("aexport", ExportOptions(Format.CSV, include_labeler=True), NOON, "ana")
    newer = Export("bexport", ExportOptions(Format.COCO, made_from=NOON), NOON + timedelta(seconds=1), "ben")
    await stores.exports.put(project, older)
    await stores.exports.put(project, newer)
    done = replace(older, status=TransferStatus.DONE, report=Report(3, 2, 1, (Refusal("a.jpg", "bad"),)))
    await stores.exports.put(project, done)
    assert await stores.exports.get(project, "aexport") == done
    assert await stores.exports.all(project) == [newer, done]
    with pytest.raises(NotFound):
        await stores.exports.get(project, "nowhere")
