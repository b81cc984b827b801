"""Who waits for a thing, by API: lab staff read every place, all others their own and a number."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from equipment.models import Resource
from labbooking.bookings.api.schemas.waitlist import QueueOut
from labbooking.bookings.api.serializers.previews import place_out
from labbooking.bookings.queries import find_booking
from labbooking.bookings.waitlist.positions import Queue, queue_for_booking, queue_for_resource
from labbooking.errors import NotThere
from labbooking.wire.problems import problems
from labbooking.wire.router import Router
from residents.authentication import OPEN_TO_ALL, SignedInRequest

router = Router(tags=["waiting list"])


@router.get(
    "resources/{slug:slug}/waiting-list",
    response={200: QueueOut, **problems(401, 404, 429)},
    auth=OPEN_TO_ALL,
)
def waiting_for_resource(request: SignedInRequest, slug: str) -> QueueOut:
    """Tells how many people wait for some time of a resource, and your own places.

    Staff read everybody's, what is soonest first.
    """
    resource = Resource.objects.filter(slug=slug).first()
    if resource is None:
        raise NotThere(_("There is no resource “{slug}”.").format(slug=slug))
    at = timezone.now()
    return _told(request, queue_for_resource(resource, request.auth, at), at)


@router.get(
    "bookings/{int:booking_id}/waiting-list",
    response={200: QueueOut, **problems(401, 404, 429)},
)
def waiting_for_booking(request: SignedInRequest, booking_id: int) -> QueueOut:
    """Tells how many people wait for what a booking takes.

    Staff read everybody's places, who has waited longest first.
    """
    at = timezone.now()
    booking = find_booking(request.auth, booking_id)
    return _told(request, queue_for_booking(booking, request.auth, at), at)


def _told(request: SignedInRequest, queue: Queue, at: datetime) -> QueueOut:
    told = [place_out(each, request.auth, at) for each in queue.places]
    return QueueOut(places=told, others=queue.others)
