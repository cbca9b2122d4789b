"""Deployments as operators choose them, each evaluated once."""

from functools import lru_cache

import pytest

from tests.infra.bicep import INFRA
from tests.infra.deployment import Outcome, deploy

CLIENT = "44444444-4444-4444-4444-444444444444"
TEAM = "/subscriptions/9/resourceGroups/ml/providers/Microsoft.MachineLearningServices/workspaces/team"
NEEDED: dict[str, object] = {"environmentName": "demo", "oidcClientId": CLIENT}
TOLD: dict[str, object] = {"alertEmails": "one@example.org, two@example.org", "budgetStart": "2026-11-01"}
VARIANTS: dict[str, dict[str, object]] = {
    "dev": {},
    "production": {"environmentType": "production", **TOLD},
    "private": {"environmentType": "production", "privateNetwork": True, **TOLD},
    "private-with-office": {"privateNetwork": True, "allowedAddresses": "203.0.113.7/32, 198.51.100.0/24"},
    "existing-workspace": {
        "machineLearning": "existing",
        "workspaceId": TEAM,
        "workspaceLocation": "northeurope",
    },
    "without-assist": {"machineLearning": "none"},
}


@lru_cache
def deployed(variant: str) -> Outcome:
    """What the variant asks Azure for."""
    return deploy(INFRA / "main.bicep", {**NEEDED, **VARIANTS[variant]})


@pytest.fixture(params=VARIANTS)
def outcome(request: pytest.FixtureRequest) -> Outcome:
    """What each variant asks for, in turn."""
    return deployed(request.param)
