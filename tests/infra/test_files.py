"""Every Bicep file by itself: it parses, says what its parameters are, names no old API version."""

from datetime import date
from pathlib import Path

import pytest

from tests.infra.bicep import INFRA, bicep_files, read
from tests.infra.checks import described, no_secret_outputs, repeatable, used

LOOKED_AT = date(2026, 11, 21)
"""When somebody last looked which API versions there are. Look again before moving it."""

NEWEST_STABLE = {
    "Microsoft.Authorization/roleAssignments": "2022-04-01",
    "Microsoft.Consumption/budgets": "2024-08-01",
    "Microsoft.Insights/actionGroups": "2023-01-01",
    "Microsoft.Insights/components": "2020-02-02",
    "Microsoft.Insights/workbooks": "2023-06-01",
    "Microsoft.Network/privateDnsZones": "2024-06-01",
    "Microsoft.Network/privateDnsZones/virtualNetworkLinks": "2024-06-01",
}
"""Versions that are older than two years, and have no stable successor."""


@pytest.mark.parametrize("path", bicep_files(), ids=lambda path: path.name)
class TestFile:
    def test_every_parameter_and_output_is_described(self, path: Path) -> None:
        assert list(described(read(path))) == []
        assert path.read_text().startswith("metadata description = '")

    def test_nothing_is_declared_for_nobody(self, path: Path) -> None:
        assert list(used(read(path))) == []

    def test_no_output_is_a_secret(self, path: Path) -> None:
        assert list(no_secret_outputs(read(path))) == []

    def test_a_second_deployment_asks_for_the_same(self, path: Path) -> None:
        assert list(repeatable(read(path))) == []

    def test_api_versions_are_stable_and_at_most_two_years_old(self, path: Path) -> None:
        assert [one for each in read(path).of("resource") if (one := stale(each.type))] == []

    def test_it_is_not_long(self, path: Path) -> None:
        assert len(path.read_text().splitlines()) <= 400


def stale(declared: str) -> str | None:
    """Why a type with its API version is refused, or None."""
    type_, _, version = declared.partition("@")
    if NEWEST_STABLE.get(type_) == version:
        return None
    try:
        made = date.fromisoformat(version)
    except ValueError:
        return f"{type_} is a preview: {version}"
    oldest = LOOKED_AT.replace(year=LOOKED_AT.year - 2)
    return f"{type_} is of {version}" if made < oldest else None


@pytest.mark.parametrize(
    ("declared", "wrong"),
    [
        ("Microsoft.Storage/storageAccounts@2024-11-20", "is of 2024-11-20"),
        ("Microsoft.Storage/storageAccounts@2025-01-01-preview", "is a preview"),
        ("Microsoft.Insights/components@2015-05-01", "is of 2015-05-01"),
        ("Microsoft.Storage/storageAccounts@2024-11-21", None),
        ("Microsoft.Insights/components@2020-02-02", None),
    ],
)
def test_what_an_old_version_is(declared: str, wrong: str | None) -> None:
    found = stale(declared)
    assert (found is None) if wrong is None else (found is not None and wrong in found)


def test_every_exception_from_the_two_years_is_needed() -> None:
    declared = {each.type for path in bicep_files() for each in read(path).of("resource")}
    assert {f"{type_}@{version}" for type_, version in NEWEST_STABLE.items()} <= declared


def test_there_are_files() -> None:
    assert INFRA / "main.bicep" in bicep_files()
    assert len(bicep_files()) > 5
