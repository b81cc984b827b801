"""A call is written, and somebody whom nobody knows answers it."""

from datetime import date

from playwright.sync_api import expect

from labbooking.residencies.applications.rules import missing
from labbooking.residencies.tasks import tick_residencies
from tests.browser.in_language import link
from tests.equipment.sent_pictures import photo
from tests.journeys.residency.house import (
    EMAIL,
    NAME,
    address_in_a_mail,
    addresses,
    fill,
    mos_application,
    posted,
    press,
)
from tests.lab import berlin
from tests.processes import eventually
from tests.residencies.applications.applying import handed_in

APPLIED, CLOSED = berlin("2027-01-12 18:00"), berlin("2027-02-01 10:00")
CALL = {
    "name_de": "Sommer im Daig",
    "name_en": "A summer in the Daig",
    "slug": "summer",
    "summary_de": "Ein Atelier mit Bett.",
    "summary_en": "A studio with a bed.",
    "description_de": "Wir suchen Arbeiten im Raum.",
    "description_en": "We look for work in space.",
    "opens_at": "2027-01-04T09:00",
    "closes_at": "2027-01-31T20:00",
    "decision_on": "2027-02-20",
    "season_from": "2027-04-05",
    "season_last": "2027-05-30",
    "stay_weeks_min": "4",
    "stay_weeks_max": "6",
    "disciplines_de": "Tanz\nKlang",
    "disciplines_en": "Dance\nSound",
    "access_de": "Zwei Stufen; ruf an.",
    "access_en": "Two steps; give us a ring.",
    "costs_de": "Strom inbegriffen.",
    "costs_en": "Electricity is included.",
    "terms_de": "Zwei Drittel der Zeit im Haus.",
    "terms_en": "Two thirds of the time in the house.",
    "criterion-0-name_de": "Idee",
    "criterion-0-name_en": "Idea",
}
TITLE = "A room of ropes"
APPLICATION = {
    "title": TITLE,
    "project": "Ropes that hold a room.",
    "about": "I work with ropes.",
    "earliest": "2027-04-05",
    "last_day": "2027-05-30",
    "weeks_min": "4",
    "weeks_wished": "5",
    "weeks_max": "6",
}


def staff_publish_a_call(it):
    page = it.sit(it.sam)
    page.goto("/calls/manage/new/")
    fill(page, **CALL)
    page.locator("[name=studios][value=studio-1]").check()
    press(it, page, "Save the draft", "The draft is saved. Nobody but staff sees it yet.")
    link(page, it.said("Publish")).click()
    press(it, page, "Publish it", "It is published. Anybody can read it now.")


def a_stranger_applies(it):
    it.clock.at = APPLIED
    page = it.sit()
    page.goto("/calls/summer/")
    link(page, it.said("Apply")).click()
    comes_by_a_link(it, page, "Begin")
    writes(page)
    shows_a_picture(it, page)
    link(page, it.said("What the jury will see")).click()
    copy = page.locator("[data-blind]")
    expect(copy).to_contain_text(TITLE)
    expect(copy.locator("img")).to_be_visible()
    expect(copy).not_to_contain_text(NAME)
    page.goto("/apply/summer/")
    press(it, page, "Check and hand in")
    page.locator("#agreed").check()
    handed = "It is handed in. A copy is on its way to you by e-mail."
    press(it, page, "Hand it in", handed)
    assert address_in_a_mail(it, r"/apply/summer/")


def comes_by_a_link(it, page, words):
    """By the one in the mail, as often as somebody wants to come."""
    fill(page, name=NAME, email=EMAIL)
    press(it, page, "Send me the link")
    expect(page.get_by_role("heading", level=1)).to_have_text(it.said("Check your e-mail"))
    page.goto(address_in_a_mail(it, r"/apply/summer/link/\S+"))
    press(it, page, words)
    page.wait_for_url("**/apply/summer/")


def writes(page):
    """Nobody presses anything: what is typed is kept."""
    page.locator("[name=discipline]").select_option("0")
    fill(page, **APPLICATION)
    page.locator("[name=arrival_wished]").select_option("2027-04-05")
    eventually(lambda: not missing(mos_application()) and mos_application().arrival_wished)


def shows_a_picture(it, page):
    link(page, it.said("Your works")).click()
    page.locator("summary", has_text=it.said("Add a picture")).click()
    file = {"name": "mo-vance.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    page.locator("#id_image_picture").set_input_files(file)
    page.locator("#id_image_caption").fill("Rope, 3 m")
    press(it, page, "Add a picture")
    expect(page.locator("#works .row__picture img")).to_be_visible()


def ben_applies_as_well(it):
    """Of him only what others see of it is told here."""
    wishes = {"earliest": date(2027, 4, 5), "latest": date(2027, 5, 31)}
    wishes |= {"weeks_min": 5, "weeks_wished": 5, "weeks_max": 6, "arrival_wished": None}
    handed_in(it.ben, APPLIED, "summer", **wishes)


def the_call_closes_and_staff_admit(it):
    it.clock.at = CLOSED
    assert tick_residencies()
    page = it.sit(it.sam)
    page.goto("/calls/manage/summer/applications/")
    found = addresses(page)
    assert len(found) == 2
    for each in found:
        page.goto(each)
        press(it, page, "Admit to the jury")
        page.wait_for_url("**/applications/")
    posted(it)
