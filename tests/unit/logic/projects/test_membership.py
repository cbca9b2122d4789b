"""Which of several memberships counts, and which places a project can give."""

from dataclasses import replace

import pytest

from core.domain.errors import Invalid
from core.domain.people import Invitation, Member, Role
from core.domain.projects import Vendor
from core.logic.projects.membership import check_place, check_vendor, counting_member, mail_address
from tests.examples import a_project

LABELERS = Member("flowers", "group:labelers", Role.LABELER, limit=10)
REVIEWERS = Member("flowers", "group:reviewers", Role.REVIEWER)


def test_nobody_is_nobody() -> None:
    assert counting_member(None, []) is None


def test_ones_own_membership_wins_over_a_groups() -> None:
    own = Member("flowers", "ben", Role.EXPORTER)
    assert counting_member(own, [REVIEWERS]) == own


def test_of_groups_the_first_role_counts_then_the_higher_limit() -> None:
    generous, free = (
        replace(LABELERS, user="group:a", limit=50),
        replace(LABELERS, user="group:b", limit=None),
    )
    assert counting_member(None, [LABELERS, REVIEWERS]) == REVIEWERS
    assert counting_member(None, [LABELERS, generous]) == generous
    assert counting_member(None, [LABELERS, free, generous]) == free


def test_a_vendor_lowers_nobody() -> None:
    own = Member("flowers", "ben", Role.LABELER, limit=0, vendor=True)
    owners = Member("flowers", "group:owners", Role.OWNER)
    theirs = Member("flowers", "group:vendor", Role.LABELER, vendor=True)
    assert counting_member(own, [owners]) == owners
    assert counting_member(own, [theirs]) == own


@pytest.mark.parametrize(
    ("place", "field"),
    [
        (Member("flowers", "ben", Role.LABELER, limit=-1), "limit"),
        (Member("flowers", "ben", Role.VENDOR_QA), "vendor"),
        (Member("flowers", "ben", Role.OWNER, vendor=True), "role"),
        (Invitation("flowers", "ben@example.org", Role.CUSTOMER_QA, vendor=True), "role"),
        (Member("flowers", "group:", Role.LABELER), "user"),
        (Member("flowers", "x" * 201, Role.LABELER), "user"),
    ],
)
def test_places_that_no_project_gives(place: Member | Invitation, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_place(replace(a_project(), vendor=Vendor("Petals")), place)
    assert refused.value.fields["field"] == field


@pytest.mark.parametrize("role", [Role.VENDOR_ADMIN, Role.VENDOR_QA, Role.LABELER])
def test_only_a_project_with_a_vendor_has_its_people(role: Role) -> None:
    place = Member("flowers", "ben", role, vendor=True)
    check_place(replace(a_project(), vendor=Vendor("Petals")), place)
    with pytest.raises(Invalid):
        check_place(a_project(), place)


def test_an_address_is_kept_casefolded() -> None:
    assert mail_address(" Ben@Example.ORG ") == "ben@example.org"


@pytest.mark.parametrize(
    "text", ["", "ben", "@example.org", "ben@", "a@b@c", "ben @example.org", "a@" + "b" * 253]
)
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(Invalid):
        mail_address(text)


def test_a_vendor_has_a_name_and_perhaps_an_admin() -> None:
    check_vendor(None)
    check_vendor(Vendor("Petals"))
    for vendor, field in ((Vendor(" "), "vendor.name"), (Vendor("Petals", "nobody"), "vendor.admin_email")):
        with pytest.raises(Invalid) as refused:
            check_vendor(vendor)
        assert refused.value.fields["field"] == field
