"""Who comes along to a booking: named, counted, against what a room holds."""

from dataclasses import replace

import pytest
from django.utils import timezone

from labbooking.bookings import actions
from labbooking.bookings.demand.spec import BookingSpec, Scope
from labbooking.bookings.models import Booking
from labbooking.bookings.models.party import Participant
from labbooking.bookings.participants import know_party, party_of
from labbooking.bookings.planning.preview import preview
from labbooking.bookings.queries import find_booking, read_booking, seen_bookings
from labbooking.errors import Malformed, NotAllowed, NotThere, Refused, WrongState
from labbooking.journal.models import Entry
from tests.bookings.days import booked, hours
from tests.bookings.party.coming import holding, named_in, shown
from tests.people import person

pytestmark = pytest.mark.django_db


def change(booking, by, **said):
    return actions.change_party(booking.pk, by=by, at=timezone.now(), **said)


def test_who_is_named_takes_part_and_sees_the_booking(lab, ada, ben, nia):
    shown(ben)
    (booking,) = booked(ada, "seat-1", participants=("ben",), people=2)

    assert named_in(booking) == ["Ben"]
    assert (booking.people, booking.party_size) == (2, 4)
    assert list(seen_bookings(ben)) == [booking]
    assert read_booking(ben, booking.pk).party_size == 4
    assert not seen_bookings(nia).exists()
    kinds = Entry.objects.order_by("pk").values_list("kind", flat=True)
    assert "party.added" in kinds


def test_who_takes_part_changes_nothing_of_it(lab, ada, ben):
    shown(ben)
    (booking,) = booked(ada, "seat-1", participants=("Ben",))
    now = timezone.now()
    for act in (actions.cancel, actions.check_in, actions.withdraw):
        with pytest.raises(NotAllowed):
            act(booking.pk, by=ben, at=now)
    with pytest.raises(NotAllowed):
        change(booking, ben, people=3)
    with pytest.raises(NotThere):
        actions.move(booking.pk, by=ben, at=now, to=hours(11))
    with pytest.raises(NotThere):
        find_booking(ben, booking.pk)


@pytest.mark.parametrize(
    ("names", "why"),
    [
        (("Ben", "ben"), "Ben is named twice."),
        (("Ada",), "Ada has the booking and need not be named."),
        (("Nia",), "You know nobody here called “Nia”"),
        (("Rui",), "You know nobody here called “Rui”"),
        (("Nobody",), "You know nobody here called “Nobody”"),
        (("ben@daig.example",), "You know nobody here called “ben@daig.example”"),
        (("Ben",) * 51, "Name at most 50 people."),
    ],
)
def test_only_whom_one_may_know_is_named_and_once(lab, ada, ben, nia, rui, names, why):
    shown(ada, ben, rui)  # Nia did not say that others may read of her.
    with pytest.raises(Malformed) as no:
        booked(ada, "seat-1", participants=names)
    assert why in no.value.detail
    assert not Booking.objects.exists()


def test_two_of_one_name_are_left_to_staff(lab, ada, ben, sam):
    other = person("Ben", email="ben2@daig.example")
    shown(ben, other)
    with pytest.raises(Malformed) as no:
        booked(ada, "seat-1", participants=("Ben",))
    assert "Several people here are called “Ben”" in no.value.detail
    (booking,) = booked(ada, "seat-1")
    change(booking, sam, add=["BEN2@daig.example"])
    assert list(seen_bookings(other)) == [booking]


def test_staff_name_everybody_who_books_here(lab, ada, nia, sam):
    (booking,) = booked(ada, "seat-1")
    change(booking, sam, add=["Nia"])
    assert named_in(booking) == ["Nia"]
    with pytest.raises(Malformed):
        change(booking, sam, add=["Nia"])


