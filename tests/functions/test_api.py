"""The contract of the HTTP API: conventions, errors, access."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from local.stack import Stack
from tests.functions.conftest import Person, photos, wait_for


@pytest.fixture(scope="module")
def project(ana: Person) -> str:
    ana.upload(photos("api-tests", 30))
    return ana.running("api-tests/**")


def test_health_is_200_when_every_part_answers(stack: Stack) -> None:
    answer = httpx.get(f"{stack.base_url}/api/health")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "parts": {"blobs": "ok", "queues": "ok", "tables": "ok", "issuer": "ok"},
    }


def test_config_tells_how_to_sign_in(stack: Stack) -> None:
    config = httpx.get(f"{stack.base_url}/api/config").json()
    assert config["authority"] == stack.issuer.url


def test_openapi_describes_every_address(stack: Stack) -> None:
    document = httpx.get(f"{stack.base_url}/api/openapi.json").json()
    assert "/api/projects/{project}/tasks/{task}/submissions" in document["paths"]


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer x"}, {"Authorization": "Basic eDp5"}])
def test_401_without_a_valid_token(stack: Stack, headers: dict[str, str]) -> None:
    answer = httpx.get(f"{stack.base_url}/api/projects", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["title"] == "Sign in"


def test_404_for_strangers_and_403_for_members_without_the_permission(
    ana: Person, sign_in: Callable[..., Person], project: str
) -> None:
    assert sign_in("stranger").http.get(f"/api/projects/{project}").status_code == 404
    ana.http.put(f"/api/projects/{project}/members/lab", json={"role": "labeler"})
    labeler = sign_in("lab")
    wait_for(lambda: labeler.http.get(f"/api/projects/{project}").status_code == 200)
    assert labeler.http.get(f"/api/projects/{project}/items").status_code == 403
    assert labeler.http.post(f"/api/projects/{project}/pause").status_code == 403
    assert labeler.http.post("/api/projects", json={}).status_code in {403, 422}
    assert labeler.claim(project) is not None


def test_the_list_of_projects_is_ones_own(ana: Person, sign_in: Callable[..., Person], project: str) -> None:
    ana.http.put(f"/api/projects/{project}/members/rita", json={"role": "reviewer"})
    rita = sign_in("rita")
    assert [(found["id"], found["role"]) for found in rita.get("/api/projects")["items"]] == [
        (project, "reviewer")
    ]
    assert rita.get("/api/me") == {
        "id": "rita",
        "name": "Rita",
        "email": "rita@tagwerk.local",
        "roles": [],
        "projects": [{"id": project, "role": "reviewer"}],
    }
    members = {member["user"]: member for member in ana.get(f"/api/projects/{project}/members")["items"]}
    assert members["rita"] == {
        "user": "rita",
        "name": "Rita",
        "email": "rita@tagwerk.local",
        "role": "reviewer",
        "limit": None,
        "vendor": False,
        "group": False,
    }


def test_the_last_owner_stays(ana: Person, project: str) -> None:
    assert ana.http.delete(f"/api/projects/{project}/members/ana").status_code == 409
    demoted = ana.http.put(f"/api/projects/{project}/members/ana", json={"role": "labeler"})
    assert demoted.status_code == 409


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"kind": "sculpture"}, "kind"),
        ({"labels": []}, "labels"),
        ({"labels": [{"name": "a"}, {"name": "a"}]}, "labels"),
        ({"labels": [{"name": "a", "key": "B"}]}, "labels"),
        ({"labels": [{"name": "a", "key": "b"}, {"name": "b", "key": "b"}]}, "labels"),
        ({"data": {"datastore": "data", "path": "../x"}}, "path"),
        ({"data": {"datastore": "data", "path": "x", "type": "tabular"}}, "data.type"),
        ({"quality": {"consensus": True, "min_labelers": 3, "max_labelers": 2}}, "quality.min_labelers"),
        ({"quality": {"consensus": True, "min_labelers": 2, "max_labelers": 51}}, "quality.min_labelers"),
        ({"quality": {"gold_rate": 0.6}}, "quality.gold_rate"),
        ({"assist": {"target": 1}}, "assist.target"),
        ({"assist": {"training": {"growth": 1}}}, "assist.training.growth"),
        ({"lease_minutes": 0}, "lease_minutes"),
    ],
)
def test_422_names_the_field(ana: Person, changes: dict[str, Any], field: str) -> None:
    body = {
        "name": "New",
        "kind": "image_multiclass",
        "data": {"datastore": "data", "path": "x/**"},
        "labels": [{"name": "Rose"}],
    }
    answer = ana.http.post("/api/projects", json=body | changes)
    assert answer.status_code == 422
    problem = answer.json()
    fields = [problem.get("field"), *(error["field"] for error in problem.get("errors", []))]
    assert field in fields, problem


def test_a_datastore_that_does_not_exist_is_not_found(ana: Person) -> None:
    body = {
        "name": "New",
        "kind": "image_multiclass",
        "data": {"datastore": "nowhere", "path": "x"},
        "labels": [{"name": "Rose"}],
    }
    assert ana.http.post("/api/projects", json=body).status_code == 404
    assert ana.http.put("/api/datastores/x", json={"container": "nowhere"}).status_code == 404
    assert ana.http.put("/api/datastores/x", json={"container": "tagwerk"}).status_code == 422


def test_a_path_that_matches_nothing_fails_with_a_reason_and_can_look_again(ana: Person) -> None:
    project = ana.create("nothing-here/**")
    wait_for(lambda: ana.get(f"/api/projects/{project}")["status"] == "failed")
    assert "No image matches 'nothing-here/**'" in ana.get(f"/api/projects/{project}")["reason"]
    assert ana.http.post(f"/api/projects/{project}/tasks", json={"size": 1}).status_code == 409
    ana.upload(photos("nothing-here", 1))
    ana.post(f"/api/projects/{project}/refresh", status=202)
    wait_for(lambda: ana.get(f"/api/projects/{project}")["status"] == "running")
    assert ana.must_claim(project)["items"][0]["path"] == "nothing-here/000.jpg"


def test_instructions_change_and_a_lost_update_is_refused(ana: Person) -> None:
    ana.upload(photos("only-people-change-it", 1))
    project = ana.running("only-people-change-it/**", refresh={"enabled": False})
    address = f"/api/projects/{project}"
    etag = ana.http.get(address).headers["etag"]
    patch = {"instructions": {"text": "Look closely.", "url": None}}
    changed = ana.http.patch(address, json=patch, headers={"If-Match": etag})
    assert changed.json()["instructions"]["text"] == "Look closely."
    other = {"instructions": {"text": "Never mind.", "url": None}}
    assert ana.http.patch(address, json=other, headers={"If-Match": etag}).status_code == 412
    latest = changed.headers["etag"]
    assert ana.http.patch(address, json=other, headers={"If-Match": latest}).status_code == 200


@pytest.mark.parametrize(
    ("patch", "status"),
    [
        ({"kind": "image_multilabel"}, 409),
        ({"data": {"datastore": "data", "path": "y"}}, 409),
        ({"quality": {"consensus": False}}, 409),
        ({"colour": "red"}, 422),
        ({"lease_minutes": -5}, 422),
    ],
)
def test_what_is_immutable_stays(ana: Person, project: str, patch: dict[str, Any], status: int) -> None:
    assert ana.http.patch(f"/api/projects/{project}", json=patch).status_code == status


def test_a_paused_project_hands_out_nothing(ana: Person, project: str) -> None:
    assert ana.post(f"/api/projects/{project}/pause")["status"] == "paused"
    refused = ana.http.post(f"/api/projects/{project}/tasks", json={"size": 1})
    assert refused.status_code == 409
    assert refused.json()["status"] == 409
    assert ana.post(f"/api/projects/{project}/resume")["status"] == "running"
    assert ana.claim(project) is not None


@pytest.mark.parametrize(
    "answer",
    [
        {"answer": {"labels": ["Tulip"]}},
        {"answer": {"labels": []}},
        {"answer": {"labels": ["Rose", "Animal"]}},
        {"answer": {"boxes": []}},
        {"answer": None},
        {"answer": {"labels": ["Rose"]}, "skipped": "both"},
        {"skipped": ""},
    ],
    ids=str,
)
def test_an_answer_that_does_not_fit_is_refused(ana: Person, project: str, answer: dict[str, Any]) -> None:
    task = ana.must_claim(project)
    answers = [{"item": task["items"][0]["id"], **answer}]
    refused = ana.submit(project, task, answers=answers)
    assert refused.status_code == 422
    assert ana.http.delete(f"/api/projects/{project}/tasks/{task['id']}").status_code == 204


def test_renew_give_back_skip_and_reopen(ana: Person, sign_in: Callable[..., Person], project: str) -> None:
    task = ana.must_claim(project, 4)
    address = f"/api/projects/{project}/tasks/{task['id']}"
    assert ana.http.put(address).json()["expires"] >= task["expires"]
    assert sign_in("ines", admin=True).http.put(address).status_code == 409
    first, *rest = task["items"]
    answers = [{"item": first["id"], "skipped": "too dark", "seconds": 2}] + [
        {"item": item["id"], "answer": {"labels": ["Animal/Cat"]}} for item in rest
    ]
    results = ana.submit(project, task, answers=answers).json()["results"]
    assert [result["outcome"] for result in results] == ["skipped", "labeled", "labeled", "labeled"]
    assert ana.http.delete(address).status_code == 409
    again = ana.post(
        f"/api/projects/{project}/tasks/reopen", {"items": [item["id"] for item in task["items"]]}
    )
    assert [item["previous"] for item in again["items"]] == [None] + [{"labels": ["Animal/Cat"]}] * 3
    assert ana.submit(project, again).status_code == 200
    detail = ana.get(f"/api/projects/{project}/items/{first['id']}")
    assert [revision["skipped"] for revision in detail["history"]] == ["too dark", None]
    assert detail["annotation"]["answer"] == {"labels": ["Rose"]}


@pytest.mark.parametrize("size", [0, 2, 5, 100, "x"])
def test_pages_have_four_sizes(ana: Person, project: str, size: object) -> None:
    assert ana.http.post(f"/api/projects/{project}/tasks", json={"size": size}).status_code == 422


def test_items_are_listed_in_pages(ana: Person, project: str) -> None:
    seen, cursor = [], None
    while True:
        params = {"limit": 7} | ({"cursor": cursor} if cursor else {})
        page = ana.get(f"/api/projects/{project}/items", **params)
        seen += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    assert len({item["id"] for item in seen}) == 30
    assert httpx.get(seen[0]["url"]).status_code == 200
    assert ana.http.get(f"/api/projects/{project}/items", params={"cursor": "x"}).status_code == 404
    for nonsense in ({"limit": 999}, {"color": "red"}):
        assert ana.http.get(f"/api/projects/{project}/items", params=nonsense).status_code == 422


def test_a_preview_says_what_matches_and_what_does_not(ana: Person, folder: str) -> None:
    ana.upload(photos(folder, 8) | {f"{folder}/notes.txt": b"x", f"{folder}/more.csv": b"x"})
    found = ana.post("/api/datastores/data/preview", {"path": f"{folder}/**"})
    assert (found["matched"], found["more"], len(found["first"])) == (8, False, 6)
    assert found["left_out"] == [{"reason": "The file's extension is not one of an image.", "count": 2}]
    assert httpx.get(found["first"][0]["url"]).status_code == 200


@pytest.mark.parametrize("files", [[], ["/a.jpg"], ["a/../b.jpg"], ["folder/"], ["x"] * 1_001])
def test_uploads_need_paths(ana: Person, files: list[str]) -> None:
    assert ana.http.post("/api/datastores/data/uploads", json={"files": files}).status_code == 422


def test_a_body_that_is_too_large_is_refused(ana: Person) -> None:
    answer = ana.http.post("/api/datastores/data/preview", content=b" " * (16 * 1024 * 1024 + 1))
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({"format": "coco", "coordinates": "absolute", "approved_only": False, "register": None}, 202),
        (
            {"format": "csv", "from": "2026-01-01T00:00:00Z", "to": None, "status": ["labeled", "skipped"]},
            202,
        ),
        ({"format": "coco", "approved_only": True, "coordinates": "normalized"}, 202),
        ({"format": "coco", "register": "flowers"}, 422),
        ({"format": "xml"}, 422),
        ({"format": "csv", "aproved_only": True}, 422),
    ],
    ids=str,
)
def test_exports_take_what_the_contract_says(
    ana: Person, project: str, options: dict[str, Any], status: int
) -> None:
    assert ana.http.post(f"/api/projects/{project}/exports", json=options).status_code == status


def test_what_is_not_in_the_api_is_a_problem_too(ana: Person) -> None:
    for path in ("/api/nowhere", "/api/projects/x/y/z"):
        answer = ana.http.get(path)
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"


class TestPage:
    """The built page, as static files."""

    def test_any_address_of_the_page_gets_its_index(self, stack: Stack) -> None:
        for path in ("/", "/projects/x/label"):
            answer = httpx.get(stack.base_url + path)
            assert answer.status_code == 200
            assert answer.headers["content-type"].startswith("text/html")
            assert answer.headers["cache-control"] == "no-cache"
            assert "script-src 'self';" in answer.headers["content-security-policy"]
            assert "unsafe" not in answer.headers["content-security-policy"]

    def test_assets_are_hashed_kept_for_ever_and_zipped(self, stack: Stack) -> None:
        index = httpx.get(stack.base_url).text
        script = index.split('src="/assets/')[1].split('"')[0]
        answer = httpx.get(f"{stack.base_url}/assets/{script}")
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-encoding"] == "gzip"
        assert "javascript" in answer.headers["content-type"]
        assert httpx.get(f"{stack.base_url}/assets/nowhere.js").status_code == 404
        etag = {"If-None-Match": answer.headers["etag"]}
        assert httpx.get(f"{stack.base_url}/assets/{script}", headers=etag).status_code == 304

    @pytest.mark.parametrize(
        "path", ["/../function_app.py", "/%2e%2e/%2e%2e/host.json", "/assets/../../host.json"]
    )
    def test_nothing_outside_the_page_is_served(self, stack: Stack, path: str) -> None:
        answer = httpx.get(stack.base_url + path)
        assert "extensionBundle" not in answer.text
        assert "composition root" not in answer.text
