"""The front page, what it says is free, and the small print."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone, translation

from equipment.models import Resource
from labbooking.bookings import actions
from labbooking.bookings.actions.closures import close
from labbooking.bookings.availability.next_free import next_free
from labbooking.bookings.availability.resource_days import all_resources, read
from labbooking.bookings.availability.status_now import type_statuses
from labbooking.bookings.availability.wording import free_today, rest_of_part
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.period import DAY, Period
from tests.bookings.days import said
from tests.lab import a_type, berlin, units

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = berlin("2027-01-12 00:00").date()


def at(clock):
    return datetime.combine(TODAY, time.fromisoformat(clock), BERLIN)


def the_lab(now):
    return read(all_resources(), [TODAY, TODAY + DAY], BERLIN, at=at(now))


def told(now):
    with translation.override("en"):
        return free_today(the_lab(now), BERLIN, at(now))


def standing_of(slug, now):
    with translation.override("en"):
        found = type_statuses(the_lab(now), BERLIN, at(now))
    return {each.type.slug: each for each in found}[slug]


def take(somebody, slug, start, end, now="06:00"):
    spec = BookingSpec(Period(at(start), at(end)), (slug,))
    actions.request(spec, by=somebody, at=at(now))


def shut(things, period, by):
    why = {"reason_de": "Reparatur", "reason_en": "Repair"}
    close(list(things), period, **why, by=by, at=at("06:00"))


def test_the_sentence_counts_what_is_free_for_the_rest_of_the_part_of_the_day(lab, ada):
    take(ada, "seat-1", "17:00", "18:00")
    take(ada, "ar-headset-1", "09:00", "13:00")
    assert told("13:37") == (
        "9 seats, 4 ar-Headsets, 2 telepresences and 1 board are free until 18:00."
    )
    assert told("08:10") == (
        "10 seats, 3 ar-Headsets, 2 telepresences and 1 board are free until noon."
    )


def test_one_thing_is_free_and_two_are(db):
    units(a_type("seat"), ["seat-1"])
    assert told("19:00") == "1 seat is free all evening."
    units(a_type("kiln"), ["kiln-1", "kiln-2"])
    assert told("19:00") == "2 kilns and 1 seat are free all evening."


def test_when_nothing_is_free_for_long_the_next_time_is_told(lab, ada, sam):
    Resource.objects.exclude(slug="seat-1").update(is_bookable=False)
    take(ada, "seat-1", "13:00", "15:00")
    assert told("13:37") == "Next free today: Seat 1 at 15:00."


def test_at_night_nothing_is_free_any_more(lab):
    assert told("23:30") == "Nothing else is free today."


def shown(now, days=2):
    lab = read(all_resources(), [TODAY + n * DAY for n in range(days)], BERLIN, at=at(now))
    with translation.override("en"):
        found = next_free(lab, BERLIN, at(now))
    return found.day, found.title, found.words


def test_after_closing_time_the_front_page_shows_tomorrow(lab, ada):
    assert shown("22:30")[:2] == (TODAY, "Free today")
    take(ada, "ar-headset-1", "09:00", "13:00")

    assert shown("23:30") == (
        TODAY + DAY,
        "Free tomorrow",
        "10 seats, 4 ar-Headsets, 2 telepresences and 1 board are free all day.",
    )


def test_a_day_on_which_all_is_taken_or_closed_is_passed_over(lab, sam):
    tomorrow = Period(at("00:00") + DAY, at("00:00") + 2 * DAY)
    shut(lab.values(), tomorrow, sam)

    day, title, words = shown("23:30", days=3)

    assert (day, title) == (TODAY + 2 * DAY, "Free on Thursday 14 January")
    assert words.startswith("10 seats")
    assert shown("23:30")[1:] == ("Free today", "Nothing else is free today.")


def test_where_nothing_is_free_all_day_the_first_time_is_told(lab, ada):
    Resource.objects.exclude(slug="board-1").update(is_bookable=False)
    spec = BookingSpec(Period(at("08:00") + DAY, at("10:00") + DAY), ("board-1",))
    actions.request(spec, by=ada, at=at("06:00"))

    assert shown("23:30")[1:] == ("Free tomorrow", "First free: Board 1 at 10:15.")


@pytest.mark.parametrize(
    ("now", "end"), [("00:00", "12:00"), ("12:00", "18:00"), ("17:59", "18:00")]
)
def test_the_parts_of_a_day(now, end):
    assert rest_of_part(at(now), BERLIN).end == at(end)


def test_a_type_says_how_many_are_free_now(lab, ada):
    take(ada, "seat-1", "09:00", "11:00")
    assert standing_of("seat", "10:00").words == "9 of 10 are free now"
    assert standing_of("studio", "10:00").words == "3 of 3 are free tonight"


def test_or_when_the_next_one_is(lab, ada):
    take(ada, "board-1", "09:00", "11:00")
    standing = standing_of("board", "10:00")
    assert (standing.state, standing.words) == ("busy", "Free again today at 11:15")


def test_what_is_not_open_is_closed_and_says_when_it_is_free_again(lab, ada, sam):
    late = standing_of("board", "22:30")
    assert (late.state, late.words) == ("closed", "Free again tomorrow at 08:00")

    shut([lab["board-1"]], Period(at("09:00"), at("12:00")), sam)
    assert standing_of("board", "10:00").state == "closed"
    take(ada, "board-1", "14:00", "16:00")
    assert standing_of("board", "15:00").state == "busy"


def test_the_front_page_greets_in_both_languages(lab):
    english = Client(headers={"accept-language": "en"}).get("/").content.decode()
    german = Client(headers={"accept-language": "de"}).get("/").content.decode()
    assert '<html lang="en"' in english
    assert '<html lang="de"' in german
    assert "3 studios, 10 seats, 4 ar-Headsets, 2 telepresences and 1 board" in english
    assert "/board/#seat" in english


def test_the_front_page_names_nobody(lab, ada):
    start = timezone.now().replace(minute=0, second=0, microsecond=0) + DAY
    start = datetime.combine(start.date(), time(10), UTC)
    spec = BookingSpec(Period(start, start.replace(hour=12)), ("seat-1",), purpose="Zirkuspferd")
    actions.request(spec, by=ada, at=timezone.now())
    for path in ("/", "/house/", "/house/seat-1/"):
        page = Client().get(path)
        assert page.status_code == 200
        assert "Zirkuspferd" not in said(page)
        assert "Ada" not in said(page)


def test_the_front_page_of_an_empty_house(db):
    page = Client(headers={"accept-language": "en"}).get("/")
    assert page.status_code == 200
    assert b"Nothing can be booked here yet" in page.content


def test_the_front_page_asks_little(lab, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        Client().get("/")


@pytest.mark.parametrize(("language", "asks"), [("en", "Please ask us"), ("de", "Bitte frag uns")])
def test_how_one_gets_in_is_not_made_up_before_staff_have_written_it(db, language, asks):
    page = Client(headers={"accept-language": language}).get("/about/arrival/").content.decode()

    assert "Halfmannsweg 48" in page
    told = page.partition("</address>")[2].partition("</main>")[0]
    assert asks in told
    assert told.count("<p>") == 1
    assert "<h2>" not in told


@pytest.mark.parametrize("slug", ["imprint", "privacy", "accessibility", "arrival"])
def test_the_small_print_is_there(db, slug):
    page = Client().get(f"/about/{slug}/")
    assert page.status_code == 200
    assert b"lab@daig.example" in page.content


def test_other_small_print_is_not(db):
    assert Client().get("/about/settings/").status_code == 404
