"""EventLog."""

from datetime import timedelta

from core.adapters.system import RandomIds
from core.domain.log import Happened, LogEntry
from tests.contract.conftest import Stores
from tests.examples import NOON


async def test_an_entry_comes_back_as_it_was_appended(stores: Stores, project: str) -> None:
    entry = LogEntry(
        "b",
        NOON,
        "ana/1",
        Happened.EXPORT_FINISHED,
        {"format": "csv", "written": 3, "part": 0.5, "error": None},
    )
    await stores.log.append(project, entry)
    page = await stores.log.page(project, 10)
    assert (page.entries, page.next) == ([entry], None)


async def test_the_newest_come_first_page_by_page(stores: Stores, project: str) -> None:
    entries = [
        LogEntry(f"{hour}", NOON + timedelta(hours=hour), "ana", Happened.PROJECT_PAUSED) for hour in range(5)
    ]
    for entry in [*entries[3:], *entries[:3]]:
        await stores.log.append(project, entry)
    first = await stores.log.page(project, 2)
    second = await stores.log.page(project, 2, first.next)
    third = await stores.log.page(project, 2, second.next)
    assert [*first.entries, *second.entries, *third.entries] == entries[::-1]
    assert third.next is None


async def test_an_entry_may_be_long(stores: Stores, project: str) -> None:
    entry = LogEntry("a", NOON, "ana", Happened.ITEMS_REVIEWED, {"comment": "🌸" * 40_000})
    await stores.log.append(project, entry)
    assert (await stores.log.page(project, 1)).entries == [entry]


async def test_entries_of_the_same_moment_are_all_kept(stores: Stores, project: str) -> None:
    ids = sorted(RandomIds().new() for _ in range(3))
    for entry_id in ids:
        await stores.log.append(project, LogEntry(entry_id, NOON, "ana", Happened.REFRESHED))
    assert [entry.id for entry in (await stores.log.page(project, 3)).entries] == ids


async def test_an_address_can_be_forgotten(stores: Stores, project: str) -> None:
    ben, cleo = ({"email": f"{name}@example.org", "role": "labeler"} for name in ("ben", "cleo"))
    for number, details in enumerate((ben, cleo)):
        at = NOON + timedelta(hours=number)
        await stores.log.append(project, LogEntry("a", at, "ana", Happened.INVITATION_SENT, details))
    await stores.log.forget(project, "ben@example.org")
    entries = (await stores.log.page(project, 9)).entries
    assert [entry.details for entry in entries] == [cleo, {"email": "forgotten", "role": "labeler"}]
    assert {entry.what for entry in entries} == {Happened.INVITATION_SENT}
    await stores.shards.drop(project)
    await stores.log.forget(project, "cleo@example.org")


async def test_nothing_is_written_of_a_project_that_is_gone(stores: Stores, project: str) -> None:
    await stores.shards.drop(project)
    await stores.log.append(project, LogEntry("a", NOON, "ana", Happened.EXPORT_FINISHED))
    await stores.log.page(project, 1)
