"""What is closed is said anew: for another reason, at another time, of other things."""

import pytest
from django.utils import timezone

from equipment.models import Resource
from labbooking.bookings.actions.change_closure import change_closure, version_of
from labbooking.bookings.actions.closures import close
from labbooking.bookings.models import Allocation, Closure
from labbooking.errors import Malformed, NotAllowed, SlotTaken, WrongState
from labbooking.journal.models import Entry
from labbooking.period import HOUR, Period
from tests.bookings.days import booked, day, hours

WHY = {"reason_de": "Wartung", "reason_en": "Maintenance"}


def a_closure(by, *slugs, period=None, at=None):
    things = Resource.objects.filter(slug__in=slugs or ["seat-1"])
    at = at or timezone.now()
    return close(list(things), period or hours(20), **WHY, by=by, at=at)


def changed(closure, by, slugs=("seat-1",), period=None, **other):
    return change_closure(
        closure.pk,
        list(Resource.objects.filter(slug__in=slugs)),
        period or closure.period,
        **{**WHY, "based_on": version_of(closure), "by": by, "at": timezone.now(), **other},
    )


def closed():
    rows = Allocation.objects.filter(closure__isnull=False, active=True)
    return sorted(rows.values_list("resource__slug", "starts_at"))


def touched(entry):
    return set(entry.objects_touched.values_list("type", "key", "qualifier"))


def test_another_reason_alone_changes_no_time(lab, sam, signed_in):
    closure = a_closure(sam)
    browser, address = signed_in(sam), f"/desk/closures/{closure.pk}/"
    page = browser.get(address)
    typed = {"what": "same", "starts_at": f"{day(20)}T10:00", "ends_at": f"{day(20)}T12:00"}
    typed |= {"reason_de": "Fest", "reason_en": "A party", "based_on": page.context["based_on"]}

    assert browser.post(address, typed).url == "/desk/closures/"

    closure.refresh_from_db()
    assert (closure.reason_de, closure.reason_en) == ("Fest", "A party")
    assert closed() == [("seat-1", hours(20).start)]
    first, told = Entry.objects.filter(data__closure=closure.pk).order_by("pk")
    assert (first.kind, told.kind) == ("resource.closed", "closure.changed")
    assert told.data.keys() == first.data.keys()
    assert (told.data["resources"], told.data["actor_role"]) == (["seat-1"], "staff")
    assert touched(told) == touched(first)
    late = browser.post(address, typed | {"reason_en": "Another"})
    assert late.status_code == 409
    assert "Somebody else has changed this closure meanwhile." in late.content.decode()
    again = typed | {"reason_en": "Another", "based_on": late.context["based_on"]}
    assert browser.post(address, again).status_code == 302


def test_another_time_and_other_things_are_closed_anew(lab, sam):
    changed(a_closure(sam), sam, ["seat-2", "seat-3"], hours(21))

    assert closed() == [("seat-2", hours(21).start), ("seat-3", hours(21).start)]
    kinds = list(Entry.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["resource.closed", "resource.reopened", "resource.closed"]


def test_bookings_in_the_way_leave_all_as_it_was(lab, sam, ada):
    closure = a_closure(sam)
    booked(ada, "seat-2", period=hours(20))
    before = closed()
    with pytest.raises(SlotTaken):
        changed(closure, sam, ["seat-1", "seat-2"])
    assert closed() == before


def test_what_has_passed_stays_on_record(lab, sam):
    now = timezone.now()
    closure = a_closure(sam, period=Period(now - HOUR, now + 5 * HOUR), at=now - 2 * HOUR)
    changed(closure, sam, period=Period(now - HOUR, now + HOUR), at=now)
    rows = Allocation.objects.filter(resource__slug="seat-1", active=True).order_by("starts_at")
    spans = list(rows.values_list("starts_at", "ends_at"))
    assert spans == [(now - HOUR, now), (now, now + HOUR)]


def test_who_had_it_until_now_is_not_in_the_way_of_what_is_ahead(lab, sam, ada):
    whole_day, noon = hours(20, "08:00", "18:00"), hours(20, "12:00", "13:00").start
    booked(ada, "seat-2", period=hours(20, "08:00", "09:00"))
    closure = a_closure(sam, period=whole_day)

    made = changed(closure, sam, ["seat-1", "seat-2"], whole_day, at=noon)

    rows = Allocation.objects.filter(closure__isnull=False, active=True, resource__slug="seat-2")
    assert list(rows.values_list("starts_at", "ends_at")) == [(noon, whole_day.end)]
    with pytest.raises(WrongState, match="already over"):
        changed(made, sam, period=Period(noon, noon + HOUR), at=noon + HOUR)


def test_what_cannot_be_changed_is_said(lab, sam, ada, signed_in):
    closure = a_closure(sam)
    with pytest.raises(NotAllowed):
        changed(closure, ada)
    with pytest.raises(Malformed):
        changed(closure, sam, reason_en=" ")
    with pytest.raises(WrongState):
        changed(closure, sam, based_on="older", reason_en="New")
    with pytest.raises(WrongState, match="over"):
        changed(closure, sam, at=closure.ends_at)
    assert Closure.objects.get() == closure
    answer = signed_in(sam).post(f"/desk/closures/{closure.pk}/", {"what": "same"})
    assert answer.status_code == 422
    assert signed_in(ada).get(f"/desk/closures/{closure.pk}/").status_code == 404


def test_a_closure_of_several_things_keeps_them(lab, sam, signed_in):
    closure = a_closure(sam, "seat-1", "board-1")
    page = signed_in(sam).get(f"/desk/closures/{closure.pk}/").content.decode()
    assert "as it is: Seat 1, Board 1" in page
