"""Change a webhook, or remove it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.domain.log import Happened
from core.domain.webhooks import Webhook
from core.ports import Ports
from core.usecases.log_event import log_event


@dataclass(frozen=True, slots=True)
class WebhookEdits:
    """What to change; None leaves a field as it is."""

    url: str | None = None
    events: Sequence[Happened] | None = None
    enabled: bool | None = None


async def edit_webhook(ports: Ports, project: str, user: str, webhook: str, edits: WebhookEdits) -> Webhook:
    """Apply the edits; the secret stays. Raises NotFound, and Invalid for the URL."""
    found = await ports.webhooks.get(project, webhook)
    if edits.url is not None:
        await ports.receivers.check(edits.url)
    enabled = found.enabled if edits.enabled is None else edits.enabled
    changed = replace(
        found,
        url=found.url if edits.url is None else edits.url,
        events=found.events if edits.events is None else tuple(dict.fromkeys(edits.events)),
        enabled=enabled,
        reason=None if enabled else found.reason,
    )
    if changed != found:
        await ports.webhooks.put(project, changed)
        await log_event(
            ports,
            project,
            user,
            Happened.WEBHOOK_CHANGED,
            id=webhook,
            enabled=enabled,
            events=", ".join(changed.events),
            url_changed=changed.url != found.url,
        )
    return changed


async def remove_webhook(ports: Ports, project: str, user: str, webhook: str) -> None:
    """Tell it nothing more, not even what is queued. Raises NotFound."""
    await ports.webhooks.get(project, webhook)
    await ports.webhooks.remove(project, webhook)
    await log_event(ports, project, user, Happened.WEBHOOK_REMOVED, id=webhook)
