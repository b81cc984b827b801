"""Keeping a time firmly, and the two ends it has."""

import pytest
from django.db import IntegrityError, transaction

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.actions.waitlist import join
from labbooking.bookings.demand.spec import BookingSpec, IntakeReply
from labbooking.bookings.models import Allocation, Booking
from labbooking.bookings.transaction.keeping import grant, let_go
from labbooking.errors import Malformed, NotAllowed, NotThere, Refused, SlotTaken, WrongState
from labbooking.journal.models import Entry
from labbooking.period import DAY, HOUR, MINUTE, Period
from residents.models import Role
from tests.bookings.intake.asking import answers, asks
from tests.bookings.keeping.offers import ANSWER_BY, NOW, STAY, is_kept, kept, now
from tests.lab import berlin
from tests.people import person

pytestmark = pytest.mark.django_db

STUDIO = BookingSpec(STAY, ("studio-1",))


def kinds():
    return list(Entry.objects.order_by("pk").values_list("kind", flat=True))


def test_it_takes_its_time_with_its_turnaround_like_any_booking(lab, ada, ben, sam):
    offer = kept(ada, sam)

    (taken,) = Allocation.objects.filter(booking=offer)
    assert (taken.active, taken.guarded_until) == (True, STAY.end + DAY)
    for act in (actions.request, actions.hold):
        with pytest.raises(SlotTaken):
            act(STUDIO, by=ben, at=NOW)


def test_the_database_lets_nothing_else_into_its_time(lab, ada, ben, sam):
    (taken,) = Allocation.objects.filter(booking=kept(ada, sam))
    (other,) = actions.request(BookingSpec(STAY, ("studio-2",)), by=ben, at=NOW)

    rows = Allocation.objects.filter(booking=other)
    with (
        pytest.raises(IntegrityError, match="allocation_no_overlap"),
        transaction.atomic(),
    ):
        rows.update(resource=taken.resource)


def test_nothing_is_kept_in_a_time_that_is_taken(lab, ada, ben, sam):
    kept(ada, sam)

    with pytest.raises(SlotTaken):
        kept(ben, sam)

    assert Booking.objects.count() == 1


def test_rules_are_asked_and_set_aside_with_a_reason_as_always(lab, ada, sam):
    far = Period(berlin("2028-03-01 15:00"), berlin("2028-03-31 11:00"))

    with pytest.raises(Refused) as no:
        kept(ada, sam, period=far)
    assert "too_far_ahead" in {each.code for each in no.value.refusals}
    offer = kept(ada, sam, period=far, override_reason="call summer-2028")

    assert offer.override_reason == "call summer-2028"
    (told,) = Entry.objects.filter(kind="booking.held")
    assert told.data["overridden"] == ["too_far_ahead"]


@pytest.mark.parametrize("until", [NOW, STAY.start + MINUTE])
def test_an_answer_is_due_later_than_now_and_no_later_than_the_beginning(until, lab, ada, sam):
    with pytest.raises(Malformed, match="before the time begins"):
        kept(ada, sam, until=until)

    assert kept(ada, sam, until=STAY.start).hold_until == STAY.start


def test_a_series_is_not_kept(lab, ada, sam):
    with pytest.raises(Malformed):
        kept(ada, sam, rrule="FREQ=YEARLY;COUNT=2")


def test_nothing_is_kept_for_who_can_never_have_it(lab, rui, sam):
    gone = person("Gone", is_active=False)

    for somebody in (rui, gone):
        with pytest.raises(NotAllowed):
            kept(somebody, sam)
    assert not Booking.objects.exists()


def test_granting_makes_a_confirmed_booking_that_staff_are_not_asked_about(lab, ada, sam):
    offer = kept(ada, sam)
    later = NOW + DAY

    grant(offer.pk, by=ada, at=later)

    booking = now(offer)
    assert (booking.state, booking.is_hold, booking.kept_firmly) == ("approved", False, False)
    assert (booking.requested_at, booking.decided_at) == (later, later)
    assert (booking.hold_until, booking.held_until) == (None, None)
    assert kinds() == ["booking.held", "booking.requested", "booking.approved"]
    assert Entry.objects.get(kind="booking.requested").data["needs_staff"] is False


def test_what_was_granted_can_be_moved_within_its_time_and_asks_staff_outside(lab, ada, sam):
    offer = kept(ada, sam)
    grant(offer.pk, by=ada, at=NOW)

    shorter = Period(STAY.start, STAY.end - 7 * DAY)
    actions.move(offer.pk, by=ada, at=NOW, to=shorter)
    assert now(offer).state == "approved"
    actions.move(offer.pk, by=ada, at=NOW, to=STAY)
    assert now(offer).state == "approved"
    actions.move(offer.pk, by=ada, at=NOW, to=STAY.moved(7 * DAY))
    assert now(offer).state == "requested"


