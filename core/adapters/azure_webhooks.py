"""The webhooks of a project, in its table, JSON in `body*`.

partition           row         what
webhook             <id>        a webhook, with its secret
delivery:<webhook>  <delivery>  a delivery, newest first
"""

from typing import TypeVar

from azure.core.exceptions import ResourceNotFoundError
from azure.data.tables import UpdateMode
from azure.data.tables.aio import TableClient, TableServiceClient

from core.adapters.table_bodies import body_parts, whole_body
from core.adapters.table_keys import safe_key
from core.domain.errors import NotFound
from core.domain.webhooks import Delivery, Webhook
from core.formats.documents import DELIVERY, WEBHOOK, Document

T = TypeVar("T", Webhook, Delivery)

_WEBHOOK, _DELIVERY = "webhook", "delivery:"


class TableWebhooks:
    """A WebhookStore."""

    def __init__(self, service: TableServiceClient) -> None:
        self._service = service

    async def put(self, project: str, webhook: Webhook) -> None:
        row = {"PartitionKey": _WEBHOOK, "RowKey": webhook.id, **body_parts(WEBHOOK.encode(webhook))}
        await self._table(project).upsert_entity(row, UpdateMode.REPLACE)

    async def get(self, project: str, webhook: str) -> Webhook:
        return await self._get(project, _WEBHOOK, webhook, WEBHOOK)

    async def all(self, project: str) -> list[Webhook]:
        rows = self._table(project).query_entities(f"PartitionKey eq '{_WEBHOOK}'")
        try:
            found = [WEBHOOK.decode(whole_body(row)) async for row in rows]
        except ResourceNotFoundError:  # the project and its table are gone
            return []
        return sorted(found, key=lambda webhook: webhook.created_at)

    async def remove(self, project: str, webhook: str) -> None:
        await self._table(project).delete_entity(_WEBHOOK, safe_key(webhook))

    async def put_delivery(self, project: str, delivery: Delivery) -> None:
        keys = {"PartitionKey": _DELIVERY + delivery.webhook, "RowKey": delivery.id}
        row = {**keys, **body_parts(DELIVERY.encode(delivery))}
        await self._table(project).upsert_entity(row, UpdateMode.REPLACE)

    async def get_delivery(self, project: str, webhook: str, delivery: str) -> Delivery:
        return await self._get(project, _DELIVERY + webhook, delivery, DELIVERY)

    async def deliveries(self, project: str, webhook: str, limit: int) -> list[Delivery]:
        rows = self._table(project).query_entities(
            "PartitionKey eq @partition",
            parameters={"partition": _DELIVERY + safe_key(webhook)},
            results_per_page=limit,
        )
        found: list[Delivery] = []
        async for row in rows:
            found.append(DELIVERY.decode(whole_body(row)))
            if len(found) == limit:
                break
        return found

    async def _get(self, project: str, partition: str, key: str, document: Document[T]) -> T:
        try:
            row = await self._table(project).get_entity(partition, safe_key(key))
        except ResourceNotFoundError as error:
            raise NotFound(partition.partition(":")[0], key) from error
        found: T = document.decode(whole_body(row))
        return found

    def _table(self, project: str) -> TableClient:
        return self._service.get_table_client(project)
