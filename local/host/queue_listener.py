"""Polling one queue as the Functions host does: batches, leases, dequeue counts, poison queues."""

import asyncio
import base64
import binascii
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from azure.core.exceptions import AzureError, ResourceExistsError, ResourceNotFoundError
from azure.storage.queue import QueueMessage
from azure.storage.queue.aio import QueueClient, QueueServiceClient

from local.host.config import QueueOptions
from local.host.errors import InvocationError

log = logging.getLogger("local.host")

SHORTEST_PAUSE = timedelta(milliseconds=100)
LEASE = timedelta(minutes=10)
POISON_SUFFIX = "-poison"

Handler = Callable[[QueueMessage, bytes], Awaitable[None]]


def first_line(error: Exception) -> str:
    """The first line of an error that may have many."""
    return (str(error).splitlines() or [type(error).__name__])[0]


class HopelessError(Exception):
    """No function will get this message."""


class QueueListener:
    """Receives messages of one queue and hands each to `handle`, several at once.

    A handler that returns deletes its message. One that raises InvocationError gives it back
    after the visibility timeout, or, at the last attempt, moves it to the poison queue.
    `lease` is how long a message stays hidden while in work; it is renewed at half time.
    """

    def __init__(
        self,
        service: QueueServiceClient,
        queue: str,
        handle: Handler,
        options: QueueOptions,
        *,
        poison_queue: str | None = None,
        lease: timedelta = LEASE,
    ) -> None:
        self.queue = queue
        self._service = service
        self._client = service.get_queue_client(queue)
        self._handle = handle
        self._options = options
        self._poison_queue = poison_queue or _poison_queue_of(queue)
        self._lease_seconds = int(lease.total_seconds())
        self._pauses = Pauses(options.max_polling_interval)
        self._in_work: dict[asyncio.Task[None], Lease] = {}
        self._woken = asyncio.Event()
        self._stopping = False
        self._unreadable = False
        self._ended = asyncio.Event()
        self._ended.set()

    async def run(self) -> None:
        """Poll until stopped."""
        self._ended.clear()
        try:
            await self._poll()
        finally:
            self._ended.set()

    def wake(self) -> None:
        """Poll now instead of at the end of the pause: a message has just been sent."""
        self._woken.set()

    async def stop(self, grace: float) -> None:
        """Take no more messages, wait `grace` seconds for those in work, and give the rest back."""
        self._stopping = True
        self.wake()
        if self._in_work:
            await self._wait_or_cancel(grace)
        with suppress(TimeoutError):
            async with asyncio.timeout(grace):
                await self._ended.wait()

    async def _wait_or_cancel(self, grace: float) -> None:
        _, unfinished = await asyncio.wait(self._in_work, timeout=grace)
        leases = [self._in_work[task] for task in unfinished]
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)
        for lease in leases:
            with suppress(AzureError):  # it comes back by itself when its lease ends
                await lease.give_back(0)

    async def _poll(self) -> None:
        while not self._stopping:
            if len(self._in_work) > self._options.new_batch_threshold:
                await asyncio.wait(self._in_work, return_when=asyncio.FIRST_COMPLETED)
                continue
            messages = await self._receive()
            for message in messages:
                await self._begin(message)
            if not messages:
                await self._pause()

    async def _receive(self) -> list[QueueMessage]:
        pages = self._client.receive_messages(
            messages_per_page=self._options.batch_size, visibility_timeout=self._lease_seconds
        ).by_page()
        try:
            messages = [message async for message in await anext(pages)]
        except (StopAsyncIteration, ResourceNotFoundError):
            messages = []
        except AzureError as error:
            if not self._unreadable:
                log.warning("Queue %s cannot be read: %s", self.queue, first_line(error))
            self._unreadable = True
            return []
        self._unreadable = False
        return messages

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(self._pauses.next()):
                await self._woken.wait()
        except TimeoutError:
            return
        self._woken.clear()
        self._pauses.reset()

    async def _begin(self, message: QueueMessage) -> None:
        self._pauses.reset()
        lease = Lease(self._client, message, self._lease_seconds)
        if self._stopping:  # it arrived while we were told to stop
            await lease.give_back(0)
            return
        task = asyncio.create_task(self._work(message, lease))
        self._in_work[task] = lease
        task.add_done_callback(self._in_work.pop)

    async def _work(self, message: QueueMessage, lease: "Lease") -> None:
        try:
            await self._finish(message, lease)
        except AzureError as error:
            log.warning("Message %s of %s: %s", message.id, self.queue, first_line(error))

    async def _finish(self, message: QueueMessage, lease: "Lease") -> None:
        attempt = message.dequeue_count or 0
        try:
            await self._attempt(message, attempt, lease)
        except HopelessError as error:
            log.error("Message %s of %s %s", message.id, self.queue, error)
            await self._poison(message, lease)
        except InvocationError:
            if attempt >= self._options.max_dequeue_count:
                await self._poison(message, lease)
            else:
                await lease.give_back(int(self._options.visibility_timeout.total_seconds()))
        else:
            await lease.delete()

    async def _attempt(self, message: QueueMessage, attempt: int, lease: "Lease") -> None:
        if attempt > self._options.max_dequeue_count:
            raise HopelessError(f"was received {attempt} times without an end")
        async with lease.renewed():
            try:
                await self._handle(message, self._decode(message))
            except AzureError as error:
                log.error("Message %s of %s: %s", message.id, self.queue, first_line(error))
                raise InvocationError(self.queue) from error

    def _decode(self, message: QueueMessage) -> bytes:
        if self._options.message_encoding == "none":
            return str(message.content).encode()
        try:
            return base64.b64decode(message.content, validate=True)
        except (binascii.Error, ValueError) as error:
            raise HopelessError("is not base64, which host.json promises") from error

    async def _poison(self, message: QueueMessage, lease: "Lease") -> None:
        if self._poison_queue:
            log.error("Message %s of %s moves to %s", message.id, self.queue, self._poison_queue)
            await send_creating(self._service.get_queue_client(self._poison_queue), message.content)
        await lease.delete()


