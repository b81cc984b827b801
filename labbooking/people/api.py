"""Oneself by API, and people for those who look after them: the same actions as the pages."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Body, Query, Status

from labbooking.errors import NotAllowed, NotThere, Refused
from labbooking.people.actions import end_with_bookings
from labbooking.people.queries import everybody, named_like
from labbooking.people.schemas import (
    AccountRequestOut,
    AccountRequestPage,
    DeclineIn,
    EndIn,
    InvitationIn,
    InvitationOut,
    InvitationPage,
    MeOut,
    PeopleQuery,
    PersonOut,
    PersonPage,
    RoleIn,
    account_request_out,
    invitation_out,
    me_out,
    person_out,
)
from labbooking.wire.cursor import Keyset, Page, next_page
from labbooking.wire.problems import problems
from labbooking.wire.router import Router
from residents.authentication import SignedInRequest, ask_again_in_a_browser
from residents.membership import ending, invitations
from residents.membership.models import Invitation
from residents.membership.roles import roles_of
from residents.models import Role, User
from residents.signin.asking import decisions
from residents.signin.asking.queries import waiting

router = Router(tags=["people"])
ORDER = Keyset(("pk",))
NO_REASON = DeclineIn()


@router.get("me", response={200: MeOut, **problems(401, 429)})
def show_me(request: SignedInRequest) -> MeOut:
    """Tells who is asking: whose token or session this is."""
    return me_out(request.auth)


@router.get("people/", response={200: PersonPage, **problems(400, 401, 403, 429)})
def list_people(request: SignedInRequest, wanted: Query[PeopleQuery]) -> PersonPage:
    """Tells everybody who has an account, to lab staff and administrators, oldest account first."""
    _only_the_team(request)
    people = named_like(everybody(timezone.now()), wanted.q)
    if wanted.role:
        people = people.filter(role=wanted.role)
    if wanted.active is not None:
        people = people.filter(is_active=wanted.active)
    found, cursor = ORDER.page(people, wanted.cursor, wanted.limit)
    return PersonPage(items=[person_out(each) for each in found], next=next_page(request, cursor))


@router.get("people/{int:person_id}", response={200: PersonOut, **problems(401, 403, 404, 429)})
def show_person(request: SignedInRequest, person_id: int) -> PersonOut:
    """Tells of one person, to lab staff and administrators."""
    _only_the_team(request)
    return _person(person_id)


@router.get("invitations/", response={200: InvitationPage, **problems(400, 401, 403, 429)})
def list_invitations(request: SignedInRequest, page: Query[Page]) -> InvitationPage:
    """Tells all invitations and what became of them, to lab staff and administrators."""
    _only_the_team(request)
    at = timezone.now()
    found, cursor = ORDER.page(Invitation.objects.all(), page.cursor, page.limit)
    items = [invitation_out(each, at) for each in found]
    return InvitationPage(items=items, next=next_page(request, cursor))


@router.post(
    "invitations/",
    response={201: InvitationOut, **problems(400, 401, 403, 409, 413, 415, 422, 429)},
)
def make_invitation(request: SignedInRequest, asked: InvitationIn) -> Status[InvitationOut]:
    """Invite somebody by mail. Staff invite creatives, administrators everybody."""
    if asked.role != Role.CREATIVE:
        ask_again_in_a_browser(request)
    at = timezone.now()
    made = invitations.invite(asked.wanted, by=request.auth, at=at)
    return Status(201, invitation_out(made, at))


@router.post(
    "invitations/{int:invitation_id}/send-again",
    response={200: InvitationOut, **problems(401, 403, 404, 409, 429)},
)
def send_invitation_again(request: SignedInRequest, invitation_id: int) -> InvitationOut:
    """Send the mail once more; the link works as long as a new one from now on."""
    at = timezone.now()
    return invitation_out(invitations.send_again(invitation_id, by=request.auth, at=at), at)


@router.post(
    "invitations/{int:invitation_id}/take-back",
    response={200: InvitationOut, **problems(401, 403, 404, 409, 429)},
)
def take_invitation_back(request: SignedInRequest, invitation_id: int) -> InvitationOut:
    """The link opens nothing from now on."""
    at = timezone.now()
    return invitation_out(invitations.take_back(invitation_id, by=request.auth, at=at), at)


@router.get("account-requests/", response={200: AccountRequestPage, **problems(400, 401, 403, 429)})
def list_account_requests(request: SignedInRequest, page: Query[Page]) -> AccountRequestPage:
    """Tells who asks for an account and waits for an answer, to lab staff and administrators."""
    _only_the_team(request)
    found, cursor = ORDER.page(waiting(), page.cursor, page.limit)
    items = [account_request_out(each) for each in found]
    return AccountRequestPage(items=items, next=next_page(request, cursor))


@router.post(
    "account-requests/{int:request_id}/grant",
    response={200: AccountRequestOut, **problems(400, 401, 403, 404, 409, 422, 429)},
)
def grant_account_request(request: SignedInRequest, request_id: int) -> AccountRequestOut:
    """Say yes to who asks for an account: they are invited as a creative."""
    granted = decisions.grant(request_id, by=request.auth, at=timezone.now())
    return account_request_out(granted)


@router.post(
    "account-requests/{int:request_id}/decline",
    response={200: AccountRequestOut, **problems(400, 401, 403, 404, 409, 413, 415, 429)},
)
def decline_account_request(
    request: SignedInRequest, request_id: int, said: Body[DeclineIn] = NO_REASON
) -> AccountRequestOut:
    """Say no to who asks for an account; they get a kind mail, with a `reason` if there is one."""
    by, at = request.auth, timezone.now()
    declined = decisions.decline(request_id, by=by, at=at, reason=said.reason)
    return account_request_out(declined)


@router.post(
    "people/{int:person_id}/role",
    response={200: PersonOut, **problems(400, 401, 403, 404, 409, 413, 415, 422, 429)},
)
def change_role(request: SignedInRequest, person_id: int, asked: RoleIn) -> PersonOut:
    """Give somebody another role; administrators do, and nobody to themselves."""
    ask_again_in_a_browser(request)
    try:
        ending.change_role(person_id, asked.role, by=request.auth, at=timezone.now())
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    return _person(person_id)


@router.post(
    "people/{int:person_id}/end",
    response={200: PersonOut, **problems(400, 401, 403, 404, 409, 413, 415, 422, 429)},
)
def end_account(request: SignedInRequest, person_id: int, asked: EndIn) -> PersonOut:
    """End an account now or later, and say what becomes of the bookings that lie after it."""
    ask_again_in_a_browser(request)
    to = User.objects.filter(pk=asked.to).first() if asked.to is not None else None
    end_with_bookings(
        person_id,
        asked.becomes,
        by=request.auth,
        at=timezone.now(),
        until=asked.until,
        to=to,
        reason=asked.reason,
    )
    return _person(person_id)


@router.post(
    "people/{int:person_id}/let-stay",
    response={200: PersonOut, **problems(401, 403, 404, 409, 422, 429)},
)
def let_stay(request: SignedInRequest, person_id: int) -> PersonOut:
    """Let somebody sign in again, or take back the end that was set."""
    ask_again_in_a_browser(request)
    try:
        ending.let_stay(person_id, by=request.auth, at=timezone.now())
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    return _person(person_id)


def _person(person_id: int) -> PersonOut:
    person = everybody(timezone.now()).filter(pk=person_id).first()
    if person is None:
        raise NotThere(_("There is no such person."))
    return person_out(person)


def _only_the_team(request: SignedInRequest) -> None:
    if not roles_of(request.auth):
        raise NotAllowed(_("Only lab staff and administrators can do that."))
