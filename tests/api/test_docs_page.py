"""The page for programmers, in a real browser under the real content security policy."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.browser.axe import OF_COLOUR, said_by_axe
from tests.browser.typeface import change_into

pytestmark = pytest.mark.browser


@pytest.fixture
def complaints(page):
    """What the browser has to say: a refused script or style, a script that breaks."""
    said = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    return said


def tried(page, operation, **values):
    """Opens an operation, fills it in and sends it; what is shown beneath."""
    part = page.locator(f"#{operation}")
    part.locator("summary").click()
    for name, value in values.items():
        part.locator(f"[name={name}]").fill(value)
    part.get_by_role("button", name="Send").click()
    return part.locator("[data-told]")


def test_the_page_is_made_of_our_own_things_and_can_be_tried(live_server, page, lab, complaints):
    page.goto(f"{live_server.url}/api/v1/docs")

    told = tried(page, "common_free_slots")

    expect(told).to_contain_text("200 OK")
    expect(told).to_contain_text('"resources"')
    expect(tried(page, "show_resource", slug="seat-2")).to_contain_text('"slug": "seat-2"')
    assert complaints == []


def test_a_signed_in_browser_books_from_the_page(live_server, page, lab, ada, signed_in):
    session = signed_in(ada).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(f"{live_server.url}/api/v1/docs")

    told = tried(page, "request_booking")

    expect(told).to_contain_text("201 Created")
    expect(told).to_contain_text('"state": "approved"')


def test_a_problems_type_leads_to_its_line(live_server, page, lab):
    page.goto(f"{live_server.url}/api/v1/docs#slot_taken")

    expect(page.locator("tr:target")).to_contain_text("The time is taken")


@pytest.mark.parametrize("language", ["en", "de"])
def test_axe_finds_nothing_on_the_page_with_everything_open(live_server, page, lab, language):
    cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.goto(f"{live_server.url}/api/v1/docs")
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")

    for face in ("house", "wide"):
        change_into(page, face)
        page.set_viewport_size({"width": 1280, "height": 720})
        for theme, rules in (("light", None), ("dark", OF_COLOUR)):
            page.emulate_media(color_scheme=theme)
            assert list(said_by_axe(page, rules)) == [], (face, theme)
        page.set_viewport_size({"width": 320, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") == 320, face


def test_what_is_german_on_the_page_is_not_marked_as_english(live_server, page, lab):
    page.context.add_cookies(
        [{"name": settings.LANGUAGE_COOKIE_NAME, "value": "de", "url": live_server.url}]
    )
    page.goto(f"{live_server.url}/api/v1/docs")

    operation = page.locator("#request_booking")
    operation.locator("summary").click()
    for words in (".field__optional", "button", "dd strong"):
        spoken = operation.locator(words).first
        assert spoken.evaluate("each => each.closest('[lang]').lang") == "de"
    for words in (".api-purpose", ".field__help", ".api-answers"):
        spoken = operation.locator(words).first
        assert spoken.evaluate("each => each.closest('[lang]').lang") == "en"
