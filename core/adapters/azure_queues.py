"""Commands in Azure Queues: a queue for each kind, with base64 JSON messages as the Functions host reads."""

from azure.core.exceptions import ResourceNotFoundError
from azure.storage.queue import TextBase64EncodePolicy
from azure.storage.queue.aio import QueueServiceClient

from core.domain.commands import Command
from core.domain.work import present_trace
from core.formats import commands


class AzureQueues:
    """A CommandQueue."""

    def __init__(self, service: QueueServiceClient) -> None:
        self._service = service

    async def send(self, command: Command, delay_seconds: int = 0) -> None:
        queue = self._service.get_queue_client(
            commands.queue_of(command), message_encode_policy=TextBase64EncodePolicy()
        )
        text = commands.encode(command, commands.Sent(present_trace(), delay_seconds))
        try:
            await queue.send_message(text, visibility_timeout=delay_seconds)
        except ResourceNotFoundError:
            await queue.create_queue()
            await queue.send_message(text, visibility_timeout=delay_seconds)
