"""An event blocks what it needs for as long as it lasts, moves it along and gives it back."""

import pytest
from django.utils import timezone

from equipment.models import Announcement, Resource
from labbooking.bookings.actions.change_closure import change_closure, version_of
from labbooking.bookings.actions.closures import reopen
from labbooking.bookings.models import Closure
from labbooking.errors import Malformed, NotAllowed, SlotTaken, WrongState
from labbooking.house.events import block, blocked_by, change_event, take_down_event
from labbooking.period import DAY, Period
from tests.bookings.days import booked, hours, said
from tests.equipment.announced import HOUR, a_call, an_event

LIST = "/house/announcements/"


def things(*slugs):
    return list(Resource.objects.filter(slug__in=slugs))


def slugs(event):
    return [each.slug for each in blocked_by(event.pk)]


def test_what_is_ticked_is_closed_and_nothing_else(lab, sam, signed_in):
    event = an_event(sam, starts_in=5 * DAY, lasts=3 * HOUR)
    browser, address = signed_in(sam), f"{LIST}{event.pk}/needs/"
    assert browser.post(address, {"things": ["workspace", "board-1"]}).url == f"{LIST}{event.pk}/"

    assert slugs(event) == ["workspace", "board-1"]
    closure = Closure.objects.get()
    assert (closure.period, closure.reason_en) == (event.period, "Open studio")
    assert "Blocked for it: Workspace, Board 1." in said(browser.get(f"{LIST}{event.pk}/"))
    browser.post(address, {"things": ["board-1"]})
    assert slugs(event) == ["board-1"]
    browser.post(address, {})
    assert slugs(event) == []


def test_what_is_booked_stands_in_the_way_and_is_listed(lab, sam, ada, signed_in):
    event = an_event(sam, starts_in=5 * DAY, lasts=3 * HOUR)
    time = hours(5)
    Announcement.objects.filter(pk=event.pk).update(starts_at=time.start, ends_at=time.end)
    booking = booked(ada, "seat-1", period=time)[0]
    with pytest.raises(SlotTaken):
        block(event.pk, things("workspace"), by=sam, at=timezone.now())

    answer = signed_in(sam).post(f"{LIST}{event.pk}/needs/", {"things": ["workspace"]})

    assert answer.status_code == 409
    assert f"/bookings/{booking.pk}/" in said(answer)
    assert slugs(event) == []


def test_it_moves_along_and_is_given_back(lab, sam, ada):
    at = timezone.now()
    event = an_event(sam, starts_in=5 * DAY, lasts=3 * HOUR)
    block(event.pk, things("board-1"), by=sam, at=at)
    event = Announcement.objects.get(pk=event.pk)
    later = {"starts_at": event.starts_at + DAY, "ends_at": event.ends_at + DAY}

    event = change_event(event.pk, later, by=sam, at=at, based_on=event.version)

    live = Closure.objects.filter(allocations__isnull=False).get()
    assert (live.starts_at, live.ends_at) == (later["starts_at"], later["ends_at"])
    take_down_event(event.pk, by=sam, at=at)
    assert not Closure.objects.filter(allocations__isnull=False).exists()


def test_an_event_without_an_end_and_a_call_block_nothing(lab, sam, signed_in):
    open_end = an_event(sam, lasts=None)
    with pytest.raises(Malformed, match="when the event ends"):
        block(open_end.pk, things("board-1"), by=sam, at=timezone.now())
    page = said(signed_in(sam).get(f"{LIST}{open_end.pk}/needs/"))
    assert "Say first when the event ends" in page
    assert signed_in(sam).get(f"{LIST}{a_call(sam).pk}/needs/").status_code == 404


def test_an_event_that_keeps_something_does_not_become_a_call_and_is_told_why(lab, sam):
    event, at = an_event(sam, starts_in=5 * DAY, lasts=3 * HOUR), timezone.now()
    block(event.pk, things("board-1"), by=sam, at=at)
    seen = Announcement.objects.get(pk=event.pk).version

    with pytest.raises(Malformed, match="A call blocks nothing"):
        change_event(event.pk, {"kind": "call"}, by=sam, at=at, based_on=seen)

    assert Announcement.objects.get(pk=event.pk).kind == "event"
    assert slugs(event) == ["board-1"]


def test_only_staff_block(lab, sam, ada, signed_in):
    event = an_event(sam, starts_in=5 * DAY, lasts=3 * HOUR)
    answer = signed_in(ada).post(f"{LIST}{event.pk}/needs/", {"things": ["board-1"]})
    assert answer.status_code == 404
    assert slugs(event) == []
    block(event.pk, things("board-1"), by=sam, at=timezone.now())
    for wanted in ([], things("seat-1")):
        with pytest.raises(NotAllowed):
            block(event.pk, wanted, by=ada, at=timezone.now())
    assert slugs(event) == ["board-1"]


def test_another_address_to_write_to_leaves_alone_what_is_kept(lab, sam):
    event, at = an_event(sam, starts_in=5 * DAY, lasts=3 * HOUR), timezone.now()
    block(event.pk, things("board-1"), by=sam, at=at)
    closure, event = Closure.objects.get(), Announcement.objects.get(pk=event.pk)

    new = {"email": "party@daig.example"}
    change_event(event.pk, new, by=sam, at=at, based_on=event.version)

    assert Closure.objects.get() == closure
    assert slugs(event) == ["board-1"]


def test_what_the_desk_has_opened_again_can_be_kept_again(lab, sam):
    event, at = an_event(sam, starts_in=5 * DAY, lasts=3 * HOUR), timezone.now()
    block(event.pk, things("board-1"), by=sam, at=at)
    reopen(Closure.objects.get().pk, by=sam, at=at)

    block(event.pk, things("board-1"), by=sam, at=at)

    assert slugs(event) == ["board-1"]


def test_what_the_desk_has_changed_still_belongs_to_the_event(lab, sam):
    event, at = an_event(sam, starts_in=5 * DAY, lasts=3 * HOUR), timezone.now()
    block(event.pk, things("board-1"), by=sam, at=at)
    closure = Closure.objects.get()
    why = {"reason_de": "Aufbau", "reason_en": "Setting up", "based_on": version_of(closure)}
    change_closure(closure.pk, things("seat-1"), closure.period, **why, by=sam, at=at)
    assert slugs(event) == ["seat-1"]

    take_down_event(event.pk, by=sam, at=at)

    assert not Closure.objects.filter(allocations__isnull=False).exists()


def test_while_it_lasts_only_the_rest_of_it_is_kept(lab, sam, ada):
    event, time = an_event(sam, starts_in=5 * DAY, lasts=3 * HOUR), hours(5)
    Announcement.objects.filter(pk=event.pk).update(starts_at=time.start, ends_at=time.end)
    early = Period(time.start, time.start + HOUR)
    booked(ada, "seat-1", period=early)
    amid, over = early.end + HOUR / 2, time.end

    block(event.pk, things("seat-1"), by=sam, at=amid)

    assert Closure.objects.get().period == Period(amid, time.end)
    with pytest.raises(WrongState, match="already over"):
        block(event.pk, things("board-1"), by=sam, at=over)
