"""Members and invitations, as the API says them."""

from pydantic import BaseModel

from core.domain.people import Invitation, Member, Person, Role


class MemberIn(BaseModel):
    """A member's place: a role, and at most how many items they may label (null: any number).

    `vendor`: whether they belong to the project's vendor. Left out, they do if their role is one of the
    vendor's, or if the vendor's admin adds them.
    """

    role: Role
    limit: int | None = None
    vendor: bool | None = None


class MemberOut(BaseModel):
    """A member: a person, whose name and address are known once they have signed in, or a group."""

    user: str
    name: str | None
    email: str | None
    role: Role
    limit: int | None
    vendor: bool
    group: bool

    @classmethod
    def of(cls, member: Member, person: Person | None) -> "MemberOut":
        """The member, as others see them."""
        return cls(
            user=member.user,
            name=person.name if person else None,
            email=person.email if person else None,
            role=member.role,
            limit=member.limit,
            vendor=member.vendor,
            group=member.group is not None,
        )


class InvitationIn(MemberIn):
    """A place for whoever signs in with this e-mail address."""

    email: str


class InvitationOut(BaseModel):
    """An invitation that nobody has accepted yet."""

    email: str
    role: Role
    limit: int | None
    vendor: bool

    @classmethod
    def of(cls, invitation: Invitation) -> "InvitationOut":
        """The invitation, as those see it who may."""
        return cls(
            email=invitation.email, role=invitation.role, limit=invitation.limit, vendor=invitation.vendor
        )
