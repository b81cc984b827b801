"""The house shows itself: photos that staff put there, and people who agreed to be named."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from equipment.models import Resource, ResourceType
from labbooking import pictures
from labbooking.bookings.models import Booking
from labbooking.house.people_here import works_here
from labbooking.journal.models import Entry
from labbooking.period import HOUR
from residents.models import User
from tests.bookings.days import booked, said
from tests.lab import BERLIN, berlin
from tests.people import person

pytestmark = pytest.mark.django_db

WEDNESDAY = berlin("2027-01-13 12:00")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def upload(name="seat.jpg"):
    out = BytesIO()
    Image.new("RGB", (64, 48), "teal").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue())


def here(who, starts_at, **fields):
    booking = booked(who, "seat-1")[0]
    times = {"starts_at": starts_at, "ends_at": starts_at + HOUR}
    booking.allocations.all().delete()
    Booking.objects.filter(pk=booking.pk).update(**times, **fields)


def agreed(somebody, *, shown=True):
    somebody.shown_in_house = shown
    somebody.save()
    return somebody


def names(at=WEDNESDAY):
    return [each.first_name for each in works_here(at, BERLIN)]


def test_only_who_agreed_is_named_by_the_first_name_alone(lab, ben):
    here(agreed(person("Zoe Zander")), WEDNESDAY)
    here(ben, WEDNESDAY)

    assert names() == ["Zoe"]


@pytest.mark.parametrize(
    ("starts", "state", "shown"),
    [
        ("2027-01-11 00:00", "approved", True),
        ("2027-01-17 22:00", "in_use", True),
        ("2027-01-12 10:00", "completed", True),
        ("2027-01-12 10:00", "no_show", False),
        ("2027-01-10 22:59", "approved", False),
        ("2027-01-18 00:00", "approved", False),
        ("2027-01-13 12:00", "requested", False),
        ("2027-01-13 12:00", "cancelled", False),
    ],
)
def test_a_confirmed_booking_of_this_week_counts(lab, ada, starts, state, shown):
    here(agreed(ada), berlin(starts), state=state)

    assert bool(names()) is shown


def test_staff_and_who_left_are_not_named(lab, ada, sam):
    here(agreed(sam), WEDNESDAY)
    here(agreed(ada), WEDNESDAY)
    ada.is_active = False
    ada.save()

    assert names() == []


def test_the_front_page_is_silent_without_anybody_and_names_who_is_there(lab, ada, client):
    here(ada, timezone.now())
    silent = said(client.get("/"))
    agreed(ada)

    assert "Who works here this week" not in silent
    assert "Who works here this week" in said(client.get("/"))
    assert "Ada</li>" in said(client.get("/"))


def test_people_say_so_themselves_and_off_is_the_default(lab, ada, signed_in):
    client = signed_in(ada)
    assert not ada.shown_in_house
    form = {"name": "Ada", "about": "", "language": "en", "time_zone": "Europe/Berlin"}

    client.post("/profile/", {**form, "shown_in_house": "on"})
    ada.refresh_from_db()
    on = ada.shown_in_house
    client.post("/profile/", form)
    ada.refresh_from_db()

    assert (on, ada.shown_in_house) == (True, False)


def test_staff_show_a_photo_and_everybody_sees_it_large(lab, sam, client, signed_in):
    assert "drawing" in said(client.get("/house/seat-1/"))

    signed_in(sam).post("/house/seat-1/photo/", {"photo": upload()})

    key = Resource.objects.get(slug="seat-1").photo
    assert f'src="{pictures.url(key, "large")}" alt="Seat 1"' in said(client.get("/house/seat-1/"))
    assert default_storage.exists(pictures.path(key, "large"))


def test_another_photo_takes_its_place_and_the_old_one_is_gone(
    lab, sam, signed_in, django_capture_on_commit_callbacks
):
    client = signed_in(sam)
    client.post("/house/seat-1/photo/", {"photo": upload()})
    old = Resource.objects.get(slug="seat-1").photo

    with django_capture_on_commit_callbacks(execute=True):
        client.post("/house/seat-1/photo/", {"remove": "on"})

    assert Resource.objects.get(slug="seat-1").photo == ""
    assert not default_storage.exists(pictures.path(old, "large"))


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/house/seat-1/photo/", "resource.changed"),
        ("/house/kinds/seat/photo/", "type.changed"),
    ],
)
def test_another_photo_is_an_entry_on_whatever_page_it_is_sent(lab, sam, signed_in, address, kind):
    browser = signed_in(sam)
    browser.post(address, {"remove": "on"})
    assert not Entry.objects.filter(kind=kind).exists()

    browser.post(address, {"photo": upload()})
    browser.post(address, {"remove": "on"})

    assert [each.data["fields"] for each in Entry.objects.filter(kind=kind)] == [["photos"]] * 2


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Choose a photo first."),
        ({"photo": SimpleUploadedFile("x.jpg", b"not a picture")}, "We cannot use this picture"),
    ],
)
def test_what_is_no_photo_is_400_and_says_why(lab, sam, signed_in, sent, sentence):
    answer = signed_in(sam).post("/house/seat-1/photo/", sent)

    assert answer.status_code == 400
    assert sentence in said(answer)


def test_only_staff_change_photos(lab, ada, signed_in):
    assert signed_in(ada).post("/house/seat-1/photo/", {"photo": upload()}).status_code == 404
    assert "Change the photo" not in said(signed_in(ada).get("/house/seat-1/"))


def test_the_manual_is_linked_the_things_own_before_its_types(lab, client):
    kind = lab["seat-1"].type
    kind.manual_url = "https://example.org/seats"
    kind.save()
    Resource.objects.filter(slug="seat-2").update(manual_url="https://example.org/seat-2")

    assert 'href="https://example.org/seats"' in said(client.get("/house/seat-1/"))
    assert 'href="https://example.org/seat-2"' in said(client.get("/house/seat-2/"))


@pytest.mark.parametrize("count", [1, 3])
def test_naming_people_is_one_query(lab, django_assert_num_queries, count):
    for number in range(count):
        here(agreed(person(f"Eva{number}")), WEDNESDAY + timedelta(hours=number))

    with django_assert_num_queries(1):
        assert len(names()) == count


def test_a_photo_of_a_kind_stands_for_all_that_have_none(lab, sam, client, signed_in):
    browser = signed_in(sam)
    assert browser.post("/house/kinds/seat/photo/", {"photo": upload()}).url == "/house/#seat"

    key = ResourceType.objects.get(slug="seat").photo
    assert f"{key}-medium.webp" in said(client.get("/house/"))
    assert f"{key}-large.webp" in said(client.get("/house/seat-1/"))
    browser.post("/house/seat-1/photo/", {"photo": upload()})
    assert f"{key}-large.webp" not in said(client.get("/house/seat-1/"))
    browser.post("/house/kinds/seat/photo/", {"remove": "on"})
    assert ResourceType.objects.get(slug="seat").photo == ""


def test_what_is_no_photo_of_a_kind_says_why_beside_it(lab, sam, signed_in):
    sent = {"photo": SimpleUploadedFile("x.jpg", b"not a picture")}
    answer = signed_in(sam).post("/house/kinds/seat/photo/", sent)
    assert answer.status_code == 400
    assert said(answer).count("We cannot use this picture") == 1
    assert signed_in(sam).post("/house/kinds/kiln/photo/", {"photo": upload()}).status_code == 404


def test_only_staff_change_the_photo_of_a_kind(lab, ada, signed_in):
    answer = signed_in(ada).post("/house/kinds/seat/photo/", {"photo": upload()})
    assert answer.status_code == 404
    assert "Change the photo" not in said(signed_in(ada).get("/house/"))
    assert ResourceType.objects.get(slug="seat").photo == ""


def of_the_house(client):
    return said(client.get("/people/")).partition("<main")[2]


def test_people_of_the_house_are_told_only_of_who_said_so(lab, ada, ben, sam, signed_in):
    told = {"about": "Lidar in the garden", "seeks": "An ear", "offers": "Soup & solder"}
    for somebody in (ada, ben, sam):
        User.objects.filter(pk=somebody.pk).update(**told)
    User.objects.filter(pk=sam.pk).update(shown_to_people=True)
    gone = person("Gone", shown_to_people=True, is_active=False)
    page = of_the_house(signed_in(ben))

    assert "<h2>Sam</h2>" in page
    assert "on the team" in page
    assert all(words in page for words in ("Lidar in the garden", "An ear", "Soup &amp; solder"))
    assert page.count("Lidar in the garden") == 1
    assert "Ada" not in page
    assert gone.name not in page
    assert "You are not on this page" in page


def test_who_says_so_in_the_profile_stands_on_the_page_and_leaves_it_again(
    lab, ada, ben, signed_in
):
    client = signed_in(ada)
    form = {"name": "Ada", "about": "Maps", "language": "en", "time_zone": "Europe/Berlin"}
    form |= {"seeks": "A printer", "offers": ""}
    assert "Nobody is on this page yet" in of_the_house(signed_in(ben))

    client.post("/profile/", {**form, "shown_to_people": "on"})
    page = of_the_house(signed_in(ben))
    assert "<h2>Ada</h2>" in page
    assert "A printer" in page
    assert "Offers" not in page

    client.post("/profile/", form)
    assert "Ada" not in of_the_house(signed_in(ben))


def test_a_hundred_people_cost_as_many_queries_as_one(lab, ada, signed_in):
    def asked(count):
        User.objects.filter(name__startswith="One of").delete()
        for number in range(count):
            person(f"One of {number}", email=f"{number}@daig.example", shown_to_people=True)
        with CaptureQueriesContext(connection) as queries:
            signed_in(ada).get("/people/")
        return len(queries)

    assert asked(1) == asked(3)
