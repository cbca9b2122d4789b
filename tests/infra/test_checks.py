"""The checks find what is wrong, and the evaluation of Bicep refuses what Bicep refuses."""

from collections.abc import Callable

import pytest

from tests.infra import checks
from tests.infra.bicep import BicepFile, Malformed, parse
from tests.infra.checks import Findings
from tests.infra.deployment import Outcome, deploy_file
from tests.infra.functions import Runtime, cidr_subnet, resource_id

ACCOUNT = "resource a 'Microsoft.Storage/storageAccounts@2025-06-01' = {{ name: 'abc' {} }}"
SITE = "resource a 'Microsoft.Web/sites@2025-03-01' = {{ name: 'abc' {} }}"


def lines(text: str) -> str:
    """Bicep of several lines, whose ends are written as semicolons."""
    return text.replace("; ", "\n")


@pytest.mark.parametrize(
    ("check", "snippet", "said"),
    [
        (
            checks.no_keys,
            ACCOUNT.format(", properties: { allowSharedKeyAccess: true }"),
            "allowSharedKeyAccess",
        ),
        (checks.no_keys, ACCOUNT.format(""), "allowSharedKeyAccess is None"),
        (
            checks.no_keys,
            "resource a 'Microsoft.ContainerRegistry/registries@2025-11-01' = "
            "{ name: 'abcde', properties: { adminUserEnabled: true } }",
            "adminUserEnabled is True",
        ),
        (
            checks.no_public_access,
            ACCOUNT.format(", properties: { allowBlobPublicAccess: true }"),
            "allowBlobPublicAccess",
        ),
        (
            checks.no_public_access,
            lines(
                "resource a 'Microsoft.Storage/storageAccounts@2025-06-01' existing = { name: 'abc' }; "
                "resource b 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' = "
                "{ parent: a, name: 'box', properties: { publicAccess: 'Blob' } }"
            ),
            "publicAccess is 'Blob'",
        ),
        (checks.tls_12, ACCOUNT.format(", properties: { minimumTlsVersion: 'TLS1_0' }"), "'TLS1_0'"),
        (checks.tls_12, SITE.format(", properties: { httpsOnly: false }"), "httpsOnly is False"),
        (
            checks.tls_12,
            SITE.format(", properties: { siteConfig: { ftpsState: 'AllAllowed' } }"),
            "ftpsState",
        ),
        (
            checks.nothing_open,
            ACCOUNT.format(", properties: { networkAcls: { defaultAction: 'Allow' } }"),
            "networkAcls.defaultAction is 'Allow'",
        ),
        (checks.valid_names, "resource a 'Microsoft.Storage/storageAccounts@1' = { name: 'st-1' }", "st-1"),
        (
            checks.valid_names,
            lines(
                "resource a 'Microsoft.Web/sites@2025-03-01' = { name: 'abc' }; "
                "resource b 'Microsoft.Web/sites@2025-03-01' = { name: 'abc' }"
            ),
            "twice",
        ),
        (
            checks.near_roles,
            "resource a 'Microsoft.Authorization/roleAssignments@2022-04-01' = "
            "{ name: guid('a'), properties: { roleDefinitionId: 'x/b24988ac-6180-42a0-ab88-20f7382dd24c' } }",
            "is given over",
        ),
        (
            checks.near_roles,
            lines(
                "resource s 'Microsoft.Web/sites@2025-03-01' = { name: 'abc' }; "
                "resource a 'Microsoft.Authorization/roleAssignments@2022-04-01' = { name: 'n', scope: s, "
                "properties: { roleDefinitionId: 'x/8e3af657-a8ff-443c-a75c-2fe8c4bcb635' } }"
            ),
            "Owner is given",
        ),
    ],
)
def test_a_check_of_what_is_deployed_finds_it(
    check: Callable[[Outcome], Findings], snippet: str, said: str
) -> None:
    assert any(said in finding for finding in check(deploy_file(parse(snippet), {})))


@pytest.mark.parametrize(
    ("check", "snippet", "said"),
    [
        (checks.described, "param a string", "a has no description"),
        (checks.described, "output a string = 'b'", "a has no description"),
        (checks.used, "param a string", "nobody uses a"),
        (checks.used, "param a string\nvar b = { a: 'c' }\noutput c string = b.a", "nobody uses a"),
        (checks.no_secret_outputs, "output a string = b.listKeys().keys[0].value", "gives ['listKeys']"),
        (checks.no_secret_outputs, "@secure()\nparam b string\noutput a string = b", "gives ['b']"),
        (checks.no_secret_outputs, "output a string = b.properties.primaryKey", "primaryKey"),
        (checks.repeatable, "param a string = utcNow()", "calls utcNow"),
        (checks.repeatable, "var a = listKeys('b', '2025-06-01')", "calls listKeys"),
        (checks.repeatable, "var a = { b: newGuid() }", "calls newGuid"),
    ],
)
def test_a_check_of_a_file_finds_it(check: Callable[[BicepFile], Findings], snippet: str, said: str) -> None:
    assert any(said in finding for finding in check(parse(snippet)))


