"""The fakes for webhooks: a store in dictionaries, and a sender whose receivers answer as a test says."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.domain.errors import NotFound
from core.domain.receivers import Receivers
from core.domain.webhooks import Delivery, Reply, Webhook


@dataclass
class MemoryWebhooks:
    """Webhooks and their deliveries in dictionaries."""

    rows: dict[tuple[str, str], Webhook] = field(default_factory=dict)
    sent: dict[tuple[str, str, str], Delivery] = field(default_factory=dict)

    async def put(self, project: str, webhook: Webhook) -> None:
        self.rows[project, webhook.id] = webhook

    async def get(self, project: str, webhook: str) -> Webhook:
        if (project, webhook) not in self.rows:
            raise NotFound("webhook", webhook)
        return self.rows[project, webhook]

    async def all(self, project: str) -> list[Webhook]:
        found = [webhook for key, webhook in self.rows.items() if key[0] == project]
        return sorted(found, key=lambda webhook: webhook.created_at)

    async def remove(self, project: str, webhook: str) -> None:
        self.rows.pop((project, webhook), None)

    async def put_delivery(self, project: str, delivery: Delivery) -> None:
        self.sent[project, delivery.webhook, delivery.id] = delivery

    async def get_delivery(self, project: str, webhook: str, delivery: str) -> Delivery:
        if (project, webhook, delivery) not in self.sent:
            raise NotFound("delivery", delivery)
        return self.sent[project, webhook, delivery]

    async def deliveries(self, project: str, webhook: str, limit: int) -> list[Delivery]:
        return [found for key, found in sorted(self.sent.items()) if key[:2] == (project, webhook)][:limit]


@dataclass
class MemorySender:
    """Keeps what it sends, and answers with `replies` in turn, then with 204."""

    receivers: Receivers = field(default_factory=Receivers)
    replies: list[Reply] = field(default_factory=list)
    sent: list[tuple[str, Mapping[str, str], bytes]] = field(default_factory=list)

    async def check(self, url: str) -> None:
        self.receivers.read(url)

    async def send(self, url: str, headers: Mapping[str, str], body: bytes) -> Reply:
        self.sent.append((url, headers, body))
        return self.replies.pop(0) if self.replies else Reply(status=204)
