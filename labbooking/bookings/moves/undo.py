"""Whether a move can still be taken back: its earlier time may have gone to somebody meanwhile."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from labbooking.bookings.demand.spec import Scope
from labbooking.bookings.models import Allocation, Booking
from labbooking.bookings.models.waitlist import Waiting
from labbooking.bookings.moves.preview import preview_move
from labbooking.errors import DomainError
from labbooking.period import Period
from labbooking.when import when
from residents.models import User


def bar_to_moving_back(
    booking: Booking, before: Period, *, by: User, at: datetime, scope: Scope = Scope.ONE
) -> str:
    """Why a booking cannot have the time `before` again, in a sentence; empty where it can.

    Names nobody. Needs the booking in detail, as it is by now.
    """
    try:
        thought = preview_move(booking, by=by, at=at, to=before, scope=scope)
    except DomainError as error:
        return error.detail
    if thought.ok:
        return ""
    if not thought.clashes:
        reasons = " ".join(each.message for each in thought.refusals)
        return _("It cannot be moved back: {reasons}").format(reasons=reasons)
    earlier = when(before, booking.named[0].resource.zone, at=at)
    if _went_to_who_waited(booking, before):
        words = _(
            "Its earlier time, {earlier}, went to somebody waiting for it: it cannot be moved back."
        )
    else:
        words = _("Its earlier time, {earlier}, has been taken: it cannot be moved back.")
    return words.format(earlier=earlier)


def _went_to_who_waited(booking: Booking, before: Period) -> bool:
    held = booking.allocations.exclude(let_go_at__isnull=False)
    waited = Waiting.objects.filter(booking=OuterRef("booking"))
    theirs = Allocation.objects.filter(
        Exists(waited),
        active=True,
        resource__in=held.values("resource"),
        guarded_from__lt=before.end,
        guarded_until__gt=before.start,
    )
    return theirs.exclude(booking=booking).exists()
