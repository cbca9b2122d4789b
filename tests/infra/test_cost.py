"""docs/cost.md says of everything that is deployed what it costs at rest."""

import re

from core.domain.prices import Prices
from tests.infra.bicep import INFRA, bicep_files, read
from tests.infra.conftest import deployed

TEXT = (INFRA.parent / "docs" / "cost.md").read_text()
AT_REST = TEXT.partition("## At rest")[2].partition("\n## ")[0]
ROWS = [line for line in AT_REST.splitlines() if line.startswith("| `Microsoft.")]


def row_of(type_: str) -> str:
    """The row that says what a type of resource costs."""
    (found,) = [row for row in ROWS if f"`{type_}`" in row]
    return found


def test_everything_that_is_made_has_a_row_and_nothing_else_has() -> None:
    made = {
        one.type.partition("@")[0]
        for path in bicep_files()
        for one in read(path).of("resource")
        if not one.existing
    }
    told = re.findall(r"`(Microsoft\.[\w./]+)`", AT_REST)
    assert sorted(told) == sorted(made)


def test_what_is_paid_by_the_piece_is_counted() -> None:
    for variant, type_ in (
        ("production", "Microsoft.Insights/scheduledQueryRules"),
        ("production", "Microsoft.Insights/metricAlerts"),
        ("private", "Microsoft.Network/privateEndpoints"),
        ("private", "Microsoft.Network/privateDnsZones"),
    ):
        found = re.search(r"(\d+) at \$([\d.]+)[:,] \*\*\$([\d.]+)\*\*", row_of(type_))
        assert found is not None, type_
        count, price, amount = int(found[1]), float(found[2]), float(found[3])
        assert count == len(deployed(variant).of(type_)), type_
        assert round(count * price, 2) == amount


def test_timers_stay_within_what_is_free() -> None:
    """How often they run is held by test_azd.py."""
    row = row_of("Microsoft.Web/sites")
    runs, gb_seconds, free = (int(number.replace(",", "")) for number in re.findall(r"\d+,\d{3}", row))
    assert gb_seconds < free
    paid = gb_seconds * Prices().gb_second + runs / 1_000_000 * Prices().calls
    assert f"${paid:.2f} where" in row


def test_defaults_are_documented() -> None:
    table = TEXT.partition("## Prices")[2].partition("\n## ")[0]
    told = {
        name: cells[1].strip()
        for line in table.splitlines()
        if line.startswith("| `") and (cells := line.strip("|").split("|"))
        for name in re.findall(r"`(\w+)`", cells[0])
    }
    defaults = {name: getattr(Prices(), name) for name in Prices.__dataclass_fields__}
    assert told.keys() == defaults.keys()
    for name, value in defaults.items():
        assert told[name] == value if isinstance(value, str) else float(told[name]) == value, name
