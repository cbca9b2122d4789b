"""Members, groups, invitations and a vendor, over HTTP."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest

from core.adapters.oidc import OidcTokens
from core.adapters.system import SystemClock
from core.domain.people import User
from local.stack import Stack
from tests.functions.conftest import Person, photos
from tests.functions.in_process import ADMINISTRATOR, NamesAsTokens, Stage, an_api, connect
from tests.issuer import served_issuer

GIL = User("gil", "Gil", "gil@example.org", administrator=False)


@pytest.fixture
async def stage() -> Stage:
    return await Stage.build(an_api())


def _signed_in(stage: Stage, *users: User) -> None:
    """Have these users sign in as their ids, besides the cast."""
    tokens = NamesAsTokens({user.id: user for user in users})
    connect(stage.app, stage.world.ports, tokens)


async def _me(stage: Stage, who: str) -> dict[str, Any]:
    answer: dict[str, Any] = (await stage.send(who, "GET", "/api/me")).json()
    return answer


async def _status(stage: Stage, who: str, method: str, path: str, body: Any = None) -> int:
    return (await stage.send(who, method, f"/api/projects/{stage.project}{path}", body)).status_code


async def test_a_member_has_a_limit_and_a_name_once_they_have_signed_in(stage: Stage) -> None:
    _signed_in(stage, GIL)
    added = await stage.done("owner", "PUT", "/members/gil", {"role": "labeler", "limit": 20})
    shown = {"user": "gil", "name": None, "email": None, "role": "labeler", "limit": 20}
    assert added == shown | {"vendor": False, "group": False}
    assert (await _me(stage, "gil"))["projects"] == [{"id": stage.project, "role": "labeler"}]
    members = (await stage.done("owner", "GET", "/members"))["items"]
    [gil] = [member for member in members if member["user"] == "gil"]
    assert (gil["name"], gil["email"], gil["limit"]) == ("Gil", "gil@example.org", 20)


@pytest.mark.parametrize(
    ("user", "body", "status"),
    [
        ("gil", {"role": "labeler", "limit": -1}, 422),
        ("gil", {"role": "sorcerer"}, 422),
        ("gil", {"role": "owner", "vendor": True}, 422),
        ("gil", {"role": "vendor_qa", "vendor": False}, 422),
        ("group:", {"role": "labeler"}, 422),
        ("gil", {"role": "vendor_qa"}, 200),
        ("group:florists", {"role": "exporter"}, 200),
        ("gil", {"role": "labeler", "limit": 0}, 200),
    ],
    ids=str,
)
async def test_what_a_member_can_be(stage: Stage, user: str, body: dict[str, Any], status: int) -> None:
    assert await _status(stage, "owner", "PUT", f"/members/{user}", body) == status


async def test_a_group_is_a_member(stage: Stage) -> None:
    _signed_in(stage, replace(GIL, groups=frozenset({"florists"})))
    assert await _status(stage, "gil", "GET", "") == 404
    added = await stage.done("owner", "PUT", "/members/group:florists", {"role": "reviewer"})
    assert (added["user"], added["group"], added["name"]) == ("group:florists", True, None)
    assert await _status(stage, "gil", "GET", "/items") == 200
    assert (await _me(stage, "gil"))["projects"] == [{"id": stage.project, "role": "reviewer"}]
    await stage.done("owner", "PUT", "/members/gil", {"role": "labeler"})
    assert await _status(stage, "gil", "GET", "/items") == 403
    await stage.done("owner", "DELETE", "/members/gil")
    assert await _status(stage, "gil", "GET", "/items") == 200
    await stage.done("owner", "DELETE", "/members/group:florists")
    assert await _status(stage, "gil", "GET", "/items") == 404


@pytest.mark.parametrize("first", ["/api/me", "/api/projects/{project}"])
async def test_an_invitation_binds_on_first_sign_in(stage: Stage, first: str) -> None:
    _signed_in(stage, replace(GIL, addresses=frozenset({"gil@example.org"})))
    invited = await stage.done(
        "owner", "POST", "/invitations", {"email": " Gil@Example.ORG", "role": "reviewer"}
    )
    assert invited == {"email": "gil@example.org", "role": "reviewer", "limit": None, "vendor": False}
    assert (await stage.done("owner", "GET", "/invitations"))["items"] == [invited]
    answer = await stage.send("gil", "GET", first.format(project=stage.project))
    assert answer.status_code == 200
    assert await _status(stage, "gil", "GET", "/items") == 200
    assert (await stage.done("owner", "GET", "/invitations"))["items"] == []
    await stage.done("owner", "DELETE", "/members/gil")
    assert await _status(stage, "gil", "GET", "") == 404


@pytest.mark.parametrize(("verified", "status"), [(None, 200), (True, 200), (False, 404)])
async def test_an_address_that_was_not_verified_accepts_nothing(
    stage: Stage, verified: bool | None, status: int
) -> None:
    await stage.done("owner", "POST", "/invitations", {"email": "gil@example.org", "role": "labeler"})
    async with served_issuer() as issuer:
        tokens = OidcTokens(issuer.url, ("tagwerk",), SystemClock())
        connect(stage.app, stage.world.ports, tokens)
        claims: dict[str, Any] = {
            "oid": None,
            "email": "Gil@example.org",
            "email_verified": verified,
            "roles": None,
        }
        token = issuer.token(sub="gil", preferred_username="gil", **claims)
        assert await _status(stage, token, "GET", "") == status


@pytest.mark.parametrize("user", ["auth0|7/a", "a b", "50%25", "8d2f3b1e-0c4a-4b8e-9d57-0f6c1b2a3d4e"])
async def test_ids_of_any_issuer_can_be_members(stage: Stage, user: str) -> None:
    address = f"/members/{quote(user, safe='')}"
    assert (await stage.done("owner", "PUT", address, {"role": "labeler"}))["user"] == user
    assert await _status(stage, "owner", "DELETE", address) == 204
    assert user not in {one["user"] for one in (await stage.done("owner", "GET", "/members"))["items"]}


async def test_an_invitation_that_was_taken_back_binds_nobody(stage: Stage) -> None:
    _signed_in(stage, replace(GIL, addresses=frozenset({"gil@example.org"})))
    await stage.done("owner", "POST", "/invitations", {"email": "gil@example.org", "role": "labeler"})
    await stage.done("owner", "DELETE", "/invitations/Gil@example.org")
    assert await _status(stage, "gil", "GET", "") == 404
    assert await _status(stage, "owner", "POST", "/invitations", {"email": "gil", "role": "labeler"}) == 422


async def test_the_vendors_admin_sees_and_manages_the_vendors_people(stage: Stage) -> None:
    members = (await stage.done("vendor_admin", "GET", "/members"))["items"]
    assert {member["user"] for member in members} == {"vendor_admin", "vendor_qa", "vic"}
    added = await stage.done("vendor_admin", "PUT", "/members/gil", {"role": "labeler", "limit": 3})
    assert (added["vendor"], added["limit"]) == (True, 3)
    for user in ("owner", "dora", "vendor_qa", "vendor_admin"):
        assert await _status(stage, "vendor_admin", "DELETE", f"/members/{user}") == 403
        body = {"role": "labeler"}
        assert await _status(stage, "vendor_admin", "PUT", f"/members/{user}", body) == 403
    for role in ("owner", "reviewer", "customer_qa", "vendor_qa", "vendor_admin", "exporter"):
        assert await _status(stage, "vendor_admin", "PUT", "/members/gil", {"role": role}) == 403


async def test_labelers_figures_are_for_those_who_may_see_them(stage: Stage) -> None:
    for labeler in ("dora", "vic", "labeler"):
        await stage.answer(labeler, answer={"labels": ["Cat"]})

    async def seen(who: str) -> set[str]:
        labelers = (await stage.done(who, "GET", "/dashboard"))["labelers"]
        return {labeler["user"] for labeler in labelers}

    everybody = {"dora", "vic", "labeler"}
    assert await seen("owner") == await seen("reviewer") == await seen("customer_qa") == everybody
    assert await seen("vendor_admin") == await seen("vendor_qa") == {"vic"}
    assert await seen("labeler") == {"labeler"}
    assert await seen("exporter") == set()


async def test_a_vendor_is_named_when_a_project_is_created_and_stays(stage: Stage) -> None:
    _signed_in(stage, replace(GIL, addresses=frozenset({"gil@example.org"})))
    body: dict[str, Any] = {
        "name": "New",
        "kind": "image_multiclass",
        "data": {"datastore": "data", "path": "scans/**"},
        "labels": [{"name": "Rose"}],
        "vendor": {"name": "Petals", "admin_email": "Gil@example.org"},
    }
    for wrong in ({"name": " "}, {"name": "Petals", "admin_email": "nobody"}, {}):
        refused = await stage.send(ADMINISTRATOR, "POST", "/api/projects", body | {"vendor": wrong})
        assert refused.status_code == 422
    made = (await stage.send(ADMINISTRATOR, "POST", "/api/projects", body)).json()
    assert made["vendor"] == {"name": "Petals", "admin_email": "Gil@example.org"}
    assert (await _me(stage, "gil"))["projects"] == [{"id": made["id"], "role": "vendor_admin"}]
    address = f"/api/projects/{made['id']}"
    assert (
        await stage.send(ADMINISTRATOR, "PATCH", address, {"vendor": {"name": "Thorns"}})
    ).status_code == 409


async def test_without_a_vendor_nobody_is_its(stage: Stage) -> None:
    body = {
        "name": "Alone",
        "kind": "image_multiclass",
        "data": {"datastore": "data", "path": "scans/**"},
        "labels": [{"name": "Rose"}],
    }
    made = (await stage.send(ADMINISTRATOR, "POST", "/api/projects", body)).json()
    for member in ({"role": "vendor_admin"}, {"role": "labeler", "vendor": True}):
        answer = await stage.send(ADMINISTRATOR, "PUT", f"/api/projects/{made['id']}/members/gil", member)
        assert (answer.status_code, answer.json()["field"]) == (422, "vendor")


async def test_who_is_removed_holds_nothing(stage: Stage) -> None:
    task = await stage.claim("dora")
    await stage.done("owner", "DELETE", "/members/dora")
    assert await _status(stage, "dora", "PUT", f"/tasks/{task['id']}") == 404
    shards = stage.world.shards.rows.values()
    assert [shard.control.value.leases for shard in shards if shard.control.value.leases] == []


def test_groups_and_invitations_in_the_local_host(
    stack: Stack, ana: Person, sign_in: Callable[..., Person], folder: str
) -> None:
    ana.upload(photos(folder, 2))
    project = ana.running(f"{folder}/**")
    address = f"/api/projects/{project}"
    ana.http.put(f"{address}/members/group:florists", json={"role": "labeler"}).raise_for_status()
    member = {"Authorization": f"Bearer {stack.token('gil', groups=['florists'])}"}
    assert ana.http.get(address, headers=member).json()["role"] == "labeler"
    invitation = {"email": "HANA@tagwerk.local", "role": "customer_qa"}
    ana.post(f"{address}/invitations", invitation, 201)
    hana = sign_in("hana")
    assert {"id": project, "role": "customer_qa"} in hana.get("/api/me")["projects"]
    assert hana.get(f"{address}/invitations")["items"] == []
