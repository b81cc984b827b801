"""Moving, shortening and extending on a page: told first, done whole or not at all, undone."""

import re
from html import unescape

import pytest
from django.utils import timezone

from labbooking.bookings.models import Booking
from tests.bookings.days import booked, day, hours, said
from tests.lab import berlin

pytestmark = pytest.mark.django_db


def typed(number, start, end, **more):
    return {"from": f"{day(number)}T{start}", "to": f"{day(number)}T{end}", **more}


def url(booking):
    return f"/bookings/{booking.pk}/move/"


def times(*bookings):
    return [(each.starts_at, each.ends_at) for each in map(reloaded, bookings)]


def reloaded(booking):
    return Booking.objects.get(pk=booking.pk)


def span(number, start, end):
    period = hours(number, start, end)
    return (period.start, period.end)


def test_the_page_shows_the_time_it_has_and_moves_it(lab, ada, signed_in):
    booking, client = booked(ada, "seat-1")[0], signed_in(ada)

    page = said(client.get(url(booking)))
    answer = client.post(url(booking), typed(11, "14:00", "15:30"))

    assert f'value="{day(10)}T10:00"' in page
    assert answer.url == f"/bookings/{booking.pk}/"
    assert times(booking) == [span(11, "14:00", "15:30")]


def test_its_own_time_does_not_stand_in_its_way(lab, ada, signed_in):
    booking = booked(ada, "seat-1")[0]

    page = said(signed_in(ada).get(url(booking), typed(10, "11:00", "13:00")))

    assert "Free then" in page


def test_while_typing_only_the_outcome_comes_and_says_who_is_in_the_way(lab, ada, ben, signed_in):
    booked(ben, "seat-1", period=hours(10, "14:00", "16:00"))
    booking = booked(ada, "seat-1")[0]

    part = said(
        signed_in(ada).get(
            url(booking), typed(10, "15:00", "17:00"), headers={"HX-Request": "true"}
        )
    )

    assert "<html" not in part
    assert "Seat 1 is taken then." in part
    assert "16:00–18:00" in part


def test_taken_is_409_and_keeps_what_was_typed(lab, ada, ben, signed_in):
    booked(ben, "seat-1", period=hours(10, "14:00", "16:00"))
    booking = booked(ada, "seat-1")[0]
    before = times(booking)

    answer = signed_in(ada).post(url(booking), typed(10, "15:00", "17:00"))

    assert answer.status_code == 409
    assert f'value="{day(10)}T15:00"' in said(answer)
    assert times(booking) == before


def test_against_the_rules_is_422_with_the_nearest_time_they_allow(lab, ada, signed_in):
    booking = booked(ada, "seat-1")[0]

    answer = signed_in(ada).post(url(booking), typed(10, "06:00", "08:00"))

    assert answer.status_code == 422
    assert "from 07:00–23:00 on that day" in said(answer)
    assert "This would work" in said(answer)
    assert "07:00–09:00" in said(answer)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"from": "tomorrow"}, "Enter a day and a time"),
        (typed(10, "12:00", "11:00"), "The end must be later than the start."),
        (typed(10, "12:00", "13:00", scope="some"), "Select a valid choice"),
    ],
)
def test_what_cannot_be_read_is_400(lab, ada, signed_in, sent, sentence):
    booking = booked(ada, "seat-1", rrule="FREQ=DAILY;COUNT=2")[0]

    answer = signed_in(ada).post(url(booking), sent)

    assert answer.status_code == 400
    assert sentence in said(answer)


def test_the_hour_the_clocks_repeat_is_asked_about(lab, ada, signed_in):
    year = timezone.now().year + (timezone.now().month > 9)
    last = max(
        berlin(f"{year}-10-{number}")
        for number in range(25, 32)
        if berlin(f"{year}-10-{number}").weekday() == 6
    ).date()
    booking = booked(ada, "seat-1")[0]
    sent = {"from": f"{last}T02:30", "to": f"{last}T08:00"}
    client = signed_in(ada)

    asked = client.post(url(booking), sent)
    told = client.post(url(booking), sent | {"from_at": f"{last}T02:30+01:00"})

    assert asked.status_code == 400
    assert f'value="{last}T02:30+01:00"' in said(asked)
    assert told.status_code == 422  # seats open at seven: the rules say so, not the clock


