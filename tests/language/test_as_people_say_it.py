"""Sentences as people really say them: what they mean, and that nothing is left out in silence."""

from datetime import date, time, timedelta

import pytest

from labbooking.language.clock import in_figures
from tests.lab import berlin
from tests.language.test_parser import AT, read

HOUR = timedelta(hours=1)
TODAY, NEXT_DAY = date(2026, 11, 23), date(2026, 11, 24)


def things(told):
    return {each.slug: each.count for each in told.things}


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("from 9 to half past ten", "from 9 to 10:30"),
        ("halb drei bis vier", "2:30 bis 4"),
        ("halb eins", "12:30"),
        ("viertel nach zwei", "2:15"),
        ("viertel vor eins", "12:45"),
        ("quarter to five", "4:45"),
        ("ten past three", "3:10"),
        ("dreiviertel acht", "7:45"),
        ("um neun", "um 9"),
        ("von zwei bis vier uhr", "von 2 bis 4 uhr"),
        ("9 bis elf", "9 bis 11"),
        ("bis zwolf uhr mittags", "bis 12:00"),
        ("14 h - 16 h", "14 uhr - 16 uhr"),
        ("um zwei platze", "um zwei platze"),
        ("half an hour", "half an hour"),
        ("an hour and a half", "an hour and a half"),
    ],
)
def test_times_of_day_in_words_are_written_in_figures(said, figures):
    assert in_figures(said) == figures


@pytest.mark.parametrize(
    ("text", "named", "day", "clocks"),
    [
        ("AR-Brille morgen 14–16 Uhr mit Platz", {"ar-headset": 1, "seat": 1}, NEXT_DAY, (14, 16)),
        ("tonight board 6 to 8", {"board": 1}, TODAY, (18, 20)),
        ("heute Abend Tafel 6 bis 8", {"board": 1}, TODAY, (18, 20)),
        ("heute Abend Tafel 18 bis 20 Uhr", {"board": 1}, TODAY, (18, 20)),
        ("seat tomorrow 8-10 in the evening", {"seat": 1}, NEXT_DAY, (20, 22)),
        ("Platz morgen Nachmittag von 2 bis 4", {"seat": 1}, NEXT_DAY, (14, 16)),
        ("4 seats wednesday 10am-4pm", {"seat": 4}, date(2026, 11, 25), (10, 16)),
        ("seat 9 to 5 tomorrow", {"seat": 1}, NEXT_DAY, (9, 17)),
        ("seat tomorrow 11-3", {"seat": 1}, NEXT_DAY, (11, 15)),
        ("seat tomorrow 20-2", {"seat": 1}, NEXT_DAY, (20, 2)),
        ("seat tomorrow 11 pm to 3 am", {"seat": 1}, NEXT_DAY, (23, 3)),
        ("seat tomorrow 11:00-03:00", {"seat": 1}, NEXT_DAY, (11, 3)),
        ("morgen um 8 ein Platz bis mittags", {"seat": 1}, NEXT_DAY, (8, 12)),
        ("Platz 14h–16h morgen", {"seat": 1}, NEXT_DAY, (14, 16)),
        ("Platz am Freitag, 27. November, 10–12 Uhr", {"seat": 1}, date(2026, 11, 27), (10, 12)),
        ("Platz Fr, 4. Dezember 10–12 Uhr", {"seat": 1}, date(2026, 12, 4), (10, 12)),
        ("the board on the 5th from 2pm to 3pm", {"board": 1}, date(2026, 12, 5), (14, 15)),
        ("Tafel am 5. von 14 bis 15 Uhr", {"board": 1}, date(2026, 12, 5), (14, 15)),
        ("zwei Plätze nächsten Dienstag 9 bis elf", {"seat": 2}, NEXT_DAY, (9, 11)),
    ],
)
def test_a_thing_a_day_and_from_when_to_when(text, named, day, clocks):
    told = read(text)

    assert (things(told), told.day) == (named, day)
    assert (told.starts, told.ends) == tuple(map(time, clocks))
    assert (told.last_day, told.rest) == (None, ())


@pytest.mark.parametrize(
    ("text", "starts", "length"),
    [
        ("two headsets friday 2pm for 3 hours", time(14), 3 * HOUR),
        ("nächsten Dienstag ab 9 zwei Plätze für 3 Stunden", time(9), 3 * HOUR),
        ("morgen ab neun für 1,5 Stunden ein Platz", time(9), 1.5 * HOUR),
        ("seat tomorrow at half past nine for two hours", time(9, 30), 2 * HOUR),
        ("headset this afternoon at 3 for an hour", time(15), HOUR),
        ("Brille heute Nachmittag um drei für eine Stunde", time(15), HOUR),
        ("Platz morgen Abend um 7 zwei Stunden", time(19), 2 * HOUR),
    ],
)
def test_a_start_and_a_length(text, starts, length):
    told = read(text)

    assert (told.starts, told.ends, told.length, told.rest) == (starts, None, length, ())
    assert told.day is not None


def test_a_time_from_now_on_begins_at_the_next_quarter():
    told = read("board in an hour", berlin("2026-11-23 07:20"))

    assert (told.day, told.starts, told.rest) == (TODAY, time(8, 30), ())
    assert read("Tafel in zwei Stunden", berlin("2026-11-23 23:00")).day == NEXT_DAY


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("übermorgen nachmittag Telepräsenz", "afternoon"),
        ("seat tonight", "evening"),
        ("this afternoon a seat", "afternoon"),
    ],
)
def test_a_part_of_the_day_without_hours_is_searched_for(text, part):
    told = read(text)

    assert (told.part_of_day, told.starts, told.rest) == (part, None, ())
    assert told.day is not None


