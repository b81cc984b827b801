"""People and invitations as the API tells of them and takes them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from django.db.models import BigIntegerField
from pydantic import BaseModel, Field

from labbooking.bookings.actions.reassignment.departure import Becomes
from labbooking.wire.cursor import Page
from labbooking.wire.fields import Address, Instant, Line, Paragraph, strict
from residents.membership.models import Invitation, Standing
from residents.membership.wanted import Wanted
from residents.models import Role, Scope, User
from residents.signin.models import AccountRequest
from residents.tokens.scopes import scope_now

Key = Annotated[int, Field(ge=1, le=BigIntegerField.MAX_BIGINT)]


class MeOut(BaseModel):
    """Who is asking, and what this person may do."""

    id: int
    email: str
    name: str
    role: Role
    language: str
    time_zone: str
    may_book: bool
    stays_until: datetime | None = Field(description="When the account ends; null: it does not.")
    scope: Scope | None = Field(
        description="How far the token reaches that asked; null: a browser asked."
    )


class PersonOut(BaseModel):
    """Somebody with an account, as those who look after them see them."""

    id: int
    email: str
    name: str
    role: Role
    language: str
    active: bool = Field(description="Whether they may sign in.")
    joined_at: datetime
    stays_until: datetime | None
    last_here: datetime | None = Field(description="Their last check-in.")
    bookings_ahead: int


class PersonPage(BaseModel):
    items: list[PersonOut]
    next: str | None


class PeopleQuery(Page):
    q: Line = Field(default="", description="Words of the name or the address.")
    role: Role | None = None
    active: bool | None = None


class InvitationIn(BaseModel):
    """Whom to invite. The mail goes out at once; `expires_at` tells until when its link works."""

    model_config = strict({"email": "lin@daig.example", "name": "Lin", "role": "creative"})

    email: Address
    name: Annotated[Line, Field(max_length=120)] = ""
    role: Role = Role.CREATIVE
    language: Literal["de", "en"] = "de"
    stays_until: Instant | None = None

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.email, self.name, self.role, self.language, self.stays_until)


class InvitationOut(BaseModel):
    """Without its link, which nobody but the mail has."""

    id: int
    email: str
    name: str
    role: Role
    language: str
    state: Standing
    made_at: datetime
    expires_at: datetime
    stays_until: datetime | None


class InvitationPage(BaseModel):
    items: list[InvitationOut]
    next: str | None


class AccountRequestOut(BaseModel):
    """Somebody who asks for an account and has confirmed the address."""

    id: int
    email: str
    name: str
    language: str
    words: str = Field(description="What they would like to do here.")
    asked_at: datetime
    confirmed_at: datetime | None
    answer: str = Field(description="`yes` or `no`; empty while nobody has answered.")
    answered_at: datetime | None
    invitation: int | None = Field(description="The id of the invitation that the yes made.")


class AccountRequestPage(BaseModel):
    items: list[AccountRequestOut]
    next: str | None


class DeclineIn(BaseModel):
    model_config = strict({}, {"reason": "We are full until summer."})

    reason: Paragraph = Field(default="", description="They read it.")


def account_request_out(asked: AccountRequest) -> AccountRequestOut:
    return AccountRequestOut(
        id=asked.pk,
        email=asked.email,
        name=asked.name,
        language=asked.language,
        words=asked.words,
        asked_at=asked.asked_at,
        confirmed_at=asked.proved_at,
        answer=asked.answer,
        answered_at=asked.decided_at,
        invitation=asked.invitation_id,
    )


def me_out(person: User) -> MeOut:
    return MeOut(
        id=person.pk,
        email=person.email,
        name=person.name,
        role=Role(person.role),
        language=person.language,
        time_zone=person.time_zone,
        may_book=person.may_book,
        stays_until=person.stays_until,
        scope=scope_now(person),
    )


def person_out(person: User) -> PersonOut:
    """Of a row of `queries.everybody`."""
    return PersonOut(
        id=person.pk,
        email=person.email,
        name=person.name,
        role=Role(person.role),
        language=person.language,
        active=person.is_active,
        joined_at=person.joined_at,
        stays_until=person.stays_until,
        last_here=getattr(person, "last_here", None),
        bookings_ahead=getattr(person, "ahead", 0),
    )


def invitation_out(invitation: Invitation, at: datetime) -> InvitationOut:
    return InvitationOut(
        id=invitation.pk,
        email=invitation.email,
        name=invitation.name,
        role=Role(invitation.role),
        language=invitation.language,
        state=invitation.standing(at),
        made_at=invitation.made_at,
        expires_at=invitation.works_until,
        stays_until=invitation.stays_until,
    )


class RoleIn(BaseModel):
    model_config = strict({"role": "staff"})

    role: Role


class EndIn(BaseModel):
    """Of bookings that lie after the end those of `cancel` are cancelled and those of `pass_on` go
    to `to`; the others stay. Without `until` the account ends now."""

    model_config = strict(
        {}, {"until": "2027-02-01T00:00:00+01:00", "cancel": [12], "pass_on": [13], "to": 7}
    )

    until: Instant | None = None
    cancel: Annotated[list[Key], Field(max_length=500)] = []
    pass_on: Annotated[list[Key], Field(max_length=500)] = []
    to: int | None = Field(default=None, description="The id of who takes over.")
    reason: Paragraph = ""

    @property
    def becomes(self) -> dict[int, Becomes]:
        return dict.fromkeys(self.cancel, Becomes.CANCEL) | dict.fromkeys(
            self.pass_on, Becomes.PASS_ON
        )
