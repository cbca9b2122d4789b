"""What is deployed, variant by variant: no keys, nothing public, nothing old, nothing that costs at rest."""

import json
import re
from collections.abc import Callable

import pytest

from core.adapters.azure_ml_jobs import LISTS
from core.usecases.expiring_blobs import EXPORTS, RENDITIONS
from tests.infra.bicep import INFRA
from tests.infra.checks import (
    CLUSTER,
    CONTAINER,
    SITE,
    STORAGE,
    WORKSPACE,
    Findings,
    near_roles,
    no_keys,
    no_public_access,
    nothing_open,
    tls_12,
    valid_names,
    value_at,
)
from tests.infra.conftest import NEEDED, VARIANTS, deployed
from tests.infra.deployment import Outcome, Resource, deploy
from tests.infra.functions import GROUP

POLICY = f"{STORAGE}/managementPolicies"
RETIRED = re.compile(r"Standard_(NC\d+r?(_Promo)?|NC\d+r?s_v[23]|ND\d+r?s|NV\d+(_Promo)?)", re.IGNORECASE)
"""NC, NCv2, NCv3, ND and NV: their last left in September 2025."""


@pytest.mark.parametrize("check", [no_keys, no_public_access, tls_12, near_roles, valid_names])
def test_it_holds_in_every_variant(outcome: Outcome, check: Callable[[Outcome], Findings]) -> None:
    assert list(check(outcome)) == []


def test_nothing_is_open_in_a_private_network() -> None:
    outcome = deployed("private")
    assert list(nothing_open(outcome)) == []
    # the workspace's storage and vault keep an endpoint for Azure ML, which could not make the workspace
    open_to_services = [
        one.name for one in outcome.of(STORAGE) if one.properties["publicNetworkAccess"] != "Disabled"
    ]
    assert items(outcome).name not in open_to_services
    assert len(open_to_services) == 1


def test_an_office_gets_into_a_private_network_and_nobody_else() -> None:
    outcome = deployed("private-with-office")
    for account in outcome.of(STORAGE):
        acls = account.properties["networkAcls"]
        assert acls["defaultAction"] == "Deny"
        assert [rule["value"] for rule in acls["ipRules"]] == ["203.0.113.7", "198.51.100.0/24"]
    rules = the(outcome, SITE).properties["siteConfig"]["ipSecurityRestrictions"]
    assert [rule["ipAddress"] for rule in rules] == ["AzureEventGrid", "203.0.113.7/32", "198.51.100.0/24"]


def test_a_private_network_has_an_endpoint_and_names_for_everything_the_app_and_people_ask() -> None:
    outcome = deployed("private")
    endpoints = outcome.of("Microsoft.Network/privateEndpoints")
    links = [one.properties["privateLinkServiceConnections"][0]["properties"] for one in endpoints]
    reached = sorted((kind(outcome, link["privateLinkServiceId"]), *link["groupIds"]) for link in links)
    assert reached == [
        (WORKSPACE, "amlworkspace"),
        (STORAGE, "blob"),
        (STORAGE, "blob"),
        (STORAGE, "queue"),
        (STORAGE, "table"),
        (SITE, "sites"),
    ]
    zones = {zone.id for zone in outcome.of("Microsoft.Network/privateDnsZones")}
    named = {
        config["properties"]["privateDnsZoneId"]
        for group in outcome.of("Microsoft.Network/privateEndpoints/privateDnsZoneGroups")
        for config in group.properties["privateDnsZoneConfigs"]
    }
    assert named == zones
    assert len(outcome.of("Microsoft.Network/privateDnsZones/virtualNetworkLinks")) == len(zones)


def test_the_app_sends_through_a_subnet_that_is_delegated_to_flex_consumption() -> None:
    outcome = deployed("private")
    network = the(outcome, "Microsoft.Network/virtualNetworks")
    subnets = {one["name"]: one["properties"] for one in network.properties["subnets"]}
    assert subnets["app"]["delegations"][0]["properties"]["serviceName"] == "Microsoft.App/environments"
    assert the(outcome, SITE).properties["virtualNetworkSubnetId"] == f"{network.id}/subnets/app"
    assert subnets["app"]["addressPrefix"] != subnets["endpoints"]["addressPrefix"]


def test_jobs_reach_the_items_from_the_managed_network() -> None:
    outcome = deployed("private")
    rules = the(outcome, WORKSPACE).properties["managedNetwork"]["outboundRules"]
    assert [rule["destination"]["serviceResourceId"] for rule in rules.values()] == [items(outcome).id]
    assert the(outcome, WORKSPACE).properties["imageBuildCompute"] in names_of(outcome, CLUSTER)


