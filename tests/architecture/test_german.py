"""German is the house's first language: no text of the program is without it, and it is shown.

Whoever adds a text runs `make messages` and says it in locale/de/LC_MESSAGES/django.po too.
"""

import re
import shutil
import subprocess
import sys
from datetime import timedelta
from html.parser import HTMLParser

import polib
import pytest
from django.test import Client
from django.utils import timezone

from labbooking.period import week_start
from labbooking.research.actions import make_summary
from residents.models import Role
from tests.architecture.files import everything, named
from tests.architecture.german_pages import PAGES
from tests.bookings.days import booked, day
from tests.inductions.offered import a_slot
from tests.people import person
from tests.research.conftest import a_study
from tests.residencies.calling import open_at
from tests.residencies.offers.offering import german_offers
from tests.residencies.works.applied import an_application, handed_in, shows
from tests.rows_of_pages import a_stay_of

# One process, so that texts are collected once.
pytestmark = pytest.mark.xdist_group("texts")

CATALOGUE = "locale/de/LC_MESSAGES/django.po"
COLLECTED_FROM = ("residents/", "equipment/", "labbooking/", "templates/", "scripts/messages.py")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|(?<!\{)\{\w+\}(?!\})")
MARKUP = re.compile(r"<[^>]+>")
NOT_GERMAN = re.compile(r"[”«»]| - |\.\.\.|[a-zäöüß,] (?:Sie|Ihnen|Ihr(?:e[mnrs]?)?)\b")


