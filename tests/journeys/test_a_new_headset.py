"""A headset comes into the house: from a parcel to the first booking of it, without a shell."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from equipment.models import Resource
from labbooking.bookings.models import Booking
from tests.bookings.days import day, said
from tests.equipment.test_pictures import photo
from tests.house.managing import ABOUT_A_TYPE, LIST, of_thing, of_type, typed

pytestmark = pytest.mark.django_db


def test_a_new_headset_from_nothing_to_booked(lab, sam, ada, signed_in):
    at_the_desk, artist = signed_in(sam), signed_in(ada)

    # Sam finds the way from the page everybody knows, and adds a kind with one headset of it.
    assert f'href="{LIST}"' in said(at_the_desk.get("/house/"))
    made = at_the_desk.post(f"{LIST}kinds/", ABOUT_A_TYPE | {"units": "1"})
    assert made.url == of_type("vr-headset")
    assert 'href="/house/rules/vr-headset/"' in said(at_the_desk.get(made.url))

    # It gets its number, its place and a photo.
    headset = of_thing("vr-headset-1")
    numbered = {"inventory_number": "D-0107", "plan_x": "11.5", "plan_y": "9"}
    at_the_desk.post(headset, typed(at_the_desk, headset, **numbered))
    sent = {"photo": SimpleUploadedFile("x.jpg", photo()), "alt_en": "The headset in its case."}
    at_the_desk.post(f"{headset}photos/", sent)
    assert "D-0107" in said(at_the_desk.get(f"{LIST}stickers/?thing=vr-headset-1"))

    # Ada sees it and books it; Sam says yes.
    page = said(artist.get("/house/vr-headset-1/"))
    assert "The headset in its case." in page
    assert "Charging cable" in page
    time = {"day": f"{day(10)}", "starts": "10:00", "ends": "12:00"}
    artist.post("/book/", {"resource": ["vr-headset-1"], **time, "purpose": "A first look"})
    booking = Booking.objects.get(person=ada)
    at_the_desk.post(f"/bookings/{booking.pk}/approve/")
    booking.refresh_from_db()
    assert booking.state == "approved"

    # A second one comes, the first one breaks: Ada gets the other at the same time.
    at_the_desk.post(of_type("vr-headset"), typed(at_the_desk, of_type("vr-headset"), units="2"))
    assert "give VR headset 2 instead" in said(at_the_desk.get(f"{headset}retire/"))
    at_the_desk.post(f"{headset}retire/", {f"fate_{booking.pk}": "swap"})
    booking.refresh_from_db()
    assert [each.resource.slug for each in booking.allocations.all()] == ["vr-headset-2"]
    assert not Resource.objects.get(slug="vr-headset-1").is_bookable
