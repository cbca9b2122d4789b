"""What counts when somebody has several places in a project, and which places a project can give."""

from collections.abc import Iterable

from core.domain.errors import Invalid
from core.domain.people import GROUP, VENDOR_ROLES, Invitation, Member, Role
from core.domain.projects import Project, Vendor

ID_MAX = 200
EMAIL_MAX = 254
_VENDORS_OWN = VENDOR_ROLES | {Role.LABELER}
_ORDER = tuple(Role)


def counting_member(own: Member | None, of_groups: Iterable[Member]) -> Member | None:
    """The membership that counts, of a person's own and those of their groups in one project.

    Their own counts, unless it is the vendor's and a group that is not the vendor's gives another: so no
    vendor lowers what somebody is in the project already. Of groups the first role in the order of Role
    counts, then the higher limit.
    """
    groups = sorted(of_groups, key=_rank)
    if own is not None and own.vendor:
        return next((member for member in groups if not member.vendor), own)
    return own or next(iter(groups), None)


def _rank(member: Member) -> tuple[int, bool, int, str]:
    limited = member.limit is not None
    return _ORDER.index(member.role), limited, -(member.limit or 0), member.user


def check_place(project: Project, place: Member | Invitation) -> None:
    """Raises Invalid unless the project can have such a member."""
    if place.limit is not None and place.limit < 0:
        raise Invalid("A limit is a number of items, or null for none.", field="limit")
    if place.role in VENDOR_ROLES and not place.vendor:
        raise Invalid("The vendor's admin and QA belong to the vendor.", field="vendor")
    if place.vendor and place.role not in _VENDORS_OWN:
        raise Invalid("The vendor's people are its admin, its QA and labelers.", field="role")
    if place.vendor and project.vendor is None:
        raise Invalid(
            "This project has no vendor. A vendor is named when a project is created.", field="vendor"
        )
    if isinstance(place, Member) and not 0 < len(place.user.removeprefix(GROUP)) <= ID_MAX:
        raise Invalid("A member is named by an object id, or by `group:` and a group's.", field="user")


def check_vendor(vendor: Vendor | None) -> None:
    """Raises Invalid unless a project can be made with this vendor."""
    if vendor is None:
        return
    if not 0 < len(vendor.name.strip()) <= ID_MAX:
        raise Invalid(f"A vendor's name has 1 to {ID_MAX} characters.", field="vendor.name")
    if vendor.admin_email is not None:
        mail_address(vendor.admin_email, "vendor.admin_email")


def mail_address(text: str, field: str = "email") -> str:
    """The address as invitations are kept under it. Raises Invalid for what is no address."""
    address = text.strip().casefold()
    name, at, domain = address.rpartition("@")
    if not (name and at and domain) or "@" in name or " " in address or len(address) > EMAIL_MAX:
        raise Invalid(f"'{text}' is no e-mail address.", field=field)
    return address
