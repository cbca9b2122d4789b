"""Alerts and the workbook ask for what the app tells, and the app's worker is set up to tell it."""

import json
import re
from typing import Any

import pytest
from azure.monitor.opentelemetry import _constants as distro

from core.domain.measures import MEASURES
from tests.infra.bicep import INFRA
from tests.infra.conftest import deployed
from tests.infra.test_app_settings import settings

ROOT = INFRA.parent
NAMES = {measure.name for measure in MEASURES}
TABLES = {"AppMetrics", "AppTraces", "AppExceptions"}
OPERATORS = {"where", "summarize", "order", "take"}
PAIRS = {"(": ")", "[": "]", "{": "}"}


def _workbook() -> dict[str, Any]:
    (made,) = deployed("production").of("Microsoft.Insights/workbooks")
    found: dict[str, Any] = json.loads(made.properties["serializedData"])
    return found


def _alerts() -> dict[str, str]:
    """The query of each log alert, by the alert's name."""
    return {
        alert.name: alert.properties["criteria"]["allOf"][0]["query"]
        for alert in deployed("production").of("Microsoft.Insights/scheduledQueryRules")
    }


def _charts() -> dict[str, str]:
    """The query of each part of the workbook, by its name."""
    return {part["name"]: part["content"]["query"] for part in _workbook()["items"] if part["type"] == 3}


QUERIES = {**_alerts(), **_charts()}


def _stages(query: str) -> list[str]:
    return [stage.strip() for stage in re.sub(r'"[^"]*"', '""', query).split("|")]


@pytest.mark.parametrize("name", QUERIES)
class TestQuery:
    def test_it_asks_for_measures_that_there_are(self, name: str) -> None:
        asked = set(re.findall(r'"(tagwerk\.[\w.]+)"', QUERIES[name])) - {"tagwerk.project"}
        assert asked <= NAMES
        assert asked or not QUERIES[name].startswith("AppMetrics")

    def test_it_asks_for_attributes_that_the_app_gives(self, name: str) -> None:
        source = "".join(
            path.read_text() for layer in ("core", "functions") for path in (ROOT / layer).rglob("*.py")
        )
        for attribute in re.findall(r'Properties\["([\w.]+)"\]', QUERIES[name]):
            assert f'"{attribute}"' in source or re.search(rf"\b{attribute}=", source), attribute

    def test_it_is_well_formed(self, name: str) -> None:
        table, *stages = _stages(QUERIES[name])
        assert table in TABLES
        assert stages
        assert {stage.split()[0] for stage in stages} <= OPERATORS
        waiting: list[str] = []
        for sign in re.sub(r'"[^"]*"', "", QUERIES[name]):
            if sign in PAIRS:
                waiting.append(PAIRS[sign])
            elif sign in PAIRS.values():
                assert waiting.pop() == sign
        assert waiting == []
        assert QUERIES[name].count('"') % 2 == 0


def test_the_workbook_shows_every_measure() -> None:
    shown = {found for query in _charts().values() for found in re.findall(r'"(tagwerk\.[\w.]+)"', query)}
    assert shown - {"tagwerk.project"} == NAMES


def test_the_workbook_asks_the_workspace_that_is_deployed() -> None:
    (logs,) = deployed("production").of("Microsoft.OperationalInsights/workspaces")
    (parameters,) = (part["content"]["parameters"] for part in _workbook()["items"] if part["type"] == 9)
    assert [one["value"] for one in parameters if one["name"] == "Logs"] == [logs.id]
    assert _workbook()["fallbackResourceIds"] == [logs.id]
    assert "{logsId}" not in json.dumps(_workbook())


def test_deploying_again_makes_no_second_workbook() -> None:
    first, second = (deployed("dev").of("Microsoft.Insights/workbooks") for _ in range(2))
    assert [one.name for one in first] == [one.name for one in second]
    assert re.fullmatch(r"[0-9a-f-]{36}", first[0].name)


def test_no_library_tells_of_its_requests_which_hold_addresses_and_names() -> None:
    disabled = settings(deployed("dev"))["OTEL_PYTHON_DISABLED_INSTRUMENTATIONS"]
    assert disabled.split(",") == sorted(distro._ALL_SUPPORTED_INSTRUMENTED_LIBRARIES)


def test_telemetry_goes_by_the_apps_identity(monkeypatch: pytest.MonkeyPatch) -> None:
    from azure.identity import ManagedIdentityCredential
    from azure.monitor.opentelemetry.exporter.export import _base as exporter

    found = settings(deployed("dev"))
    given = found["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"]
    assert given == f"ClientId={found['STORAGE__clientId']};Authorization=AAD"
    monkeypatch.setenv("APPLICATIONINSIGHTS_AUTHENTICATION_STRING", given)
    assert isinstance(exporter._get_authentication_credential(), ManagedIdentityCredential)
    assert found["PYTHON_APPLICATIONINSIGHTS_ENABLE_TELEMETRY"] == "true"
