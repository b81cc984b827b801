"""Closing takes time as a booking does, and opening again gives back exactly what it took."""

from datetime import timedelta

import pytest

from labbooking.bookings import actions
from labbooking.bookings.actions.closures import close, reopen
from labbooking.bookings.availability.busy import busy
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Allocation, Closure
from labbooking.errors import Malformed, NotAllowed, NotThere, SlotTaken, WrongState
from labbooking.journal.models import Entry
from labbooking.period import Period
from tests.lab import berlin

NOW = berlin("2026-11-23 09:00")
REASONS = {"reason_de": "Wartung", "reason_en": "Maintenance"}


def hours(start, end, day="2026-11-24"):
    return Period(berlin(f"{day} {start}"), berlin(f"{day} {end}"))


def book(person, slug, period):
    return actions.request(BookingSpec(period, (slug,)), by=person, at=NOW)[0]


def shut(resources, period, by=None, **options):
    return close(resources, period, by=by, at=NOW, **{**REASONS, **options})


def closed(resource):
    """The stretches in which a resource is closed, as local hours."""
    day = Period(berlin("2026-11-24 00:00"), berlin("2026-11-25 00:00"))
    found = busy([resource], day)[resource.pk]
    local = [each.booked.local(resource.zone) for each in found if each.kind == "closure"]
    return [f"{start:%H:%M}-{end:%H:%M}" for start, end in local]


def test_what_is_closed_cannot_be_booked(lab, ada, sam):
    shut([lab["seat-1"]], hours("10:00", "12:00"), by=sam)
    with pytest.raises(SlotTaken):
        book(ada, "seat-1", hours("11:00", "13:00"))
    assert book(ada, "seat-1", hours("12:00", "13:00")).state == "approved"


def test_what_is_booked_cannot_be_closed_and_the_number_of_bookings_is_told(lab, ada, ben, sam):
    book(ada, "seat-1", hours("10:00", "12:00"))
    book(ben, "seat-1", hours("12:00", "13:00"))
    book(ben, "seat-2", hours("12:00", "13:00"))
    with pytest.raises(SlotTaken) as taken:
        shut([lab["seat-1"], lab["seat-2"], lab["seat-3"]], hours("11:00", "15:00"), by=sam)
    assert "3" in taken.value.detail
    assert lab["seat-1"].name in taken.value.detail
    assert lab["seat-3"].name not in taken.value.detail
    assert not Closure.objects.exists()
    assert not Entry.objects.filter(kind="resource.closed").exists()


def test_the_turnaround_of_a_booking_stands_in_the_way_too(lab, ada, sam):
    book(ada, "ar-headset-1", hours("10:00", "12:00"))
    with pytest.raises(SlotTaken):
        shut([lab["ar-headset-1"]], hours("12:00", "13:00"), by=sam)
    shut([lab["ar-headset-1"]], hours("12:15", "13:00"), by=sam)


def test_closing_a_whole_closes_its_parts(lab, ada, sam):
    shut([lab["workspace"]], hours("10:00", "12:00"), by=sam)
    assert closed(lab["seat-7"]) == ["10:00-12:00"]
    assert Allocation.objects.filter(whole=lab["workspace"]).count() == 10
    with pytest.raises(SlotTaken):
        book(ada, "seat-7", hours("10:00", "12:00"))


def test_a_whole_with_a_closed_part_is_not_free(lab, ada, sam):
    shut([lab["seat-7"]], hours("10:00", "12:00"), by=sam)
    with pytest.raises(SlotTaken):
        book(ada, "workspace", hours("11:00", "13:00"))


def test_a_booked_part_stands_in_the_way_of_closing_the_whole(lab, ada, sam):
    book(ada, "seat-7", hours("10:00", "12:00"))
    with pytest.raises(SlotTaken):
        shut([lab["workspace"]], hours("11:00", "13:00"), by=sam)


def test_only_staff_and_the_lab_itself_close_and_open(lab, ada, rui, sam):
    for person in (ada, rui):
        with pytest.raises(NotAllowed):
            shut([lab["seat-1"]], hours("10:00", "12:00"), by=person)
    closure = shut([lab["seat-1"]], hours("10:00", "12:00"))
    with pytest.raises(NotAllowed):
        reopen(closure.pk, by=ada, at=NOW)
    reopen(closure.pk, by=sam, at=NOW)
    assert closed(lab["seat-1"]) == []


def test_closing_needs_something_and_a_reason(lab, sam):
    with pytest.raises(Malformed):
        shut([], hours("10:00", "12:00"), by=sam)
    with pytest.raises(Malformed):
        shut([lab["seat-1"]], hours("10:00", "12:00"), by=sam, reason_en=" ")


def test_opened_again_it_can_be_booked(lab, ada, sam):
    closure = shut([lab["workspace"]], hours("10:00", "12:00"), by=sam)
    reopen(closure.pk, by=sam, at=NOW)
    assert book(ada, "seat-1", hours("10:00", "12:00")).state == "approved"
    assert not Allocation.objects.filter(closure=closure).exists()


def test_opening_in_the_middle_keeps_what_has_passed_on_record(lab, ada, sam):
    closure = shut([lab["seat-1"]], hours("10:00", "18:00"), by=sam)
    reopen(closure.pk, by=sam, at=berlin("2026-11-24 14:00"))
    assert closed(lab["seat-1"]) == ["10:00-14:00"]
    closure.refresh_from_db()
    assert closure.ends_at == berlin("2026-11-24 14:00")


