"""The way to the receivers of webhooks: real ones, on loopback."""

import asyncio
import base64
import hashlib
import hmac
import socket
import ssl
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from core.adapters.webhook_sender import HttpSender
from core.domain.commands import DeliverWebhook
from core.domain.errors import Invalid
from core.domain.log import Happened
from core.domain.receivers import Receivers
from core.usecases.add_webhook import add_webhook
from core.usecases.deliver_webhook import deliver_webhook
from core.usecases.queue_deliveries import queue_test
from local.ports import LOOPBACK, free_ports
from tests.unit.usecases.conftest import make_world


@dataclass
class Received:
    """A receiver that keeps what it got, and answers with `statuses` in turn, then with 204."""

    port: int
    statuses: list[int] = field(default_factory=list)
    got: list[tuple[str, Mapping[str, str], bytes]] = field(default_factory=list)

    def url(self, path: str = "/hook", host: str = LOOPBACK) -> str:
        return f"http://{host}:{self.port}{path}"

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.got.append((request.path, dict(request.headers), await request.read()))
        if request.path == "/slow":
            await asyncio.sleep(30)
        if request.path == "/endless":
            response = web.StreamResponse()
            await response.prepare(request)
            await response.write(b"x" * 100_000)
            await asyncio.sleep(30)
        if request.path == "/moved":
            return web.Response(status=307, headers={"Location": self.url("/elsewhere")})
        return web.Response(status=self.statuses.pop(0) if self.statuses else 204)


@pytest.fixture
async def receiver() -> AsyncIterator[Received]:
    received = Received(free_ports(1))
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", received.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, LOOPBACK, received.port).start()
    yield received
    await runner.cleanup()


@dataclass
class Names(AbstractResolver):
    """A resolver that finds these addresses for any name: the first of the lists, then the second."""

    looks: list[list[str]]

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_INET,  # noqa: ARG002  aiohttp passes it
    ) -> list[ResolveResult]:
        addresses = self.looks.pop(0) if len(self.looks) > 1 else self.looks[0]
        if not addresses:
            raise OSError("no such name")
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in addresses
        ]

    async def close(self) -> None:
        """Nothing is open."""


ALLOWED = Receivers(frozenset({LOOPBACK}))
HEADERS = {"webhook-id": "1"}


async def test_a_message_arrives_as_it_was_sent(receiver: Received) -> None:
    reply = await HttpSender(ALLOWED).send(receiver.url("/hook?a=b"), HEADERS, b'{"a":1}')
    assert reply.taken
    ((path, headers, body),) = receiver.got
    assert (path, headers["webhook-id"], body) == ("/hook", "1", b'{"a":1}')


async def test_a_redirect_is_not_followed(receiver: Received) -> None:
    reply = await HttpSender(ALLOWED).send(receiver.url("/moved"), HEADERS, b"{}")
    assert (reply.status, reply.taken) == (307, False)
    assert [path for path, _, _ in receiver.got] == ["/moved"]


async def test_a_slow_receiver_is_left(receiver: Received) -> None:
    reply = await HttpSender(ALLOWED, timeout_seconds=0.3).send(receiver.url("/slow"), HEADERS, b"{}")
    assert (reply.status, reply.error) == (None, "No answer within 0.3 seconds.")


async def test_what_a_receiver_says_is_not_waited_for(receiver: Received) -> None:
    async with asyncio.timeout(5):
        assert (await HttpSender(ALLOWED).send(receiver.url("/endless"), HEADERS, b"{}")).status == 200


async def test_a_receiver_that_is_not_there() -> None:
    reply = await HttpSender(ALLOWED).send(f"http://{LOOPBACK}:{free_ports(1)}/", HEADERS, b"{}")
    assert reply.status is None
    assert reply.error is not None
    assert reply.error.startswith("No connection: ")


