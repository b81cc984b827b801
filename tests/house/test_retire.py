"""A thing goes out of use: each booking that is ahead is asked about, none is forgotten."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from equipment.models import Resource
from labbooking.bookings import actions
from labbooking.bookings.actions.closures import close
from labbooking.bookings.actions.waitlist import join
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Allocation
from labbooking.bookings.models.waitlist import Waiting
from labbooking.bookings.states import State
from labbooking.errors import Malformed, NotAllowed, SlotTaken, WrongState
from labbooking.house.manage.changes import add_unit, change_type, change_unit
from labbooking.house.manage.retire import bookings_ahead, bring_back, retire
from labbooking.journal.models import Entry
from tests.bookings.days import booked, hours
from tests.house.managing import LIST, of_thing, of_type

REASON = "It is broken for good."


def things_of(booking):
    rows = Allocation.objects.filter(booking=booking, active=True, whole=None)
    return sorted(rows.values_list("resource__slug", flat=True))


def test_thing_by_thing_swapped_cancelled_or_kept(lab, sam, ada, ben, signed_in):
    swapped = booked(ada, "ar-headset-1")[0]
    declined = booked(ben, "ar-headset-1", period=hours(11))[0]
    kept = booked(ada, "ar-headset-1", period=hours(12))[0]
    browser, address = signed_in(sam), f"{of_thing('ar-headset-1')}retire/"

    page = browser.get(address).content.decode()
    assert "What becomes of the 3 bookings that are ahead?" in page
    assert "give Ar Headset 2 instead, at the same time" in page
    fates = {f"fate_{swapped.pk}": "swap", f"fate_{declined.pk}": "cancel"}
    fates |= {f"fate_{kept.pk}": "keep"}
    silent = browser.post(address, fates)
    assert silent.status_code == 422
    assert "Say why, so that the person knows what to do next." in silent.content.decode()
    assert Resource.objects.get(slug="ar-headset-1").is_bookable

    answer = browser.post(address, fates | {"reason": REASON})

    assert answer.url == f"{LIST}?kind=ar-headset#thing-ar-headset-1"
    assert not Resource.objects.get(slug="ar-headset-1").is_bookable
    assert things_of(swapped) == ["ar-headset-2"]
    for each, state in ((swapped, "requested"), (declined, "declined"), (kept, "requested")):
        each.refresh_from_db()
        assert each.state == state
    assert declined.reason == REASON
    assert things_of(kept) == ["ar-headset-1"]
    kinds = list(Entry.objects.order_by("pk").values_list("kind", flat=True))[-3:]
    assert kinds == ["resource.retired", "booking.swapped", "booking.declined"]
    assert Entry.objects.get(kind="booking.swapped").data["instead_of"] == "ar-headset-1"


def test_what_is_left_stands_on_the_page_again(lab, sam, ada, signed_in):
    kept = booked(ada, "seat-1")[0]
    browser, address = signed_in(sam), f"{of_thing('seat-1')}retire/"
    browser.post(address, {f"fate_{kept.pk}": "keep"})

    assert "give Seat 2 instead" in browser.get(address).content.decode()
    assert browser.post(address, {f"fate_{kept.pk}": "swap"}).status_code == 302
    assert things_of(kept) == ["seat-2"]
    assert Entry.objects.filter(kind="resource.retired").count() == 1


def test_no_equal_is_proposed_twice_or_while_it_is_taken(lab, sam, ada, ben):
    for slug in ("telepresence-1", "telepresence-2"):
        booked(ada, slug)
    one = bookings_ahead([lab["telepresence-1"]], timezone.now())
    assert [each.equal for each in one] == [None]

    booked(ben, "seat-1")
    booked(ben, "seat-1", period=hours(10, "12:00", "13:00"))
    equals = [each.equal.slug for each in bookings_ahead([lab["seat-1"]], timezone.now())]
    assert equals == ["seat-2", "seat-2"]
    both = [lab["seat-1"], lab["seat-2"]]
    booked(ada, "seat-2")
    equals = [each.equal.slug for each in bookings_ahead(both, timezone.now())]
    assert sorted(equals[:2]) == ["seat-3", "seat-4"]


def test_what_cannot_be_done_is_said_and_keeps_none_of_the_others(lab, sam, ada, ben):
    stuck, other = booked(ada, "board-1")[0], booked(ben, "board-1", period=hours(11))[0]
    fates = {stuck.pk: "swap", other.pk: "cancel"}
    (left,) = retire([lab["board-1"]], fates, REASON, by=sam, at=timezone.now())

    assert left.booking == stuck.pk
    assert things_of(stuck) == ["board-1"]
    other.refresh_from_db()
    assert (other.state, other.reason) == ("declined", REASON)


def test_what_was_cancelled_meanwhile_is_not_asked_about(lab, sam, ada, ben):
    at = timezone.now()
    gone, there = booked(ada, "seat-1")[0], booked(ben, "seat-1", period=hours(11))[0]
    actions.cancel(gone.pk, by=ada, at=at)
    left = retire([lab["seat-1"]], {gone.pk: "cancel", there.pk: "swap"}, REASON, by=sam, at=at)
    assert left == []
    assert things_of(there) == ["seat-2"]


def test_a_booking_is_told_by_what_was_booked(lab, sam, ada, signed_in):
    booked(ada, "workspace")
    booked(ada, "seat-1", "ar-headset-1", period=hours(11))

    page = signed_in(sam).get(f"{of_thing('seat-1')}retire/").content.decode()

    assert "Workspace, " in page
    assert "Seat 1, Ar Headset 1, " in page or "Ar Headset 1, Seat 1, " in page
    assert "cancel it all, with the reason below" in page


def test_a_swap_is_not_left_out_in_silence_where_nothing_equal_is_free(lab, sam, ada):
    mine = booked(ada, "board-1")[0]

    (left,) = retire([lab["board-1"]], {mine.pk: "swap"}, "", by=sam, at=timezone.now())

    assert (left.booking, left.why) == (mine.pk, "Nothing of the same kind is free then.")


def test_a_booking_that_nobody_was_asked_about_is_kept_and_told(lab, sam, ada, ben):
    at = timezone.now()
    asked, just_made = booked(ada, "seat-1")[0], booked(ben, "seat-1", period=hours(11))[0]

    (left,) = retire([lab["seat-1"]], {asked.pk: "keep"}, "", by=sam, at=at)

    assert (left.booking, left.why) == (just_made.pk, "Nobody has decided about this booking yet.")
    assert things_of(just_made) == ["seat-1"]


def test_nothing_is_cancelled_and_nothing_retired_without_a_reason(lab, sam, ada):
    mine = booked(ada, "seat-1")[0]
    assert mine.state == State.APPROVED

    with pytest.raises(Malformed, match="Say why"):
        retire([lab["seat-1"]], {mine.pk: "cancel"}, " ", by=sam, at=timezone.now())

    mine.refresh_from_db()
    assert (mine.state, things_of(mine)) == (State.APPROVED, ["seat-1"])
    assert Resource.objects.get(slug="seat-1").is_bookable


def test_what_is_only_held_is_neither_swapped_nor_cancelled(lab, sam, ada, signed_in):
    at = timezone.now()
    actions.hold(BookingSpec(hours(10), ("seat-1",)), by=ada, at=at)

    assert [each.equal for each in bookings_ahead([lab["seat-1"]], at)] == [None]
    page = signed_in(sam).get(f"{of_thing('seat-1')}retire/").content.decode()
    assert "is only held or offered so far: that ends by itself" in page
    assert 'value="cancel"' not in page


def test_a_whole_kind_goes_and_comes_back(lab, sam, ada, ben, signed_in):
    seat = booked(ada, "telepresence-1")[0]
    browser = signed_in(sam)
    page = browser.get(f"{of_type('telepresence')}retire/").content.decode()
    assert "give " not in page
    answer = browser.post(
        f"{of_type('telepresence')}retire/", {f"fate_{seat.pk}": "cancel", "reason": REASON}
    )
    assert answer.url == f"{LIST}?kind=telepresence#kind-telepresence"
    units = Resource.objects.filter(type__slug="telepresence")
    assert not units.filter(is_bookable=True).exists()
    browser.post(f"{of_type('telepresence')}back/")
    assert units.filter(is_bookable=True).count() == 2


def test_who_waits_is_served_when_it_comes_back(lab, sam, ada, ben):
    at = timezone.now()
    retire([lab["board-1"]], {}, "", by=sam, at=at)
    booked(ada, "telepresence-1")
    wait = BookingSpec(hours(10), ("telepresence-1",))
    join(wait, by=ben, at=at)
    Waiting.objects.update(resources=["board-1"])
    assert Waiting.objects.get().state == Waiting.Status.WAITING

    bring_back([lab["board-1"]], by=sam, at=at)

    assert Waiting.objects.get().state == Waiting.Status.OFFERED
    assert Entry.objects.filter(kind="resource.brought_back").exists()


def test_an_equal_thing_is_of_the_kind_free_and_in_use_by_nobody(lab, sam, ada, ben):
    at = timezone.now()
    mine = booked(ada, "seat-1", "ar-headset-1")[0]
    booked(ben, "seat-2")

    def swap(instead, slug="seat-1", by=sam):
        return actions.swap_unit(mine.pk, slug=slug, instead=instead, by=by, at=at)

    with pytest.raises(NotAllowed):
        swap("seat-3", by=ada)
    for wrong in ("ar-headset-2", "seat-1", "nowhere"):
        with pytest.raises(Malformed):
            swap(wrong)
    with pytest.raises(Malformed):
        swap("seat-4", slug="seat-3")
    with pytest.raises(SlotTaken):
        swap("seat-2")
    assert things_of(mine) == ["ar-headset-1", "seat-1"]
    swap("seat-3")
    assert things_of(mine) == ["ar-headset-1", "seat-3"]
    held = Allocation.objects.get(booking=mine, resource__slug="seat-3")
    assert held.rules_id == lab["seat-1"].type.rules_id
    actions.decline(mine.pk, by=sam, at=at, reason=REASON)
    with pytest.raises(WrongState):
        swap("seat-4")


def test_only_staff_take_out_of_use_and_bring_back(lab, ada, rui):
    for person in (ada, rui):
        with pytest.raises(PermissionDenied):
            retire([lab["seat-1"]], {}, "", by=person, at=timezone.now())
        with pytest.raises(PermissionDenied):
            bring_back([lab["seat-1"]], by=person, at=timezone.now())


def test_who_may_not_is_told_so_before_anything_is_locked(lab, ada):
    who = {"by": ada, "at": timezone.now()}
    kiln = {"name_de": "Ofen", "name_en": "Kiln", "type": lab["board-1"].type}
    for act in (
        lambda: retire([lab["seat-1"]], {1: "cancel"}, "", **who),
        lambda: bring_back([lab["seat-1"]], **who),
        lambda: add_unit(kiln, [], **who),
        lambda: change_unit("seat-1", {"name_en": "A"}, [], based_on="", **who),
        lambda: change_type("seat", {"name_en": "A"}, units=1, based_on="", **who),
    ):
        with CaptureQueriesContext(connection) as asked, pytest.raises(PermissionDenied):
            act()
        assert not [each for each in asked.captured_queries if "SAVEPOINT" in each["sql"]]


def test_what_is_out_stays_with_who_has_it(lab, sam, ada):
    mine = booked(ada, "seat-1")[0]
    type(mine).objects.filter(pk=mine.pk).update(state=State.IN_USE)
    (ahead,) = bookings_ahead([lab["seat-1"]], timezone.now())
    assert ahead.is_settled_by_the_desk


def test_what_is_only_closed_ahead_keeps_neither_its_number_nor_its_kind(lab, sam):
    at, why = timezone.now(), {"reason_de": "Feiertag", "reason_en": "Holiday"}
    headset, board = lab["ar-headset-1"].type, Resource.objects.get(slug="board-1")
    pool = list(Resource.objects.filter(type=headset))
    close([*pool, board], hours(20), **why, by=sam, at=at)

    change_type("ar-headset", {}, units=3, by=sam, at=at, based_on=headset.version)
    assert Resource.objects.filter(type=headset, is_bookable=True).count() == 3
    seen = {"by": sam, "at": at, "based_on": board.version}
    with pytest.raises(ValidationError, match="closed ahead together with its parts"):
        change_unit("board-1", {}, ["telepresence-1"], **seen)
    assert change_unit("board-1", {"type": headset}, [], **seen).type == headset