@pytest.mark.parametrize("people", [-1, 1001])
def test_a_number_that_cannot_be_is_refused(lab, ada, people):
    with pytest.raises(Malformed):
        booked(ada, "seat-1", people=people)
    (booking,) = booked(ada, "seat-1")
    with pytest.raises(Malformed):
        change(booking, ada, people=people)


def test_more_people_than_fit_are_refused_with_how_many_do(lab, ada, ben):
    shown(ben)
    holding("board-1", 3)
    with pytest.raises(Refused) as no:
        booked(ada, "board-1", participants=("Ben",), people=2)
    assert [each.code for each in no.value.refusals] == ["over_capacity"]
    assert "Only 3 people fit: Board 1. That would be 4 in all." in no.value.detail
    (booking,) = booked(ada, "board-1", participants=("Ben",), people=1)
    with pytest.raises(Refused):
        change(booking, ada, people=2)
    change(booking, ada, people=0)
    assert Booking.objects.get().people == 0


def test_nobody_sets_aside_that_a_room_is_full_not_even_as_an_exception(lab, ada, sam):
    holding("seat-1", 1)
    spec = BookingSpec(hours(10), ("seat-1",), people=1, override_reason="They are small.")
    with pytest.raises(Refused):
        actions.request(spec, by=sam, at=timezone.now(), person=ada)
    with pytest.raises(Refused):
        actions.ask_exception(spec, reason="Please.", by=ada, at=timezone.now())
    with pytest.raises(Refused):
        actions.hold(spec, by=ada, at=timezone.now())


def test_places_of_all_things_that_say_so_count_together(lab, ada):
    for slug in ("seat-1", "seat-2"):
        holding(slug, 1)
    booked(ada, "seat-1", "seat-2", people=1)
    with pytest.raises(Refused):
        booked(ada, "seat-1", "seat-2", period=hours(11), people=2)
    booked(ada, "seat-3", people=40)


def test_of_several_units_one_that_holds_everybody_is_chosen(lab, ada):
    for slug, capacity in (("telepresence-1", 2), ("telepresence-2", 6)):
        holding(slug, capacity)
    (booking,) = booked(ada, types={"telepresence": 1}, people=3)
    assert [each.resource.slug for each in booking.named] == ["telepresence-2"]


def test_a_smaller_room_never_stands_in(lab, ada, sam):
    holding("telepresence-1", 4)
    holding("telepresence-2", 2)
    (booking,) = booked(ada, "telepresence-1", people=2)
    swap = {"slug": "telepresence-1", "instead": "telepresence-2", "by": sam, "at": timezone.now()}
    with pytest.raises(Refused) as no:
        actions.swap_unit(booking.pk, **swap)
    assert "Only 2 people fit" in no.value.detail
    change(booking, ada, people=1)
    actions.swap_unit(booking.pk, **swap)


def test_a_yes_to_a_part_leaves_room_for_everybody(lab, ada, sam):
    for slug in ("telepresence-1", "telepresence-2"):
        holding(slug, 2)
    (booking,) = booked(ada, "telepresence-1", "telepresence-2", people=3)
    part = {"keep": ["telepresence-1"], "reason": "One is lent.", "by": sam}
    with pytest.raises(Refused):
        actions.approve_part(booking.pk, at=timezone.now(), **part)
    change(booking, ada, people=1)
    actions.approve_part(booking.pk, at=timezone.now(), **part)


def test_all_dates_of_a_series_or_one(lab, ada, ben, nia):
    shown(ben, nia)
    dates = booked(ada, "seat-1", rrule="FREQ=DAILY;COUNT=3", participants=("Ben",))
    assert [named_in(each) for each in dates] == [["Ben"]] * 3
    change(dates[1], ada, add=["Nia"])
    assert [len(named_in(each)) for each in dates] == [1, 2, 1]
    change(dates[0], ada, add=["Nia"], people=2, scope=Scope.ALL)
    assert [len(named_in(each)) for each in dates] == [2, 2, 2]
    actions.leave_party(dates[2].pk, by=ben, at=timezone.now())
    assert [len(named_in(each)) for each in dates] == [2, 2, 1]
    actions.leave_party(dates[0].pk, by=ben, at=timezone.now(), scope=Scope.ALL)
    assert not seen_bookings(ben).exists()