def test_opening_twice_or_what_was_never_closed_is_told(lab, sam):
    closure = shut([lab["seat-1"]], hours("10:00", "12:00"), by=sam)
    reopen(closure.pk, by=sam, at=NOW)
    with pytest.raises(WrongState):
        reopen(closure.pk, by=sam, at=NOW)
    with pytest.raises(NotThere):
        reopen(closure.pk + 1, by=sam, at=NOW)
    assert Entry.objects.filter(kind="resource.reopened").count() == 1


def test_a_closure_that_is_over_cannot_be_opened(lab, sam):
    closure = shut([lab["seat-1"]], hours("10:00", "12:00"), by=sam)
    with pytest.raises(WrongState):
        reopen(closure.pk, by=sam, at=berlin("2026-11-24 12:00"))
    assert closed(lab["seat-1"]) == ["10:00-12:00"]


def test_a_key_closes_once_also_after_staff_opened_it_again(lab, sam):
    first = shut([lab["seat-1"]], hours("10:00", "12:00"), key="fair")
    assert shut([lab["seat-1"]], hours("10:00", "12:00"), key="fair") == first
    reopen(first.pk, by=sam, at=NOW)
    assert shut([lab["seat-1"]], hours("10:00", "12:00"), key="fair") == first
    assert closed(lab["seat-1"]) == []
    assert Entry.objects.filter(kind="resource.closed").count() == 1


def test_closures_may_overlap_and_each_is_lifted_by_itself(lab, sam):
    morning = shut([lab["seat-1"]], hours("10:00", "14:00"), by=sam)
    whole_room = shut([lab["workspace"]], hours("12:00", "18:00"), by=sam)
    assert closed(lab["seat-1"]) == ["10:00-14:00", "14:00-18:00"]
    reopen(morning.pk, by=sam, at=NOW)
    assert closed(lab["seat-1"]) == ["12:00-14:00", "14:00-18:00"]
    reopen(whole_room.pk, by=sam, at=NOW)
    assert closed(lab["seat-1"]) == []
    assert not Allocation.objects.exists()


def test_of_two_equal_closures_the_second_takes_over_when_the_first_is_lifted(lab, sam):
    first = shut([lab["seat-1"]], hours("10:00", "12:00"), by=sam)
    second = shut([lab["seat-1"]], hours("10:00", "12:00"), by=sam)
    reopen(first.pk, by=sam, at=NOW)
    assert closed(lab["seat-1"]) == ["10:00-12:00"]
    reopen(second.pk, by=sam, at=NOW)
    assert closed(lab["seat-1"]) == []


def test_a_shadowed_closure_that_is_lifted_first_does_not_come_back(lab, sam):
    first = shut([lab["seat-1"]], hours("10:00", "12:00"), by=sam)
    second = shut([lab["seat-1"]], hours("10:00", "12:00"), by=sam)
    reopen(second.pk, by=sam, at=NOW)
    assert closed(lab["seat-1"]) == ["10:00-12:00"]
    reopen(first.pk, by=sam, at=NOW)
    assert closed(lab["seat-1"]) == []


def test_closing_and_opening_are_entries_without_names_or_reasons(lab, sam):
    closure = shut([lab["workspace"]], hours("10:00", "12:00"), by=sam)
    reopen(closure.pk, by=sam, at=NOW)
    for kind in ("resource.closed", "resource.reopened"):
        entry = Entry.objects.get(kind=kind)
        assert entry.at == NOW
        assert entry.data["resources"] == ["workspace"]
        assert entry.data["starts_at"] == "2026-11-24T09:00:00+00:00"
        touched = set(entry.objects_touched.values_list("type", "key", "qualifier"))
        assert touched == {
            ("resource", "workspace", "closed"),
            ("subject", str(sam.subject_key), "actor"),
        }
        assert "Wartung" not in str(entry.data)
        assert "Sam" not in str(entry.data)


def test_a_closure_across_a_clock_change_closes_the_hours_on_the_clock(lab):
    period = Period(berlin("2026-10-25 00:00"), berlin("2026-10-26 00:00"))
    shut([lab["seat-1"]], period)
    assert Allocation.objects.get().period.length == timedelta(hours=25)


def test_the_number_of_queries_does_not_grow_with_what_is_closed(
    lab, sam, django_assert_max_num_queries
):
    with django_assert_max_num_queries(14):
        shut([lab["seat-1"]], hours("10:00", "12:00"), by=sam)
    with django_assert_max_num_queries(14):
        shut([each for slug, each in lab.items() if slug != "seat-1"], hours("13:00", "14:00"))


def test_what_staff_close_begins_now_at_the_earliest(lab, ada, sam):
    """Who had it this morning is not in the way, and nothing is rewritten."""
    had = book(ada, "seat-1", hours("08:00", "10:00"))
    noon = berlin("2026-11-24 12:00")
    closure = close([lab["seat-1"]], hours("07:00", "18:00"), **REASONS, by=sam, at=noon)
    assert closure.period == hours("12:00", "18:00")
    assert closed(lab["seat-1"]) == ["12:00-18:00"]
    had.refresh_from_db()
    assert had.state == "approved"
    with pytest.raises(WrongState, match="already over"):
        close([lab["seat-2"]], hours("07:00", "12:00"), **REASONS, by=sam, at=noon)
