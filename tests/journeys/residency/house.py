"""The house of the story, one browser in it, and what is done at that again and again."""

import re
from types import SimpleNamespace

import pytest
from django.conf import settings as lab_settings
from django.core.cache import cache
from django.db import connection
from django.utils import timezone
from playwright.sync_api import expect

from labbooking.notifications.actions import Outcome
from labbooking.residencies.applications.models import Application
from residents.models import Role
from residents.signin.asking.actions import take_up
from tests.browser.in_language import button, told
from tests.invited import people_may_ask
from tests.lab import berlin
from tests.notifications.post import tell, text
from tests.people import person
from tests.residencies.stays.staying import terms, things_in

WRITTEN = berlin("2027-01-04 10:00")
NAME, EMAIL = "Mo Vance", "mo@vance.example"


@pytest.fixture
def language():
    """One on each engine: the story runs on both anyway."""
    return "de" if connection.vendor == "sqlite" else "en"


@pytest.fixture
def clock(monkeypatch):
    """What the house takes for now."""
    shown = SimpleNamespace(at=WRITTEN)
    monkeypatch.setattr(timezone, "now", lambda: shown.at)
    return shown


@pytest.fixture
def sit(window, signed_in, language, live_server):
    """`sit(sam)` is the browser once Sam has sat down at it; `sit()` is a stranger's."""
    page = window()

    def sits(somebody=None):
        found = {lab_settings.LANGUAGE_COOKIE_NAME: language}
        if somebody:
            found |= {name: each.value for name, each in signed_in(somebody).cookies.items()}
        page.context.clear_cookies()
        page.context.add_cookies(
            [{"name": name, "value": said, "url": live_server.url} for name, said in found.items()]
        )
        return page

    return sits


@pytest.fixture
def it(lab, clock, sit, said, language, mailbox, settings, tmp_path):
    """All that the story needs: who is there, and a house in which people can live."""
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    people_may_ask()
    there = {"sam": Role.STAFF, "jo": Role.JUROR, "eva": Role.JUROR, "ben": Role.CREATIVE}
    people = {name: person(name.title(), role, language=language) for name, role in there.items()}
    terms(people["sam"], at=WRITTEN)
    things_in(people["sam"], at=WRITTEN)
    return SimpleNamespace(clock=clock, sit=sit, said=said, mailbox=mailbox, **people)


def fill(page, **typed):
    for name, value in typed.items():
        page.locator(f'[name="{name}"]').fill(value)


def press(it, page, words, then=""):
    """A button; and what the next page says of it."""
    button(page, it.said(words)).click()
    if then:
        told(page, it.said(then))


def addresses(page):
    """Where the lines of a list lead."""
    lines = page.locator("main .row__name a")
    expect(lines).not_to_have_count(0)
    return [each.get_attribute("href") for each in lines.all()]


def posted(it):
    """The worker sends what is due, and nothing of it fails."""
    take_up(at=it.clock.at)
    assert not {Outcome.REFUSED, Outcome.FAILED} & set(tell(it.clock.at))


def address_in_a_mail(it, pattern):
    posted(it)
    mails = [text(mail) for mail in it.mailbox.mails if EMAIL in mail["To"]]
    it.mailbox.empty()
    return re.search(pattern, " ".join(mails))[0]


def mos_application():
    return Application.objects.select_related("call", "person").get(person__email=EMAIL)
