"""Nia is refused, takes a place, is reminded, is ticked off, and books."""

import pytest
from django.utils import timezone

from labbooking.inductions.actions import scheduled
from labbooking.inductions.actions.offer import Offering, offer
from labbooking.inductions.models import InductionSlot
from labbooking.notifications.actions import plan
from labbooking.notifications.models import Notification
from labbooking.period import DAY, HOUR, Period
from tests.bookings.days import said
from tests.lab import BERLIN

pytestmark = pytest.mark.django_db


def wanted(days):
    day = (timezone.now().astimezone(BERLIN) + days * DAY).date()
    return {"resource": "ar-headset-1", "from": f"{day}T12:00", "to": f"{day}T13:00"}


def test_from_the_refusal_to_the_booking(lab, nia, sam, signed_in):
    mine, desk, now = signed_in(nia), signed_in(sam), timezone.now()
    start = now + 2 * DAY
    offering = Offering(Period(start, start + HOUR), "Workshop", 1, sam)
    slot = offer("ar-headset", offering, by=sam, at=now)

    page = mine.get("/book/", wanted(3))
    assert "you need an induction first" in said(page)
    assert "Workshop" in said(page)
    taken = mine.post(f"/inductions/{slot.pk}/take/", wanted(3) | {"purpose": "Drawing"})
    assert taken.url.startswith("/book/?")
    assert "purpose=Drawing" in taken.url
    assert "You have a place at the induction on Ar-Headset" in said(mine.get(taken.url))
    assert "Workshop" in said(mine.get("/bookings/"))

    assert scheduled.tick(start - DAY + HOUR) == 1
    plan(start - DAY + HOUR)
    assert "induction_soon" in Notification.objects.values_list("template", flat=True)

    InductionSlot.objects.filter(pk=slot.pk).update(starts_at=now - HOUR, ends_at=now)
    assert "Nia" in said(desk.get(f"/desk/inductions/slots/{slot.pk}/"))
    desk.post(f"/desk/inductions/slots/{slot.pk}/tick-off/", {"there": [nia.pk]})
    assert mine.post("/book/", wanted(3)).status_code == 302
    assert nia.bookings.get().state == "requested"
