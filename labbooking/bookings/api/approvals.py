"""Deciding by API beyond yes and no: a part, a question back, a moment to undo."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from labbooking.bookings import actions
from labbooking.bookings.api.acts import ACTED
from labbooking.bookings.api.schemas.acts import AnswerIn, PartIn, QuestionIn, QuestionOut
from labbooking.bookings.api.schemas.bookings import BookingDetail
from labbooking.bookings.api.serializers.bookings import booking_detail
from labbooking.bookings.api.serializers.previews import question_out
from labbooking.bookings.queries import find_booking
from labbooking.bookings.states import UNDO_WITHIN
from labbooking.errors import NotThere
from labbooking.wire.problems import problems
from labbooking.wire.router import Router
from residents.authentication import OF_A_ROLE, OWN_BOOKINGS, SignedInRequest

router = Router(tags=["bookings"])


@router.post("bookings/{int:booking_id}/approve-part", response=ACTED, auth=OF_A_ROLE)
def approve_part(request: SignedInRequest, booking_id: int, said: PartIn) -> BookingDetail:
    """Staff say yes to some things, and of a series to some dates; the rest is declined.

    What is declined is free again. The person hears of both in one mail, with the `reason`.
    """
    by, at = request.auth, timezone.now()
    actions.approve_part(
        booking_id, by=by, at=at, keep=said.keep, dates=said.dates, reason=said.reason,
        step=said.step,
    )  # fmt: skip
    return booking_detail(find_booking(by, booking_id), by, at)


@router.post("bookings/{int:booking_id}/ask", response=ACTED, auth=OF_A_ROLE)
def ask_back(request: SignedInRequest, booking_id: int, said: QuestionIn) -> BookingDetail:
    """Staff ask the person something before they decide.

    The request keeps waiting and its time stays held, for a whole hold from now on.
    """
    by, at = request.auth, timezone.now()
    acted = actions.ask(booking_id, question=said.question, by=by, at=at)
    return booking_detail(acted[0], by, at)


@router.post("bookings/{int:booking_id}/answer", response=ACTED, auth=OWN_BOOKINGS)
def answer_question(request: SignedInRequest, booking_id: int, said: AnswerIn) -> BookingDetail:
    """Answer what staff have asked about your request; then it is their turn again."""
    by, at = request.auth, timezone.now()
    acted = actions.answer(booking_id, answer=said.answer, by=by, at=at)
    return booking_detail(acted[0], by, at)


@router.get(
    "bookings/{int:booking_id}/question",
    response={200: QuestionOut, **problems(401, 404, 429)},
)
def show_question(request: SignedInRequest, booking_id: int) -> QuestionOut:
    """Tells what staff have asked last about a booking, and the answer if there is one."""
    told = question_out(find_booking(request.auth, booking_id))
    if told is None:
        raise NotThere(_("Nobody has asked anything about this booking."))
    return told


@router.post(
    "bookings/{int:booking_id}/undo",
    description=f"""Take your own decision back within {UNDO_WITHIN.seconds} seconds; the request
waits for an answer again.

Where somebody else has taken the time meanwhile, the decision stands.""",
    response=ACTED,
    auth=OF_A_ROLE,
)
def undo_decision(request: SignedInRequest, booking_id: int) -> BookingDetail:
    by, at = request.auth, timezone.now()
    acted = actions.undo_decision(booking_id, by=by, at=at)
    return booking_detail(acted[0], by, at)