def test_without_a_private_network_there_is_none() -> None:
    types = {one.type for one in deployed("dev").resources}
    assert not [type_ for type_ in types if type_.startswith("Microsoft.Network/")]
    assert the(deployed("dev"), SITE).properties["virtualNetworkSubnetId"] is None


def test_what_people_label_can_be_had_back_and_what_is_made_anew_expires() -> None:
    for variant in VARIANTS:
        account = items(deployed(variant))
        services = [one for one in deployed(variant).of(f"{STORAGE}/blobServices") if account.id in one.id]
        properties = services[0].properties
        assert properties["isVersioningEnabled"] is True
        assert properties["deleteRetentionPolicy"]["enabled"] is True
        assert properties["deleteRetentionPolicy"]["days"] >= 7
        assert properties["containerDeleteRetentionPolicy"]["enabled"] is True
        policies = [one for one in deployed(variant).of(POLICY) if account.id in one.id]
        rules = {rule["name"]: rule["definition"] for rule in policies[0].properties["policy"]["rules"]}
        assert sorted(rules) == ["made-anew", "old-versions"]
        assert list(rules["old-versions"]["actions"]) == ["version"]
        folders = [f"tagwerk/{folder}" for folder in (EXPORTS, RENDITIONS, LISTS)]
        assert rules["made-anew"]["filters"] == {"blobTypes": ["blockBlob"], "prefixMatch": folders}
        days = rules["made-anew"]["actions"]["baseBlob"]["delete"]["daysAfterModificationGreaterThan"]
        assert days >= 14


def test_the_page_may_upload_to_the_items_and_no_other_origin_may() -> None:
    outcome = deploy(INFRA / "main.bicep", {**NEEDED, "origins": "https://label.example.org"})
    for service in outcome.of(f"{STORAGE}/blobServices"):
        rules = service.properties["cors"]["corsRules"]
        if items(outcome).id in service.id:
            assert rules[0]["allowedOrigins"] == [outcome.outputs["TAGWERK_URL"], "https://label.example.org"]
            assert rules[0]["allowedMethods"] == ["GET", "HEAD", "PUT"]
        else:
            assert rules == []


def test_the_app_is_python_on_flex_consumption_and_its_package_has_a_container(outcome: Outcome) -> None:
    plan, app = the(outcome, "Microsoft.Web/serverfarms"), the(outcome, SITE)
    assert plan.body["sku"] == {"name": "FC1", "tier": "FlexConsumption"}
    assert app.properties["serverFarmId"] == plan.id
    config = app.properties["functionAppConfig"]
    assert config["runtime"] == {"name": "python", "version": "3.12"}
    place = config["deployment"]["storage"]
    assert place["value"].rpartition("/")[2] in names_of(outcome, CONTAINER)
    assert place["authentication"]["type"] == "UserAssignedIdentity"
    identity = place["authentication"]["userAssignedIdentityResourceId"]
    assert list(app.body["identity"]["userAssignedIdentities"]) == [identity]
    scale = config["scaleAndConcurrency"]
    assert scale["instanceMemoryMB"] in (512, 2048, 4096)
    assert 40 <= scale["maximumInstanceCount"] <= 1000
    assert scale["triggers"]["http"]["perInstanceConcurrency"] > 1
    assert app.body["tags"]["azd-service-name"] == "app"


def test_no_instance_waits_unless_somebody_asks(outcome: Outcome) -> None:
    scale = the(outcome, SITE).properties["functionAppConfig"]["scaleAndConcurrency"]
    assert scale["alwaysReady"] == []
    asked = deploy(INFRA / "main.bicep", {**NEEDED, "alwaysReadyHttp": 2})
    scale = the(asked, SITE).properties["functionAppConfig"]["scaleAndConcurrency"]
    assert scale["alwaysReady"] == [{"name": "http", "instanceCount": 2}]


def test_clusters_have_no_nodes_at_rest_and_machines_that_exist(outcome: Outcome) -> None:
    for cluster in outcome.of(CLUSTER):
        properties = cluster.properties["properties"]
        scale = properties["scaleSettings"]
        assert scale["minNodeCount"] == 0
        assert scale["maxNodeCount"] >= 1
        assert scale["nodeIdleTimeBeforeScaleDown"] in ("PT10M", "PT15M")
        assert not RETIRED.fullmatch(properties["vmSize"])
    assert RETIRED.fullmatch("Standard_NC6s_v3")
    assert RETIRED.fullmatch("STANDARD_NC6")
    assert not RETIRED.fullmatch("Standard_NC4as_T4_v3")


