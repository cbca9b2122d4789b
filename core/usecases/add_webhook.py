"""Have another system told of what happens in a project."""

import secrets
from collections.abc import Sequence

from core.domain.errors import Conflict
from core.domain.log import Happened
from core.domain.webhooks import Webhook
from core.formats.webhook_messages import SECRET_BYTES, format_secret
from core.ports import Ports
from core.usecases.log_event import log_event

WEBHOOKS_MAX = 20


async def add_webhook(ports: Ports, project: str, user: str, url: str, events: Sequence[Happened]) -> Webhook:
    """Register a URL under a secret of our making; no events means all. Raises Invalid for the URL."""
    await ports.receivers.check(url)
    if len(await ports.webhooks.all(project)) >= WEBHOOKS_MAX:
        raise Conflict(f"A project has at most {WEBHOOKS_MAX} webhooks. Remove one first.")
    webhook = Webhook(
        id=ports.ids.new(),
        url=url,
        secret=format_secret(secrets.token_bytes(SECRET_BYTES)),
        created_at=ports.clock.now(),
        created_by=user,
        events=tuple(dict.fromkeys(events)),
    )
    await ports.webhooks.put(project, webhook)
    await log_event(ports, project, user, Happened.WEBHOOK_ADDED, id=webhook.id, events=", ".join(events))
    return webhook
