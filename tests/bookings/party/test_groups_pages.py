"""Groups in the browser: made and filled by staff, seen by who is in them, chosen when booking."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from labbooking.bookings.actions.groups.change import add_member, make_group
from labbooking.bookings.actions.waitlist import join
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Booking, BookingGroup, Membership
from labbooking.today.queries import own_bookings
from tests.api.program import Program, spec
from tests.api.program import booked as booked_by
from tests.bookings.days import booked, hours, said
from tests.bookings.pages.booking_page import address, fields
from tests.bookings.party.coming import group_of

pytestmark = pytest.mark.django_db
PAGE = "/people/groups/"


def test_staff_make_one_and_say_who_is_in_it(lab, ada, ben, sam, signed_in):
    browser = signed_in(sam)
    assert "There is no group yet." in said(browser.get(PAGE))
    browser.post(PAGE, {"name": "Loom"})
    again = browser.post(PAGE, {"name": "loom"})
    assert again.status_code == 422
    assert "There is already a group with this name." in said(again)
    group = BookingGroup.objects.get()
    browser.post(f"{PAGE}{group.pk}/add/", {"name": "Ada"})
    browser.post(f"{PAGE}{group.pk}/add/", {"name": "ben@daig.example"})
    page = said(browser.post(f"{PAGE}{group.pk}/add/", {"name": "Ada"}, follow=True))
    assert "Ada is already in this group." in page
    assert "Loom" in said(signed_in(ada).get(PAGE))
    member = Membership.objects.get(person=ben)
    browser.post(f"{PAGE}{group.pk}/remove/{member.pk}/")
    assert "You are in no group." in said(signed_in(ben).get(PAGE))
    booked(ada, "seat-1", group="Loom")
    kept = said(browser.post(f"{PAGE}{group.pk}/dissolve/", follow=True))
    assert "This group still has 1 booking ahead." in kept


def test_who_is_in_one_may_book_for_it_and_others_are_not_asked(lab, ada, ben, nia, sam, signed_in):
    now = timezone.now()
    group = make_group("Loom", by=sam, at=now)
    for name in ("Ada", "Ben"):
        add_member(group.pk, name, by=sam, at=now)
    browser, other = signed_in(ada), signed_in(ben)
    assert "Whose booking is it?" in said(browser.get("/book/", address()))
    assert "Whose booking is it?" not in said(signed_in(nia).get("/book/", address()))
    browser.post("/book/", fields(resource="seat-1", group="Loom"))
    (booking,) = Booking.objects.all()
    assert booking.group == group
    assert "Loom" in said(other.get("/bookings/"))
    assert "Loom" in said(other.get(f"/bookings/{booking.pk}/"))
    assert other.post(f"/bookings/{booking.pk}/cancel/").status_code == 302
    assert Booking.objects.get().state == "cancelled"


def test_what_is_booked_again_is_for_the_group_again(lab, ada, ben, sam, signed_in):
    group_of("Loom", ada, ben, by=sam)
    (booking,) = booked(ada, "seat-1", group="Loom", people=2)
    page = signed_in(ben).get(f"/bookings/{booking.pk}/")
    again = QueryDict(page.context["again_url"].partition("?")[2])
    assert (again["group"], again["people"]) == ("Loom", "2")


def test_what_waits_is_told_with_its_group(lab, ada, ben, nia, sam, signed_in):
    group_of("Loom", ada, ben, by=sam)
    booked(nia, "seat-1")
    booked(ada, "board-1", group="Loom")
    join(BookingSpec(hours(10), ("seat-1",), group="Loom"), by=ada, at=timezone.now())
    desk = signed_in(sam)
    assert "for the group Loom" in said(desk.get("/approvals/"))
    assert "· Loom" in said(desk.get(reverse("waiting")))
    assert "· Loom" in said(signed_in(ada).get("/bookings/"))
    waiting = [each.group for each in own_bookings(ben, timezone.now())]
    assert waiting == [BookingGroup.objects.get()]


def test_by_api_it_is_said_and_told(lab, ada, ben, sam):
    now = timezone.now()
    group = make_group("Loom", by=sam, at=now)
    for name in ("Ada", "Ben"):
        add_member(group.pk, name, by=sam, at=now)
    mine, other = Program(ada), Program(ben)
    told = booked_by(mine, "seat-1", group="Loom")
    assert told["group"] == "Loom"
    seen = other.get(f"bookings/{told['id']}").json()
    assert "cancel" in seen["actions"]
    assert (told["person"]["email"], seen["person"]) == (ada.email, {"name": "Ada", "email": ""})
    assert mine.post("bookings/", spec("seat-2", group="Nobody")).status_code == 400
    assert other.post(f"bookings/{told['id']}/cancel").status_code == 200


def test_the_page_asks_as_much_for_three_groups_as_for_one(lab, ada, ben, sam, signed_in):
    browser, now = signed_in(sam), timezone.now()

    def asked(name):
        group = make_group(name, by=sam, at=now)
        add_member(group.pk, "Ada", by=sam, at=now)
        add_member(group.pk, "Ben", by=sam, at=now)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(PAGE).status_code == 200
        return len(queries)

    asked("Nil")
    one = asked("One")
    assert one == asked("Two") == asked("Three") <= 10
