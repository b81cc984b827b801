"""A jury reads without names, its chair chooses, and the season is planned."""

import re
from datetime import date

from playwright.sync_api import expect

from labbooking.residencies.seasons.models import Place
from labbooking.residencies.tasks import work_on_seasons
from tests.browser.in_language import link
from tests.journeys.residency.applying import TITLE
from tests.journeys.residency.house import (
    EMAIL,
    NAME,
    addresses,
    fill,
    mos_application,
    posted,
    press,
)
from tests.lab import berlin

PLANNED = berlin("2027-02-15 10:00")


def a_jury_is_asked(it):
    page = it.sit(it.sam)
    page.goto("/deciding/summer/jury/")
    for count, each in enumerate((it.jo, it.eva), 1):
        fill(page, email=each.email)
        page.locator("[name=is_chair]").set_checked(each == it.jo)
        press(it, page, "Ask them")
        expect(page.locator("main li.row")).to_have_count(count)
    posted(it)
    for each in (it.jo, it.eva):
        page = it.sit(each)
        page.goto("/jury/")
        link(page, it.said("Read what applies")).click()
        press(it, page, "I agree", "Thank you. What is yours to read stands here.")
    page = it.sit(it.sam)
    page.goto("/deciding/summer/jury/")
    fill(page, reviews_each="2")
    dealt = "It is dealt out, and everybody is told what is theirs to read."
    press(it, page, "Deal out", dealt)
    posted(it)


def jurors_read_and_grade(it):
    """By a key, as the page offers it; who has applied stands nowhere in it."""
    for each, grades in ((it.eva, "43"), (it.jo, "53")):
        page = it.sit(each)
        page.goto("/jury/")
        for address in addresses(page):
            page.goto(address)
            assert not re.search(rf"{NAME}|{EMAIL}|\bBen\b", page.content())
            is_mos = page.get_by_role("heading", level=1).inner_text() == TITLE
            assert page.locator("[data-blind] img").count() == is_mos
            page.keyboard.press(grades[0] if is_mos else grades[1])
            press(it, page, "Finish", "Finished. The next one, if there is one:")


def the_chair_chooses(it):
    page = it.sit(it.jo)
    page.goto("/deciding/summer/")
    link(page, it.said("Open the results")).click()
    press(it, page, "Open the results", "The results are open.")
    press(it, page, "Make the order", "The order is made.")
    expect(page.locator("table.order tbody tr").first).to_contain_text(TITLE)
    link(page, it.said("Choose")).click()
    fill(page, count="1", reserve="1")
    press(it, page, "Choose them", "They are chosen.")
    posted(it)


def the_season_is_planned(it):
    it.clock.at = PLANNED
    page = it.sit(it.sam)
    page.goto("/season/summer/")
    press(it, page, "Solve", "The plan is being made.")
    assert work_on_seasons()
    page.reload()
    settled = "The plan is settled. Nobody has been told anything yet."
    press(it, page, "Settle this plan", settled)
    place = Place.objects.get()
    assert (place.application, place.starts_on) == (mos_application(), date(2027, 4, 5))
