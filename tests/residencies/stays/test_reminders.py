"""What a resident hears of their stay, once, while it is still true."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from labbooking.bookings import actions as bookings
from labbooking.journal.models import Entry
from labbooking.notifications.actions import deliver_next, plan
from labbooking.notifications.models import Notification
from labbooking.period import DAY, HOUR
from labbooking.residencies.stays.actions.report import send_report
from labbooking.residencies.stays.actions.scheduled import tick
from labbooking.residencies.stays.checklists.actions import Found, begin_list, confirm_list, fill_in
from labbooking.residencies.stays.presence import actions as presence
from labbooking.residencies.tasks import tick_residencies
from tests.residencies.stays.staying import (
    ARRIVAL,
    DEPARTURE,
    NOW,
    a_stay,
    arrived,
    departed,
    terms,
    things_in,
)

pytestmark = pytest.mark.django_db


def told():
    found = Entry.objects.filter(kind__startswith="stay.").order_by("at", "pk")
    return [each.kind for each in found if each.data.get("day")]


def sent(at):
    """The subjects of what is delivered at a moment."""
    before = len(mail.outbox)
    while plan(at):
        pass
    for _each in range(40):
        deliver_next(at=at)
    return [each.subject for each in mail.outbox[before:]]


def test_each_is_told_once_on_its_day(lab, ada, sam):
    things_in(sam)
    stay = a_stay(ada, sam)
    assert tick(ARRIVAL - 14 * DAY - HOUR) == 0
    for _twice in range(2):
        tick(ARRIVAL - 14 * DAY)
        tick(ARRIVAL - 3 * DAY)
    assert told() == 2 * ["stay.before_arrival"]
    arrived(stay, sam)
    assert tick(ARRIVAL + 23 * HOUR) == 0
    assert tick(ARRIVAL + 24 * HOUR) == 1
    tick(DEPARTURE - 3 * DAY)
    tick(DEPARTURE - DAY)
    assert told()[2:] == ["stay.inventory_due", "stay.before_departure"]
    departed(stay, sam)
    due = DEPARTURE + 30 * DAY
    assert tick(due - 8 * DAY) == 0
    assert (tick(due - 7 * DAY), tick(due), tick(due + DAY), tick(due + 5 * DAY)) == (1, 0, 1, 0)
    assert told()[4:] == ["stay.report_due", "stay.report_overdue"]


def test_what_is_done_is_not_asked_for(lab, ada, sam):
    things_in(sam)
    stay = arrived(a_stay(ada, sam), sam)
    begin_list(stay.pk, "arrival", by=ada, at=ARRIVAL)
    items = stay.checklists.get().items.all()
    said = {each.pk: Found("ok") for each in items}
    seen = fill_in(stay.pk, "arrival", said, by=ada, at=ARRIVAL, based_on=1)
    confirm_list(stay.pk, "arrival", by=ada, at=ARRIVAL, based_on=seen)
    assert tick(ARRIVAL + 30 * HOUR) == 0
    send_report(stay.pk, words="Fine.", works="", may_be_published=False, by=ada, at=ARRIVAL)
    departed(stay, sam)
    assert tick(DEPARTURE + 40 * DAY) == 0


def test_mails_are_written_while_they_are_true(lab, ada, sam):
    stay = a_stay(ada, sam)
    sent(NOW + HOUR)
    at = ARRIVAL - 14 * DAY
    tick(at)
    (subject,) = sent(at)
    assert subject.startswith("Your stay begins: Studio 1")
    assert f"/stays/{stay.pk}/" in mail.outbox[-1].body
    at = ARRIVAL - 3 * DAY
    tick(at)
    while plan(at):
        pass
    bookings.cancel(stay.booking_id, by=sam, at=at, reason="Flood.")
    assert not [each for each in sent(at + HOUR) if "begins" in each]


def test_guests_and_nights_away_are_told_to_the_resident_alone(lab, ada, ben, sam):
    terms(sam)
    stay = a_stay(ada, sam)
    sent(NOW + HOUR)
    days = {"from_on": stay.first, "until_on": stay.first + timedelta(days=2)}
    guest = presence.announce_guest(stay.pk, name="Mira", **days, by=ada, at=NOW)
    presence.decide_guest(stay.pk, guest.pk, agreed=False, reason="Painters.", by=sam, at=NOW)
    presence.note_absence(
        stay.pk, from_on=stay.first, until_on=stay.last, reason="work", by=ada, at=NOW
    )
    assert sorted(sent(NOW + HOUR)) == [
        "You would be away too much: Studio 1",
        "Your guest cannot come",
    ]
    assert {each.to[0] for each in mail.outbox[-2:]} == {ada.email}
    assert "Painters." in str([each.body for each in mail.outbox[-2:]])
    of_stays = Notification.objects.filter(template__startswith="stay_")
    assert {each.recipient for each in of_stays} == {ada}


def test_the_worker_does_so_by_itself(lab, ada, sam):
    a_stay(ada, sam)
    assert tick_residencies() == 0 or timezone.now() > ARRIVAL - 14 * DAY