class Lease:
    """Our hold on one received message, whose receipt changes whenever it is renewed."""

    def __init__(self, client: QueueClient, message: QueueMessage, seconds: int) -> None:
        self._client = client
        self._id = message.id
        self._receipt = message.pop_receipt
        self._seconds = seconds
        self._lock = asyncio.Lock()

    @asynccontextmanager
    async def renewed(self) -> AsyncIterator[None]:
        """Keep the message hidden from others, however long the block takes."""
        renewing = asyncio.create_task(self._renew_forever())
        try:
            yield
        finally:
            async with self._lock:  # a renewal under way must end, or its new receipt would be lost
                renewing.cancel()

    async def delete(self) -> None:
        """The message is done."""
        await self._client.delete_message(self._id, self._receipt)

    async def give_back(self, seconds: int) -> None:
        """Let the message be received again in `seconds`."""
        updated = await self._client.update_message(self._id, self._receipt, visibility_timeout=seconds)
        self._receipt = updated.pop_receipt

    async def _renew_forever(self) -> None:
        while True:
            await asyncio.sleep(self._seconds / 2)
            async with self._lock:
                try:
                    await self.give_back(self._seconds)
                except AzureError as error:
                    log.warning("Message %s could not be renewed: %s", self._id, first_line(error))


class Pauses:
    """Randomised exponential pauses between polls of an empty queue."""

    def __init__(self, longest: timedelta) -> None:
        self._longest = longest.total_seconds()
        self._tries: int = 0

    def next(self) -> float:
        """The seconds until the next poll: about twice as many as last time, up to the longest."""
        spread = random.SystemRandom().uniform(0.8, 1.2)
        growth = SHORTEST_PAUSE.total_seconds() * spread * 2.0**self._tries
        if growth < self._longest:
            self._tries += 1
        return min(self._longest, growth)

    def reset(self) -> None:
        """Messages are coming: poll often again."""
        self._tries = 0


async def send_creating(client: QueueClient, content: str) -> None:
    """Send a message, creating its queue if there is none."""
    try:
        await client.send_message(content)
    except ResourceNotFoundError:
        with suppress(ResourceExistsError):  # another sender may be first
            await client.create_queue()
        await client.send_message(content)


def _poison_queue_of(queue: str) -> str | None:
    return None if queue.endswith(POISON_SUFFIX) else queue + POISON_SUFFIX
