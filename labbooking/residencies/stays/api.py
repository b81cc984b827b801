"""Stays by API, for the person and for lab staff; papers are made by page."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone
from ninja import Query, Status

from labbooking.residencies.stays.actions import contract, file
from labbooking.residencies.stays.actions.report import send_report
from labbooking.residencies.stays.checklists import actions as lists
from labbooking.residencies.stays.checklists.inventory import (
    inventory_of,
    lines_of,
    write_inventory,
)
from labbooking.residencies.stays.keys.actions import hand_out_key, take_back_key
from labbooking.residencies.stays.models import Stay
from labbooking.residencies.stays.presence import actions as presence
from labbooking.residencies.stays.queries import (
    no_such_stay,
    studio_of_staff,
    visible_stays,
    with_booking,
)
from labbooking.residencies.stays.schemas import (
    AbsenceIn,
    ConfirmListIn,
    DepositBackIn,
    DepositIn,
    FillInIn,
    GuestDecisionIn,
    GuestIn,
    InventoryIn,
    InventoryLine,
    InventoryOut,
    ListKind,
    ReportIn,
    SignIn,
    StayIn,
    StayKeyIn,
    StayOut,
    StayPage,
    stay_out,
)
from labbooking.wire.cursor import Keyset, Page, next_page
from labbooking.wire.problems import problems
from labbooking.wire.router import Router
from residents.authentication import OWN_BOOKINGS, SignedInRequest

router = Router(tags=["stays"])
ORDER = Keyset(("opened_at", "pk"))
ACTED = {200: StayOut, **problems(400, 401, 403, 404, 409, 413, 415, 422, 429)}
PRESSED = {200: StayOut, **problems(401, 403, 404, 409, 422, 429)}


@router.get("stays/", response={200: StayPage, **problems(400, 401, 429)})
def list_stays(request: SignedInRequest, page: Query[Page]) -> StayPage:
    """Tells your own stays; lab staff see everybody's."""
    found, cursor = ORDER.page(_whole(visible_stays(request.auth)), page.cursor, page.limit)
    return StayPage(items=[stay_out(each) for each in found], next=next_page(request, cursor))


@router.post("stays/", response={201: StayOut, **problems(400, 401, 403, 404, 409, 413, 415, 429)})
def open_stay(request: SignedInRequest, asked: StayIn) -> Status[StayOut]:
    """Open the file of a stay; lab staff do. Asked twice, it is the same."""
    stay = file.open_stay(asked.booking, by=request.auth, at=timezone.now())
    return Status(201, _told(request, stay.pk))


@router.get("stays/{int:stay_id}", response={200: StayOut, **problems(401, 404, 429)})
def show_stay(request: SignedInRequest, stay_id: int) -> StayOut:
    """Tells of one stay."""
    return _told(request, stay_id)


@router.post("stays/{int:stay_id}/sign", response=ACTED, auth=OWN_BOOKINGS)
def sign_contract_of_stay(request: SignedInRequest, stay_id: int, asked: SignIn) -> StayOut:
    """Sign the contract, or write down that it was signed on paper."""
    contract.sign_contract(stay_id, version=asked.version, by=request.auth, at=timezone.now())
    return _told(request, stay_id)


@router.post("stays/{int:stay_id}/deposit-in", response=ACTED)
def receive_deposit_of_stay(request: SignedInRequest, stay_id: int, asked: DepositIn) -> StayOut:
    """The deposit came in; lab staff say so."""
    contract.receive_deposit(stay_id, cents=asked.cents, by=request.auth, at=timezone.now())
    return _told(request, stay_id)


@router.post("stays/{int:stay_id}/deposit-back", response=ACTED)
def give_back_deposit_of_stay(
    request: SignedInRequest, stay_id: int, asked: DepositBackIn
) -> StayOut:
    """The deposit goes back, less what is kept; lab staff say so."""
    kept = [(each.reason, each.cents) for each in asked.deductions]
    contract.give_back_deposit(stay_id, kept, by=request.auth, at=timezone.now())
    return _told(request, stay_id)


@router.post("stays/{int:stay_id}/keys", response=ACTED)
def hand_out_key_of_stay(request: SignedInRequest, stay_id: int, asked: StayKeyIn) -> StayOut:
    """Hand out a key; lab staff do."""
    hand_out_key(stay_id, tag=asked.tag, by=request.auth, at=timezone.now())
    return _told(request, stay_id)


@router.post("stays/{int:stay_id}/keys/{int:key_id}/back", response=PRESSED)
def take_back_key_of_stay(request: SignedInRequest, stay_id: int, key_id: int) -> StayOut:
    """Lab staff say that a key is back."""
    take_back_key(stay_id, key_id, by=request.auth, at=timezone.now())
    return _told(request, stay_id)


@router.post("stays/{int:stay_id}/absences", response=ACTED, auth=OWN_BOOKINGS)
def note_absence_of_stay(request: SignedInRequest, stay_id: int, asked: AbsenceIn) -> StayOut:
    """Notes nights on which somebody is away."""
    presence.note_absence(stay_id, **asked.model_dump(), by=request.auth, at=timezone.now())
    return _told(request, stay_id)


@router.post("stays/{int:stay_id}/absences/{int:absence_id}/excuse", response=PRESSED)
def excuse_absence_of_stay(request: SignedInRequest, stay_id: int, absence_id: int) -> StayOut:
    """Excuse nights away; lab staff do."""
    by, at = request.auth, timezone.now()
    presence.change_absence(stay_id, absence_id, do="excuse", by=by, at=at)
    return _told(request, stay_id)


