"""The pages of calls that anybody reads, in both languages."""

import re
from datetime import UTC

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from equipment.models import Announcement
from labbooking.period import DAY, HOUR
from labbooking.residencies.calls import actions
from labbooking.residencies.calls.models import Call
from tests.bookings.days import said as words
from tests.residencies.calling import a_draft, around, changed, open_at, page

pytestmark = pytest.mark.django_db
CALL = "/calls/a-call/"
MANAGE = "/calls/manage/a-call/"


def test_anybody_reads_an_open_call_in_either_language(lab, sam, now):
    call = open_at(sam, now)
    english, german = page(CALL), page(CALL, "de")
    for text in ("A summer in the Daig", "A studio with a bed.", "Dance, Sound", "Does it carry?",
                 "4 to 12 weeks, beginning on: Monday", "1,200 euros a month", "Two steps",
                 "Children are welcome.", "Electricity is included.", "Rules", "without names",
                 "Studio 1 and Studio 2", "mailto:lab@daig.example"):  # fmt: skip
        assert text in english
    for text in ("Sommer im Daig", "Tanz, Klang", "4 bis 12 Wochen", "Montag", "Regeln",
                 "1.200 Euro im Monat", "mailto:lab@daig.example"):  # fmt: skip
        assert text in german
    closing = call.closes_at
    for text in (english, german):
        assert "Europe/Berlin" in text
        assert re.search(f"{closing.astimezone(UTC):%H:%M} (Uhr )?UTC", text)
        assert "15" not in re.findall(r"(\d+) (?:minutes|Minuten)", text)


def test_what_says_how_to_apply_fits_the_moment_and_no_button_is_dead(lab, sam, now):
    open_at(sam, now)
    assert "You write your application here" in page(CALL)
    main = page(CALL).partition("<article")[2].partition("</article>")[0]
    assert "<button" not in main
    assert "<form" not in main
    Call.objects.update(opens_at=now + DAY)
    assert "You write your application here" not in page(CALL)
    assert "on you apply here" in page(CALL)
    Call.objects.update(opens_at=now - 2 * DAY, closes_at=now - DAY)
    closed = page(CALL)
    assert "Applications can no longer be sent." in closed
    assert "Closed since" in closed
    assert "deadline.ics" not in closed


def test_the_grace_is_told_to_staff_alone(lab, sam, now, signed_in):
    open_at(sam, now, grace_minutes=37)
    assert "37" not in page(CALL)
    assert "37 minutes" in words(signed_in(sam).get(MANAGE))


def test_a_draft_is_for_staff_alone(lab, sam, ada, rui, now, signed_in):
    a_draft(sam, slug="a-call")
    for visitor in (Client(), signed_in(ada), signed_in(rui), signed_in(sam)):
        assert visitor.get(CALL).status_code == 404
        assert visitor.get(f"{CALL}deadline.ics").status_code == 404
        assert "summer" not in words(visitor.get("/calls/"))
    assert "A summer in the Daig" in words(signed_in(sam).get("/calls/manage/"))


def test_the_list_tells_open_ones_first_then_those_ahead_then_those_that_are_over(lab, sam, now):
    assert "No call is open at the moment." in page("/calls/")
    open_at(sam, now, slug="open", name_en="Now")
    open_at(sam, now, slug="soon", name_en="Later", opens_at=now + DAY)
    open_at(sam, now, slug="over", name_en="Before")
    open_at(sam, now, slug="gone", name_en="Put away")
    actions.close_now("over", by=sam, at=now)
    actions.close_now("gone", by=sam, at=now)
    actions.archive("gone", by=sam, at=now)
    listed = page("/calls/")
    assert re.findall(r"Open now|Soon|>Over|Now</a>|Later</a>|Before</a>", listed) == [
        "Open now", "Now</a>", "Soon", "Later</a>", ">Over", "Before</a>",
    ]  # fmt: skip
    assert "Put away" not in listed
    assert "This call is over." in page("/calls/gone/")


def test_one_that_was_called_off_says_so_and_why(lab, sam, now):
    open_at(sam, now)
    actions.call_off("a-call", ("Wasserschaden.", "Water damage."), by=sam, at=now)
    assert "This call was called off." in page(CALL)
    assert "Water damage." in page(CALL)
    assert "Wasserschaden." in page(CALL, "de")


def test_the_front_page_has_one_line_that_leads_there_while_it_is_open(lab, sam, now):
    open_at(sam, now)
    assert 'class="hero__call"' in page("/")
    assert CALL in page("/")
    Announcement.objects.update(starts_at=now + HOUR)
    assert 'class="hero__call"' not in page("/")
    assert 'href="/calls/"' in page("/")


def event(address):
    answer = Client().get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    (found,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    return found


def test_the_deadline_goes_into_a_calendar_and_moves_there(lab, sam, now):
    call = open_at(sam, now)
    first = event(f"{CALL}deadline.ics")
    assert first["dtstart"].dt == call.closes_at
    assert str(first["url"]).endswith(CALL)
    later = call.closes_at + DAY
    changed("a-call", sam, at=now, **{**around(now), "closes_at": later})
    moved = event(f"{CALL}deadline.ics")
    assert (moved["uid"], moved["dtstart"].dt) == (first["uid"], later)
    assert moved["sequence"] > first["sequence"]
    actions.call_off("a-call", by=sam, at=now)
    assert event(f"{CALL}deadline.ics")["status"] == "CANCELLED"


@pytest.mark.parametrize("address", ["/calls/", "/calls/manage/", CALL, MANAGE, "/api/v1/calls/"])
def test_fifty_calls_ask_no_more_than_one_and_ten_questions_at_most(
    lab, sam, now, signed_in, address
):
    desk = signed_in(sam)

    def asked():
        desk.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(address).status_code == 200
        return len(queries)

    open_at(sam, now)
    with_one = asked()
    for number in range(49):
        open_at(sam, now, slug=f"call-{number}")
    assert asked() == with_one <= 10


def test_a_published_call_may_be_kept_on_the_way(lab, sam, now):
    open_at(sam, now)
    answer = Client().get(CALL)
    assert "no-store" not in answer.headers.get("Cache-Control", "")