def collect(folder):
    """`make messages` in a folder; the bytes of the catalogue it leaves."""
    done = subprocess.run(
        [sys.executable, "scripts/messages.py"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return (folder / CATALOGUE).read_bytes()


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """What texts are collected from, beside the project: a test changes nothing in it."""
    folder = tmp_path_factory.mktemp("texts")
    for path in everything():
        if named(path).startswith(COLLECTED_FROM) or named(path) == CATALOGUE:
            there = folder / named(path)
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, there)
    collect(folder)
    return folder


@pytest.fixture(scope="module")
def collected(copy):
    """The catalogue as it would be had everybody run `make messages`."""
    texts = polib.pofile(str(copy / CATALOGUE))
    assert len(texts) > 900
    return texts


def forms(entry):
    """Each English form with the German that stands for it."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return [(entry.msgid, entry.msgstr_plural[0]), (entry.msgid_plural, entry.msgstr_plural[1])]


def test_every_text_has_its_german(collected):
    without = [each.msgid for each in collected if each.fuzzy or not each.translated()]
    assert not without


def test_german_keeps_every_placeholder_and_all_markup(collected):
    """What only the plural counts, the singular may count too: "one", „1“."""
    wrong = []
    for entry in collected:
        may = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
        for english, german in forms(entry):
            must, has = set(PLACEHOLDER.findall(english)), set(PLACEHOLDER.findall(german))
            if not must <= has <= may or MARKUP.findall(english) != MARKUP.findall(german):
                wrong.append((english, german))
    assert not wrong


def test_german_is_set_as_german(collected):
    """Quotation marks „so“, dashes – so – and du rather than Sie."""
    wrong = [
        german
        for entry in collected
        for _english, german in forms(entry)
        if NOT_GERMAN.search(german) or german.count("„") != german.count("“")
    ]
    assert not wrong


def test_collecting_leaves_no_trace_of_the_day_or_the_machine(copy):
    once = (copy / CATALOGUE).read_bytes()
    assert collect(copy) == once
    assert b"POT-Creation-Date" not in once
    assert str(copy).encode() not in once


# Words of English that no German page needs. Function words betray a sentence; the others are
# buttons and labels that consist of nothing else.
ENGLISH = re.compile(
    r"\b(?:the|and|of|you|your|with|for|from|this|that|is|are|not|yet|it|they|"
    r"Book|Booking|Bookings|Free|Busy|busy|free|taken|Sign in|Sign out|Board|Desk|Approvals|"
    r"House|Research|Today|Show|Save|Search|Day|Week|Send|Cancel|Name:|Password|Seats?|Studios?)\b"
)
# Called so in German too.
PLACES = re.compile("Isle of Man|Port of Spain")
ATTRIBUTES = {"alt", "aria-label", "placeholder", "title"}
UNSEEN = {"script", "style", "code"}
CLOSES_ITSELF = {"br", "hr", "img", "input", "link", "meta", "path", "rect", "use", "wbr"}


class Words(HTMLParser):
    """What a person sees or hears of a page, without what is marked as another language."""

    def __init__(self):
        super().__init__()
        self.said, self.open = [], []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag not in CLOSES_ITSELF:
            self.open.append((tag, tag in UNSEEN or (tag != "html" and "lang" in attrs)))
        if not self.is_hidden:
            self.said += [attrs[name] or "" for name in ATTRIBUTES & attrs.keys()]

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not self.is_hidden:
            self.said.append(data)

    @property
    def is_hidden(self):
        return any(hidden for _tag, hidden in self.open)


def english_in(page):
    words = Words()
    words.feed(page)
    sentences = (PLACES.sub("", " ".join(each.split())) for each in words.said)
    return [each for each in sentences if ENGLISH.search(each)]


@pytest.fixture(autouse=True)
def the_house_speaks_german(settings):
    """As it does outside the tests, whose own default is English (tests/settings.py)."""
    settings.LANGUAGE_CODE = "de"


@pytest.fixture
def house(daig, signed_in):
    """Germans and their browsers, and a little to see: a seat of Ada's and what she asks for."""
    ada = person("Ada", inducted_on=["ar-headset"], language="de")
    sam = person("Sam", Role.STAFF, language="de")
    rui = person("Rui", Role.RESEARCHER, language="de")
    a_study("futurework", rui)
    study = a_study("house-figures", rui, house_figures=True)
    week = week_start(day(-14))
    make_summary(study, week, at=timezone.now())
    booking = booked(ada, "seat-1", purpose="Skizzen")[0]
    booked(ada, "ar-headset-1", "seat-2", purpose="Probe")
    slot = a_slot(sam, timezone.now() + timedelta(days=3), at=timezone.now(), location="Werkstatt")
    call = open_at(sam, timezone.now())
    an_application(ada, call, project="Ich bin Ada.", title="Seil", discipline=1)
    shows(ada, url="https://ada.example/", caption="Film")
    given = an_application(person("Ben"), call, "SOLI", project="Ich bin Ben.", title="Raum")
    handed_in(given)
    offers = german_offers(ada, sam)
    stay = a_stay_of(ada, sam)
    return {
        "browsers": {
            "nobody": Client(),
            **{each.name.lower(): signed_in(each) for each in (ada, sam, rui)},
        },
        "words": {
            "booking": booking.pk,
            "day": day(10),
            "week": week,
            "slot": slot.pk,
            "stay": stay,
            **offers,
        },
    }


@pytest.mark.both_engines
@pytest.mark.django_db
@pytest.mark.parametrize("who", PAGES)
def test_pages_are_german_throughout(who, house):
    """Nobody chooses a language here: German is what the house speaks first."""
    english = {}
    for path in PAGES[who]:
        answer = house["browsers"][who].get(path.format(**house["words"]))
        page = answer.content.decode()
        assert answer.status_code in {200, 403, 404}, path
        assert '<html lang="de"' in page, path
        english[path] = english_in(page)

    assert not {path: words for path, words in english.items() if words}


@pytest.mark.both_engines
@pytest.mark.django_db
def test_what_is_wrong_with_a_form_is_said_in_german(client):
    page = client.post("/login/", {"login": "ada", "password": ""}).content.decode()

    assert "field__error" in page
    assert not english_in(page)


def test_english_is_noticed():
    page = """<html lang="de"><p lang="en">the</p><code>the</code><script>the</script>
        <p>Frei <b>bis 10 Uhr</b><br><img alt="Free until 10"></p><a title="Sign in">Komm</a>"""

    assert english_in(page) == ["Free until 10", "Sign in"]
