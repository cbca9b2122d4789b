"""Instructions change, and every version stays."""

from tests.functions.conftest import Person, photos


def test_instructions_have_versions(ana: Person, folder: str) -> None:
    ana.upload(photos(folder, 1))
    name = ana.get("/api/me")["name"]
    text, site = "Look *closely*.", "https://example.org/how"
    project = ana.running(f"{folder}/**", instructions={"text": text, "url": None, "version": 7})
    address = f"/api/projects/{project}"
    assert ana.get(address)["instructions"] == {"text": text, "url": None, "version": 1}
    assert ana.must_claim(project)["instructions_version"] == 1
    long = "Look twice. \U0001f338\n" * 3_500
    for _ in range(2):
        wanted = {"text": long, "url": site, "version": 1}
        patched = ana.http.patch(address, json={"instructions": wanted})
        assert patched.json()["instructions"] == {"text": long, "url": site, "version": 2}
    newest = ana.get(f"{address}/instructions", limit=1)
    oldest = ana.get(f"{address}/instructions", limit=1, cursor=newest["next"])
    assert oldest["next"] is None
    (new,), (old,) = newest["items"], oldest["items"]
    assert (new["version"], new["text"], new["url"], new["name"]) == (2, long, site, name)
    assert (old["version"], old["text"], old["url"], old["name"]) == (1, text, None, name)
    assert old["at"] < new["at"]


def test_instructions_that_are_none_are_refused(ana: Person, folder: str) -> None:
    project = ana.create(f"{folder}/**")
    for wording, field in (
        ({"text": "a" * 50_001}, "instructions.text"),
        ({"url": "javascript:alert(1)"}, "instructions.url"),
    ):
        refused = ana.http.patch(f"/api/projects/{project}", json={"instructions": wording})
        assert (refused.status_code, refused.json()["field"]) == (422, field)
