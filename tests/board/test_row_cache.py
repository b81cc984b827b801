"""Rows of the board are kept with the facts they were written from: never is an old one shown."""

import pytest
from django.utils import translation

from equipment.models import Resource
from labbooking.board import rows
from labbooking.board.address import BoardAddress
from labbooking.board.booking_labels import names
from labbooking.board.row_cache import RowMemory
from labbooking.board.views.board import axis_of
from labbooking.board.visibility import ReaderView
from labbooking.bookings import actions
from labbooking.bookings.actions.closures import close
from labbooking.bookings.availability.resource_days import all_resources, read
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Booking
from labbooking.period import HOUR, MINUTE, Period
from tests.lab import BERLIN, berlin, daily, new_rules

NINE = berlin("2026-11-24 09:00")
TEN_TO_TWELVE = Period(berlin("2026-11-24 10:00"), berlin("2026-11-24 12:00"))
VIEWS = ("day", "week", "month")


def told_rows(reader, view, at, day=NINE):
    """The rows as they are told to a reader at a moment, from whatever is remembered."""
    address = BoardAddress(day.date(), view)
    lab = read(all_resources(), address.days, BERLIN, at=at)
    telling = ReaderView(names(reader, lab), BERLIN, at, several_days=view != "day")
    told = rows.Rows(axis_of(lab, address, BERLIN), telling, address)
    return [told.html(line) for line in lab.lines]


def anew(asked):
    """The rows for each of what was asked, with nothing remembered."""
    told = []
    for each in asked:
        rows.forget()
        told.append(told_rows(*each))
    return told


def ask(person, *slugs, period=TEN_TO_TWELVE, purpose=""):
    return actions.request(BookingSpec(period, slugs, purpose=purpose), by=person, at=NINE)[0]


def moved_by_an_hour():
    return Period(TEN_TO_TWELVE.start + HOUR, TEN_TO_TWELVE.end + HOUR)


def shut(thing):
    why = {"reason_de": "Sturm", "reason_en": "Storm"}
    close([thing], moved_by_an_hour(), by=None, at=NINE, **why)


CHANGES = {
    "booked": lambda w: ask(w.ben, "seat-2", purpose="Ink"),
    "asked for": lambda w: ask(w.ben, "ar-headset-1"),
    "approved": lambda w: actions.approve(w.waiting.pk, by=w.sam, at=NINE),
    "declined": lambda w: actions.decline(w.waiting.pk, by=w.sam, at=NINE, reason="Not today"),
    "cancelled": lambda w: actions.cancel(w.booking.pk, by=w.ada, at=NINE),
    "renamed": lambda _w: Resource.objects.filter(slug="seat-1").update(name_en="Window seat"),
    "out of service": lambda _w: Resource.objects.filter(slug="seat-3").update(is_bookable=False),
    "another purpose": lambda w: Booking.objects.filter(pk=w.booking.pk).update(purpose="Clay"),
    "another name": lambda w: type(w.ada).objects.filter(pk=w.ada.pk).update(name="Augusta"),
    "closed": lambda w: close(
        [w.lab["board-1"]],
        moved_by_an_hour(),
        reason_de="Sturm",
        reason_en="Storm",
        by=None,
        at=NINE,
    ),
    "new house rules": lambda w: new_rules(w.lab["seat-5"].type, opening=daily("08:00", "20:00")),
    "the whole taken": lambda w: ask(w.ben, "workspace", period=moved_by_an_hour().moved(3 * HOUR)),
    "nothing at all": lambda _w: None,
}


class World:
    def __init__(self, lab, people):
        self.lab = lab
        self.ada, self.ben, self.sam = people
        self.booking = ask(self.ada, "seat-1", purpose="Paint")
        self.waiting = ask(self.ada, "ar-headset-2", purpose="Sculpture")


@pytest.fixture(autouse=True)
def nothing_remembered():
    rows.forget()


@pytest.fixture
def world(lab, ada, ben, sam):
    return World(lab, (ada, ben, sam))


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_the_rows_are_those_that_would_be_written_anew(world, change):
    readers = (None, world.ada, world.sam)
    asked = [(reader, view, NINE) for reader in readers for view in VIEWS]
    for each in asked:
        told_rows(*each)
    CHANGES[change](world)
    told = [told_rows(*each) for each in asked]
    assert told == anew(asked)


@pytest.mark.django_db
def test_as_time_passes_the_rows_are_those_that_would_be_written_anew(world):
    asked = [
        (reader, "day", NINE + minutes * MINUTE)
        for minutes in range(0, 300, 29)
        for reader in (None, world.ada, world.sam)
    ]
    told = [told_rows(*each) for each in asked]
    assert told == anew(asked)


@pytest.mark.django_db
def test_it_is_written_once_while_nothing_changes(world):
    first = told_rows(world.ada, "day", NINE)
    again = told_rows(world.ada, "day", NINE + MINUTE)
    assert all(now is before for now, before in zip(again, first, strict=True))


@pytest.mark.django_db
def test_no_reader_is_told_what_was_written_for_another(world):
    told_rows(world.sam, "day", NINE)
    told_rows(world.ada, "day", NINE)
    told = "".join(told_rows(world.ben, "day", NINE) + told_rows(None, "day", NINE))
    assert "Paint" not in told
    assert "Sculpture" not in told
    assert "Ada" not in told


@pytest.mark.django_db
def test_each_language_has_its_own(world):
    english = told_rows(None, "day", NINE)
    with translation.override("de"):
        german = told_rows(None, "day", NINE)
    assert "busy" in "".join(english)
    assert "belegt" in "".join(german)


def test_it_forgets_the_row_that_was_not_asked_for_longest():
    memory = RowMemory(most=2)
    written = []

    def row(name):
        return memory.row(name, (), lambda: written.append(name) or name)

    for name in "abacab":
        row(name)
    assert written == ["a", "b", "c", "b"]
