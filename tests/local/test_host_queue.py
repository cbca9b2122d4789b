import base64
import logging
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from azure.storage.queue import QueueClient

from local.azurite import Azurite
from local.host.errors import AppError, MissingSettingError
from local.host.queue_listener import Pauses
from local.host.settings import connection, resolve
from tests.local.app_runner import AppRunner, eventually, seen_by


@pytest.fixture
def queue(azurite: Azurite) -> Iterator[QueueClient]:
    name = f"work-{uuid.uuid4().hex}"
    with QueueClient.from_connection_string(azurite.connection_string, name) as client:
        client.create_queue()
        yield client


def send(queue: QueueClient, *bodies: str) -> None:
    for body in bodies:
        queue.send_message(base64.b64encode(body.encode()).decode())


def waiting(queue: QueueClient) -> int:
    return queue.get_queue_properties().approximate_message_count or 0


async def test_a_message_calls_its_function_and_goes(apps: AppRunner, queue: QueueClient) -> None:
    send(queue, "grüezi")
    async with apps.running("queue", WORK_QUEUE=queue.queue_name) as host:
        await eventually(lambda: waiting(queue) == 0)
        (seen,) = seen_by(host)
    assert (seen["body"], seen["dequeue_count"]) == ("grüezi", 1)
    assert seen["id"]
    assert seen["receipt"]
    now = datetime.now(UTC)
    assert now - timedelta(minutes=1) < seen["inserted"] < now
    assert seen["expires"] > now + timedelta(days=6)
    assert timedelta(minutes=9) < seen["visible"] - now < timedelta(minutes=10)


async def test_a_failed_message_comes_back_after_the_visibility_timeout(
    apps: AppRunner, queue: QueueClient
) -> None:
    send(queue, "bad once")
    async with apps.running("queue", WORK_QUEUE=queue.queue_name) as host:
        await eventually(lambda: waiting(queue) == 0)
        first, second = seen_by(host)
    assert [first["dequeue_count"], second["dequeue_count"]] == [1, 2]
    assert second["visible"] - first["visible"] > timedelta(seconds=0.9)


async def test_the_last_failure_moves_a_message_to_the_poison_queue(
    apps: AppRunner, queue: QueueClient, caplog: pytest.LogCaptureFixture
) -> None:
    send(queue, "bad")
    with caplog.at_level(logging.INFO, "local.host"):
        async with apps.running("queue", WORK_QUEUE=queue.queue_name) as host:
            await eventually(lambda: {"body": "bad", "poisoned": True} in seen_by(host))
            assert waiting(queue) == 0
    assert [seen.get("dequeue_count") for seen in seen_by(host) if "id" in seen] == [1, 2]
    messages = [record.getMessage() for record in caplog.records if record.name == "local.host"]
    assert [text.split(" after")[0] for text in messages[:2]] == ["work failed"] * 2
    assert messages[2].endswith(f"of {queue.queue_name} moves to {queue.queue_name}-poison")


async def test_a_message_received_too_often_is_poisoned_without_a_call(
    apps: AppRunner, queue: QueueClient
) -> None:
    send(queue, "good")
    for _ in range(2):
        list(queue.receive_messages(visibility_timeout=1))
        await eventually(lambda: len(queue.peek_messages()) == 1)
    async with apps.running("queue", WORK_QUEUE=queue.queue_name) as host:
        await eventually(lambda: seen_by(host))
    assert seen_by(host) == [{"body": "good", "poisoned": True}]


async def test_a_message_that_is_not_base64_is_poisoned_as_it_is(
    apps: AppRunner, queue: QueueClient, azurite: Azurite
) -> None:
    queue.send_message("not base64 <&>!")
    poison = f"{queue.queue_name}-poison"
    with QueueClient.from_connection_string(azurite.connection_string, poison) as poisoned:
        async with apps.running("queue", WORK_QUEUE=queue.queue_name) as host:
            await eventually(lambda: waiting(queue) == 0)
        assert [message.content for message in poisoned.peek_messages()] in ([], ["not base64 <&>!"])
    assert seen_by(host) == []


async def test_no_more_than_batch_and_threshold_run_at_once(apps: AppRunner, queue: QueueClient) -> None:
    send(queue, *("slow 0.1", "slow 0.5") * 5)
    async with apps.running("queue", WORK_QUEUE=queue.queue_name) as host:
        await eventually(lambda: waiting(queue) == 0)
    assert len(seen_by(host)) == 10
    assert host.functions[0].call.__globals__["running"] == {"now": 0, "most": 3}


async def test_a_long_invocation_keeps_its_message_to_itself(apps: AppRunner, queue: QueueClient) -> None:
    send(queue, "slow 2.5")
    async with apps.running("queue", lease=1, WORK_QUEUE=queue.queue_name) as host:
        await eventually(lambda: waiting(queue) == 0)
    assert [seen["dequeue_count"] for seen in seen_by(host)] == [1]


async def test_stopping_gives_unfinished_messages_back(apps: AppRunner, queue: QueueClient) -> None:
    send(queue, "slow 60")
    async with apps.running("queue", WORK_QUEUE=queue.queue_name) as host:
        await eventually(lambda: seen_by(host))
    assert [message.dequeue_count for message in queue.peek_messages()] == [1]


async def test_a_queue_that_appears_later_is_found(apps: AppRunner, azurite: Azurite) -> None:
    name = f"late-{uuid.uuid4().hex}"
    async with apps.running("queue", WORK_QUEUE=name) as host:
        with QueueClient.from_connection_string(azurite.connection_string, name) as late:
            late.create_queue()
            send(late, "hello")
        await eventually(lambda: seen_by(host))


def test_a_missing_setting_stops_the_start_by_name(apps: AppRunner) -> None:
    with pytest.raises(MissingSettingError, match=r"'work' needs the app setting 'WORK_QUEUE'"):
        apps.load("queue")


def test_settings_are_replaced_once_and_must_be_closed() -> None:
    assert resolve("a-%A%-%B%", {"A": "%B%", "B": "2"}, "It") == "a-%B%-2"
    with pytest.raises(AppError, match="It has an unclosed % in '%A'"):
        resolve("%A", {"A": "1"}, "It")


def test_a_connection_may_have_the_host_prefix() -> None:
    assert connection("Storage", {"AzureWebJobsStorage": "x"}, "It") == "x"
    assert connection("STORAGE", {"STORAGE": "y", "AzureWebJobsSTORAGE": "z"}, "It") == "y"


def test_pauses_grow_to_the_longest_and_start_over() -> None:
    pauses = Pauses(timedelta(seconds=2))
    taken = [pauses.next() for _ in range(10)]
    assert 0.08 <= taken[0] <= 0.12
    assert taken[:5] == sorted(taken[:5])
    assert taken[-1] == 2
    pauses.reset()
    assert pauses.next() <= 0.12
