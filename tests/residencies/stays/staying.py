"""Stays, by the real actions."""

from datetime import timedelta
from io import BytesIO

from PIL import Image

from labbooking.bookings import actions as bookings
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.period import Period
from labbooking.residencies.stays.actions.file import open_stay
from labbooking.residencies.stays.actions.terms import write_terms
from labbooking.residencies.stays.checklists.inventory import write_inventory
from labbooking.residencies.stays.models import Stay, StayTerms
from tests.bookings.days import day
from tests.lab import berlin

NOW = berlin("2027-01-04 12:00")
ARRIVAL, DEPARTURE = berlin("2027-02-01 15:00"), berlin("2027-03-01 11:00")
THINGS = (("Bett", "Bed"), ("Lampe", "Lamp"))


def terms(by, at=NOW, based_on=0, **more):
    said = {name: StayTerms._meta.get_field(name).get_default() for name in StayTerms.SAID}
    texts = {"text_de": "Vertrag.\n\nZwei Sätze.", "text_en": "Contract.\n\nTwo sentences."}
    home = {
        "giver_name": "Co.Laboratorium Daig",
        "giver_address": "Halfmannsweg 48, 45886 Gelsenkirchen",
        "home_address": "Halfmannsweg 48, 45886 Gelsenkirchen",
    }
    said |= texts | home | {"deposit_cents": 30_000} | more
    return write_terms(said, by=by, at=at, based_on=based_on)


def confirmed(person, by, at=NOW, studio="studio-1", period=None):
    period = period or Period(ARRIVAL, DEPARTURE)
    (booking,) = bookings.request(BookingSpec(period, (studio,)), by=person, at=at)
    bookings.approve(booking.pk, by=by, at=at)
    return booking


def a_stay(person, by, at=NOW, **more):
    return open_stay(confirmed(person, by, at, **more).pk, by=by, at=at)


def arrived(stay, by, at=ARRIVAL):
    bookings.check_in(stay.booking_id, by=by, at=at)
    return again(stay)


def departed(stay, by, at=DEPARTURE):
    bookings.check_out(stay.booking_id, by=by, at=at)
    return again(stay)


def again(stay):
    return Stay.objects.get(pk=stay.pk)


def things_in(by, slug="studio-1", at=NOW):
    return write_inventory(slug, THINGS, by=by, at=at, based_on=())


def nights(first, count):
    """From the day so many from today: for pages, which ask the clock themselves."""
    return Period(berlin(f"{day(first)} 15:00"), berlin(f"{day(first + count)} 11:00"))


def here_now(person, by, now, studio="studio-1"):
    """Somebody who came yesterday and stays three weeks more."""
    at = now - timedelta(days=3)
    stay = a_stay(person, by, at, studio=studio, period=nights(-1, 22))
    return arrived(stay, by, stay.booking.starts_at + timedelta(hours=1))


def a_photo(colour="red"):
    file = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "CANARY"
    Image.new("RGB", (64, 48), colour).save(file, "JPEG", exif=exif)
    file.name, _ = "ada-at-home.jpg", file.seek(0)
    return file
