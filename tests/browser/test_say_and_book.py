"""From a sentence or a search to a booking, by keyboard alone and in both languages."""

import re

import pytest
from playwright.sync_api import expect

from equipment.models import ResourceType
from labbooking.bookings.models import Booking
from tests.bookings.days import booked, day, hours
from tests.browser.in_language import arrive, button, outcome, told
from tests.browser.test_by_keyboard import press, tab_to
from tests.lab import BERLIN

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAMES = {
    "ar-headset": ("AR-Brille", "AR-Brillen", "AR headset", "AR headsets"),
    "seat": ("Platz", "Plätze", "Seat", "Seats"),
}
# What one says, what the page says it understood, what is booked and for how long.
SAID = {
    "en": (
        "two headsets friday 2pm for 3 hours",
        ["2 × AR headsets"],
        ["ar-headset", "ar-headset"],
        ("14:00", "17:00"),
    ),
    "de": (
        "AR-Brille morgen 14–16 Uhr mit Platz",
        ["AR-Brille", "Platz"],
        ["ar-headset", "seat"],
        ("14:00", "16:00"),
    ),
}


@pytest.fixture
def named(lab):
    """The lab with its names in both languages."""
    for slug, (name_de, plural_de, name_en, plural_en) in NAMES.items():
        ResourceType.objects.filter(slug=slug).update(
            name_de=name_de, plural_de=plural_de, name_en=name_en, plural_en=plural_en
        )


@pytest.mark.parametrize("start", ["/", "/board/"])
def test_a_sentence_fills_the_form_and_is_booked_by_keyboard(window, said, named, ada, start):
    sentence, understood, types, (starts, ends) = SAID[said.language]
    page = window(ada)
    page.goto(start)

    tab_to(page, page.get_by_label(said("What would you like, and when?")))
    page.keyboard.type(sentence)
    page.keyboard.press("Enter")
    heard = page.get_by_role("status").filter(has_text=said("Understood:"))
    for words in [*understood, said.clocks(starts, ends)]:
        expect(heard).to_contain_text(words)
    assert not Booking.objects.exists()
    outcome(page, said("Free. Staff decide."))
    press(page, button(page, said("Ask for it")))

    told(page, said("Asked for. The time is held for you until staff have answered."))
    booking = Booking.objects.get()
    assert booking.state == "requested"
    assert sorted(each.resource.type.slug for each in booking.named) == types
    if said.language == "de":
        assert booking.period == hours(1, starts, ends)
    else:
        local = booking.starts_at.astimezone(BERLIN)
        assert (local.weekday(), local.hour, booking.period.length.seconds) == (4, 14, 3 * 3600)
        assert local.date() <= day(7)


def test_a_free_time_is_found_and_booked_by_keyboard(window, said, lab, ada, ben):
    booked(ben, "board-1", period=hours(10, "08:00", "12:00"))
    page = window(ada)
    page.goto("/book/")

    press(page, page.get_by_label(f"{said('I need it')}: Board 1"), "Space")
    press(page, button(page, said("Find me a free time")))
    arrive(page, "find=1")
    page.get_by_label(said("From which day")).fill(f"{day(10)}")
    times = page.locator("#outcome").get_by_role("link")
    expect(times.first).to_have_text(said.clocks("12:15", "14:15"))
    page.get_by_label(said("How long")).select_option("60")
    expect(times.first).to_have_text(said.clocks("12:15", "13:15"))
    press(page, times.first)
    outcome(page, said("Free. Staff decide."))
    press(page, button(page, said("Ask for it")))

    expect(page).to_have_url(re.compile(r"/bookings/\d+/"))
    expect(page.locator(".head")).to_contain_text(said.clocks("12:15", "13:15"))
    assert ada.bookings.get().period == hours(10, "12:15", "13:15")


def test_the_nearest_common_time_of_several_things_is_booked(window, said, lab, ada, ben):
    """A unit, a pool and a whole, each free at other times."""
    booked(ben, "board-1", period=hours(10, "08:00", "11:00"))
    booked(ben, "seat-4", period=hours(10, "11:00", "13:00"))
    for number in (1, 2, 3):
        booked(ben, f"ar-headset-{number}", period=hours(10, "13:00", "14:00"))
    page = window(ada)
    page.goto("/book/")
    button(page, said("Find me a free time")).click()
    arrive(page, "find=1")
    page.get_by_label(said("From which day")).fill(f"{day(10)}")
    page.get_by_label(f"{said('I need it')}: Board 1").check()
    page.get_by_label(f"{said('I need it')}: Workspace").check()
    page.get_by_label(said("How many: %(name)s", name="Ar-Headset")).select_option("ar-headset:2")

    times = page.locator("#outcome").get_by_role("link")
    expect(times.first).to_have_text(said.clocks("14:15", "16:15"))
    times.first.click()
    outcome(page, said("Free. Staff decide."))
    button(page, said("Ask for it")).click()

    told(page, said("Asked for. The time is held for you until staff have answered."))
    booking = ada.bookings.get()
    assert booking.period == hours(10, "14:15", "16:15")
    types = [each.resource.type.slug for each in booking.named]
    assert sorted(types) == ["ar-headset", "ar-headset", "board", "workspace"]


def test_the_enter_key_in_a_field_looks_and_does_not_change_the_way_of_asking(
    window, said, lab, ada
):
    page = window(ada)
    page.goto("/book/?type=seat:1")

    page.get_by_label(said("What for?")).press("Enter")

    expect(button(page, said("Find me a free time"))).to_be_visible()
    assert not Booking.objects.exists()
