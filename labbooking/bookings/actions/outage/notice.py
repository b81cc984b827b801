"""The clock records its ticks, and notices when it did not tick."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from labbooking.bookings.models import ClockTick, Outage
from labbooking.journal.record import Happening, record
from labbooking.period import MINUTE

LONGEST_PAUSE = 10 * MINUTE
"""A house that is started anew is back sooner; after a longer pause it was down."""


@transaction.atomic
def note_tick(at: datetime) -> Outage | None:
    """To be called before the clock acts; the outage that is over with this tick, if there was one.

    Of several at once only the first one finds it: the row of the last tick is locked. A clock of
    the machine that was far ahead and is put back begins anew.
    """
    last, is_first = ClockTick.objects.get_or_create(pk=1, defaults={"at": at})
    last = ClockTick.objects.select_for_update().get(pk=last.pk)
    pause = at - last.at
    put_back = -pause > LONGEST_PAUSE
    if is_first or (at <= last.at and not put_back):
        return None
    ClockTick.objects.filter(pk=last.pk).update(at=at)
    return _outage(last.at, at) if pause > LONGEST_PAUSE else None


def _outage(began_at: datetime, ended_at: datetime) -> Outage:
    data = {"from": began_at.isoformat(), "to": ended_at.isoformat()}
    record(Happening("house.was_down", ended_at, (), data))
    return Outage.objects.create(began_at=began_at, ended_at=ended_at)
