"""WebhookStore."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.errors import NotFound
from core.domain.log import Happened, place_of
from core.domain.webhooks import Delivery, Webhook
from tests.contract.conftest import Stores
from tests.examples import NOON

HOOK = Webhook(
    id="hook",
    url="https://example.org/?a=b#c",
    secret="whsec_c2VjcmV0",  # noqa: S106  nobody's
    created_at=NOON,
    created_by="ana",
    events=(Happened.EXPORT_FINISHED,),
    enabled=False,
    reason="Gone.",
)


async def test_webhooks_come_back_oldest_first(stores: Stores, project: str) -> None:
    older = replace(HOOK, id="older", created_at=NOON - timedelta(days=1), events=(), enabled=True)
    await stores.webhooks.put(project, replace(HOOK, url="https://example.org/old"))
    await stores.webhooks.put(project, HOOK)
    await stores.webhooks.put(project, older)
    assert await stores.webhooks.get(project, "hook") == HOOK
    assert await stores.webhooks.all(project) == [older, HOOK]


async def test_a_webhook_is_forgotten(stores: Stores, project: str) -> None:
    await stores.webhooks.put(project, HOOK)
    await stores.webhooks.remove(project, "hook")
    await stores.webhooks.remove(project, "hook")
    with pytest.raises(NotFound):
        await stores.webhooks.get(project, "hook")
    with pytest.raises(NotFound):
        await stores.webhooks.get(project, "a/b#c?")


async def test_the_last_deliveries_come_back_newest_first(stores: Stores, project: str) -> None:
    made = [
        Delivery(place_of(NOON + timedelta(hours=hour), "a"), "hook", "test", NOON, f'{{"hour": {hour}}}')
        for hour in range(4)
    ]
    for delivery in made:
        await stores.webhooks.put_delivery(project, delivery)
    await stores.webhooks.put_delivery(project, replace(made[0], webhook="another"))
    tried = replace(made[3], attempts=2, status=500, next_at=NOON)
    await stores.webhooks.put_delivery(project, tried)
    assert await stores.webhooks.deliveries(project, "hook", 3) == [tried, made[2], made[1]]
    assert await stores.webhooks.get_delivery(project, "hook", made[1].id) == made[1]
    with pytest.raises(NotFound):
        await stores.webhooks.get_delivery(project, "hook", "nothing")


async def test_a_project_that_is_gone_has_none(stores: Stores, project: str) -> None:
    await stores.shards.drop(project)
    assert await stores.webhooks.all(project) == []
    with pytest.raises(NotFound):
        await stores.webhooks.get(project, "hook")
