"""A sticker leads to its thing, and its number stands under it."""

import segno
from django.db import connection
from django.test.utils import CaptureQueriesContext

from equipment.models import Resource
from labbooking.house.manage.pages.stickers import sticker
from tests.bookings.days import said

SHEET = "/house/manage/stickers/"


def test_a_sticker_leads_to_its_thing_by_the_public_address(lab, settings):
    settings.PUBLIC_URL = "https://daig.example"

    made = sticker(lab["seat-1"])

    assert made.address == "https://daig.example/house/seat-1/"
    again = segno.make(made.address, error="q", micro=False)
    assert str(made.code) == again.svg_inline(border=4, omitsize=True)
    assert "<script" not in made.code


def test_the_number_under_it_is_that_of_the_inventory_or_the_short_name(lab, sam, signed_in):
    Resource.objects.filter(slug="seat-1").update(inventory_number="D-0042")

    page = said(signed_in(sam).get(f"{SHEET}?kind=seat"))

    assert page.count("sticker__code") == page.count("qrline") == 10
    assert "D-0042" in page
    assert '<p class="sticker__number">seat-2</p>' in page
    assert "ar-headset-1" not in page
    one = said(signed_in(sam).get(f"{SHEET}?thing=board-1"))
    assert one.count("sticker__number") == 1


def test_the_sheet_asks_as_much_for_one_as_for_three(lab, sam, signed_in):
    browser = signed_in(sam)

    def asked(many):
        things = "&".join(f"thing=seat-{number + 1}" for number in range(many))
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(f"{SHEET}?{things}").status_code == 200
        return len(queries)

    asked(1)
    assert asked(1) == asked(3) <= 6


def test_what_is_out_of_use_gets_none(lab, sam, signed_in):
    Resource.objects.filter(type__slug="board").update(is_bookable=False)
    assert "There is nothing to put a sticker on." in said(
        signed_in(sam).get(f"{SHEET}?kind=board")
    )
