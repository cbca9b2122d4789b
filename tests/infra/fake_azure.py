"""`az` and `azd` as far as infra/hooks/ calls them, run as programs: state in a JSON file, every call kept.

    python fake_azure.py az ad app list --display-name ...

An argument that the real programs do not have, or lack, ends it with 2, as they do. What is asked of Azure by
`--query` is answered for the queries that the hooks make, and for no others.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

STATE = Path(os.environ["FAKE_AZURE"])
APP, OBJECT, SERVICE, ME = "app-id", "object-id", "service-id", "me"


class Refused(Exception):
    """What the program says when it fails."""


def options(words: list[str]) -> dict[str, str]:
    """`--name value` pairs; an option without a value is there with an empty one."""
    found: dict[str, str] = {}
    for index, word in enumerate(words):
        if word.startswith("--"):
            value = words[index + 1] if index + 1 < len(words) else ""
            found[word[2:]] = "" if value.startswith("--") else value
    return found


def app(state: dict[str, Any], verb: str, given: dict[str, str]) -> str:
    """az ad app"""
    known = state["apps"]
    if verb == "list":
        name = given["display-name"]
        assert given["query"] == f"[?displayName=='{name}'].appId | [0]"
        return next((id_ for id_, one in known.items() if one["displayName"] == name), "")
    if verb == "create":
        known[APP] = {"displayName": given["display-name"], "spa": {"redirectUris": []}}
        return APP
    if given["id"] not in known:
        raise Refused(f"no app {given['id']}")
    return OBJECT if given["query"] == "id" else "\n".join(known[given["id"]]["spa"]["redirectUris"])


def service(state: dict[str, Any], verb: str, given: dict[str, str]) -> str:
    """az ad sp"""
    if verb == "create":
        state["services"][given["id"]] = SERVICE
    if given["id"] not in state["services"]:
        raise Refused("no service principal")
    return SERVICE


def rest(state: dict[str, Any], _verb: str, given: dict[str, str]) -> str:
    """az rest, against Microsoft Graph"""
    url = given["url"].removeprefix("https://graph.microsoft.com/v1.0/")
    text = given.get("body", "{}")
    body = json.loads(Path(text[1:]).read_text() if text.startswith("@") else text)
    if (given["method"], url) == ("PATCH", f"applications/{OBJECT}"):
        next(iter(state["apps"].values())).update(body)
        return ""
    assert url == f"servicePrincipals/{SERVICE}/appRoleAssignedTo"
    if given["method"] == "POST":
        state["holders"].append(body)
        return ""
    role = given["query"].split("'")[1]
    return str(len([one for one in state["holders"] if one["appRoleId"] == role]))


def functions(state: dict[str, Any], verb: str, given: dict[str, str]) -> str:
    """az functionapp function show and keys list; the app may have to be asked a few times"""
    state["asked"] += 1
    if state["asked"] < state["ready_after"]:
        raise Refused("not yet")
    if verb == "show":
        assert given["function-name"] == "ingest"
        return ""
    assert given["query"] == "systemKeys.blobs_extension"
    return str(state["key"])


def events(state: dict[str, Any], verb: str, given: dict[str, str]) -> str:
    """az eventgrid system-topic event-subscription"""
    name, known = given["name"], state["subscriptions"]
    if verb == "create":
        if state["deaf"] > 0:
            state["deaf"] -= 1
            raise Refused("Webhook validation handshake failed")
        known[name] = given
        return ""
    if name not in known:
        raise Refused("ResourceNotFound")
    if verb == "delete":
        del known[name]
        return ""
    assert given["include-full-endpoint-url"] == "true"
    return f"{known[name]['endpoint']} {known[name]['subject-begins-with']} Succeeded"


def environment(state: dict[str, Any], verb: str, given: dict[str, str]) -> str:
    """az ml environment"""
    key = f"{given['name']}:{given['version']}"
    if verb == "create":
        folder = Path(given["build-context"])
        files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        state["environments"][key] = {
            "files": sorted(files),
            "dockerfile": (folder / given["dockerfile-path"]).read_text(),
            "place": [given["subscription"], given["resource-group"], given["workspace-name"]],
        }
    elif key not in state["environments"]:
        raise Refused("not found")
    return ""


def answer(program: str, words: list[str], state: dict[str, Any]) -> str:
    """What the program prints."""
    verbs = words[: next((at for at, word in enumerate(words) if word.startswith("-")), len(words))]
    given = options(words)
    if program == "azd":
        assert verbs[:2] == ["env", "set"]
        state["env"][verbs[2]] = verbs[3]
        return ""
    if verbs == ["ad", "signed-in-user", "show"]:
        if not state["person"]:
            raise Refused("a service principal is signed in")
        return ME
    if verbs[0] in ("provider", "extension"):
        return ""
    groups = {
        ("ad", "app"): app,
        ("ad", "sp"): service,
        ("rest",): rest,
        ("functionapp", "function"): functions,
        ("functionapp", "keys"): functions,
        ("eventgrid", "system-topic", "event-subscription"): events,
        ("ml", "environment"): environment,
    }
    for group, act in groups.items():
        if tuple(verbs[: len(group)]) == group:
            return act(state, verbs[-1], given)
    raise Refused(f"{program} {' '.join(words)} is not known here")


def main() -> int:
    """Answer one call."""
    program, *words = sys.argv[1:]
    state = json.loads(STATE.read_text())
    state["calls"].append([program, *words])
    try:
        print(answer(program, words, state))  # noqa: T201  that is how programs answer
    except Refused as refused:
        print(refused, file=sys.stderr)  # noqa: T201
        return 1
    finally:
        STATE.write_text(json.dumps(state))
    return 0


if __name__ == "__main__":
    sys.exit(main())
