"""Who may do what, role by role. infra/roles.json says why; this table says it a second time, on purpose."""

import json

import pytest

from tests.infra.bicep import INFRA
from tests.infra.checks import CONTAINER, REGISTRY, ROLE, STORAGE, VAULT, WORKSPACE, role_of, scope_of
from tests.infra.conftest import deployed
from tests.infra.deployment import Outcome
from tests.infra.functions import OPERATOR

BUILT_IN = {
    "00482a5a-887f-4fb3-b363-3b7fe8e74483": "Key Vault Administrator",
    "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3": "Storage Table Data Contributor",
    "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1": "Storage Blob Data Reader",
    "3913510d-42f4-4e42-8a64-420c390055eb": "Monitoring Metrics Publisher",
    "7f951dda-4ed3-4680-a7ca-43fe172d538d": "AcrPull",
    "974c5e8b-45b9-4653-ba55-5f855dd0fb88": "Storage Queue Data Contributor",
    "b24988ac-6180-42a0-ab88-20f7382dd24c": "Contributor",
    "b556d68e-0be0-4f35-a333-ad7ee1ce17ea": "Azure AI Enterprise Network Connection Approver",
    "b7e6dc6d-f1e8-4753-8033-0f276bb0955b": "Storage Blob Data Owner",
    "ba92f5b4-2d11-453d-a403-e96b0029c9fe": "Storage Blob Data Contributor",
    "f6c7c914-8db3-469d-8ca1-694a8f32e121": "AzureML Data Scientist",
}
"""Azure's ids of the roles, from its documentation of built-in roles."""

APP = {
    ("app", "Storage Blob Data Owner", "items"),
    ("app", "Storage Queue Data Contributor", "items"),
    ("app", "Storage Table Data Contributor", "items"),
    ("app", "Monitoring Metrics Publisher", "insights"),
}
JOBS = {
    ("app", "AzureML Data Scientist", "workspace"),
    ("jobs", "Storage Blob Data Reader", "items"),
    ("jobs", "Storage Blob Data Contributor", "container tagwerk"),
}
OWN_WORKSPACE = {
    ("jobs", "Storage Blob Data Contributor", "workspace storage"),
    ("jobs", "AcrPull", "registry"),
    ("workspace", "Contributor", "workspace"),
    ("workspace", "Contributor", "workspace storage"),
    ("workspace", "Storage Blob Data Contributor", "workspace storage"),
    ("workspace", "Contributor", "vault"),
    ("workspace", "Key Vault Administrator", "vault"),
    ("workspace", "Contributor", "registry"),
    ("workspace", "Contributor", "insights"),
    ("operator", "Storage Blob Data Contributor", "workspace storage"),
}
PRIVATE = {("workspace", "Azure AI Enterprise Network Connection Approver", "items")}


@pytest.mark.parametrize(
    ("variant", "wanted"),
    [
        ("dev", APP | JOBS | OWN_WORKSPACE),
        ("production", APP | JOBS | OWN_WORKSPACE),
        ("private", APP | JOBS | OWN_WORKSPACE | PRIVATE),
        ("existing-workspace", APP | JOBS),
        ("without-assist", APP),
    ],
)
def test_exactly_these_roles_are_given(variant: str, wanted: set[tuple[str, str, str]]) -> None:
    assert given(deployed(variant)) == wanted


def test_every_row_says_why_and_names_its_role_rightly() -> None:
    rows = json.loads((INFRA / "roles.json").read_text())
    assert {row["id"]: row["role"] for row in rows} == BUILT_IN
    assert all(row["why"].endswith(".") and len(row["why"]) <= 1024 for row in rows)
    assert len({(row["who"], row["id"], row["on"]) for row in rows}) == len(rows)


def test_a_person_who_deploys_is_not_called_a_program(outcome: Outcome) -> None:
    for assignment in outcome.of(ROLE):
        mine = assignment.properties["principalId"] == OPERATOR
        assert assignment.properties["principalType"] == (None if mine else "ServicePrincipal")


def given(outcome: Outcome) -> set[tuple[str, str, str]]:
    """Who has which role over what, in this table's words."""
    places = {one.id: place(outcome, one.type, one.name) for one in outcome.resources}
    return {
        (
            holder(str(assignment.properties["principalId"])),
            BUILT_IN[role_of(assignment)],
            places[scope_of(assignment)],
        )
        for assignment in outcome.of(ROLE)
    }


def holder(principal: str) -> str:
    """Which identity has a principal id; those of identities name them."""
    if principal == OPERATOR:
        return "operator"
    prefixes = {"id-app-": "app", "id-jobs-": "jobs", "id-ml-": "workspace"}
    return next(who for prefix, who in prefixes.items() if f"principalId of {prefix}" in principal)


def place(outcome: Outcome, type_: str, name: str) -> str:
    """What a resource is in this table's words."""
    words = {VAULT: "vault", REGISTRY: "registry", WORKSPACE: "workspace"}
    if type_ == STORAGE:
        return "items" if name == outcome.outputs["TAGWERK_STORAGE"] else "workspace storage"
    if type_ == CONTAINER:
        return f"container {name.rpartition('/')[2]}"
    return "insights" if type_ == "Microsoft.Insights/components" else words.get(type_, type_)
