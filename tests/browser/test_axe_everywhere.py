"""Every page of the house in both languages: axe finds nothing by day and by night, and at 320 px
(a phone) and 640 px (200 % zoom of 1280) nothing has to be scrolled sideways, also in a wide face.
A page is opened once for all of that. The pages are those of tests/test_pages_and_roles.py, so a
new one is looked at without a word here."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from residents.models import User
from residents.signin.asking.links import request_path
from tests.bookings.closures.calendars import ics
from tests.bookings.days import booked, day, hours
from tests.browser.axe import OF_COLOUR, said_by_axe
from tests.browser.typeface import change_into
from tests.desk.calendar_page import PAGE as CALENDAR
from tests.desk.calendar_page import agreed, give, on
from tests.invited import people_may_ask
from tests.residents.signin.asking.requests import asks, proved
from tests.residents.signin.factor_codes import with_app
from tests.residents.signin.test_passkeys import a_passkey
from tests.test_pages_and_roles import ASKING, GET, house, path_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

__all__ = ["house"]

# What is fetched or downloaded, not looked at; a mail has styles of its own.
NOT_PAGES = {
    "healthz",
    "readyz",
    "board/basket/",
    "profile/data.json",
    "bookings/<int:pk>.ics",
    "calls/<slug:slug>/deadline.ics",
    "calls/manage/<slug:slug>/applications.csv",
    "calls/manage/<slug:slug>/applications.json",
    "research/<slug:slug>/codebook.csv",
    "works/<slug:work>/<int:number>/<slug:size>.webp",
}
# Pages that say more to somebody else, or in another state, than in the table.
MORE = {
    "nobody": [
        "",
        "house/",
        "house/<slug:slug>/",
        "board/",
        "plan/",
        "nowhere/",
        "invitation/<str:token>/",
        "invitation/passkey/",  # of the invitation that was opened before
    ],
    "ada": [
        "board/?view=week",
        "board/?view=month",
        f"book/?type=seat:1&day={day(5)}&starts=10:00&ends=12:00",
        "book/?type=board:1&find=1",
        "book/?by=night",
    ],
    "sam": [
        "today/",
        "house/",
        "house/<slug:slug>/",
        "board/",
        "book/",
        "bookings/<int:pk>/",
        "plan/?edit=1",
        "people/",
        "people/groups/",
    ],
    "rui": ["profile/", "book/", "today/"],
    "ben": [],
}

LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrikationsversuch"

# How wide the page wants to be, and the words of which a line holds two letters or fewer.
MEASURE = """() => {
  const found = [], all = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (all.nextNode()) {
    const text = all.currentNode, range = document.createRange();
    range.selectNodeContents(text);
    const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size;
    const hidden = text.parentElement.closest(".visually-hidden, svg, option, script, .block");
    const letters = text.data.trim().length;
    if (!hidden && lines > 2 && letters / lines < 3) found.push(text.data.trim());
  }
  return [document.documentElement.scrollWidth, found];
}"""

REFUSED = {("nobody", "nowhere/"): 404, ("rui", "book/"): 403}


def first_who_may(route):
    """Ada if she may see it, else staff, the researcher, a stranger, or Ben."""
    listed = dict(zip(ASKING, GET[route], strict=True))
    return next((who for who in ("ada", "sam", "rui", "nobody", "ben") if listed[who] == 200), None)


def pages_of(who):
    own = [route for route in GET if route not in NOT_PAGES and first_who_may(route) == who]
    return own + MORE[who]


@pytest.fixture
def lived_in(house, ada, ben):
    """The house with requests side by side, a series, and a seat taken today."""
    days_ago = timezone.now() - timedelta(days=5)
    booked(ada, "seat-5", period=hours(0), at=days_ago)
    booked(ada, "ar-headset-1", purpose="Rehearsal")
    booked(ben, "ar-headset-2", "board-1", purpose=LONG_WORD)
    booked(ada, "seat-4", period=hours(1), rrule="FREQ=WEEKLY;COUNT=3", purpose="Storyboard")
    User.objects.update(shown_in_house=True, about="Draws and builds.")
    return house


@pytest.fixture
def window(browser, browser_context_args, live_server, lived_in):
    """`window(who, language)` is a browser window of theirs, signed in, that does not animate."""
    contexts = []

    def opened(who, language):
        context = browser.new_context(
            **browser_context_args, base_url=live_server.url, reduced_motion="reduce"
        )
        contexts.append(context)
        cookies = {key: each.value for key, each in lived_in["browsers"][who].cookies.items()}
        cookies[settings.LANGUAGE_COOKIE_NAME] = language
        context.add_cookies(
            [{"name": key, "value": cookies[key], "url": live_server.url} for key in cookies]
        )
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def wrong_on(page):
    """What is wrong with the page that is open: in which theme or at which width, and what."""
    page.set_viewport_size({"width": 1280, "height": 900})
    for theme, rules in (("light", None), ("dark", OF_COLOUR)):
        page.emulate_media(color_scheme=theme)
        yield from ((theme, *said) for said in said_by_axe(page, rules))
    yield from too_narrow_for(page)
    change_into(page, "wide")
    yield from (("wide", *said) for said in too_narrow_for(page))


def too_narrow_for(page):
    for width in (640, 320):
        page.set_viewport_size({"width": width, "height": 900})
        needed, squeezed = page.evaluate(MEASURE)
        if needed > width:
            yield f"{width} px", "scrolls sideways", needed
        if squeezed:
            yield f"{width} px", "breaks into letters", squeezed


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("who", ["nobody", "ada", "sam", "rui", "ben"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(who, language, window, lived_in):
    page, wrong = window(who, language), []
    for route in pages_of(who):
        answer = page.goto("/" + path_of(route, lived_in).lstrip("/"))
        assert answer.headers["content-type"].startswith("text/html"), route
        assert answer.status == REFUSED.get((who, route), 200), route
        if not route.startswith("desk/mail/<"):
            assert page.locator("html").get_attribute("lang") == language, route
        wrong += [(route, *said) for said in wrong_on(page)]

    assert not wrong, "\n".join(str(each) for each in wrong)


@pytest.mark.parametrize("language", ["en", "de"])
def test_axe_finds_nothing_on_what_is_shown_after_a_fresh_sign_in(
    language, window, lived_in, ada, just_signed_in
):
    """Of these the table knows the way to the question who one is, and no page."""
    lived_in["browsers"]["ada"] = just_signed_in(ada)
    page, wrong = window("ada", language), []

    def look_at(*paths):
        for path in paths:
            answer = page.goto(f"/profile/signin/{path}")
            assert answer.status == 200, path
            assert page.url.endswith(f"/profile/signin/{path}")
            wrong.extend((path, *said) for said in wrong_on(page))

    look_at("app/", "passkeys/add/")
    with_app(ada)
    mine = f"passkeys/{a_passkey(ada).pk}/"
    look_at("app/remove/", "codes/", mine, f"{mine}remove/")

    assert not wrong, "\n".join(str(each) for each in wrong)


@pytest.mark.parametrize("language", ["en", "de"])
def test_axe_finds_nothing_on_what_a_link_shows_to_who_asks_for_an_account(
    language, window, lived_in
):
    people_may_ask()
    page, wrong = window("nobody", language), []
    now = timezone.now()
    for asked in (asks(now, email="mo@craft.example"), proved(now, email="tom@craft.example")):
        answer = page.goto(request_path(asked))
        assert (answer.status, page.url.endswith("/ask/mine/")) == (200, True)
        wrong += wrong_on(page)

    assert not wrong, "\n".join(str(each) for each in wrong)


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_calendar_that_was_chosen_is_shown_well_with_its_plan(
    language, window, lived_in, ada, tmp_path
):
    """With all that it can hold: clashes, faults, new, changed and gone dates, and hints."""
    staff = lived_in["browsers"]["sam"]
    staff.post(CALENDAR, agreed(give(staff, on(40), on(41, "u2"), what="seat-6")))
    booked(ada, "seat-6", period=hours(5))
    events = (
        on(40, "u1", "STATUS:CANCELLED"),
        on(45, "u2"),
        on(5, "u3", summary=LONG_WORD),
        on(30, "u4", "DURATION:-P1D"),
        on(50, "u5", "EXRULE:FREQ=DAILY;COUNT=1", summary=f"{LONG_WORD} und Betriebsferien"),
    )
    file = tmp_path / f"{LONG_WORD}.ics"
    file.write_bytes(ics(*events))
    page = window("sam", language)
    page.goto(CALENDAR)
    page.locator("[name=what]").select_option("seat-6")
    page.locator("[name=file]").set_input_files(file)
    page.locator("form:has([name=file]) .button").press("Enter")

    expect(page.locator("#plan")).to_be_visible()
    expect(page.locator("#main h3")).to_have_count(6)
    wrong = list(wrong_on(page))
    assert not wrong, "\n".join(str(each) for each in wrong)


def test_every_page_is_looked_at_by_somebody():
    seen = {route for who in MORE for route in pages_of(who)}

    assert {route for route in GET if 200 in GET[route]} - NOT_PAGES <= seen
