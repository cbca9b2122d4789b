"""Webhooks: who is told of what happens in a project."""

from typing import Annotated

from fastapi import APIRouter, Depends

from core.domain.webhooks import Delivery, Webhook
from core.logic.permissions import Action
from core.usecases.add_webhook import add_webhook
from core.usecases.authorize import Access
from core.usecases.edit_webhook import WebhookEdits, edit_webhook, remove_webhook
from core.usecases.queue_deliveries import queue_test
from functions.access import CurrentPorts, permit_in
from functions.schemas.common import Page
from functions.schemas.webhooks import DeliveryOut, NewWebhookOut, WebhookIn, WebhookOut, WebhookPatch

router = APIRouter(prefix="/api/projects/{project}/webhooks", tags=["webhooks"])

Editor = Annotated[Access, Depends(permit_in(Action.EDIT_WEBHOOKS))]

DELIVERIES_SHOWN = 100


@router.get("")
async def index(access: Editor, ports: CurrentPorts) -> Page[WebhookOut]:
    """The webhooks of the project, oldest first."""
    return Page(items=[_shaped(webhook) for webhook in await ports.webhooks.all(access.project.id)])


@router.post("", status_code=201)
async def create(body: WebhookIn, access: Editor, ports: CurrentPorts) -> NewWebhookOut:
    """Have a URL told of what happens. The answer has the secret that signs its messages, this once."""
    made = await add_webhook(ports, access.project.id, access.user.id, body.url, body.events)
    return NewWebhookOut(**_shaped(made).model_dump(), secret=made.secret)


@router.patch("/{webhook}")
async def edit(webhook: str, body: WebhookPatch, access: Editor, ports: CurrentPorts) -> WebhookOut:
    """Change its URL or events, or switch it off and on."""
    edits = WebhookEdits(body.url, body.events, body.enabled)
    return _shaped(await edit_webhook(ports, access.project.id, access.user.id, webhook, edits))


@router.delete("/{webhook}", status_code=204)
async def delete(webhook: str, access: Editor, ports: CurrentPorts) -> None:
    """Remove it. What is queued for it is not sent any more."""
    await remove_webhook(ports, access.project.id, access.user.id, webhook)


@router.post("/{webhook}/test", status_code=202)
async def test(webhook: str, access: Editor, ports: CurrentPorts) -> DeliveryOut:
    """Send it a message of type `test`."""
    found = await ports.webhooks.get(access.project.id, webhook)
    return _delivery(await queue_test(ports, access.project.id, found))


@router.get("/{webhook}/deliveries")
async def deliveries(webhook: str, access: Editor, ports: CurrentPorts) -> Page[DeliveryOut]:
    """The last hundred messages to it, newest first, and what became of them."""
    found = await ports.webhooks.get(access.project.id, webhook)
    listed = await ports.webhooks.deliveries(access.project.id, found.id, DELIVERIES_SHOWN)
    return Page(items=[_delivery(delivery) for delivery in listed])


def _shaped(webhook: Webhook) -> WebhookOut:
    return WebhookOut(
        id=webhook.id,
        url=webhook.url,
        events=list(webhook.events),
        enabled=webhook.enabled,
        reason=webhook.reason,
        created_at=webhook.created_at,
        created_by=webhook.created_by,
    )


def _delivery(delivery: Delivery) -> DeliveryOut:
    return DeliveryOut(
        id=delivery.id,
        event=delivery.event,
        at=delivery.at,
        attempts=delivery.attempts,
        status=delivery.status,
        error=delivery.error,
        next_attempt=delivery.next_at,
    )