@pytest.mark.parametrize(
    "text",
    ["Studio 28.12. bis 3.1.", "studio dec 28 - jan 3", "Atelier 28. Dezember bis 3. Januar"],
)
def test_a_stay_over_the_turn_of_the_year(text):
    told = read(text)

    assert (told.day, told.last_day) == (date(2026, 12, 28), date(2027, 1, 3))
    assert told.rest == ()


@pytest.mark.parametrize(
    ("text", "repeat", "times"),
    [
        ("every monday 10-12 seat for 6 weeks", "weekly", 6),
        ("jeden Montag 10–12 Uhr Platz, 6 Wochen lang", "weekly", 6),
        ("Mondays 10-12 a seat for six weeks", "weekly", 6),
        ("every other monday 10-12 seat for 6 weeks", "fortnightly", 3),
        ("jeden zweiten Montag 10-12 Platz 4 mal", "fortnightly", 4),
        ("montags 10–12 Platz, 4 mal", "weekly", 4),
    ],
)
def test_a_series_lasts_as_long_as_is_said(text, repeat, times):
    told = read(text)

    assert (told.repeat, told.times, things(told)) == (repeat, times, {"seat": 1})
    assert (told.day.weekday(), told.length, told.rest) == (0, None, ())


def test_a_series_on_several_days_of_the_week():
    told = read("jeden Dienstag und Donnerstag 10-12 Uhr Platz für 3 Wochen")

    assert (told.repeat, told.day, told.weekdays, told.until) == ("weekly", NEXT_DAY, (1, 3), None)
    assert (told.times, told.rest) == (6, ())


def test_every_day_of_a_week():
    told = read("seat every day this week 9 to 12")
    assert (told.repeat, told.day, told.until) == ("daily", TODAY, date(2026, 11, 29))

    told = read("Platz jeden Tag nächste Woche 9-12", berlin("2026-11-26 10:00"))
    assert (told.day, told.until) == (date(2026, 11, 30), date(2026, 12, 6))


def test_every_day_until_a_day_begins_as_soon_as_it_can():
    told = read("seat every day until friday 10-12")

    assert (told.day, told.until) == (None, date(2026, 11, 27))


def test_from_one_weekday_to_another_goes_forward():
    told = read("seat from monday to wednesday 10 to 12")

    assert (told.day, told.last_day) == (date(2026, 11, 30), date(2026, 12, 2))


def test_what_shall_not_be_is_not_booked():
    assert things(read("keine AR-Brille, nur einen Platz morgen")) == {"seat": 1}
    assert things(read("two seats without a headset")) == {"seat": 2}


def test_a_comma_parts_a_thing_from_the_next_count():
    assert things(read("Platz, 3 Brillen morgen")) == {"seat": 1, "ar-headset": 3}


def test_the_german_am_is_no_morning():
    told = read("Platz 3 am Freitag")

    assert (things(told), told.starts, told.day) == ({"seat-3": 1}, None, date(2026, 11, 27))
    assert things(read("Platz 3 am 4.12.")) == {"seat-3": 1}
    assert read("seat tomorrow 8 am for an hour").starts == time(8)


@pytest.mark.parametrize(
    ("text", "missed"),
    [
        ("seat on monday, wednesday and friday 10-12", {"wednesday", "friday"}),
        ("seat this weekend", {"weekend"}),
        ("Platz am Wochenende", {"wochenende"}),
        ("Atelier über Weihnachten", {"weihnachten"}),
        ("every monday 10-12 seat until christmas", {"christmas"}),
        ("seat tomorrow 10 or 11", {"10", "11"}),
        ("Platz morgen 9 bis 11 und 14 bis 16 Uhr", {"14", "16"}),
        ("half day seat friday", {"half", "day"}),
        ("I need a desk tomorrow at 15:00", {"desk"}),
        ("two seats on 12/24 at noon", {"12/24"}),
        ("tomorrow 10-12 something with a view", {"something", "view"}),
        ("seat tomorrow 9 to 11 for 3 hours", {"3", "hours"}),
        ("Brille bis Freitag", {"freitag"}),
        ("seat every other day 10-12", {"other"}),
        ("seat for 4 people tomorrow", {"4", "people"}),
    ],
)
def test_what_is_not_understood_is_said(text, missed):
    assert missed <= set(read(text, AT).rest)


@pytest.mark.parametrize(
    ("said", "last"),
    [
        ("studio from 5 January until end of January", date(2027, 1, 31)),
        ("Atelier ab 5. Januar bis Ende Januar", date(2027, 1, 31)),
        ("Atelier 5. Januar bis Ende März 2027", date(2027, 3, 31)),
        ("studio from 20 December until the end of February", date(2027, 2, 28)),
        ("Atelier morgen bis Ende November", date(2026, 11, 30)),
    ],
)
def test_a_stay_until_the_end_of_a_month_ends_on_its_last_day(said, last):
    told = read(said)

    assert (told.last_day, told.rest) == (last, ())


@pytest.mark.parametrize(
    "said", ["seat every Monday 10 to 12 until end of January", "montags 10 bis 12 bis Ende Januar"]
)
def test_a_series_until_the_end_of_a_month_goes_on_until_its_last_day(said):
    assert read(said).until == date(2027, 1, 31)
