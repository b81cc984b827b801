"""Everything else that touches what is held: who leaves, what closes, accounts that are joined."""

import pytest
from django.utils import timezone

from labbooking.bookings import actions
from labbooking.bookings.actions.reassignment.departure import (
    Becomes,
    cancel_what_lies_ahead,
    settle_departure,
    take_along,
)
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Closure
from labbooking.bookings.transaction.keeping import grant
from labbooking.errors import Refused, SlotTaken, WrongState
from labbooking.house.manage.retire import bookings_ahead, retire
from labbooking.period import DAY
from residents.privacy.my_data import as_file
from tests.bookings.keeping.offers import NOW, STAY, is_kept, kept, now, stay_ahead
from tests.lab import ALWAYS, STUDIO_RULES, new_rules

pytestmark = pytest.mark.django_db


def test_nothing_is_closed_over_it(lab, ada, sam):
    offer = kept(ada, sam)

    with pytest.raises(SlotTaken, match="1 booking is in the way"):
        actions.close([lab["studio-1"]], STAY, reason_de="Bau", reason_en="Works", by=sam, at=NOW)

    assert is_kept(offer)
    assert not Closure.objects.exists()


def test_who_leaves_lets_it_go_with_the_rest(lab, ada, ben, sam):
    offer = kept(ada, sam)

    settle_departure(ada, {offer.pk: Becomes.CANCEL}, by=ada, at=NOW)

    assert (now(offer).state, now(offer).kept_firmly) == ("withdrawn", False)
    with pytest.raises(WrongState, match="withdrawn"):
        grant(offer.pk, by=ada, at=NOW)
    assert actions.request(BookingSpec(STAY, ("studio-1",)), by=ben, at=NOW)


def test_who_has_left_and_is_erased_again_keeps_nothing(lab, ada, sam):
    offer = kept(ada, sam)

    cancel_what_lies_ahead(ada, NOW)

    assert now(offer).state == "withdrawn"


def test_it_is_not_passed_on_to_somebody_else(lab, ada, ben, sam):
    offer = kept(ada, sam)

    with pytest.raises(Refused, match="theirs alone"):
        settle_departure(ada, {offer.pk: Becomes.PASS_ON}, by=sam, at=NOW, to=ben)

    assert is_kept(offer)
    assert now(offer).person == ada


def test_two_accounts_of_one_person_leave_it_as_it_is(lab, ada, ben, sam):
    offer = kept(ada, sam)

    take_along(ada, ben)

    assert is_kept(offer)
    assert now(offer).person == ben
    assert grant(offer.pk, by=ben, at=NOW).state == "approved"


def test_a_studio_that_is_retired_cancels_nothing_of_it_and_it_is_not_granted_then(lab, ada, sam):
    offer = kept(ada, sam)

    (ahead,) = bookings_ahead([lab["studio-1"]], NOW)
    assert (ahead.ends_by_itself, ahead.equal) == (True, None)
    left = retire([lab["studio-1"]], {offer.pk: "cancel"}, "Works.", by=sam, at=NOW)

    assert [each.booking for each in left] == [offer.pk]
    assert is_kept(offer)
    with pytest.raises(WrongState, match="cannot be booked"):
        grant(offer.pk, by=ada, at=NOW)


def test_who_asks_for_their_data_finds_it_there(lab, ada, sam):
    kept(ada, sam)

    (told,) = as_file(ada, at=NOW)["held"]["bookings.Booking"]

    assert (told["state"], told["things"]) == ("held", ["studio-1"])


def test_staff_read_until_when_it_is_kept(lab, ada, sam, signed_in):
    offer = kept(ada, sam, at=timezone.now(), period=stay_ahead())

    page = signed_in(sam).get(f"/bookings/{offer.pk}/").content.decode()

    assert "Kept until" in page
    assert f"/bookings/{offer.pk}/decline/" not in page


def test_it_counts_to_what_its_person_has_at_once(lab, ada, sam):
    new_rules(lab["studio-1"].type, **{**STUDIO_RULES, "opening": ALWAYS, "at_once": 1})
    kept(ada, sam)

    with pytest.raises(Refused):
        actions.request(BookingSpec(STAY.moved(DAY), ("studio-2",)), by=ada, at=NOW)