async def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_self_signed(tmp_path))
    got = list[bytes]()

    async def receive(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        got.append(await reader.read())
        writer.close()

    async with await asyncio.start_server(receive, LOOPBACK, 0, ssl=context) as server:
        url = f"https://{LOOPBACK}:{server.sockets[0].getsockname()[1]}/"
        reply = await HttpSender(ALLOWED).send(url, HEADERS, b"{}")
    assert (reply.status, got) == (None, [])
    assert reply.error is not None
    assert "certificate verify failed" in reply.error


def _self_signed(folder: Path) -> Path:
    """A certificate of 127.0.0.1 and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, LOOPBACK)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(LOOPBACK))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "receiver.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(made.public_bytes(Encoding.PEM) + secret)
    return file


async def test_https_is_not_answered_by_http(receiver: Received) -> None:
    url = receiver.url().replace("http:", "https:")
    reply = await HttpSender(ALLOWED).send(url, HEADERS, b"{}")
    assert (reply.status, receiver.got) == (None, [])
    assert reply.error


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["10.0.0.7"], ["169.254.169.254"], ["::1"], ["::ffff:10.0.0.7"], ["8.8.8.8", "10.0.0.7"]],
    ids=" ".join,
)
async def test_a_name_that_leads_inside_is_refused(addresses: list[str]) -> None:
    with pytest.raises(Invalid, match="public"):
        await HttpSender(Receivers(), Names([addresses])).check("https://example.org/")


async def test_a_name_that_leads_nowhere_is_refused() -> None:
    sender = HttpSender(Receivers(), Names([[]]))
    with pytest.raises(Invalid, match=r"no host 'example\.org'"):
        await sender.check("https://example.org/")
    reply = await sender.send("https://example.org/", HEADERS, b"{}")
    assert reply.error == "There is no host 'example.org'."


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "2130706433", "0x7f.1", "127.1"])
async def test_this_machine_is_refused(host: str) -> None:
    sender = HttpSender(Receivers())
    with pytest.raises(Invalid):
        await sender.check(f"https://{host}/")
    reply = await sender.send(f"https://{host}/", HEADERS, b"{}")
    assert reply.status is None
    assert reply.error is not None
    assert "public" in reply.error or "plain" in reply.error


async def test_public_and_allowed_hosts_pass() -> None:
    await HttpSender(Receivers(), Names([["8.8.8.8", "2606:4700::1111"]])).check("https://example.org/")
    await HttpSender(ALLOWED).check(f"http://{LOOPBACK}:1/")
    await HttpSender(Receivers(), Names([[]])).check("https://8.8.8.8/")


async def test_a_name_that_leads_inside_later_is_refused_then() -> None:
    connections = list[object]()
    server = await asyncio.start_server(lambda *streams: connections.append(streams), LOOPBACK, 0)
    port = server.sockets[0].getsockname()[1]
    sender = HttpSender(Receivers(), Names([["8.8.8.8"], [LOOPBACK]]))
    await sender.check(f"https://example.org:{port}/")
    reply = await sender.send(f"https://example.org:{port}/", HEADERS, b"{}")
    assert reply.error == "No connection: 'example.org' is not on the public internet."
    assert connections == []
    server.close()


async def test_one_that_was_allowed_is_refused_later(receiver: Received) -> None:
    reply = await HttpSender(Receivers()).send(receiver.url(), HEADERS, b"{}")
    assert reply.error is not None
    assert "https" in reply.error
    assert receiver.got == []


async def test_a_receiver_that_fails_twice_can_trust_the_third(receiver: Received) -> None:
    world = await make_world()
    ports = replace(world.ports, receivers=HttpSender(ALLOWED))
    project = (await world.create()).id
    webhook = await add_webhook(ports, project, "ana", receiver.url(), [Happened.RUN_STARTED])
    await queue_test(ports, project, webhook)
    receiver.statuses = [500, 503]
    for attempt in (1, 2, 3):
        command = world.commands.sent[-1]
        assert isinstance(command, DeliverWebhook)
        assert command.attempt == attempt
        await deliver_webhook(ports, command)
        world.clock.step(minutes=1)
    (done,) = await ports.webhooks.deliveries(project, webhook.id, 10)
    assert (done.attempts, done.status, done.next_at) == (3, 204, None)
    assert len({headers["webhook-id"] for _, headers, _ in receiver.got}) == 1
    key = base64.b64decode(webhook.secret.removeprefix("whsec_"))
    for _, headers, body in receiver.got:
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        assert headers["webhook-signature"] == f"v1,{expected}"
        assert headers["Content-Type"] == "application/json"
