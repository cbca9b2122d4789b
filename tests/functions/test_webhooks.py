"""What happens in a project is in its log, and told to a real receiver."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.functions.conftest import Json, Person, photos, wait_for


@dataclass
class Receiver:
    """A web server on loopback that keeps what it gets; at `/broken` it answers 500."""

    url: str = ""
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    def events(self) -> list[str]:
        return [json.loads(body)["type"] for _, body in self.got]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    received = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            received.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(500 if self.path == "/broken" else 204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  as it is inherited
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    received.url = f"http://127.0.0.1:{server.server_port}"
    yield received
    server.shutdown()
    server.server_close()


@pytest.fixture
def project(ana: Person, folder: str) -> str:
    ana.upload(photos(folder, 2))
    return ana.running(f"{folder}/**")


def _added(ana: Person, project: str, url: str, *events: str) -> Json:
    added: Json = ana.post(f"/api/projects/{project}/webhooks", {"url": url, "events": events}, 201)
    return added


def test_a_receiver_can_trust_what_it_is_told(ana: Person, project: str, receiver: Receiver) -> None:
    webhook = _added(ana, project, f"{receiver.url}/hook", "project_paused", "export_finished")
    ana.post(f"/api/projects/{project}/pause")
    ana.post(f"/api/projects/{project}/resume")
    ana.exported(project, format="csv")
    wait_for(lambda: len(receiver.got) == 2)
    assert sorted(receiver.events()) == ["export_finished", "project_paused"]
    key = base64.b64decode(webhook["secret"].removeprefix("whsec_"))
    for headers, body in receiver.got:
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        signature = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        assert headers["webhook-signature"] == f"v1,{signature}"
    address = f"/api/projects/{project}/webhooks/{webhook['id']}/deliveries"
    wait_for(lambda: [found["status"] for found in ana.get(address)["items"]] == [204, 204])
    newest, oldest = ana.get(address)["items"]
    assert (newest["event"], oldest["event"]) == ("export_finished", "project_paused")
    assert (newest["attempts"], newest["error"], newest["next_attempt"]) == (1, None, None)


def test_the_secret_is_shown_once(ana: Person, project: str, receiver: Receiver) -> None:
    webhook = _added(ana, project, receiver.url)
    (listed,) = ana.get(f"/api/projects/{project}/webhooks")["items"]
    assert listed == {name: value for name, value in webhook.items() if name != "secret"}
    patched = ana.http.patch(f"/api/projects/{project}/webhooks/{webhook['id']}", json={"enabled": False})
    assert patched.json() == listed | {"enabled": False}
    assert webhook["secret"] not in json.dumps(ana.get(f"/api/projects/{project}/log"))


def test_a_message_that_fails_will_be_sent_again(ana: Person, project: str, receiver: Receiver) -> None:
    webhook = _added(ana, project, f"{receiver.url}/broken", "run_started")
    address = f"/api/projects/{project}/webhooks/{webhook['id']}"
    queued = ana.post(f"{address}/test", status=202)
    wait_for(lambda: ana.get(f"{address}/deliveries")["items"][0]["attempts"] == 1)
    (delivery,) = ana.get(f"{address}/deliveries")["items"]
    assert (delivery["id"], delivery["event"], delivery["status"]) == (queued["id"], "test", 500)
    at, again = (datetime.fromisoformat(delivery[name]) for name in ("at", "next_attempt"))
    assert 10 <= (again - at).total_seconds() < 30
    assert ana.http.delete(address).status_code == 204
    assert ana.http.get(f"{address}/deliveries").status_code == 404


@pytest.mark.parametrize(
    "url", ["http://example.org/", "https://localhost/", "https://169.254.169.254/", "https://a:b@127.0.0.1/"]
)
def test_what_leads_inside_is_refused(ana: Person, project: str, url: str) -> None:
    refused = ana.http.post(f"/api/projects/{project}/webhooks", json={"url": url, "events": []})
    assert (refused.status_code, refused.json()["field"]) == (422, "url")


def test_the_log_tells_who_did_what_page_by_page(ana: Person, project: str) -> None:
    name = ana.get("/api/me")["name"]
    for verb in ("pause", "resume", "pause"):
        ana.post(f"/api/projects/{project}/{verb}")
    found, cursor = list[Json](), None
    while not found or cursor:
        page = ana.get(f"/api/projects/{project}/log", limit=3, **({"cursor": cursor} if cursor else {}))
        assert len(page["items"]) <= 3
        found += page["items"]
        cursor = page["next"]
    whats = [entry["what"] for entry in found if entry["what"] != "refreshed"]
    assert whats == ["project_paused", "project_resumed", "project_paused", "project_created"]
    assert found[-1]["details"]["kind"] == "image_multiclass"
    assert {entry["name"] for entry in found if entry["user"]} == {name}


def test_who_deletes_a_project_is_told(ana: Person, project: str, receiver: Receiver) -> None:
    _added(ana, project, receiver.url, "project_deleted")
    assert ana.http.delete(f"/api/projects/{project}").status_code == 202
    wait_for(lambda: receiver.events() == ["project_deleted"])
