"""One sentence, in German or English, read into things and times."""

import time as clock
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labbooking.language.parser import understand
from labbooking.language.things import Thing, nicknames_of
from tests.lab import BERLIN, berlin

# A Monday.
AT = berlin("2026-11-23 07:20")
HOUR = timedelta(hours=1)


def of_type(slug, *names, units=()):
    return Thing(slug, True, (slug, *names), nicknames_of((*names, *units)))


THINGS = [
    of_type("studio", "Atelier", "Studio", "Ateliers", "Studios"),
    of_type("seat", "Arbeitsplatz", "Seat", "Arbeitsplätze", "Seats", units=["Platz 1", "Seat 1"]),
    of_type("ar-headset", "AR-Brille", "AR headset", "AR-Brillen", "AR headsets"),
    of_type("telepresence", "Telepräsenz-Bildschirm", "Telepresence screen"),
    of_type("board", "Digitale Tafel", "Digital board"),
    Thing("seat-3", False, ("seat-3", "Platz 3", "Seat 3")),
]
NEXT_DAY = date(2026, 11, 24)
FRIDAY = date(2026, 11, 27)


def read(text, at=AT):
    return understand(text, THINGS, at, BERLIN)


def things(text):
    return {each.slug: each.count for each in read(text).things}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("AR-Brille mit Platz", {"ar-headset": 1, "seat": 1}),
        ("two headsets", {"ar-headset": 2}),
        ("zwei Plätze und drei AR-Brillen", {"seat": 2, "ar-headset": 3}),
        ("headset × 2", {"ar-headset": 2}),
        ("2 x seat", {"seat": 2}),
        ("Platz 3", {"seat-3": 1}),
        ("seat-3 and the board", {"seat-3": 1, "board": 1}),
        ("ar-headset", {"ar-headset": 1}),
        ("Arbeitsplaetze", {"seat": 1}),
        ("a headst", {"ar-headset": 1}),
        ("digitale Tafel", {"board": 1}),
        ("a seat and another seat", {"seat": 2}),
        ("seaside", {}),
        ("Seat 4711", {"seat": 1}),
    ],
)
def test_things_are_found_by_what_the_lab_calls_them(text, named):
    assert things(text) == named


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("morgen", NEXT_DAY),
        ("tomorrow", NEXT_DAY),
        ("übermorgen", date(2026, 11, 25)),
        ("friday", FRIDAY),
        ("am Freitag", FRIDAY),
        ("nächsten Dienstag", NEXT_DAY),
        ("next tuesday", NEXT_DAY),
        ("Tuesday next week", date(2026, 12, 1)),
        ("monday in two weeks", date(2026, 12, 7)),
        ("in zwei Wochen", date(2026, 12, 7)),
        ("3. März", date(2027, 3, 3)),
        ("march 3", date(2027, 3, 3)),
        ("3rd of march", date(2027, 3, 3)),
        ("24.11.", NEXT_DAY),
        ("1.12.", date(2026, 12, 1)),
        ("22.11.", date(2027, 11, 22)),
        ("2026-11-30", date(2026, 11, 30)),
        ("31.2.", None),
        ("with", None),
        ("two", None),
        ("14", None),
    ],
)
def test_days_are_read_in_both_languages(text, day):
    assert read(f"seat {text}" if text != "14" else text).day == day


@pytest.mark.parametrize(
    ("text", "starts", "ends", "length"),
    [
        ("14–16 Uhr", time(14), time(16), None),
        ("von 9.30 bis 11 Uhr", time(9, 30), time(11), None),
        ("2-4pm", time(14), time(16), None),
        ("11am to 1pm", time(11), time(13), None),
        ("2pm for 3 hours", time(14), None, 3 * HOUR),
        ("ab 9 für 2 Stunden", time(9), None, 2 * HOUR),
        ("um 14 Uhr für anderthalb Stunden", time(14), None, 1.5 * HOUR),
        ("at 10:00 for 45 minutes", time(10), None, 0.75 * HOUR),
        ("for half an hour", None, None, 0.5 * HOUR),
        ("bis 16 Uhr, 2 Stunden", None, time(16), 2 * HOUR),
        ("22–24 Uhr", time(22), time(0), None),
        ("25 o'clock", None, None, None),
        ("at 10:75", None, None, None),
        ("13pm", None, None, None),
        ("noon", time(12), None, None),
    ],
)
def test_times_of_day_and_lengths(text, starts, ends, length):
    told = read(f"seat tomorrow {text}")

    assert (told.starts, told.ends, told.length) == (starts, ends, length)
    assert told.day == NEXT_DAY


