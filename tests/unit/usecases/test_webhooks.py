"""Webhooks are told of what happens, until they have taken it."""

import base64
import json
from dataclasses import replace

import pytest

from core.domain.commands import DeleteProject, DeliverWebhook
from core.domain.errors import Conflict, Invalid, NotFound
from core.domain.log import NOBODY, Happened
from core.domain.projects import Project
from core.domain.webhooks import Delivery, Reply, Webhook
from core.usecases.add_webhook import WEBHOOKS_MAX, add_webhook
from core.usecases.delete_project import TELLING_SECONDS, delete_project
from core.usecases.deliver_webhook import abandon_delivery, deliver_webhook
from core.usecases.edit_project import pause_project, resume_project
from core.usecases.edit_webhook import WebhookEdits, edit_webhook, remove_webhook
from core.usecases.log_event import log_event
from core.usecases.queue_deliveries import queue_test
from tests.unit.usecases.conftest import World

URL = "https://example.org/hook"
PAUSED, RESUMED = Happened.PROJECT_PAUSED, Happened.PROJECT_RESUMED


@pytest.fixture
async def project(world: World) -> Project:
    made = await world.running(1)
    world.clock.step(hours=1)
    return made


@pytest.fixture
async def webhook(world: World, project: Project) -> Webhook:
    return await add_webhook(world.ports, project.id, "ana", URL, [PAUSED, RESUMED])


async def _happen(world: World, project: Project) -> DeliverWebhook:
    """Something that the webhook wants; the command of the first attempt."""
    await log_event(world.ports, project.id, "ben", PAUSED)
    return _last(world)


def _last(world: World) -> DeliverWebhook:
    command = world.commands.sent[-1]
    assert isinstance(command, DeliverWebhook)
    return command


async def _delivery(world: World, webhook: Webhook, project: Project) -> Delivery:
    """The newest."""
    return (await world.ports.webhooks.deliveries(project.id, webhook.id, 1))[0]


async def test_a_secret_has_32_random_bytes(world: World, project: Project) -> None:
    made = [await add_webhook(world.ports, project.id, "ana", URL, []) for _ in range(2)]
    keys = {base64.b64decode(webhook.secret.removeprefix("whsec_")) for webhook in made}
    assert [len(key) for key in keys] == [32, 32]
    assert made[0].secret not in repr(made[0])


async def test_a_url_that_leads_inside_is_refused(world: World, project: Project, webhook: Webhook) -> None:
    with pytest.raises(Invalid):
        await add_webhook(world.ports, project.id, "ana", "https://127.0.0.1/", [])
    with pytest.raises(Invalid):
        await edit_webhook(world.ports, project.id, "ana", webhook.id, WebhookEdits("http://example.org/"))
    assert await world.ports.webhooks.all(project.id) == [webhook]


async def test_webhooks_are_so_many_at_most(world: World, project: Project) -> None:
    for _ in range(WEBHOOKS_MAX):
        await add_webhook(world.ports, project.id, "ana", URL, [])
    with pytest.raises(Conflict, match=str(WEBHOOKS_MAX)):
        await add_webhook(world.ports, project.id, "ana", URL, [])


async def test_it_is_told_what_it_wants_and_nothing_else(
    world: World, project: Project, webhook: Webhook
) -> None:
    await add_webhook(world.ports, project.id, "ana", URL, [Happened.EXPORT_FINISHED])
    before = len(world.commands.sent)
    world.clock.step(seconds=1)
    await pause_project(world.ports, project.id, "ben")
    assert len(world.commands.sent) == before + 1
    await deliver_webhook(world.ports, _last(world))
    ((url, headers, body),) = world.receivers.sent
    delivery = await _delivery(world, webhook, project)
    assert url == URL
    assert headers["webhook-id"] == delivery.id
    assert headers["webhook-timestamp"] == str(int(world.clock.now().timestamp()))
    entry = (await world.ports.log.page(project.id, 1)).entries[0]
    assert json.loads(body) == {
        "type": "project_paused",
        "timestamp": "2026-11-20T13:00:01+00:00",
        "data": {"project": project.id, "id": entry.id, "user": "ben", "details": {}},
    }


async def test_one_without_events_is_told_of_everything(world: World, project: Project) -> None:
    made = await add_webhook(world.ports, project.id, "ana", URL, [])
    for what in Happened:
        world.clock.step(seconds=1)
        await log_event(world.ports, project.id, "ben", what)
    told = await world.ports.webhooks.deliveries(project.id, made.id, 100)
    assert [delivery.event for delivery in told] == [*reversed(Happened), Happened.WEBHOOK_ADDED]


async def test_a_receiver_that_fails_twice_gets_the_same_message_a_third_time(
    world: World, project: Project, webhook: Webhook
) -> None:
    world.receivers.replies = [Reply(status=500), Reply(error="No connection.")]
    command = await _happen(world, project)
    for attempts, delay, status, error in ((1, 10, 500, None), (2, 60, None, "No connection.")):
        await deliver_webhook(world.ports, command)
        command = _last(world)
        assert (command.attempt, world.commands.delays[-1]) == (attempts + 1, delay)
        tried = await _delivery(world, webhook, project)
        assert (tried.attempts, tried.status, tried.error) == (attempts, status, error)
        world.clock.step(seconds=delay)
    await deliver_webhook(world.ports, command)
    done = await _delivery(world, webhook, project)
    assert (done.attempts, done.status, done.error, done.next_at) == (3, 204, None, None)
    assert {headers["webhook-id"] for _, headers, _ in world.receivers.sent} == {done.id}
    assert len({body for _, _, body in world.receivers.sent}) == 1
    assert len({headers["webhook-signature"] for _, headers, _ in world.receivers.sent}) == 3