@router.post(
    "stays/{int:stay_id}/absences/{int:absence_id}/remove", response=PRESSED, auth=OWN_BOOKINGS
)
def remove_absence_of_stay(request: SignedInRequest, stay_id: int, absence_id: int) -> StayOut:
    """Remove nights away; of what is excused lab staff do."""
    by, at = request.auth, timezone.now()
    presence.change_absence(stay_id, absence_id, do="remove", by=by, at=at)
    return _told(request, stay_id)


@router.post("stays/{int:stay_id}/guests", response=ACTED, auth=OWN_BOOKINGS)
def announce_guest_of_stay(request: SignedInRequest, stay_id: int, asked: GuestIn) -> StayOut:
    """Announce a guest; lab staff decide."""
    presence.announce_guest(stay_id, **asked.model_dump(), by=request.auth, at=timezone.now())
    return _told(request, stay_id)


@router.post("stays/{int:stay_id}/guests/{int:guest_id}/decide", response=ACTED)
def decide_guest_of_stay(
    request: SignedInRequest, stay_id: int, guest_id: int, asked: GuestDecisionIn
) -> StayOut:
    """Agree to a guest, or refuse; lab staff do."""
    said = asked.model_dump()
    presence.decide_guest(stay_id, guest_id, **said, by=request.auth, at=timezone.now())
    return _told(request, stay_id)


@router.post("stays/{int:stay_id}/guests/{int:guest_id}/gone", response=PRESSED, auth=OWN_BOOKINGS)
def guest_of_stay_is_gone(request: SignedInRequest, stay_id: int, guest_id: int) -> StayOut:
    """Says that a guest has left, or does not come."""
    presence.guest_is_gone(stay_id, guest_id, by=request.auth, at=timezone.now())
    return _told(request, stay_id)


@router.post("stays/{int:stay_id}/report", response=ACTED, auth=OWN_BOOKINGS)
def send_report_of_stay(request: SignedInRequest, stay_id: int, asked: ReportIn) -> StayOut:
    """Send the report; sent again, it replaces the one before."""
    send_report(stay_id, **asked.model_dump(), by=request.auth, at=timezone.now())
    return _told(request, stay_id)


@router.post("stays/{int:stay_id}/close", response=PRESSED)
def close_stay(request: SignedInRequest, stay_id: int) -> StayOut:
    """Close the file; lab staff do."""
    file.close_file(stay_id, by=request.auth, at=timezone.now())
    return _told(request, stay_id)


@router.post("stays/{int:stay_id}/reopen", response=PRESSED)
def reopen_stay(request: SignedInRequest, stay_id: int) -> StayOut:
    """Open a closed file again; lab staff do."""
    file.reopen_file(stay_id, by=request.auth, at=timezone.now())
    return _told(request, stay_id)


@router.post("stays/{int:stay_id}/lists/{kind}/begin", response=PRESSED, auth=OWN_BOOKINGS)
def begin_list_of_stay(request: SignedInRequest, stay_id: int, kind: ListKind) -> StayOut:
    """Begin the list of what is in the studio; asked twice, it is the same."""
    lists.begin_list(stay_id, kind, by=request.auth, at=timezone.now())
    return _told(request, stay_id)


@router.post("stays/{int:stay_id}/lists/{kind}/fill-in", response=ACTED, auth=OWN_BOOKINGS)
def fill_in_list_of_stay(
    request: SignedInRequest, stay_id: int, kind: ListKind, asked: FillInIn
) -> StayOut:
    """Say how things are. A change makes both confirmations void."""
    found = {each.id: lists.Found(each.answer, each.words) for each in asked.items}
    lists.fill_in(stay_id, kind, found, by=request.auth, at=timezone.now(), based_on=asked.revision)
    return _told(request, stay_id)


@router.post("stays/{int:stay_id}/lists/{kind}/confirm", response=ACTED, auth=OWN_BOOKINGS)
def confirm_list_of_stay(
    request: SignedInRequest, stay_id: int, kind: ListKind, asked: ConfirmListIn
) -> StayOut:
    """Confirms a list; the resident does so for themselves, lab staff for the house."""
    by, at = request.auth, timezone.now()
    lists.confirm_list(stay_id, kind, by=by, at=at, based_on=asked.revision)
    return _told(request, stay_id)


@router.get(
    "resources/{slug:slug}/inventory", response={200: InventoryOut, **problems(401, 403, 404, 429)}
)
def show_inventory(request: SignedInRequest, slug: str) -> InventoryOut:
    """Tells lab staff what belongs to a studio."""
    studio = studio_of_staff(slug, request.auth)
    return _inventory(slug, lines_of(inventory_of(studio)))


@router.post(
    "resources/{slug:slug}/inventory",
    response={200: InventoryOut, **problems(400, 401, 403, 404, 409, 413, 415, 429)},
)
def change_inventory(request: SignedInRequest, slug: str, asked: InventoryIn) -> InventoryOut:
    """Write down what belongs to a studio; lab staff do."""
    lines, before = (
        [(each.label_de, each.label_en) for each in rows] for rows in (asked.items, asked.before)
    )
    made = write_inventory(slug, lines, by=request.auth, at=timezone.now(), based_on=before)
    return _inventory(slug, lines_of(made))


def _inventory(slug: str, lines: list[tuple[str, str]]) -> InventoryOut:
    items = [InventoryLine(label_de=german, label_en=english) for german, english in lines]
    return InventoryOut(resource=slug, items=items)


def _whole(stays: QuerySet[Stay]) -> QuerySet[Stay]:
    return with_booking(stays).prefetch_related("keys", "absences", "guests", "checklists__items")


def _told(request: SignedInRequest, stay_id: int) -> StayOut:
    stay = _whole(visible_stays(request.auth)).filter(pk=stay_id).first()
    if stay is None:
        raise no_such_stay()
    return stay_out(stay)
