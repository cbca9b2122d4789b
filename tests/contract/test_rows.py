"""ProjectRows."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from core.adapters.system import RandomIds
from core.domain.errors import NotFound
from core.domain.exports import Export, ExportOptions, Format
from core.domain.log import Happened, LogEntry
from core.domain.records import ItemRecord
from core.domain.rows import Int64, Row, Value
from core.domain.shards import Change, Control, pending_states
from core.domain.webhooks import Webhook
from tests.contract.conftest import Stores
from tests.examples import NOON

VALUES: dict[str, Value] = {
    "text": "ä🙂\n\"'",
    "empty": "",
    "yes": True,
    "small": -(2**31),
    "large": Int64(2**63 - 1),
    "as_large": Int64(5),
    "share": 0.1,
    "whole": 3.0,
    "bytes": bytes(range(256)),
    "at": datetime(2026, 11, 21, 12, 30, 15, 123456, UTC),
    "id": UUID("a3bb189e-8bf9-3888-9912-ace4e6543002"),
}
"""Every type that a property can have."""


async def _beside(stores: Stores, project: str) -> list[Row]:
    return [row async for page in stores.rows.beside_shards(project) for row in page]


async def _shard(stores: Stores, project: str, shard: int, records: Mapping[int, ItemRecord]) -> None:
    control = Control(shard, f"manifest {shard}", pending_states(3))
    await stores.shards.create(project, control, bytes(24))
    known = await stores.shards.read(project, shard, fresh=True)
    await stores.shards.commit(project, Change(control, records), known.etag)


async def _fill(stores: Stores, project: str) -> None:
    await _shard(stores, project, 0, {1: ItemRecord(labels=7)})
    await _shard(stores, project, 1, {})
    await stores.exports.put(project, Export("export", ExportOptions(Format.CSV), NOON, "ana"))
    await stores.log.append(project, LogEntry("entry", NOON, "ana", Happened.REFRESHED, {"added": 1}))
    hook = Webhook("hook", "https://a.example", "secret", NOON, "ana")
    await stores.webhooks.put(project, hook)


async def _all(stores: Stores, project: str) -> list[Sequence[Row]]:
    shards = [await stores.rows.of_shard(project, shard) for shard in range(2)]
    return [await _beside(stores, project), *shards]


async def test_every_type_of_value_comes_back(stores: Stores, project: str) -> None:
    rows = [Row("words", "a", VALUES), Row("words", "b", {}), Row("zebra", "a", {"text": "striped"})]
    await stores.rows.put(project, rows)
    found = await _beside(stores, project)
    assert found == rows
    assert [type(value) for value in found[0].values.values()] == [type(value) for value in VALUES.values()]


async def test_a_row_is_replaced_with_all_its_properties(stores: Stores, project: str) -> None:
    await stores.rows.put(project, [Row("words", "a", VALUES)])
    await stores.rows.put(project, [Row("words", "a", {"text": "other"})])
    assert await _beside(stores, project) == [Row("words", "a", {"text": "other"})]


async def test_rows_are_apart_from_those_of_shards_and_sorted(stores: Stores, project: str) -> None:
    await _fill(stores, project)
    beside, first, second = await _all(stores, project)
    assert [row.partition for row in beside] == ["export", "log", "webhook"]
    assert [(row.partition, row.key) for row in first] == [("0000", "0"), ("0000", "d"), ("0000", "i:0001")]
    assert [(row.partition, row.key) for row in second] == [("0001", "0"), ("0001", "d")]


async def test_a_project_is_the_same_when_its_rows_were_put_back(stores: Stores, project: str) -> None:
    await _fill(stores, project)
    rows = await _all(stores, project)
    await stores.shards.drop(project)
    await stores.rows.clear(project)
    for some in rows:
        await stores.rows.put(project, some)
    assert await _all(stores, project) == rows
    found = await stores.shards.read(project, 0, fresh=True)
    assert found.value == Control(0, "manifest 0", pending_states(3))
    assert await stores.shards.records(project, 0) == {1: ItemRecord(labels=7)}
    assert await stores.shards.digests(project, 1, fresh=True) == bytes(24)
    assert [entry.id for entry in (await stores.log.page(project, 10)).entries] == ["entry"]
    assert (await stores.exports.get(project, "export")).created_at == NOON
    assert (await stores.webhooks.get(project, "hook")).secret == "secret"  # noqa: S105  nobody's


async def test_what_is_cleared_has_room_and_nothing_in_it(stores: Stores) -> None:
    project = RandomIds().new()
    await stores.rows.clear(project)
    await _fill(stores, project)
    many = [Row("words", f"{number:04d}", {"text": "a" * 30_000}) for number in range(250)]
    await stores.rows.put(project, many)
    assert len(await _beside(stores, project)) == 253
    await stores.rows.clear(project)
    assert await _beside(stores, project) == []
    with pytest.raises(NotFound):
        await stores.rows.of_shard(project, 0)


async def test_a_shard_is_read_as_it_was_at_one_moment(stores: Stores, project: str) -> None:
    """Each write puts the same number into the control entity and into two records."""
    await _shard(stores, project, 0, {index: ItemRecord() for index in range(3)})
    done = asyncio.Event()

    async def write() -> int:
        number = 0
        while not done.is_set():
            number += 1
            known = await stores.shards.read(project, 0, fresh=True)
            record = ItemRecord(labels=number)
            change = Change(replace(known.value, labels=number), {0: record, 2: record})
            await stores.shards.commit(project, change, known.etag)
            await asyncio.sleep(0.02)
        return number

    writing = asyncio.ensure_future(write())
    await asyncio.sleep(0.1)
    seen = set()
    for _ in range(10):
        rows = await stores.rows.of_shard(project, 0)
        copied = RandomIds().new()
        await stores.rows.clear(copied)
        await stores.rows.put(copied, rows)
        control = (await stores.shards.read(copied, 0, fresh=True)).value
        records = await stores.shards.records(copied, 0)
        assert records[0].labels == records[2].labels == control.labels
        seen.add(control.labels)
        await asyncio.sleep(0.03)
    done.set()
    assert await writing > 1
    assert len(seen) > 1
