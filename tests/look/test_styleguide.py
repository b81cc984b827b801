"""The page that shows every part of the look leaves none out."""

from pathlib import Path

import pytest
from django.test import Client

from labbooking.bookings.states import State
from labbooking.site.styleguide import STATES

pytestmark = pytest.mark.django_db

PARTS = Path(__file__).parents[2] / "templates" / "_parts"


def test_the_styleguide_shows_every_part(lab, sam, signed_in):
    shown = {each.name for each in signed_in(sam).get("/styleguide/").templates}

    assert {f"_parts/{path.name}" for path in PARTS.glob("*.html")} - shown == set()


def test_the_styleguide_shows_every_state_of_a_booking():
    assert set(State.values) <= set(STATES)


@pytest.mark.parametrize(
    ("who", "leads"),
    [
        ("nobody", ["/board/", "/book/", "/house/"]),
        ("ada", ["/board/", "/book/", "/bookings/", "/house/"]),
        ("sam", ["/board/", "/book/", "/desk/", "/approvals/", "/bookings/", "/house/"]),
        ("rui", ["/board/", "/research/", "/house/"]),
    ],
)
def test_the_main_menu_leads_nobody_to_a_closed_door(who, leads, lab, ada, sam, rui, signed_in):
    people = {"ada": ada, "sam": sam, "rui": rui}
    browser = signed_in(people[who]) if who in people else Client()

    menu = browser.get("/").context["navigation"]

    assert [each["url"] for each in menu] == leads
    if who != "nobody":
        assert {browser.get(url).status_code for url in leads} == {200}