def test_machines_tier_and_number_are_the_operators_choice() -> None:
    chosen = {"gpuSize": "Standard_NC40ads_H100_v5", "gpuTier": "dedicated", "gpuMaxNodes": 4}
    outcome = deploy(INFRA / "main.bicep", {**NEEDED, **chosen})
    properties = outcome.of(CLUSTER)[0].properties["properties"]
    assert (properties["vmSize"], properties["vmPriority"]) == ("Standard_NC40ads_H100_v5", "Dedicated")
    assert properties["scaleSettings"]["maxNodeCount"] == 4
    assert deployed("dev").of(CLUSTER)[0].properties["properties"]["vmPriority"] == "LowPriority"


def test_a_workspace_has_everything_without_which_azure_makes_none() -> None:
    properties = the(deployed("dev"), WORKSPACE).properties
    needed = ("storageAccount", "keyVault", "applicationInsights", "containerRegistry")
    made = {one.id for one in deployed("dev").resources}
    assert {properties[name] for name in needed} <= made
    assert properties["primaryUserAssignedIdentity"] in made


def test_an_existing_workspace_gets_clusters_and_one_role_and_is_not_made() -> None:
    outcome = deployed("existing-workspace")
    assert outcome.of(WORKSPACE) == []
    assert outcome.of("Microsoft.KeyVault/vaults") == []
    elsewhere = [one for one in outcome.resources if not one.id.startswith(GROUP) and not one.existing]
    assert sorted(one.type for one in elsewhere) == [
        "Microsoft.Authorization/roleAssignments",
        CLUSTER,
        CLUSTER,
    ]
    assert {one.body["location"] for one in elsewhere if one.type == CLUSTER} == {"northeurope"}


def test_without_assist_there_is_no_workspace() -> None:
    types = {one.type for one in deployed("without-assist").resources}
    assert not [type_ for type_ in types if "MachineLearning" in type_ or "KeyVault" in type_]


def test_somebody_hears_of_what_matters() -> None:
    outcome = deployed("production")
    log_alerts = outcome.of("Microsoft.Insights/scheduledQueryRules")
    alerts = [*log_alerts, *outcome.of("Microsoft.Insights/metricAlerts")]
    about = sorted(alert.name.split("-", 2)[2] for alert in alerts)
    assert about == [
        "failed-runs",
        "ingest-lag",
        "lost-events",
        "poison-messages",
        "queue-age",
        "server-errors",
    ]
    group = the(outcome, "Microsoft.Insights/actionGroups")
    assert all(group.id in json.dumps(alert.properties["actions"]) for alert in alerts)
    receivers = group.properties["emailReceivers"]
    assert [one["emailAddress"] for one in receivers] == ["one@example.org", "two@example.org"]


def test_a_budget_has_a_start_that_does_not_move() -> None:
    budget = the(deployed("production"), "Microsoft.Consumption/budgets")
    assert budget.properties["timePeriod"] == {"startDate": "2026-11-01T00:00:00Z"}
    assert deployed("dev").of("Microsoft.Consumption/budgets") == []


def test_deploying_twice_asks_for_the_same() -> None:
    for parameters in VARIANTS.values():
        first, second = (deploy(INFRA / "main.bicep", {**NEEDED, **parameters}) for _ in range(2))
        assert first == second


def test_two_environments_share_no_names() -> None:
    other = deploy(INFRA / "main.bicep", {**NEEDED, "environmentName": "other"})
    mine = {one.id for one in deployed("dev").resources}
    assert not mine & {one.id for one in other.resources}


def the(outcome: Outcome, type_: str) -> Resource:
    """The one resource of a type."""
    (found,) = outcome.of(type_)
    return found


def items(outcome: Outcome) -> Resource:
    """The storage account of the items."""
    return next(one for one in outcome.of(STORAGE) if one.name == outcome.outputs["TAGWERK_STORAGE"])


def names_of(outcome: Outcome, type_: str) -> list[str]:
    """The names of all resources of a type."""
    return [one.name for one in outcome.of(type_)]


def kind(outcome: Outcome, id_: str) -> str:
    """The type of the resource with an id."""
    return next(one.type for one in outcome.resources if one.id == id_)


def test_a_value_lies_at_a_path() -> None:
    assert value_at({"a": {"b": False}}, "a.b") is False
    assert value_at({"a": {}}, "a.b") is None
