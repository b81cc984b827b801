"""Applications by API: one's own, and all of a call for staff."""

from __future__ import annotations

from django.utils import timezone
from ninja import Query, Status

from labbooking.bookings.transaction.preconditions import only_staff
from labbooking.residencies.applications import actions
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.queries import (
    handed_in,
    in_full,
    no_such_application,
    own,
)
from labbooking.residencies.applications.requirements import what_is_missing
from labbooking.residencies.applications.schemas import (
    ApplicationIn,
    ApplicationPage,
    JudgeIn,
    LateIn,
    MissingOut,
    OwnApplicationOut,
    StaffApplicationOut,
    SubmitIn,
    WithdrawIn,
    own_out,
    staff_out,
)
from labbooking.residencies.applications.states import ApplicationState
from labbooking.residencies.calls.models import Call
from labbooking.residencies.calls.queries import no_such_call
from labbooking.residencies.impartial import refuse_who_is_involved
from labbooking.wire.cursor import Keyset, Page, next_page
from labbooking.wire.problems import problems
from labbooking.wire.router import Router
from residents.authentication import OWN_BOOKINGS, SignedInRequest

router = Router(tags=["applications"])
ORDER = Keyset(("code", "pk"))
MINE = "calls/{slug:slug}/application"
ALL = "calls/{slug:slug}/applications/"
ONE = ALL + "{slug:code}"
READ = problems(401, 403, 404, 429)
WRITTEN = problems(400, 401, 403, 404, 409, 413, 415, 429)


@router.get(MINE, response={200: OwnApplicationOut, **READ})
def show_my_application(request: SignedInRequest, slug: str) -> OwnApplicationOut:
    """Tells of your own application for a call."""
    return _mine(request, slug)


@router.post(MINE, response={200: OwnApplicationOut, **WRITTEN}, auth=OWN_BOOKINGS)
def begin_my_application(request: SignedInRequest, slug: str) -> OwnApplicationOut:
    """Begin an application, or get the one there is."""
    actions.begin(slug, by=request.auth, at=timezone.now())
    return _mine(request, slug)


@router.post(f"{MINE}/change", response={200: OwnApplicationOut, **WRITTEN}, auth=OWN_BOOKINGS)
def change_my_application(
    request: SignedInRequest, slug: str, asked: ApplicationIn
) -> OwnApplicationOut:
    """Save some fields of a draft, all or none of them."""
    by, at = request.auth, timezone.now()
    actions.save_draft(
        slug,
        asked.said,
        by=by,
        at=at,
        based_on=asked.based_on,
        answers=asked.answers or {},
        features=asked.features_needed,
    )
    return _mine(request, slug)


@router.post(f"{MINE}/submit", response={200: OwnApplicationOut, **WRITTEN}, auth=OWN_BOOKINGS)
def submit_my_application(
    request: SignedInRequest, slug: str, asked: SubmitIn
) -> OwnApplicationOut:
    """Hands in one's own application. Everything that is missing is told at once, by field."""
    at = timezone.now()
    actions.submit(slug, by=request.auth, at=at, based_on=asked.based_on, agreed=asked.agreed)
    return _mine(request, slug)


@router.post(f"{MINE}/take-back", response={200: OwnApplicationOut, **WRITTEN}, auth=OWN_BOOKINGS)
def take_back_my_application(request: SignedInRequest, slug: str) -> OwnApplicationOut:
    """Make a draft of it again, until the deadline."""
    actions.take_back(slug, by=request.auth, at=timezone.now())
    return _mine(request, slug)


@router.post(f"{MINE}/withdraw", response={204: None, **WRITTEN}, auth=OWN_BOOKINGS)
def withdraw_my_application(request: SignedInRequest, slug: str, asked: WithdrawIn) -> Status[None]:
    """Withdraw what was handed in, until the decision."""
    actions.withdraw(slug, by=request.auth, at=timezone.now(), erase=asked.erase)
    return Status(204, None)


@router.post(f"{MINE}/discard", response={204: None, **WRITTEN}, auth=OWN_BOOKINGS)
def discard_my_application(request: SignedInRequest, slug: str) -> Status[None]:
    """Throw a draft away."""
    actions.discard(slug, by=request.auth, at=timezone.now())
    return Status(204, None)


@router.post(f"{MINE}/erase-needs", response={204: None, **WRITTEN}, auth=OWN_BOOKINGS)
def erase_what_i_need(request: SignedInRequest, slug: str) -> Status[None]:
    """Deletes what you said you need, at once; the rest of your application stays."""
    actions.erase_needs(slug, by=request.auth, at=timezone.now())
    return Status(204, None)


@router.get(ALL, response={200: ApplicationPage, **problems(400, 401, 403, 404, 429)})
def list_applications(request: SignedInRequest, slug: str, page: Query[Page]) -> ApplicationPage:
    """Tells what was handed in for a call; for staff."""
    call = _impartial(request, slug)
    found, cursor = ORDER.page(in_full(handed_in(call).order_by()), page.cursor, page.limit)
    items = [staff_out(each) for each in found]
    return ApplicationPage(items=items, next=next_page(request, cursor))


@router.get(ONE, response={200: StaffApplicationOut, **READ})
def show_application(request: SignedInRequest, slug: str, code: str) -> StaffApplicationOut:
    """Tells of one application that was handed in; for staff."""
    _impartial(request, slug)
    return _one(slug, code)


@router.post(f"{ONE}/judge", response={200: StaffApplicationOut, **WRITTEN})
def judge_application(
    request: SignedInRequest, slug: str, code: str, asked: JudgeIn
) -> StaffApplicationOut:
    """Staff say whether it is admitted to the jury, once the call is closed."""
    by, at = request.auth, timezone.now()
    actions.judge_eligibility(
        slug, code, eligible=asked.eligible, reason=asked.reason, by=by, at=at
    )
    return _one(slug, code)


@router.post(f"{ONE}/hand-in", response={200: StaffApplicationOut, **WRITTEN})
def hand_in_application(
    request: SignedInRequest, slug: str, code: str, asked: LateIn
) -> StaffApplicationOut:
    """Staff take in a draft after the end, for a reason."""
    actions.hand_in_late(slug, code, asked.reason, by=request.auth, at=timezone.now())
    return _one(slug, code)


def _mine(request: SignedInRequest, slug: str) -> OwnApplicationOut:
    found = own(request.auth, slug)
    if found is None:
        raise no_such_application()
    is_draft = found.state == ApplicationState.DRAFT
    missing = what_is_missing(found) if is_draft else []
    return own_out(found, [MissingOut(**each._asdict()) for each in missing])


def _impartial(request: SignedInRequest, slug: str) -> Call:
    only_staff(request.auth)
    call = _call(slug)
    refuse_who_is_involved(request.auth, call)
    return call


def _call(slug: str) -> Call:
    call = Call.objects.filter(slug=slug).first()
    if call is None:
        raise no_such_call()
    return call


def _one(slug: str, code: str) -> StaffApplicationOut:
    found: Application | None = handed_in(_call(slug)).filter(code=code).first()
    if found is None:
        raise no_such_application()
    return staff_out(found)