@pytest.mark.parametrize(
    "text",
    [
        "var a =",
        "resource a 'b' = { name 'c' }",
        "param a string\nparam a int",
        "module m 'x' = { params: { ",
    ],
)
def test_what_is_no_bicep_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        parse(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("output a string = b", "nobody declares b"),
        ("var a = b\nvar b = a\noutput c string = a", "needs itself"),
        ("param a string\noutput b string = a", "needs the parameter a"),
        ("param a int = 'one'\noutput b int = a", "must be int"),
        ("@allowed(['x'])\nparam a string = 'y'\noutput b string = a", "must be in"),
        ("@minLength(2)\nparam a string = ''\noutput b string = a", "below minLength"),
        ("var a = { b: 1 }\noutput c int = a.d", "there is no d"),
        ("output a string = nonsense('b')", "nonsense is not understood"),
        ("module m 'modules/identity.bicep' = { name: 'm', params: {} }", "needs the parameter name"),
        (
            "module m 'modules/identity.bicep' = "
            "{ name: 'm', params: { name: 'n', location: 'l', tags: {}, more: 1 } }",
            "no parameter more",
        ),
    ],
)
def test_what_bicep_refuses_is_refused(text: str, said: str) -> None:
    with pytest.raises(Malformed, match=said):
        deploy_file(parse(text), {})


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("1 + 1", 2),
        ("true ? 'a' : 'b'", "a"),
        ("false ? 'a' : x.y.z", "deep"),
        ("x.one == x.one && x.y.z == 'deep'", True),
        ("x.one != 1 || !empty(x.list)", True),
        ("[x.list[1]]", [2]),
        ("filter(x.list, each => each > 1)", [2, 3]),
        ("filter(x.rows, row => row.on == 'b' && true)", [{"on": "b"}]),
        ("map(x.rows, row => row.on)", ["a", "b"]),
        ("[for (each, index) in x.list: each + index]", [1, 3, 5]),
        ("'${x.y.z} is ${x.one}'", "deep is 1"),
        ("union({ a: { b: 1 } }, { a: { c: 2 } })", {"a": {"b": 1, "c": 2}}),
        ("concat(['a'], x.list)", ["a", 1, 2, 3]),
        ("toObject(x.rows, row => row.on, row => 1)", {"a": 1, "b": 1}),
        ("items({ b: 1, a: 2 })", [{"key": "a", "value": 2}, {"key": "b", "value": 1}]),
        ("split(replace('a, b', ' ', ''), ',')", ["a", "b"]),
        ("cidrSubnet('10.80.0.0/24', 26, 1)", "10.80.0.64/26"),
        ("contains(['a'], 'a') && contains({ a: 1 }, 'a') && !contains([], 'a')", True),
    ],
)
def test_expressions_mean_what_bicep_says(expression: str, value: object) -> None:
    known = "var x = { one: 1, y: { z: 'deep' }, list: [1, 2, 3], rows: [{ on: 'a' }, { on: 'b' }] }"
    assert deploy_file(parse(f"{known}\noutput a object = {expression}"), {}).outputs["a"] == value


def test_loops_conditions_and_modules_make_resources() -> None:
    text = """
    resource many 'Microsoft.Web/sites@2025-03-01' = [
      for name in ['one', 'two']: if (name != 'two') {
        name: name
      }
    ]
    module far 'modules/events.bicep' = {
      name: 'far'
      scope: resourceGroup('9', 'elsewhere')
      params: { name: 'topic', location: 'l', tags: {}, storageId: many[0].id }
    }
    output principal string = 'of ${many[0].properties.any}'
    """
    outcome = deploy_file(parse(text), {})
    assert [one.name for one in outcome.resources] == ["one", "topic"]
    assert outcome.resources[1].id.startswith("/subscriptions/9/resourceGroups/elsewhere/")
    assert outcome.resources[1].properties["source"] == outcome.resources[0].id
    assert isinstance(outcome.outputs["principal"], Runtime)


def test_ids_and_networks_are_put_together_as_azure_does() -> None:
    assert resource_id("/g", "A.B/c/d", ["1", "2"]) == "/g/providers/A.B/c/1/d/2"
    assert cidr_subnet("10.0.0.0/24", 26, 3) == "10.0.0.192/26"
