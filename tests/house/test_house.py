"""The house, the pages of its things, and their rules in plain sentences."""

from datetime import time, timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from equipment.models import HouseRules, Resource
from labbooking.bookings import actions
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.rules.full_wording import in_short, sentences
from labbooking.period import DAY, HOUR, MINUTE, Period
from tests.lab import a_type, daily, units

AUTOMATIC, STAFF = HouseRules.Approval.AUTOMATIC, HouseRules.Approval.STAFF


def said(**fields):
    with translation.override("en"):
        return sentences(HouseRules(**fields))


def page(path, client=None):
    return (client or Client(headers={"accept-language": "en"})).get(path)


def test_a_seat_in_sentences():
    rules = {
        "opening": daily("07:00", "23:00"),
        "approval": AUTOMATIC,
        "at_once": 4,
        "self_check_in": True,
        "release_after": HOUR,
    }
    assert said(**rules) == [
        "From 15 minutes to 14 hours, in steps of 15 minutes.",
        "Open every day, 07:00–23:00.",
        "Yours at once, without approval.",
        "You can book up to 365 days ahead.",
        "One person may hold up to 4 at a time.",
        "You can cancel until it starts.",
        "If nobody comes within 1 hour, it is free for others again.",
        "You check in and out yourself.",
    ]


def test_a_studio_in_sentences():
    rules = {
        "by_night": True,
        "arrival": time(15),
        "departure": time(11),
        "turnaround_after": DAY,
        "cancel_until": DAY,
    }
    assert said(**rules) == [
        "By the night: arrival from 15:00, departure by 11:00, 1 to 90 nights.",
        "Needs staff approval.",
        "Your request holds the time for 3 days, then it lapses.",
        "You can book up to 365 days ahead.",
        "1 day afterwards for cleaning.",
        "You can cancel until 1 day before it starts.",
        "Staff hand it over to you and take it back.",
    ]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"induction": "kiln"}, "You need an induction."),
        ({"lead_time": 2 * HOUR}, "Book at least 2 hours ahead."),
        ({"turnaround_before": 10 * MINUTE}, "10 minutes beforehand to get it ready."),
        ({"turnaround_after": 15 * MINUTE}, "15 minutes afterwards for care."),
        ({"at_once": 1}, "One person may hold 1 at a time."),
        ({"hours_a_week": 12}, "One person may book 12 hours a week."),
        ({"group_at_once": 6}, "A group may hold up to 6 at a time."),
        ({"hours_a_week": 40}, "One person may book 40 hours a week."),
        ({"group_hours_a_week": 40}, "A group may book 40 hours a week."),
        ({"opening": []}, "Open day and night."),
        ({"opening": [[]] * 7}, "Not open on any day."),
    ],
)
def test_every_rule_has_its_sentence_only_where_it_holds(fields, sentence):
    assert sentence in said(**fields)
    neutral = {"opening": daily("09:00", "17:00"), "turnaround_after": timedelta(0)}
    assert sentence not in said(**neutral)


def test_days_that_differ_are_told_apart():
    weekdays, saturday = [["09:00", "12:00"], ["13:00", "17:00"]], [["10:00", "14:00"]]
    told = said(opening=[*[weekdays] * 5, saturday, []])
    assert "Monday to Friday: open 09:00–12:00, 13:00–17:00." in told
    assert "Saturday: open 10:00–14:00." in told
    assert "Sunday: closed." in told


def test_rules_in_short():
    with translation.override("en"):
        seats = HouseRules(approval=AUTOMATIC)
        headsets = HouseRules(approval=STAFF, induction="x", turnaround_after=15 * MINUTE)
        assert in_short(seats, 10) == "10 of them, confirmed at once"
        assert in_short(headsets, 1) == (
            "needs staff approval, needs an induction, 15 minutes of care afterwards"
        )


def test_the_house_lists_every_thing(lab):
    words = page("/house/").content.decode()
    for thing in lab.values():
        assert f'href="/house/{thing.slug}/"' in words


def test_a_thing_has_a_page_in_both_languages(lab):
    Resource.objects.filter(slug="seat-1").update(name_de="Platz 1", name_en="Seat 1")
    german = Client(headers={"accept-language": "de"})
    assert "<h1>Seat 1</h1>" in page("/house/seat-1/").content.decode()
    assert "<h1>Platz 1</h1>" in page("/house/seat-1/", german).content.decode()


def test_its_page_shows_the_next_days_and_ones_own_name_to_oneself_alone(lab, ada, ben, signed_in):
    start = timezone.now().replace(minute=0, second=0, microsecond=0) + 2 * DAY
    start = start.replace(hour=10)
    spec = BookingSpec(Period(start, start + HOUR), ("seat-1",), purpose="Zirkuspferd")
    actions.request(spec, by=ada, at=timezone.now())
    assert b"Zirkuspferd" in page("/house/seat-1/", signed_in(ada)).content
    for other in (signed_in(ben), Client()):
        content = page("/house/seat-1/", other).content
        assert b"block--busy" in content
        assert b"Zirkuspferd" not in content


def test_a_studio_shows_its_free_nights(lab):
    words = page("/house/studio-1/").content.decode()
    assert "The next weeks" in words
    assert "free for the night" in words


def test_a_part_names_its_whole_and_a_whole_its_parts(lab):
    assert 'href="/house/workspace/"' in page("/house/seat-1/").content.decode()
    assert 'href="/house/seat-10/"' in page("/house/workspace/").content.decode()


def test_what_cannot_be_booked_says_so(lab):
    Resource.objects.filter(slug="seat-1").update(is_bookable=False)
    words = page("/house/seat-1/").content.decode()
    assert "It cannot be booked at the moment." in words
    assert "/book/?resource=seat-1" not in words


def test_an_unknown_thing_is_not_found(lab):
    assert page("/house/sauna/").status_code == 404


def test_a_long_list_asks_no_more_than_a_short_one(db, django_assert_num_queries):
    seats = a_type("seat")
    units(seats, ["seat-1"])
    with django_assert_num_queries(3):
        page("/house/")
    units(seats, [f"seat-{number}" for number in range(2, 31)])
    with django_assert_num_queries(3):
        page("/house/")


def test_who_lacks_the_induction_can_ask_for_it_on_the_page_of_the_thing(lab, ada, nia, signed_in):
    client, path = signed_in(nia), "/house/ar-headset-1/"
    ask = "/book/induction/ar-headset/?next=/house/ar-headset-1/"
    assert ask in client.get(path).content.decode()

    back = client.post(ask, follow=True)

    assert back.redirect_chain == [(path, 302)]
    assert "You asked for an induction" in back.content.decode()
    assert ask not in back.content.decode()
    assert ask not in signed_in(ada).get(path).content.decode()