async def test_a_command_that_comes_twice_sends_once(
    world: World, project: Project, webhook: Webhook
) -> None:
    world.receivers.replies = [Reply(status=503)]
    first = await _happen(world, project)
    await deliver_webhook(world.ports, first)
    await deliver_webhook(world.ports, first)
    second = _last(world)
    await deliver_webhook(world.ports, second)
    await deliver_webhook(world.ports, second)
    assert len(world.receivers.sent) == 2
    assert (await _delivery(world, webhook, project)).attempts == 2


async def test_who_answers_410_is_told_no_more(world: World, project: Project, webhook: Webhook) -> None:
    world.receivers.replies = [Reply(status=410)]
    await deliver_webhook(world.ports, await _happen(world, project))
    gone = await _delivery(world, webhook, project)
    assert (gone.status, gone.next_at) == (410, None)
    disabled = await world.ports.webhooks.get(project.id, webhook.id)
    assert not disabled.enabled
    assert disabled.reason is not None
    assert "410" in disabled.reason
    entry = (await world.ports.log.page(project.id, 100)).entries
    assert (NOBODY, Happened.WEBHOOK_CHANGED) in {(found.user, found.what) for found in entry}
    before = len(world.commands.sent)
    await pause_project(world.ports, project.id, "ben")
    assert len(world.commands.sent) == before
    again = await edit_webhook(world.ports, project.id, "ana", webhook.id, WebhookEdits(enabled=True))
    assert again == webhook


async def test_what_is_queued_for_a_disabled_webhook_is_given_up(
    world: World, project: Project, webhook: Webhook
) -> None:
    command = await _happen(world, project)
    await edit_webhook(world.ports, project.id, "ana", webhook.id, WebhookEdits(enabled=False))
    await deliver_webhook(world.ports, command)
    assert world.receivers.sent == []
    stopped = await _delivery(world, webhook, project)
    assert (stopped.error, stopped.next_at) == ("The webhook is disabled.", None)


async def test_what_is_queued_for_a_removed_webhook_is_dropped(
    world: World, project: Project, webhook: Webhook
) -> None:
    command = await _happen(world, project)
    await remove_webhook(world.ports, project.id, "ana", webhook.id)
    await deliver_webhook(world.ports, command)
    assert world.receivers.sent == []
    with pytest.raises(NotFound):
        await remove_webhook(world.ports, project.id, "ana", webhook.id)


async def test_a_delivery_that_fails_here_is_given_up(
    world: World, project: Project, webhook: Webhook
) -> None:
    command = await _happen(world, project)
    await abandon_delivery(world.ports, command, "It failed.")
    await abandon_delivery(world.ports, replace(command, delivery="nothing"), "It failed.")
    await deliver_webhook(world.ports, command)
    given_up = await _delivery(world, webhook, project)
    assert (given_up.error, given_up.attempts, given_up.next_at) == ("It failed.", 0, None)


async def test_a_test_message_says_nothing(world: World, project: Project, webhook: Webhook) -> None:
    queued = await queue_test(world.ports, project.id, webhook)
    await deliver_webhook(world.ports, _last(world))
    ((_, headers, body),) = world.receivers.sent
    assert headers["webhook-id"] == queued.id
    assert json.loads(body)["type"] == "test"
    assert json.loads(body)["data"] == {"project": project.id}


async def test_what_is_done_to_webhooks_is_logged_without_their_urls(
    world: World, project: Project, webhook: Webhook
) -> None:
    moved = WebhookEdits("https://example.org/token-1234", [RESUMED])
    world.clock.step(seconds=1)
    await edit_webhook(world.ports, project.id, "ben", webhook.id, moved)
    await edit_webhook(world.ports, project.id, "ben", webhook.id, moved)
    world.clock.step(seconds=1)
    await remove_webhook(world.ports, project.id, "cleo", webhook.id)
    entries = (await world.ports.log.page(project.id, 3)).entries
    assert [(entry.user, entry.what, entry.details) for entry in reversed(entries)] == [
        ("ana", Happened.WEBHOOK_ADDED, {"id": webhook.id, "events": "project_paused, project_resumed"}),
        (
            "ben",
            Happened.WEBHOOK_CHANGED,
            {"id": webhook.id, "enabled": True, "events": "project_resumed", "url_changed": True},
        ),
        ("cleo", Happened.WEBHOOK_REMOVED, {"id": webhook.id}),
    ]


async def test_resuming_is_told_too(world: World, project: Project, webhook: Webhook) -> None:
    await pause_project(world.ports, project.id, "ben")
    world.clock.step(seconds=1)
    await resume_project(world.ports, project.id, "ben")
    assert (await _delivery(world, webhook, project)).event == "project_resumed"


async def test_a_project_without_webhooks_goes_at_once(world: World, project: Project) -> None:
    await delete_project(world.ports, project.id, "ana")
    assert (world.commands.sent[-1], world.commands.delays[-1]) == (DeleteProject(project.id), 0)


async def test_the_last_thing_a_webhook_is_told_is_that_its_project_goes(
    world: World, project: Project
) -> None:
    made = await add_webhook(world.ports, project.id, "ana", URL, [Happened.PROJECT_DELETED])
    await delete_project(world.ports, project.id, "ana")
    assert (world.commands.sent[-1], world.commands.delays[-1]) == (
        DeleteProject(project.id),
        TELLING_SECONDS,
    )
    assert (await _delivery(world, made, project)).event == "project_deleted"