def test_what_was_granted_is_nobodys_decision_to_take_back_but_is_cancelled_as_ever(lab, ada, sam):
    offer = kept(ada, sam)
    grant(offer.pk, by=ada, at=NOW)

    with pytest.raises(WrongState):
        actions.undo_decision(offer.pk, by=sam, at=NOW)
    assert now(offer).state == "approved"
    actions.cancel(offer.pk, by=ada, at=NOW)
    assert now(offer).state == "cancelled"


@pytest.mark.parametrize("late", [ANSWER_BY, ANSWER_BY + HOUR])
def test_nothing_is_granted_once_the_time_to_answer_is_over(late, lab, ada, sam):
    offer = kept(ada, sam)

    with pytest.raises(WrongState, match="time to answer is over"):
        grant(offer.pk, by=ada, at=late)

    assert is_kept(offer)
    assert grant(offer.pk, by=ada, at=ANSWER_BY - MINUTE).state == "approved"


def test_nothing_is_granted_to_who_has_left_or_of_what_is_retired(lab, ada, ben, sam):
    of_ada, of_ben = kept(ada, sam), kept(ben, sam, studio="studio-2")
    ada.is_active = False
    ada.save()
    lab["studio-2"].is_bookable = False
    lab["studio-2"].save()

    for offer in (of_ada, of_ben):
        with pytest.raises(WrongState):
            grant(offer.pk, by=sam, at=NOW)
        assert is_kept(offer)


def test_what_its_type_asks_is_answered_when_it_is_granted(lab, ada, sam):
    question = asks("studio", by=sam)
    offer = kept(ada, sam)

    with pytest.raises(Refused):
        grant(offer.pk, by=ada, at=NOW)
    assert is_kept(offer)
    reply = IntakeReply(answers={question.key: "upright"})
    grant(offer.pk, by=ada, at=NOW, reply=reply)

    assert answers(offer) == {question.key: "upright"}


def test_only_one_end_comes_of_it(lab, ada, ben, sam):
    taken, free = kept(ada, sam), kept(ben, sam, studio="studio-2")
    grant(taken.pk, by=ada, at=NOW)
    let_go(free.pk, by=ben, at=NOW)

    for offer in (taken, free):
        before = now(offer).state
        with pytest.raises(WrongState):
            grant(offer.pk, by=sam, at=NOW)
        with pytest.raises(WrongState):
            let_go(offer.pk, by=sam, at=NOW)
        assert now(offer).state == before


def test_an_ordinary_hold_is_neither_granted_nor_let_go_so(lab, ada, sam):
    held = actions.hold(STUDIO, by=ada, at=NOW)

    with pytest.raises(WrongState):
        grant(held.pk, by=sam, at=NOW)
    with pytest.raises(WrongState):
        let_go(held.pk, by=sam, at=NOW)
    with pytest.raises(NotThere):
        let_go(held.pk + 1, by=sam, at=NOW)
    assert now(held).state == "held"


@pytest.mark.parametrize(
    ("lapsed", "state", "kind"),
    [(False, "withdrawn", "booking.hold_released"), (True, "expired", "booking.hold_lapsed")],
)
def test_what_is_let_go_is_free_at_once(lapsed, state, kind, lab, ada, ben, sam):
    offer = kept(ada, sam)

    let_go(offer.pk, by=None if lapsed else ada, at=NOW, lapsed=lapsed)

    assert (now(offer).state, now(offer).kept_firmly) == (state, False)
    assert kinds() == ["booking.held", kind]
    assert actions.request(STUDIO, by=ben, at=NOW)


def test_what_is_let_go_is_offered_to_who_waits_and_lapses_then_as_an_offer_of_the_list_does(
    lab, ada, ben, sam
):
    offer = kept(ada, sam)
    wait = join(STUDIO, by=ben, at=NOW)

    let_go(offer.pk, by=sam, at=NOW + HOUR)

    wait.refresh_from_db()
    assert (wait.booking.person, wait.booking.kept_firmly) == (ben, False)
    scheduled.tick(wait.booking.hold_until)
    assert now(wait.booking).state == "expired"


def test_the_database_knows_nothing_that_is_kept_firmly_and_not_held(lab, ada, sam):
    offer = kept(ada, sam)

    for changed in ({"state": "requested"}, {"state": "approved"}, {"is_hold": False}):
        with (
            pytest.raises(IntegrityError, match="booking_kept_firmly_is_held"),
            transaction.atomic(),
        ):
            Booking.objects.filter(pk=offer.pk).update(**changed)


def test_it_may_be_kept_for_somebody_who_does_not_book_here_yet(lab, sam):
    somebody = person("Lin", Role.APPLICANT)
    offer = kept(somebody, sam)

    with pytest.raises(WrongState, match="cannot hold bookings"):
        grant(offer.pk, by=somebody, at=NOW)
    somebody.role = Role.CREATIVE
    somebody.save()

    assert grant(offer.pk, by=somebody, at=NOW).state == "approved"
