"""Administrators look at everything; they change only what has no action of its own."""

from io import BytesIO

import pytest
from django.apps import apps
from django.contrib import admin as django_admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from PIL import Image

from equipment.models import Resource
from labbooking.bookings import actions
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Booking
from labbooking.journal.models import Entry
from labbooking.journal.record import Happening, Touched, record
from labbooking.period import Period
from residents.models import User
from tests.lab import berlin

NOW = berlin("2026-11-23 09:00")
OURS = ("residents", "signin", "equipment", "bookings", "journal", "research", "schedule")
OURS += ("residencies",)
MAY_CHANGE = {
    "residents.User",
    "signin.AskingRule",
    "signin.SecondFactorRule",
    "signin.UniversityRole",
    "equipment.Resource",
    "equipment.ResourceType",
}
MAY_ADD = {"residents.User", "signin.UniversityRole"}
REGISTERED = [model for model in django_admin.site._registry if model._meta.app_label in OURS]


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def test_consents_can_be_seen_by_nobody_here():
    models = [model for model in apps.get_models() if "consent" in model.__name__.lower()]
    assert models
    assert not [model for model in models if django_admin.site.is_registered(model)]


def test_that_somebody_consented_is_not_read_in_the_journal_either(ada, admin, signed_in):
    with transaction.atomic():
        given, told = record(
            Happening("consent.given", NOW, (Touched("subject", str(ada.subject_key), "actor"),)),
            Happening("lab.loaded", NOW),
        )
    reads = signed_in(admin)

    listed = reads.get(address(Entry, "changelist"), {"q": str(ada.subject_key)})
    everything = reads.get(address(Entry, "changelist"))

    assert "lab.loaded" in everything.content.decode()
    assert "consent" not in listed.content.decode() + everything.content.decode()
    assert reads.get(address(Entry, "change", told.pk)).status_code == 200
    assert reads.get(address(Entry, "change", given.pk)).status_code == 302


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.label)
def test_what_has_an_action_is_read_only(model, admin, rf):
    request = rf.get("/")
    request.user = admin
    page = django_admin.site._registry[model]
    may = page.has_change_permission(request)
    assert may == (model._meta.label in MAY_CHANGE)
    assert page.has_add_permission(request) == (model._meta.label in MAY_ADD)
    assert not page.has_delete_permission(request)


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.label)
def test_every_list_opens(model, admin, signed_in, lab):
    assert signed_in(admin).get(address(model, "changelist")).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["ada", "sam", "rui"])
def test_nobody_but_administrators_comes_in(who, request, signed_in):
    somebody = request.getfixturevalue(who)
    answer = signed_in(somebody).get(address(User, "changelist"))
    assert answer.status_code in {302, 403, 404}


def test_a_booking_can_be_looked_at_and_not_be_changed(admin, ada, lab, signed_in):
    period = Period(berlin("2026-11-24 10:00"), berlin("2026-11-24 12:00"))
    at = berlin("2026-11-23 09:00")
    booking = actions.request(BookingSpec(period, ("seat-1",)), by=ada, at=at)[0]
    browser = signed_in(admin)
    page = address(Booking, "change", booking.pk)
    assert browser.get(page).status_code == 200
    assert browser.post(page, {"state": "declined"}).status_code == 403
    booking.refresh_from_db()
    assert booking.state == "approved"


def test_a_new_person_moves_in(admin, just_signed_in):
    answer = just_signed_in(admin).post(
        address(User, "add"),
        {
            "email": "zoe@daig.example",
            "name": "Zoe",
            "role": "creative",
            "language": "de",
            "usable_password": "true",
            "password1": "green-garden-31",
            "password2": "green-garden-31",
        },
    )
    assert answer.status_code == 302
    zoe = User.objects.get(email="zoe@daig.example")
    assert zoe.check_password("green-garden-31")
    assert (zoe.role, zoe.is_superuser) == ("creative", False)


def test_whoever_is_made_administrator_may_open_this_site(admin, sam, just_signed_in):
    fields = {"email": sam.email, "name": "Sam", "role": "admin", "is_active": "on"}
    fields |= {"language": "en", "time_zone": "Europe/Berlin", "about": ""}
    assert just_signed_in(admin).post(address(User, "change", sam.pk), fields).status_code == 302
    sam.refresh_from_db()
    assert (sam.role, sam.is_superuser) == ("admin", True)


def test_a_thing_gets_a_photo_and_nothing_else_changes(admin, lab, signed_in):
    out = BytesIO()
    Image.new("RGB", (90, 60), "teal").save(out, "JPEG")
    photo = SimpleUploadedFile("seat.jpg", out.getvalue())
    page = address(Resource, "change", lab["seat-1"].pk)
    browser = signed_in(admin)
    assert browser.get(page).status_code == 200
    answer = browser.post(page, {"new_photo": photo, "slug": "seat-99", "is_bookable": ""})
    assert answer.status_code == 302
    seat = Resource.objects.get(pk=lab["seat-1"].pk)
    assert seat.photo
    assert (seat.slug, seat.is_bookable) == ("seat-1", True)
    browser.post(page, {"remove_photo": "on"})
    seat.refresh_from_db()
    assert seat.photo == ""
    told = Entry.objects.filter(kind="resource.changed")
    assert [each.data["fields"] for each in told] == [["photos"], ["photos"]]
