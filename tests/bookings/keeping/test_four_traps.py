"""What would lose an offer its time, or make a booking of it behind the offer's back."""

import pytest
from django.utils import timezone

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.actions.hold import A_WHILE, hold
from labbooking.bookings.actions.outage import note_tick
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.rules.permitted_acts import further_acts, possible_acts
from labbooking.bookings.undecided import undecided
from labbooking.errors import WrongState
from labbooking.journal.models import Entry
from labbooking.period import DAY, HOUR, MINUTE, Period
from tests.api.program import Program
from tests.bookings.days import said
from tests.bookings.keeping.offers import ANSWER_BY, NOW, STAY, is_kept, kept, now, stay_ahead
from tests.lab import berlin

pytestmark = pytest.mark.django_db

SENTENCE = "kept for an offer"
SLOT = Period(berlin("2026-11-24 10:00"), berlin("2026-11-24 12:00"))


def kinds():
    return list(Entry.objects.order_by("pk").values_list("kind", flat=True))


# (a) Staff hold something else for the same person.
def test_a_second_hold_by_the_same_staff_for_the_same_person_leaves_a_firm_one(lab, ada, sam):
    offer = kept(ada, sam)

    first = hold(BookingSpec(SLOT, ("seat-1",)), by=sam, person=ada, at=NOW)
    second = hold(BookingSpec(SLOT, ("seat-2",)), by=sam, person=ada, at=NOW)

    assert is_kept(offer)
    assert (now(first).state, now(second).state) == ("withdrawn", "held")


def test_a_second_offer_leaves_the_first_and_what_somebody_holds_themselves(lab, ada, sam):
    own = hold(BookingSpec(SLOT, ("seat-1",)), by=ada, at=NOW)
    first = kept(ada, sam)
    second = kept(ada, sam, studio="studio-2")

    assert is_kept(first)
    assert is_kept(second)
    assert now(own).state == "held"


# (b) and (c) Whoever it is for, or whoever kept it, takes an ordinary door.
ACTS = {
    "confirm": actions.confirm,
    "withdraw": actions.withdraw,
    "cancel": actions.cancel,
    "approve": actions.approve,
    "decline": actions.decline,
}
NEEDS_REASON = {"decline": {"reason": "No."}}


@pytest.mark.parametrize("act", ["confirm", "withdraw", "cancel"])
def test_its_person_neither_confirms_nor_ends_it_and_is_told_why(act, lab, ada, sam):
    offer = kept(ada, sam)

    with pytest.raises(WrongState, match=SENTENCE):
        ACTS[act](offer.pk, by=ada, at=NOW)

    assert is_kept(offer)
    assert kinds() == ["booking.held"]


@pytest.mark.parametrize("act", ACTS)
def test_staff_do_not_either_not_even_who_kept_it(act, lab, ada, sam):
    offer = kept(ada, sam)

    with pytest.raises(WrongState, match=SENTENCE):
        ACTS[act](offer.pk, by=sam, at=NOW, **NEEDS_REASON.get(act, {}))

    assert is_kept(offer)


def test_staff_do_not_confirm_it_with_their_yes(lab, ada, sam):
    offer = kept(ada, sam)

    with pytest.raises(WrongState, match=SENTENCE):
        actions.confirm(offer.pk, by=sam, at=NOW, approve=True)

    assert is_kept(offer)


def test_it_is_neither_moved_nor_swapped_nor_handed_over(lab, ada, sam):
    offer = kept(ada, sam)

    with pytest.raises(WrongState, match=SENTENCE):
        actions.move(offer.pk, by=ada, at=NOW, to=STAY.moved(DAY))
    with pytest.raises(WrongState, match=SENTENCE):
        actions.swap_unit(offer.pk, slug="studio-1", instead="studio-2", by=sam, at=NOW)
    with pytest.raises(WrongState, match=SENTENCE):
        actions.check_in(offer.pk, by=sam, at=STAY.start)

    assert is_kept(offer)


def test_no_act_is_offered_for_it(lab, ada, sam):
    offer = now(kept(ada, sam))

    for reader in (ada, sam):
        assert possible_acts(offer, reader, NOW) == []
        assert further_acts(offer, reader, NOW) == []


@pytest.mark.parametrize("act", ["confirm", "withdraw", "cancel"])
def test_by_api_it_is_told_as_held_without_an_act_and_every_act_answers_409(act, lab, ada, sam):
    offer = kept(ada, sam, at=timezone.now(), period=stay_ahead())
    program = Program(ada)

    told = program.get(f"bookings/{offer.pk}").json()
    answer = program.post(f"bookings/{offer.pk}/{act}", {})

    assert (told["state"], told["actions"]) == ("held", [])
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")
    assert SENTENCE in answer.json()["detail"]
    assert is_kept(offer)


@pytest.mark.parametrize("act", ["confirm", "withdraw"])
def test_pages_show_it_without_a_button_and_a_stale_one_says_why(act, lab, ada, sam, signed_in):
    offer = kept(ada, sam, at=timezone.now(), period=stay_ahead())
    browser = signed_in(ada)

    for page in ("/bookings/", f"/bookings/{offer.pk}/", "/today/"):
        shown = said(browser.get(page))
        assert "with an offer" in shown, page
        assert f"/bookings/{offer.pk}/{act}/" not in shown, page
    pressed = browser.post(f"/bookings/{offer.pk}/{act}/", {}, follow=True)

    assert SENTENCE in said(pressed)
    assert is_kept(offer)


# (d) The clock.
def test_the_clock_does_not_let_it_lapse_by_itself(lab, ada, sam):
    offer = kept(ada, sam)

    for at in (ANSWER_BY, ANSWER_BY + DAY, STAY.start + HOUR, STAY.end + DAY):
        scheduled.tick(at)

    assert is_kept(offer)
    assert kinds() == ["booking.held"]


def test_an_outage_neither_shortens_nor_prolongs_it_nor_asks_staff(lab, ada, sam):
    offer = kept(ada, sam)
    note_tick(ANSWER_BY - 5 * MINUTE)
    note_tick(ANSWER_BY + HOUR)

    scheduled.tick(ANSWER_BY + HOUR)
    scheduled.tick(ANSWER_BY + HOUR + A_WHILE)

    assert is_kept(offer)
    assert not undecided(ANSWER_BY + HOUR).exists()
    with pytest.raises(WrongState, match=SENTENCE):
        actions.confirm(offer.pk, by=ada, at=ANSWER_BY + HOUR)