def test_a_series_moves_from_a_date_on(lab, ada, signed_in):
    first, *later = booked(ada, "seat-1", rrule="FREQ=DAILY;COUNT=3")

    preview = said(
        signed_in(ada).get(url(later[0]), typed(11, "15:00", "16:00", scope="following"))
    )
    signed_in(ada).post(url(later[0]), typed(11, "15:00", "16:00", scope="following"))

    assert "2 dates" in preview
    assert times(first, *later) == [
        span(10, "10:00", "12:00"),
        span(11, "15:00", "16:00"),
        span(12, "15:00", "16:00"),
    ]


def test_one_date_in_the_way_keeps_all_where_they_are(lab, ada, ben, signed_in):
    booked(ben, "seat-1", period=hours(11, "15:00", "16:00"))
    series = booked(ada, "seat-1", rrule="FREQ=DAILY;COUNT=3")
    before = times(*series)

    answer = signed_in(ada).post(url(series[0]), typed(10, "15:00", "16:00", scope="all"))

    assert answer.status_code == 409
    assert times(*series) == before


def test_a_move_can_be_taken_back_for_a_moment(lab, ada, signed_in):
    booking, client = booked(ada, "seat-1")[0], signed_in(ada)
    before = times(booking)

    page = said(client.post(url(booking), typed(11, "14:00", "15:30"), follow=True))
    back = unescape(re.search(r'action="(/bookings/\d+/move/[^"]+)"', page)[1])
    again = client.post(back, follow=True)

    assert times(booking) == before
    assert "Move it back" not in said(again)


def test_what_was_cancelled_after_its_move_is_not_moved_back(lab, ada, signed_in):
    booking, client = booked(ada, "seat-1")[0], signed_in(ada)
    client.post(url(booking), typed(11, "14:00", "15:30"))

    page = said(client.post(f"/bookings/{booking.pk}/cancel/", follow=True))

    assert "Cancelled. The time is free again." in page
    assert "Move it back" not in page


def test_it_may_last_longer_while_nobody_follows(lab, ada, ben, signed_in):
    booked(ben, "seat-1", period=hours(10, "12:30", "14:00"))
    booking = booked(ada, "seat-1")[0]

    page = said(signed_in(ada).get(url(booking)))

    assert re.search(r"Nobody else has it until [^.]*12:30\.", page)
    assert "+30 min" in page
    assert "+1 h" not in page
    assert "−30 min" in page


def test_it_lasts_no_longer_than_the_house_is_open_and_turnaround_counts(lab, ada, ben, signed_in):
    late = booked(ada, "seat-1", period=hours(10, "21:00", "23:00"))[0]
    device = booked(ada, "board-1")[0]
    booked(ben, "board-1", period=hours(10, "12:45", "14:00"))
    client = signed_in(ada)

    assert "It cannot last longer" in said(client.get(url(late)))
    assert re.search(r"Nobody else has it until [^.]*12:30\.", said(client.get(url(device))))


def test_stays_move_by_days(lab, ada, signed_in):
    nights = [berlin(f"{day(10)} 15:00"), berlin(f"{day(13)} 11:00")]
    booking = booked(ada, "studio-1", period=type(hours(1))(*nights))[0]
    client = signed_in(ada)

    page = said(client.get(url(booking)))
    client.post(url(booking), {"from": f"{day(11)}", "to": f"{day(15)}"})

    assert "Arrival" in page
    assert "+1 night" in page
    assert times(booking) == [(berlin(f"{day(11)} 15:00"), berlin(f"{day(15)} 11:00"))]


def test_only_staff_set_rules_aside(lab, ada, sam, signed_in):
    booking = booked(ada, "seat-1")[0]
    sent = typed(10, "06:00", "08:00", reason="She opens the house that day.")

    answers = [signed_in(who).post(url(booking), sent).status_code for who in (ada, sam)]

    assert answers == [422, 302]


@pytest.mark.parametrize("count", [2, 6])
def test_a_preview_asks_the_same_for_two_dates_and_for_six(
    lab, ada, signed_in, django_assert_max_num_queries, count
):
    series = booked(ada, "seat-1", rrule=f"FREQ=DAILY;COUNT={count}")
    client = signed_in(ada)
    sent = typed(10, "15:00", "16:00", scope="all")
    client.get(url(series[0]), sent)

    with django_assert_max_num_queries(12):
        client.get(url(series[0]), sent, headers={"HX-Request": "true"})
