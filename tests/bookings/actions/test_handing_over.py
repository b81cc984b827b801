"""Handing over what an induction has run out for, and a place where somebody else still is."""

import pytest
from django.utils import timezone, translation

from labbooking.bookings import actions
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Booking
from labbooking.errors import NotThere, Refused, WrongState
from labbooking.journal.models import Entry
from labbooking.notifications.actions import plan
from labbooking.notifications.models import Notification
from labbooking.period import DAY, HOUR, MINUTE, Period
from residents.models import Induction
from tests.api.program import Program, is_problem
from tests.bookings.days import booked, hours
from tests.bookings.deciding import NOW, SLOT, asked
from tests.lab import SEAT_RULES, new_rules

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def codes(act, *args, **options):
    with pytest.raises(Refused) as no:
        act(*args, **options)
    return [each.code for each in no.value.refusals]


@pytest.fixture
def headset(lab, ada, sam):
    """Ada's, confirmed; her induction holds when she asks and when it was to begin."""
    (booking,) = asked(ada, "ar-headset-1")
    actions.approve(booking.pk, by=sam, at=NOW)
    return booking


@pytest.mark.parametrize("ends", ["valid_until", "withdrawn_at"])
def test_an_induction_that_has_run_out_wants_the_reason_of_staff(headset, ada, sam, ends):
    Induction.objects.filter(person=ada).update(**{ends: SLOT.start - DAY})

    assert codes(actions.check_in, headset.pk, by=sam, at=SLOT.start) == ["induction_required"]
    actions.check_in(headset.pk, by=sam, at=SLOT.start, reason="Shown again just now.")

    entry = Entry.objects.filter(kind="booking.checked_in").get()
    assert entry.data["overridden"] == ["induction_required"]
    assert Booking.objects.get().override_reason == "Shown again just now."


def test_an_induction_that_holds_is_not_asked_for(headset, sam):
    assert actions.check_in(headset.pk, by=sam, at=SLOT.start)[0].state == "in_use"


def test_what_staff_set_aside_at_the_request_stays_set_aside(lab, nia, sam):
    spec = BookingSpec(SLOT, ("ar-headset-1",), override_reason="Under supervision.")
    (booking,) = actions.request(spec, by=sam, at=NOW, person=nia)
    actions.approve(booking.pk, by=sam, at=NOW)

    assert actions.check_in(booking.pk, by=sam, at=SLOT.start)[0].state == "in_use"


@pytest.fixture
def seats(lab):
    return new_rules(
        lab["seat-1"].type, **SEAT_RULES, self_check_in=True, check_in_opens=15 * MINUTE
    )


@pytest.fixture
def in_turn(seats, ada, ben):
    """Ada sits there, and Ben's time begins when hers ends."""
    (first,) = asked(ada, "seat-1")
    (second,) = asked(ben, "seat-1", period=Period(SLOT.end, SLOT.end + HOUR))
    actions.check_in(first.pk, by=ada, at=SLOT.start)
    return first, second


EARLY = SLOT.end - 10 * MINUTE


def test_nobody_checks_in_where_somebody_else_still_is(in_turn, ben, sam):
    _first, second = in_turn

    assert codes(actions.check_in, second.pk, by=ben, at=EARLY) == ["still_in_use"]
    assert codes(actions.check_in, second.pk, by=sam, at=EARLY, reason="Go") == ["still_in_use"]


def test_once_the_other_has_checked_out_it_is_early_and_fine(in_turn, ada, ben):
    first, second = in_turn
    actions.check_out(first.pk, by=ada, at=EARLY - MINUTE)

    assert actions.check_in(second.pk, by=ben, at=EARLY)[0].state == "in_use"


def test_once_the_others_time_is_over_nobody_waits_for_the_clock(in_turn, ben):
    _first, second = in_turn

    assert actions.check_in(second.pk, by=ben, at=SLOT.end)[0].state == "in_use"


def test_who_waits_lets_the_other_know_once(in_turn, ada, ben, nia):
    first, second = in_turn
    with pytest.raises(NotThere):
        actions.nudge(second.pk, by=nia, at=EARLY)
    with pytest.raises(Refused):
        actions.nudge(second.pk, by=ben, at=SLOT.start)

    actions.nudge(second.pk, by=ben, at=EARLY)

    entry = Entry.objects.get(kind="booking.nudged")
    about = entry.objects_touched.get(type="booking")
    assert about.key == str(first.pk)
    assert entry.data["on_behalf"] is False
    plan(EARLY)
    told = Notification.objects.filter(template="nudged")
    assert [each.recipient for each in told] == [ada]
    with pytest.raises(WrongState, match="told already"):
        actions.nudge(second.pk, by=ben, at=EARLY + MINUTE)
    actions.check_out(first.pk, by=ada, at=EARLY + MINUTE)
    with pytest.raises(WrongState, match="you can check in"):
        actions.nudge(second.pk, by=ben, at=EARLY + 2 * MINUTE)


def test_the_page_offers_it_where_check_in_has_to_wait(seats, ada, ben, signed_in):
    now = timezone.now()
    (first,) = booked(ada, "seat-1", period=hours(10, "10:00", "11:00"))
    (second,) = booked(ben, "seat-1", period=hours(10, "11:00", "12:00"))
    Booking.objects.filter(pk=first.pk).update(state="in_use", checked_in_at=now)
    Booking.objects.filter(pk=second.pk).update(starts_at=now + 5 * MINUTE)
    browser = signed_in(ben)

    page = browser.post(f"/bookings/{second.pk}/check-in/", follow=True)
    assert "still in use until" in page.content.decode()
    button = page.context["undo"]
    assert button["label"] == "Let them know that you are waiting"
    done = browser.post(button["url"], follow=True)
    told = signed_in(ada).get(f"/bookings/{first.pk}/").content.decode()

    assert "They get an e-mail" in done.content.decode()
    assert "was told that somebody is waiting" in told
    assert "Ben" not in told
    assert done.context["undo"] is None
    api = Program(ben).post(f"bookings/{second.pk}/nudge")
    is_problem(api, 409, "wrong_state")


def test_a_part_in_use_keeps_its_whole_from_being_checked_into(in_turn, nia):
    (whole,) = asked(nia, "workspace", period=Period(SLOT.end + HOUR, SLOT.end + 2 * HOUR))
    new_rules(whole.named[0].resource.type, **SEAT_RULES, self_check_in=True)
    Booking.objects.filter(pk=whole.pk).update(self_service=True, starts_at=SLOT.end)

    assert "still_in_use" in codes(actions.check_in, whole.pk, by=nia, at=EARLY)


def test_no_part_is_handed_over_while_its_whole_is_out(lab, ada, ben, nia, sam):
    (whole,) = asked(ada, "workspace")
    (part,) = asked(ben, "seat-1", period=Period(SLOT.end, SLOT.end + HOUR))
    after = Period(SLOT.end + HOUR, SLOT.end + 2 * HOUR)
    (next_whole,) = asked(nia, "workspace", period=after)
    actions.check_in(whole.pk, by=sam, at=SLOT.start)

    assert codes(actions.check_in, part.pk, by=sam, at=SLOT.end) == ["still_out"]
    assert codes(actions.check_in, next_whole.pk, by=sam, at=after.start) == ["still_out"]

    actions.check_out(whole.pk, by=sam, at=after.start)
    assert actions.check_in(next_whole.pk, by=sam, at=after.start)[0].state == "in_use"
