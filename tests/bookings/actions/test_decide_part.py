"""Yes to a part of a request, and a question back to who asked."""

from datetime import timedelta

import pytest
from django.utils import translation

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.approvals.impact import waiting_requests
from labbooking.bookings.demand.spec import Scope
from labbooking.bookings.models import Booking
from labbooking.bookings.queries import find_booking
from labbooking.errors import Malformed, NotAllowed, NotThere, WrongState
from labbooking.journal.models import Entry
from labbooking.period import HOUR
from tests.bookings.deciding import NOW, SLOT, asked, kinds, states, taken
from tests.lab import new_rules

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    """A test before may have left its reader's language behind."""
    with translation.override("en"):
        yield


def test_what_is_not_kept_of_a_bundle_is_free_again(lab, ada, ben, sam):
    (booking,) = asked(ada, "ar-headset-1", "board-1")

    actions.approve_part(booking.pk, keep=["board-1"], reason="Lent out.", by=sam, at=NOW)

    booking = find_booking(ada, booking.pk)
    assert booking.state == "approved"
    assert [each.resource.slug for each in booking.named] == ["board-1"]
    assert [each.resource.slug for each in booking.not_given] == ["ar-headset-1"]
    assert booking.reason == "Lent out."
    assert asked(ben, "ar-headset-1")


def test_a_part_may_be_a_whole_with_its_seats(lab, ada, ben, sam):
    new_rules(lab["workspace"].type, approval="staff")
    (booking,) = asked(ada, "workspace", "board-1")

    actions.approve_part(booking.pk, keep=["board-1"], reason="A workshop.", by=sam, at=NOW)
    assert taken() == ["board-1"]

    actions.undo_decision(booking.pk, by=sam, at=NOW)
    assert len(taken()) == 12
    assert {e.resource.slug for e in find_booking(ada, booking.pk).named} == {
        "workspace",
        "board-1",
    }


def test_the_clock_knows_only_what_is_left_of_a_bundle(lab, ada, sam):
    new_rules(lab["ar-headset-1"].type, approval="staff", remind_return=HOUR, release_after=HOUR)
    (booking,) = asked(ada, "ar-headset-1", "board-1")
    assert booking.return_reminder_at

    actions.approve_part(booking.pk, keep=["board-1"], reason="Lent out.", by=sam, at=NOW)

    booking.refresh_from_db()
    assert (booking.return_reminder_at, booking.release_due_at) == (None, None)


def test_some_dates_of_a_series_are_confirmed_and_the_others_declined(lab, ada, ben, sam):
    dates = asked(ada, "board-1", rrule="FREQ=WEEKLY;COUNT=4")
    chosen = [dates[0].pk, dates[2].pk]

    actions.approve_part(dates[1].pk, dates=chosen, reason="School visit.", by=sam, at=NOW)

    assert states(dates) == ["approved", "declined", "approved", "declined"]
    assert {b.reason for b in Booking.objects.filter(state="declined")} == {"School visit."}
    assert asked(ben, "board-1", period=dates[1].period)
    assert kinds().count("booking.approved") == kinds().count("booking.declined") == 2


@pytest.mark.parametrize(("keep", "reason"), [([], "No."), (["board-1"], " "), (["board-1"], "")])
def test_a_part_is_something_and_the_rest_needs_a_reason(lab, ada, sam, keep, reason):
    (booking,) = asked(ada, "ar-headset-1", "board-1")

    with pytest.raises(Malformed):
        actions.approve_part(booking.pk, keep=keep, reason=reason, by=sam, at=NOW)

    assert states([booking]) == ["requested"]
    assert taken() == ["ar-headset-1", "board-1"]


def test_all_of_it_needs_no_reason(lab, ada, sam):
    (booking,) = asked(ada, "ar-headset-1", "board-1")

    actions.approve_part(booking.pk, keep=["ar-headset-1", "board-1"], by=sam, at=NOW)

    assert states([booking]) == ["approved"]
    assert taken() == ["ar-headset-1", "board-1"]


def test_a_date_withdrawn_meanwhile_is_not_confirmed_with_the_rest(lab, ada, sam):
    dates = asked(ada, "board-1", rrule="FREQ=WEEKLY;COUNT=2")
    actions.withdraw(dates[0].pk, by=ada, at=NOW, scope=Scope.ONE)

    with pytest.raises(WrongState, match="meanwhile"):
        actions.approve_part(
            dates[1].pk, dates=[each.pk for each in dates], reason="Yes.", by=sam, at=NOW
        )

    assert states(dates) == ["withdrawn", "requested"]