def test_one_date_without_room_refuses_all(lab, ada):
    dates = booked(ada, "seat-1", rrule="FREQ=DAILY;COUNT=2")
    holding("seat-1", 3)
    change(dates[1], ada, people=2)
    shown(person("Ivo"))
    with pytest.raises(Refused):
        change(dates[0], ada, add=["Ivo"], scope=Scope.ALL)
    assert not Participant.objects.exists()


def test_who_leaves_may_be_named_again_and_only_who_takes_part_leaves(lab, ada, ben, nia):
    shown(ben)
    (booking,) = booked(ada, "seat-1", participants=("Ben",))
    now = timezone.now()
    actions.leave_party(booking.pk, by=ben, at=now)
    for somebody in (ben, nia, ada):
        with pytest.raises(NotThere):
            actions.leave_party(booking.pk, by=somebody, at=now)
    change(booking, ada, add=["Ben"])
    assert named_in(booking) == ["Ben"]


def test_what_is_cancelled_or_over_is_changed_no_more(lab, ada, ben):
    shown(ben)
    (booking,) = booked(ada, "seat-1", participants=("Ben",))
    actions.cancel(booking.pk, by=ada, at=timezone.now())
    with pytest.raises(WrongState):
        change(booking, ada, people=1)
    with pytest.raises(WrongState):
        actions.leave_party(booking.pk, by=ben, at=timezone.now())


def test_who_was_removed_is_told_of_no_more_and_only_once(lab, ada, ben):
    shown(ben)
    (booking,) = booked(ada, "seat-1", participants=("Ben",))
    row = Participant.objects.get()
    change(booking, ada, remove=[row.pk])
    assert not seen_bookings(ben).exists()
    with pytest.raises(WrongState):
        change(booking, ada, remove=[row.pk])


def test_what_is_held_is_nobody_elses_until_it_is_asked_for(lab, ada, ben):
    shown(ben)
    now = timezone.now()
    spec = BookingSpec(hours(10), ("seat-1",), participants=("Ben",))
    held = actions.hold(spec, by=ada, at=now)
    assert not seen_bookings(ben).exists()
    assert not Entry.objects.filter(kind="party.added").exists()
    actions.confirm(held.pk, by=ada, at=now)
    assert list(seen_bookings(ben)) == [held]
    assert Entry.objects.filter(kind="party.added").count() == 1


def test_who_comes_along_is_asked_for_once_whatever_their_number(
    lab, ada, ben, nia, django_assert_num_queries
):
    shown(ben, nia)
    for number in range(1, 5):
        booked(ada, f"seat-{number}", participants=("Ben", "Nia")[: number % 3])
    found = [find_booking(ada, each.pk) for each in Booking.objects.all()]
    with django_assert_num_queries(1):
        know_party(found)
        assert sorted(len(party_of(each)) for each in found) == [0, 1, 1, 2]
    (alone,) = booked(ada, "seat-9", period=hours(12))
    lonely = find_booking(ada, alone.pk)
    with django_assert_num_queries(0):
        assert party_of(lonely) == []


def test_ways_on_lead_to_rooms_that_hold_everybody(lab, ada, ben):
    booked(ben, "seat-1")
    for number in range(2, 10):
        holding(f"seat-{number}", 1)
    spec = BookingSpec(hours(10), ("seat-1",), people=2)
    found = preview(spec, by=ada, at=timezone.now()).suggestions
    assert found[0].resources == ("seat-10",)

    series = replace(spec, rrule="FREQ=DAILY;COUNT=2")
    (options,) = preview(series, by=ada, at=timezone.now()).options.values()
    assert options.equal.instead == (("seat-1", "seat-10"),)
