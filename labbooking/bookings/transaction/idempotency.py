"""A request sent twice under one key is made once."""

from datetime import datetime

from django.utils.translation import gettext as _

from labbooking.bookings.demand.spec import Idempotency
from labbooking.bookings.models import Booking, IdempotencyKey
from labbooking.bookings.models.waitlist import Waiting
from labbooking.bookings.queries import detailed
from labbooking.errors import IdempotencyMismatch
from residents.models import User


def recall(idempotency: Idempotency, by: User) -> list[Booking]:
    """What was booked under this key before; nothing if it is new.

    Raises `IdempotencyMismatch` where something else was sent under it.
    """
    known = _known(idempotency, by)
    if known is None or known.booking is None:
        return []
    series = known.booking.series_id
    same = Booking.objects.filter(pk=known.booking.pk)
    return list(detailed(Booking.objects.filter(series_id=series) if series else same))


def recall_place(idempotency: Idempotency, by: User) -> Waiting | None:
    """The same for a place on the waiting list."""
    known = _known(idempotency, by)
    return known.waiting if known else None


def _known(idempotency: Idempotency, by: User) -> IdempotencyKey | None:
    keys = IdempotencyKey.objects.select_related("booking", "waiting__person")
    known = keys.filter(person=by, key=idempotency.key).first()
    if known and known.fingerprint != idempotency.fingerprint:
        raise IdempotencyMismatch(_("This key was used before for another request."))
    return known


def remember(idempotency: Idempotency, by: User, made: Booking | Waiting, at: datetime) -> None:
    """Raises `IdempotencyMismatch` where the key went to another request meanwhile."""
    what = "booking" if isinstance(made, Booking) else "waiting"
    _remembered, is_new = IdempotencyKey.objects.get_or_create(
        person=by,
        key=idempotency.key,
        defaults={"fingerprint": idempotency.fingerprint, what: made, "made_at": at},
    )
    if not is_new:
        raise IdempotencyMismatch(_("This key was used before for another request."))
