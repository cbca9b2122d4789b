"""Make one attempt at a delivery, and queue the next one if it fails."""

from dataclasses import replace

from core.domain.commands import DeliverWebhook
from core.domain.errors import NotFound
from core.domain.log import NOBODY, Happened
from core.domain.webhooks import GONE, Delivery, Webhook
from core.formats.webhook_messages import format_headers
from core.logic.delivering import attempted, given_up
from core.ports import Ports
from core.usecases.log_event import log_event

_DISABLED = "The webhook is disabled."
_GONE = "The receiver answered 410 Gone: it wants no more messages."


async def deliver_webhook(ports: Ports, command: DeliverWebhook) -> None:
    """Send the message, and note what came of it.

    A command that comes twice does nothing, unless its first time ended before the outcome was noted; then
    the receiver gets the message again, under the same id.
    """
    try:
        webhook = await ports.webhooks.get(command.project, command.webhook)
        delivery = await _delivery(ports, command)
    except NotFound:  # the webhook is removed, or its project is gone
        return
    if delivery.next_at is None or command.attempt != delivery.attempts + 1:
        return
    if not webhook.enabled:
        await ports.webhooks.put_delivery(command.project, given_up(delivery, _DISABLED))
        return
    await _attempt(ports, command.project, webhook, delivery)


async def abandon_delivery(ports: Ports, command: DeliverWebhook, reason: str) -> None:
    """Give up a delivery whose attempts fail here, not at the receiver."""
    try:
        delivery = await _delivery(ports, command)
    except NotFound:
        return
    if delivery.next_at is not None:
        await ports.webhooks.put_delivery(command.project, given_up(delivery, reason))


async def _delivery(ports: Ports, command: DeliverWebhook) -> Delivery:
    return await ports.webhooks.get_delivery(command.project, command.webhook, command.delivery)


async def _attempt(ports: Ports, project: str, webhook: Webhook, delivery: Delivery) -> None:
    headers = format_headers(webhook.secret, delivery.id, ports.clock.now(), delivery.body)
    reply = await ports.receivers.send(webhook.url, headers, delivery.body.encode())
    now = ports.clock.now()
    tried = attempted(delivery, reply, now)
    if reply.status == GONE:
        await _disable(ports, project, webhook)
        tried = replace(tried, next_at=None)
    if tried.next_at is not None:
        wait = round((tried.next_at - now).total_seconds())
        again = DeliverWebhook(project, webhook.id, delivery.id, tried.attempts + 1)
        await ports.commands.send(again, wait)
    await ports.webhooks.put_delivery(project, tried)


async def _disable(ports: Ports, project: str, webhook: Webhook) -> None:
    await ports.webhooks.put(project, replace(webhook, enabled=False, reason=_GONE))
    await log_event(
        ports, project, NOBODY, Happened.WEBHOOK_CHANGED, id=webhook.id, enabled=False, reason=_GONE
    )