def test_a_part_is_for_staff_to_give(lab, ada, ben):
    (booking,) = asked(ada, "ar-headset-1", "board-1")

    with pytest.raises(NotAllowed):
        actions.approve_part(booking.pk, keep=["board-1"], reason="I", by=ada, at=NOW)
    with pytest.raises(NotThere):
        actions.approve_part(booking.pk, keep=["board-1"], reason="I", by=ben, at=NOW)


def test_a_question_keeps_the_time_for_a_whole_hold_more(lab, ada, sam):
    (booking,) = asked(ada, "ar-headset-1")
    later = booking.hold_until - HOUR

    actions.ask(booking.pk, question=" How many people? ", by=sam, at=later)

    booking.refresh_from_db()
    assert booking.question == "How many people?"
    assert booking.hold_until == later + timedelta(hours=72)
    scheduled.tick(later + 2 * HOUR)
    assert states([booking]) == ["requested"]
    scheduled.tick(booking.hold_until)
    assert states([booking]) == ["expired"]


def test_no_question_keeps_the_time_beyond_the_start(lab, ada, sam):
    (booking,) = asked(ada, "ar-headset-1", at=SLOT.start - 3 * HOUR)

    actions.ask(booking.pk, question="How many?", by=sam, at=SLOT.start - 2 * HOUR)

    booking.refresh_from_db()
    assert booking.hold_until == SLOT.start


def test_the_answer_brings_the_request_to_the_top(lab, ada, ben, sam):
    (hers,) = asked(ada, "ar-headset-1", at=NOW + HOUR)
    (his,) = asked(ben, "ar-headset-2")
    assert [each.first for each in waiting_requests()] == [his, hers]

    actions.ask(his.pk, question="What for?", by=sam, at=NOW + HOUR)
    assert [each.first for each in waiting_requests()] == [hers, his]

    actions.answer(his.pk, answer="A rehearsal.", by=ben, at=NOW + 2 * HOUR)
    first = waiting_requests()[0]
    assert (first.first, first.is_answered, first.is_asked_back) == (his, True, False)
    assert first.first.answer == "A rehearsal."
    assert kinds()[-2:] == ["booking.asked", "booking.answered"]


def test_a_question_about_a_series_is_about_all_its_dates(lab, ada, sam):
    dates = asked(ada, "board-1", rrule="FREQ=WEEKLY;COUNT=3")

    actions.ask(dates[1].pk, question="All of them?", by=sam, at=NOW)
    actions.answer(dates[2].pk, answer="Yes.", by=ada, at=NOW)

    assert set(Booking.objects.values_list("question", "answer")) == {("All of them?", "Yes.")}


def test_words_of_people_stay_out_of_the_journal(lab, ada, sam):
    (booking,) = asked(ada, "ar-headset-1")
    actions.ask(booking.pk, question="Quokka?", by=sam, at=NOW)
    actions.answer(booking.pk, answer="Wombat.", by=ada, at=NOW)

    told = str(list(Entry.objects.values()))
    assert "Quokka" not in told
    assert "Wombat" not in told


def test_questions_and_answers_are_whose_they_are(lab, ada, ben, sam):
    (booking,) = asked(ada, "ar-headset-1")

    with pytest.raises(NotAllowed):
        actions.ask(booking.pk, question="May I?", by=ada, at=NOW)
    with pytest.raises(WrongState, match="no open question"):
        actions.answer(booking.pk, answer="Yes.", by=ada, at=NOW)
    actions.ask(booking.pk, question="What for?", by=sam, at=NOW)
    with pytest.raises(NotAllowed):
        actions.answer(booking.pk, answer="A test.", by=sam, at=NOW)
    with pytest.raises(NotThere):
        actions.answer(booking.pk, answer="A test.", by=ben, at=NOW)


@pytest.mark.parametrize("words", ["", "  \n", "x" * 501])
def test_nothing_and_too_much_are_no_questions(lab, ada, sam, words):
    (booking,) = asked(ada, "ar-headset-1")

    with pytest.raises(Malformed):
        actions.ask(booking.pk, question=words, by=sam, at=NOW)

    booking.refresh_from_db()
    assert booking.question_at is None


def test_what_is_decided_can_no_longer_be_asked_about(lab, ada, sam, kim):
    (booking,) = asked(ada, "ar-headset-1")
    actions.approve(booking.pk, by=sam, at=NOW)

    with pytest.raises(WrongState, match="Sam has already decided"):
        actions.ask(booking.pk, question="What for?", by=kim, at=NOW)
