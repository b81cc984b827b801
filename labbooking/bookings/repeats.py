"""A request sent twice under one key is made once."""

from datetime import datetime

from django.utils.translation import gettext as _

from labbooking.bookings.errors import IdempotencyMismatch
from labbooking.bookings.models import Booking, IdempotencyKey
from labbooking.bookings.queries import detailed
from labbooking.bookings.wish import Idempotency
from residents.models import User


def recall(idempotency: Idempotency, by: User) -> list[Booking]:
    """What was booked under this key before; nothing if it is new.

    Raises `IdempotencyMismatch` where something else was sent under it.
    """
    known = IdempotencyKey.objects.filter(person=by, key=idempotency.key).first()
    if known is None:
        return []
    if known.fingerprint != idempotency.fingerprint:
        raise IdempotencyMismatch(_("This key was used before for another request."))
    series = known.booking.series_id
    same = Booking.objects.filter(pk=known.booking_id)
    return list(detailed(Booking.objects.filter(series_id=series) if series else same))


def remember(idempotency: Idempotency, by: User, booking: Booking, at: datetime) -> None:
    """Raises `IdempotencyMismatch` where the key went to another person's booking meanwhile."""
    _remembered, is_new = IdempotencyKey.objects.get_or_create(
        person=by,
        key=idempotency.key,
        defaults={"fingerprint": idempotency.fingerprint, "booking": booking, "made_at": at},
    )
    if not is_new:
        raise IdempotencyMismatch(_("This key was used before for another request."))
