"""Have webhooks told of what happened."""

from core.domain.commands import DeliverWebhook
from core.domain.log import LogEntry, place_of
from core.domain.webhooks import TEST, Delivery, Webhook
from core.formats.webhook_messages import Data, format_message
from core.ports import Ports


async def queue_deliveries(ports: Ports, project: str, entry: LogEntry) -> None:
    """Queue a message to every webhook of the project that wants this entry."""
    data: Data = {"project": project, "id": entry.id, "user": entry.user, "details": entry.details}
    body = format_message(entry.what, entry.at, data)
    for webhook in await ports.webhooks.all(project):
        if webhook.wants(entry.what):
            delivery = Delivery(entry.place, webhook.id, entry.what, entry.at, body, next_at=entry.at)
            await _queue(ports, project, delivery)


async def queue_test(ports: Ports, project: str, webhook: Webhook) -> Delivery:
    """Queue a message that says nothing, to see whether it arrives."""
    now = ports.clock.now()
    body = format_message(TEST, now, {"project": project})
    delivery = Delivery(place_of(now, ports.ids.new()), webhook.id, TEST, now, body, next_at=now)
    await _queue(ports, project, delivery)
    return delivery


async def _queue(ports: Ports, project: str, delivery: Delivery) -> None:
    await ports.webhooks.put_delivery(project, delivery)
    await ports.commands.send(DeliverWebhook(project, delivery.webhook, delivery.id, attempt=1))
