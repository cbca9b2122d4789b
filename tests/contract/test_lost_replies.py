"""What is written although nobody hears of it comes a second time: no store does it twice, or denies it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from core.adapters.azure_blobs import AzureBlobs
from core.adapters.azure_instructions import TableInstructions
from core.adapters.azure_log import TableLog
from core.adapters.azure_queues import AzureQueues
from core.adapters.azure_shards import TableShards
from core.adapters.azure_storage import StorageAccount
from core.adapters.azure_tables import TableInvitations, TableMembers, TableProjects, global_table
from core.adapters.azure_usage import TableUsage
from core.adapters.system import RandomIds
from core.domain.commands import InitializeProject
from core.domain.errors import NameTaken, NotFound, Stale, StillThere
from core.domain.log import Happened, LogEntry
from core.domain.people import Invitation, Member, Role
from core.domain.projects import Instructions, InstructionsVersion
from core.domain.shards import Change, Control
from core.domain.usage import Usage
from core.formats import commands
from local.azurite import Azurite
from tests.contract.conftest import CONTAINER
from tests.contract.faulty_storage import LOST_REPLY, FaultyStorage, faulty_storage
from tests.examples import NOON, a_project


@dataclass
class Lossy:
    """An account whose replies are lost when `storage` is told to."""

    storage: FaultyStorage
    account: StorageAccount
    project: str

    def lose(self, method: str) -> None:
        """Lose the next reply to a request with this method."""
        self.storage.fail(LOST_REPLY, method=method)

    @property
    def attempts(self) -> int:
        """How often such a request has come."""
        return len(self.storage.requests)

    @property
    def blobs(self) -> AzureBlobs:
        return AzureBlobs(self.account.blobs, self.account.open)

    @property
    def shards(self) -> TableShards:
        return TableShards(self.account.tables, self.blobs, CONTAINER)


@pytest.fixture
async def lossy(azurite: Azurite) -> AsyncIterator[Lossy]:
    async with faulty_storage(azurite.base_port) as storage:
        account = StorageAccount.from_connection_string(storage.connection_string)
        made = Lossy(storage, account, RandomIds().new())
        await made.blobs.prepare(CONTAINER)
        await made.shards.prepare(made.project)
        yield made
        await account.close()


@pytest.mark.parametrize("before", [0, 1])
async def test_a_project_is_added_and_keeps_its_name(lossy: Lossy, before: int) -> None:
    projects = TableProjects(await global_table(lossy.account.tables))
    project = a_project(lossy.project)
    lossy.storage.fail(*[None] * before, LOST_REPLY, method="POST")
    await projects.add(project)
    assert lossy.attempts >= 2
    assert (await projects.get(project.id)).value == project
    with pytest.raises(NameTaken):
        await projects.add(a_project(RandomIds().new(), name=project.name))


async def test_a_project_is_put_back(lossy: Lossy) -> None:
    projects = TableProjects(await global_table(lossy.account.tables))
    project = a_project(lossy.project)
    lossy.storage.fail(None, LOST_REPLY, method="POST")
    await projects.put_back(project)
    assert lossy.attempts == 3
    assert (await projects.get(project.id)).value == project
    with pytest.raises(StillThere):
        await projects.put_back(project)


async def test_an_invitation_is_taken_by_whoever_took_it(lossy: Lossy) -> None:
    invitations = TableInvitations(await global_table(lossy.account.tables))
    invitation = Invitation(lossy.project, f"ben+{lossy.project}@example.org", Role.LABELER)
    await invitations.put(invitation)
    lossy.lose("POST")
    assert await invitations.take(invitation.project, invitation.email) == invitation
    assert lossy.attempts == 2
    assert await invitations.take(invitation.project, invitation.email) is None
    assert await invitations.to(invitation.email) == []


async def test_a_shard_is_there_and_its_change_made(lossy: Lossy) -> None:
    lossy.lose("POST")
    before = Control(0, "manifest", bytes(2))
    assert await lossy.shards.create(lossy.project, before, b"") is False
    found = await lossy.shards.read(lossy.project, 0)
    assert found.value == before
    after = Control(0, "another manifest", bytes(2))
    lossy.lose("PUT")
    with pytest.raises(Stale):
        await lossy.shards.commit(lossy.project, Change(after), found.etag)
    assert (await lossy.shards.read(lossy.project, 0)).value == after


async def test_an_entry_is_logged_once_and_a_version_kept_once(lossy: Lossy) -> None:
    log, instructions = TableLog(lossy.account.tables), TableInstructions(lossy.account.tables)
    entry = LogEntry(RandomIds().new(), NOON, "ana", Happened.PROJECT_PAUSED, {})
    lossy.lose("POST")
    await log.append(lossy.project, entry)
    assert (lossy.attempts, (await log.page(lossy.project, 10)).entries) == (2, [entry])
    version = InstructionsVersion(Instructions("Look twice."), NOON, "ana")
    lossy.lose("POST")
    await instructions.add(lossy.project, version)
    assert await instructions.page(lossy.project, 10) == [version]


@pytest.mark.parametrize("method", ["POST", "PUT"])
async def test_what_was_used_is_added_once(lossy: Lossy, method: str) -> None:
    usage, used = TableUsage(await global_table(lossy.account.tables)), Usage(tables=3, seconds=0.25)
    added = 1 if method == "POST" else 2
    for _ in range(added - 1):
        await usage.add(lossy.project, "2026-11", used)
    lossy.lose(method)
    await usage.add(lossy.project, "2026-11", used)
    assert lossy.attempts == 2
    assert await usage.get(lossy.project, "2026-11") == Usage(tables=3 * added, seconds=0.25 * added)


async def test_what_is_gone_is_gone(lossy: Lossy) -> None:
    table = await global_table(lossy.account.tables)
    projects, members = TableProjects(table), TableMembers(table)
    await projects.add(a_project(lossy.project))
    await members.put(Member(lossy.project, "ben", Role.LABELER))
    name = f"projects/{lossy.project}/a.txt"
    await lossy.blobs.write(CONTAINER, name, b"anemone")
    lossy.lose("DELETE")
    await members.remove(lossy.project, "ben")
    lossy.lose("DELETE")
    await projects.remove(lossy.project)
    lossy.lose("DELETE")
    await lossy.blobs.remove_all(CONTAINER, f"projects/{lossy.project}/")
    lossy.lose("DELETE")
    await lossy.shards.drop(lossy.project)
    assert lossy.attempts >= 2
    assert await members.get(lossy.project, "ben") is None
    assert await lossy.blobs.stat(CONTAINER, name) is None
    with pytest.raises(NotFound):
        await projects.get(lossy.project)


async def test_room_is_made_once(lossy: Lossy) -> None:
    container, table = f"c{RandomIds().new()}", RandomIds().new()
    lossy.lose("PUT")
    await lossy.blobs.prepare(container)
    assert lossy.attempts == 2
    lossy.lose("POST")
    await lossy.shards.prepare(table)
    assert await lossy.shards.create(table, Control(0, "manifest", bytes(2)), b"")


async def test_a_blob_is_there_whoever_is_said_to_have_written_it(lossy: Lossy) -> None:
    name = f"projects/{lossy.project}/listing"
    lossy.lose("PUT")
    assert await lossy.blobs.write(CONTAINER, name, b"ours", overwrite=False) is False
    assert await lossy.blobs.read(CONTAINER, name) == b"ours"


async def test_a_command_is_sent_at_least_once(lossy: Lossy) -> None:
    queues, command = AzureQueues(lossy.account.queues), InitializeProject(lossy.project)
    await queues.send(command)
    queue = lossy.account.queues.get_queue_client(commands.queue_of(command))
    await queue.clear_messages()
    lossy.lose("POST")
    await queues.send(command)
    assert len([message async for message in queue.receive_messages()]) == 2
