"""What is asked for, thought through by API, before anything is booked."""

from __future__ import annotations

from django.utils import timezone

from labbooking.bookings.api.request_inputs import person_for
from labbooking.bookings.api.schemas.previews import SpecPreviewOut
from labbooking.bookings.api.schemas.specs import BookingSpecIn
from labbooking.bookings.api.serializers.previews import spec_preview_out
from labbooking.bookings.intake.check_reply import check_reply
from labbooking.bookings.intake.for_person import intake_for
from labbooking.bookings.planning.preview import preview
from labbooking.bookings.transaction.preconditions import may_request
from labbooking.inductions.instead import appointments_instead
from labbooking.wire.problems import problems
from labbooking.wire.router import Router
from residents.authentication import OWN_BOOKINGS, SignedInRequest

router = Router(tags=["bookings"])


@router.post(
    "bookings/preview",
    response={200: SpecPreviewOut, **problems(400, 401, 403, 413, 415, 429)},
    auth=OWN_BOOKINGS,
)
def preview_booking(request: SignedInRequest, asked: BookingSpecIn) -> SpecPreviewOut:
    """Tells what a booking would come to, and books nothing.

    Takes what `POST bookings/` takes. Every date is told with all that stands in its way; where
    something does, there are ways on: equal units, the next common free times, the nearest time
    that house rules allow, the next inductions where one is missing.
    """
    by, at = request.auth, timezone.now()
    person = person_for(asked.for_, by)
    may_request(by, person)
    spec = asked.spec
    thought = preview(spec, by=by, at=at, person=person)
    said = check_reply(intake_for(thought.types, person, at), spec.intake)
    slots = appointments_instead(thought.refusals, person, at)
    return spec_preview_out(thought, said.refusals, slots)
