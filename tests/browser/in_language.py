"""Each flow runs in both languages: a browser of somebody's own, and what its pages say."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext, pgettext
from playwright.sync_api import expect

from labbooking.bookings.availability.wording import listed
from labbooking.when import clock, clocks, duration, moment, short_day
from tests.bookings.days import day, hours
from tests.lab import BERLIN, berlin
from tests.people import PASSWORD

LOCALES = {"en": "en-GB", "de": "de-DE"}
# What is meant to happen and yet noted by a browser as if it were wrong: a refused form is sent
# back with its status, and a newer question to the house takes the place of the one before.
EXPECTED = re.compile(r"status of (400|409|422)\b|^htmx:(afterRequest|sendAbort)\b")


@pytest.fixture(params=["en", "de"])
def language(request):
    return request.param


@dataclass(frozen=True)
class Said:
    """`said("Book it")` is what the pages say for it in that language, from its English words.

    Further values fill the places in it; with `plural` the one named `n` or `count` decides.
    """

    language: str

    def __call__(self, text, plural="", *, context="", **values):
        with translation.override(self.language):
            if plural:
                words = ngettext(text, plural, values.get("n", values.get("count")))
            elif context:
                words = pgettext(context, text)
            elif (words := gettext(text)) == text:  # of a text that counts, Python 3.11.2 has none
                words = ngettext(text, text, 1)
        assert self.language == "en" or words not in {text, plural}, f"no German for {text!r}"
        if "%(" in words:
            return words % values
        return words.format(**values) if values else words

    def clocks(self, start, end):
        """From when to when, as it is told where the day is known."""
        with translation.override(self.language):
            return clocks(hours(5, start, end), BERLIN)

    def clock(self, time):
        with translation.override(self.language):
            return clock(berlin(f"{day(5)} {time}"), BERLIN)

    def moment(self, instant, **at):
        with translation.override(self.language):
            return moment(instant, BERLIN, **at)

    def short_day(self, instant):
        with translation.override(self.language):
            return short_day(instant, BERLIN, at=timezone.now())

    def lasting(self, **elapsed):
        with translation.override(self.language):
            return duration(timedelta(**elapsed))

    def listed(self, *words):
        with translation.override(self.language):
            return listed(list(words))


@pytest.fixture
def said(language):
    return Said(language)


@pytest.fixture
def window(browser, browser_context_args, live_server, signed_in, language):
    """`window(ada)` is a page of Ada's own browser, signed in; `window()` is a stranger's.

    What a browser complains of (scripts, styles, the content policy) fails the test.
    """
    contexts, complaints = [], []

    def opened(person=None, **options):
        options = {**browser_context_args, "locale": LOCALES[language], **options}
        context = browser.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        context.add_cookies(_cookies(person, signed_in, language, live_server.url))
        page = context.new_page()
        page.on("console", lambda said: _note(said, complaints))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def _cookies(person, signed_in, language, url):
    found = {settings.LANGUAGE_COOKIE_NAME: language}
    if person is not None:
        person.language = language
        person.save()
        found |= {name: each.value for name, each in signed_in(person).cookies.items()}
    return [{"name": name, "value": value, "url": url} for name, value in found.items()]


def _note(said, complaints):
    if said.type == "error" and not EXPECTED.search(said.text):
        complaints.append(said.text)


def sign_in(page, person, said):
    """On the page that asks who one is, by its form."""
    page.locator("[name=login]").fill(person.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name=said("Sign in")).click()


def button(page, words):
    return page.get_by_role("button", name=words, exact=True)


def link(page, words):
    return page.get_by_role("link", name=words, exact=True)


def region(page, words):
    return page.get_by_role("region", name=words)


def arrive(page, address):
    """Once the page is there with its scripts: nobody hears what is typed before."""
    page.wait_for_url(lambda url: address in url and "/login/" not in url)


def field(page, words):
    """What one types into; its like in a part that is folded away is not meant."""
    return page.get_by_label(words, exact=True).filter(visible=True)


def told(page, words):
    """The message after something was done."""
    expect(page.locator("#messages")).to_contain_text(words)


def confirm_what_is_held(page, said):
    """On the page of one's own bookings: what was kept for them is theirs, and told so."""
    button(region(page, said("Held for you")), said("Confirm")).click()
    told(page, said("confirmed", context="state of a booking"))


def outcome(page, words):
    """What the page says a wish comes to."""
    expect(page.locator("#outcome")).to_contain_text(words)