@pytest.mark.parametrize(
    "text",
    [
        "Atelier vom 3. bis 10. März",
        "studio from march 3 to 10",
        "studio 3 to 10 march",
        "Atelier 3.–10.3.",
        "Studio 3. März bis 10. März",
    ],
)
def test_a_stay_has_two_days(text):
    told = read(text)

    assert (told.day, told.last_day) == (date(2027, 3, 3), date(2027, 3, 10))
    assert told.rest == ()


def test_a_stay_may_begin_in_the_month_before():
    told = read("Atelier vom 28. bis 3. März")

    assert (told.day, told.last_day) == (date(2027, 2, 28), date(2027, 3, 3))


def test_how_often_is_understood():
    told = read("zwei Plätze nächsten Dienstag ab 9 für 2 Stunden jede Woche 4 mal")
    assert (told.repeat, told.times, told.day, told.starts) == ("weekly", 4, NEXT_DAY, time(9))

    told = read("2 screens every friday 10:00 to 12:00 until 18 december")
    assert (told.repeat, told.day, told.until) == ("weekly", FRIDAY, date(2026, 12, 18))

    assert read("seat every two weeks").repeat == "fortnightly"
    assert read("Platz jeden Tag").repeat == "daily"


def test_a_whole_day_and_parts_of_it():
    assert read("seat tomorrow all day").all_day
    assert read("Platz morgen den ganzen Tag").all_day
    assert read("Tafel heute Nachmittag").part_of_day == "afternoon"
    assert read("seat tomorrow morning").part_of_day == "morning"
    assert read("seat tomorrow morning").day == NEXT_DAY


def test_what_is_not_understood_is_told():
    assert read("unicorn tomorrow").rest == ("unicorn",)
    assert read("'; DROP TABLE bookings; --").rest == ("drop", "table", "bookings")
    assert not read("<script>alert(1)</script>").anything
    assert read("bitte einen Platz für mich").rest == ("mich",)


@pytest.mark.parametrize("now", ["2026-10-24 23:30", "2026-10-25 01:30", "2027-03-27 12:00"])
def test_the_night_of_a_clock_change_is_a_day_like_others(now):
    told = read("seat tomorrow 2:30 for 2 hours", berlin(now))

    assert told.day == date.fromisoformat(now[:10]) + timedelta(days=1)
    assert told.starts == time(2, 30)


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "a 1 " * 2_500, "seat tomorrow " * 700, "1-" * 5000]
)
def test_a_long_text_is_read_only_at_its_beginning(text):
    read("warm")
    began = clock.monotonic()

    told = read(text)

    assert clock.monotonic() - began < 1
    assert told.rest[-1] == "…"


PIECES = """morgen tomorrow 14 – 16 Uhr pm seat Platz 3 3. März vom bis for in zwei weeks
99999999999 31.2. 0 24:00 jede Woche mal 10:75 2026-02-31 -1 ½ ٣ 1e9 every until next an halbe"""
WORDS = st.lists(st.sampled_from(PIECES.split()), max_size=14).map(" ".join)


@settings(max_examples=150)
@given(text=st.one_of(st.text(max_size=200), WORDS))
def test_no_text_breaks_it(text):
    told = read(text)

    assert all(each.count >= 1 for each in told.things)
    assert told.length is None or told.length > timedelta()
    assert isinstance(told.day, date | None)
    assert not isinstance(told.day, datetime)


@pytest.mark.parametrize("word", ["seet", "arbeitsplaz", "telepresenz", "hedset"])
def test_what_is_said_a_hundred_times_costs_little_more_than_once(word):
    crowded = THINGS + [Thing(f"seat-{n}", False, (f"Arbeitsplatz {n}",)) for n in range(50)]
    began = clock.process_time()
    for _ in range(10):
        understand(f"{word} " * 100, crowded, AT, BERLIN)
    assert (clock.process_time() - began) / 10 < 0.2
