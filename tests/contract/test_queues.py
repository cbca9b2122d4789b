"""Commands on real queues, as the Functions host will read them."""

import asyncio
import base64
import json
from contextlib import suppress

import pytest
from azure.core.exceptions import ResourceNotFoundError

from core.adapters.azure_queues import AzureQueues
from core.adapters.azure_storage import StorageAccount
from core.adapters.system import RandomIds
from core.domain.commands import (
    Command,
    DeleteProject,
    DeliverWebhook,
    InitializeProject,
    RefreshProject,
    WriteExport,
)
from core.formats import commands


@pytest.mark.parametrize(
    "command",
    [
        InitializeProject("a"),
        RefreshProject("b"),
        DeleteProject("c"),
        WriteExport("d", "e"),
        DeliverWebhook("f", "g", "h", 2),
    ],
    ids=lambda command: type(command).__name__,
)
async def test_a_command_comes_back_from_its_own_queue(account: StorageAccount, command: Command) -> None:
    queue = account.queues.get_queue_client(commands.queue_of(command))
    with suppress(ResourceNotFoundError):
        await queue.clear_messages()
    await AzureQueues(account.queues).send(command)
    (message,) = [message async for message in queue.receive_messages()]
    text = base64.b64decode(message.content)
    assert json.loads(text)["project"] == command.project
    assert commands.decode(type(command), text) == command


async def test_a_delayed_command_is_not_seen_before_its_time(account: StorageAccount) -> None:
    command = RefreshProject(RandomIds().new())
    queue = account.queues.get_queue_client(commands.REFRESH_QUEUE)
    sender = AzureQueues(account.queues)
    await sender.send(command)
    await queue.clear_messages()
    await sender.send(command, 1)
    assert [message async for message in queue.receive_messages()] == []
    await asyncio.sleep(1.2)
    assert len([message async for message in queue.receive_messages()]) == 1
