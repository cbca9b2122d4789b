"""Whoever is woken finds what to do: docs/operations.md has a section for each alert, and no other."""

import re

from tests.infra.conftest import deployed
from tests.infra.packages import ROOT

ALERTS = ("Microsoft.Insights/scheduledQueryRules", "Microsoft.Insights/metricAlerts")
RUNBOOK = (ROOT / "docs" / "operations.md").read_text()


def test_every_alert_has_a_section_and_says_so() -> None:
    outcome = deployed("production")
    alerts = {one.name: one for type_ in ALERTS for one in outcome.of(type_)}
    sections = re.findall(r"^### (.+)$", RUNBOOK, re.MULTILINE)
    budgets = ["budget" for _ in outcome.of("Microsoft.Consumption/budgets")]
    names = {re.sub(r"^alert-[^-]+-", "", name): alert for name, alert in alerts.items()}
    assert sorted([*names, *budgets]) == sorted(sections)
    for name, alert in names.items():
        assert alert.properties["description"].endswith(f" What to do: docs/operations.md, {name}.")


def test_links_within_it_lead_somewhere() -> None:
    anchors = {
        re.sub(r"[^a-z0-9 -]", "", title.lower()).replace(" ", "-")
        for title in re.findall(r"^#+ (.+)$", RUNBOOK, re.MULTILINE)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", RUNBOOK)) <= anchors
    for file in re.findall(r"\]\(([a-z]+\.md)\)", RUNBOOK):
        assert (ROOT / "docs" / file).is_file()
