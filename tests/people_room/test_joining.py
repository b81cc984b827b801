"""Two accounts of one person become one."""

import pytest
from django.utils import timezone

from labbooking.bookings.actions.waitlist import join
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Booking
from labbooking.errors import NotAllowed, Refused
from labbooking.journal.models import Entry
from labbooking.people.actions import join_with_bookings
from residents.models import Role, User
from tests.bookings.days import booked, hours, said
from tests.people import person

pytestmark = pytest.mark.django_db


def test_what_one_had_the_other_has_and_it_ends(lab, ada, ben, sam, signed_in):
    twin = person("Ada L", email="adal@daig.example", inducted_on=["board"])
    booking, has = booked(twin, "seat-1")[0], booked(ada, "seat-2")[0]
    booked(ben, "seat-3")
    join(BookingSpec(hours(10), ("seat-3",)), by=twin, at=timezone.now())
    browser, address = signed_in(sam), f"/people/{ada.pk}/join/"

    asked = said(browser.get(address, {"email": "ADAL@daig.example"}))
    assert "Is Ada L (adal@daig.example) the same person?" in asked
    page = said(browser.post(address, {"email": "adal@daig.example"}, follow=True))

    assert "1 booking came along" in page
    assert set(Booking.objects.filter(person=ada)) == {booking, has}
    assert {each.topic for each in ada.inductions.all()} == {"ar-headset", "board"}
    assert ada.waits.count() == 1
    assert not User.objects.get(pk=twin.pk).is_active
    entry = Entry.objects.get(kind="account.joined")
    assert entry.objects_touched.get(qualifier="before").key == str(twin.subject_key)


@pytest.mark.parametrize(
    ("other", "sentence"),
    [("ada", "the same account"), ("sam", "different roles"), ("left", "one that may sign in")],
)
def test_what_cannot_be_one_person_is_said(other, sentence, ada, sam, admin):
    left = person("Left", is_active=False)
    goes, stays = {"ada": (ada, ada), "sam": (sam, ada), "left": (ada, left)}[other]
    with pytest.raises(Refused, match=sentence):
        join_with_bookings(goes.pk, stays, by=admin, at=timezone.now())


def test_staff_join_creatives_alone(ada, sam, kim):
    with pytest.raises(NotAllowed):
        join_with_bookings(kim.pk, sam, by=sam, at=timezone.now())
    assert User.objects.get(pk=kim.pk).role == Role.STAFF


def test_an_address_that_nobody_has_is_said(ada, sam, signed_in):
    answer = signed_in(sam).get(f"/people/{ada.pk}/join/", {"email": "x@x.example"})
    assert "Nobody here has that address." in said(answer)
