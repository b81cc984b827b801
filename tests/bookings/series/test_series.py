"""Series: bounded, right in local time, whole or not at all."""

import sys

import pytest
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.actions.move import move
from labbooking.bookings.demand.spec import BookingSpec, OnClash, Scope
from labbooking.bookings.models import Booking, Series
from labbooking.bookings.pages.confirmations import question
from labbooking.bookings.planning.preview import preview
from labbooking.bookings.series.recurrence import dates, parse
from labbooking.errors import Malformed, Refused, SlotTaken
from labbooking.journal.models import Entry
from labbooking.period import HOUR, Period
from tests.lab import BERLIN, berlin

NOW = berlin("2026-03-01 09:00")
TUESDAY = Period(berlin("2026-03-17 10:00"), berlin("2026-03-17 12:00"))


def weekly(by, *resources, rrule="FREQ=WEEKLY;COUNT=4", **spec):
    return actions.request(BookingSpec(TUESDAY, resources, rrule=rrule, **spec), by=by, at=NOW)


def local_starts(bookings):
    return [f"{each.starts_at.astimezone(BERLIN):%m-%d %H:%M}" for each in bookings]


def starts(text, first=TUESDAY):
    found = dates(parse(text, BERLIN), first, BERLIN)
    return [f"{each.start.astimezone(BERLIN):%Y-%m-%d %H:%M}" for each in found]


@pytest.mark.django_db
def test_ten_o_clock_stays_ten_o_clock_when_the_clocks_change(lab, ada):
    bookings = weekly(ada, "seat-1")

    assert local_starts(bookings) == ["03-17 10:00", "03-24 10:00", "03-31 10:00", "04-07 10:00"]
    assert [each.period.length for each in bookings] == [2 * HOUR] * 4
    assert Series.objects.get().event.calendar == lab["seat-1"].calendar


@pytest.mark.django_db
def test_the_scheduler_agrees_on_the_dates(lab, ada):
    """django-scheduler's own expansion, asked in the lab's zone, is the independent opinion."""
    bookings = weekly(ada, "seat-1", rrule="FREQ=WEEKLY;BYDAY=TU,TH;COUNT=6")
    event = Series.objects.get().event

    found = event.get_occurrences(berlin("2026-03-01 00:00"), berlin("2026-06-01 00:00"))

    assert [each.start for each in found] == [each.starts_at for each in bookings]


@pytest.mark.django_db
def test_one_taken_date_refuses_the_whole_series(lab, ada, ben):
    actions.request(BookingSpec(TUESDAY.moved(7 * 24 * HOUR), ("seat-1",)), by=ben, at=NOW)

    with pytest.raises(SlotTaken):
        weekly(ada, "seat-1")

    assert not Booking.objects.filter(person=ada).exists()
    assert not Series.objects.exists()


@pytest.mark.django_db
def test_taken_dates_are_left_out_where_the_person_says_so(lab, ada, ben):
    actions.request(BookingSpec(TUESDAY.moved(7 * 24 * HOUR), ("seat-1",)), by=ben, at=NOW)

    bookings = weekly(ada, "seat-1", on_clash=OnClash.SKIP)

    assert local_starts(bookings) == ["03-17 10:00", "03-31 10:00", "04-07 10:00"]


@pytest.mark.django_db
def test_a_preview_shows_every_date_and_books_nothing(lab, ada, ben):
    actions.request(BookingSpec(TUESDAY.moved(7 * 24 * HOUR), ("seat-1",)), by=ben, at=NOW)

    seen = preview(BookingSpec(TUESDAY, ("seat-1",), rrule="FREQ=WEEKLY;COUNT=4"), by=ada, at=NOW)

    assert [each.ok for each in seen.dates] == [True, False, True, True]
    assert not seen.ok
    assert seen.in_words == "every week, 4 times"
    assert not Booking.objects.filter(person=ada).exists()


@pytest.mark.django_db
def test_a_series_is_decided_as_one(lab, ada, sam):
    bookings = weekly(ada, "ar-headset-1")

    approved = actions.approve(bookings[2].pk, by=sam, at=NOW)

    assert len(approved) == 4
    assert set(Booking.objects.values_list("state", flat=True)) == {"approved"}
    acts = Entry.objects.filter(kind="booking.approved").values_list("data__part_of_act", flat=True)
    assert [act["first"] for act in acts].count(True) == 1


@pytest.mark.django_db
def test_a_series_that_nobody_answers_lapses_as_one(lab, ada):
    bookings = weekly(ada, "ar-headset-1")

    scheduled.tick(bookings[0].hold_until)

    assert set(Booking.objects.values_list("state", flat=True)) == {"expired"}
    acts = Entry.objects.filter(kind="booking.expired").values_list("data__part_of_act", flat=True)
    assert [act["first"] for act in acts] == [True, False, False, False]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("scope", "left"),
    [
        (Scope.ONE, ["03-17 10:00", "03-31 10:00", "04-07 10:00"]),
        (Scope.FOLLOWING, ["03-17 10:00"]),
        (Scope.ALL, []),
    ],
)
def test_one_the_following_or_all_dates_are_cancelled(lab, ada, scope, left):
    bookings = weekly(ada, "seat-1")

    actions.cancel(bookings[1].pk, by=ada, at=NOW, scope=scope)

    assert local_starts(Booking.objects.filter(state="approved")) == left


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("scope", "moved"),
    [
        (Scope.ONE, ["03-17 10:00", "03-25 14:00", "03-31 10:00", "04-07 10:00"]),
        (Scope.FOLLOWING, ["03-17 10:00", "03-25 14:00", "04-01 14:00", "04-08 14:00"]),
        (Scope.ALL, ["03-18 14:00", "03-25 14:00", "04-01 14:00", "04-08 14:00"]),
    ],
)
def test_one_the_following_or_all_dates_are_moved_across_the_clock_change(lab, ada, scope, moved):
    bookings = weekly(ada, "seat-1")
    to = Period(berlin("2026-03-25 14:00"), berlin("2026-03-25 16:00"))

    move(bookings[1].pk, by=ada, at=NOW, to=to, scope=scope)

    assert local_starts(Booking.objects.order_by("starts_at")) == moved


@pytest.mark.django_db
def test_taken_dates_and_dates_to_choose_from_say_their_year_where_it_is_the_next(lab, ada, sam):
    at, first = berlin("2026-12-01 09:00"), Period(*map(berlin, ("2026-12-29 10", "2026-12-29 12")))
    spec = BookingSpec(first, ("ar-headset-1",), rrule="FREQ=WEEKLY;COUNT=2")
    asked = actions.request(spec, by=ada, at=at)

    with translation.override("en"):
        with pytest.raises(SlotTaken) as taken:
            actions.request(spec, by=sam, at=at)
        choice = question("part", asked[0], by=sam, at=at, back="/approvals/").form["dates"]

    said = ["Tue 29 Dec, 10:00–12:00", "Tue 5 Jan 2027, 10:00–12:00"]
    assert [each for each in said if each in str(taken.value)] == said
    assert [name for _, name in choice.field.choices] == said


@pytest.mark.django_db
def test_dates_are_moved_whole_or_not_at_all(lab, ada, ben):
    bookings = weekly(ada, "seat-1")
    in_the_way = Period(berlin("2026-04-01 14:00"), berlin("2026-04-01 15:00"))
    actions.request(BookingSpec(in_the_way, ("seat-1",)), by=ben, at=NOW)
    before = local_starts(Booking.objects.filter(person=ada))

    to = Period(berlin("2026-03-25 14:00"), berlin("2026-03-25 16:00"))
    with pytest.raises(SlotTaken):
        move(bookings[1].pk, by=ada, at=NOW, to=to, scope=Scope.ALL)

    assert local_starts(Booking.objects.filter(person=ada)) == before
    with pytest.raises(SlotTaken):
        actions.request(BookingSpec(TUESDAY, ("seat-1",)), by=ben, at=NOW)


@pytest.mark.django_db
def test_a_booking_may_move_into_part_of_its_own_time(lab, ada):
    booking = weekly(ada, "seat-1", rrule="")[0]

    move(booking.pk, by=ada, at=NOW, to=TUESDAY.moved(HOUR))

    assert local_starts(Booking.objects.all()) == ["03-17 11:00"]


@pytest.mark.django_db
def test_a_series_beyond_the_horizon_is_refused(lab, ada):
    with pytest.raises(Refused) as refused:
        weekly(ada, "seat-1", rrule="FREQ=WEEKLY;COUNT=60")
    assert {each.code for each in refused.value.refusals} == {"too_far_ahead"}


def test_the_first_monday_and_the_last_day_of_months():
    first = Period(berlin("2026-04-06 10:00"), berlin("2026-04-06 11:00"))
    assert starts("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1;COUNT=3", first) == [
        "2026-04-06 10:00",
        "2026-05-04 10:00",
        "2026-06-01 10:00",
    ]
    last = Period(berlin("2026-04-30 10:00"), berlin("2026-04-30 11:00"))
    assert starts("FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20260630", last) == [
        "2026-04-30 10:00",
        "2026-05-31 10:00",
        "2026-06-30 10:00",
    ]


def test_the_last_day_itself_belongs_to_the_series():
    assert starts("FREQ=WEEKLY;UNTIL=20260324T090000Z")[-1] == "2026-03-24 10:00"
    assert starts("FREQ=WEEKLY;UNTIL=20260324")[-1] == "2026-03-24 10:00"
    assert starts("FREQ=WEEKLY;UNTIL=20260323")[-1] == "2026-03-17 10:00"


def test_an_hour_that_a_clock_change_skips_is_named():
    at_half_past_two = Period(berlin("2026-03-28 02:30"), berlin("2026-03-28 03:30"))
    with pytest.raises(Malformed) as malformed:
        starts("FREQ=DAILY;COUNT=3", at_half_past_two)
    assert "29 March 2026" in malformed.value.detail or "29. März 2026" in malformed.value.detail


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;COUNT=3;UNTIL=20270101",
        "FREQ=WEEKLY;INTERVAL=0;COUNT=3",
        "FREQ=SECONDLY;COUNT=3",
        "FREQ=YEARLY;COUNT=3",
        "FREQ=WEEKLY;BYHOUR=3;COUNT=3",
        "FREQ=WEEKLY;BYDAY=1MO;COUNT=3",
        "FREQ=WEEKLY;BYDAY=0,2;COUNT=3",
        "FREQ=WEEKLY;COUNT=3;COUNT=4",
        "FREQ=DAILY;COUNT=367",
        "FREQ=DAILY;COUNT=99999999999999999999",
        "FREQ=DAILY;UNTIL=99991231",
        "FREQ=DAILY;UNTIL=20269931",
        "FREQ=DAILY;INTERVAL=7;BYDAY=WE;COUNT=5",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=30;COUNT=99",
        "FREQ=WEEKLY;BYMONTHDAY=1;COUNT=3",
        "FREQ=WEEKLY;BYSETPOS=1;COUNT=3",
        "FREQ=WEEKLY;COUNT=٣",
        "FREQ=DAILY;UNTIL=99991231T235959Z",
        "FREQ=DAILY;UNTIL=00010101T000000Z",
        "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=00;COUNT=3",
        "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=+0;COUNT=3",
        "FREQ=MONTHLY;BYMONTHDAY=-0;COUNT=3",
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_sentence(text):
    with pytest.raises(Malformed) as malformed:
        starts(text)
    assert malformed.value.detail.endswith((".", "COUNT=5."))


_PARTS = st.one_of(
    st.sampled_from(["FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=SECONDLY", "WKST=MO"]),
    st.builds("INTERVAL={}".format, st.integers(-2, 10**6)),
    st.builds("COUNT={}".format, st.integers(-2, 10**6)),
    st.builds("BYMONTHDAY={}".format, st.integers(-40, 40)),
    st.builds("BYSETPOS={}".format, st.integers(-400, 400)),
    st.builds("BYDAY={}".format, st.sampled_from(["MO", "TU,TH", "2MO", "XX", "MO,MO"])),
    st.builds("UNTIL={}".format, st.dates().map(lambda day: f"{day:%Y%m%d}")),
    st.text(max_size=12),
)


@given(st.lists(_PARTS, max_size=6).map(";".join))
@example("FREQ=DAILY;INTERVAL=7;BYDAY=WE;COUNT=5")
@example("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31;BYDAY=TU;COUNT=9")
def test_any_rule_is_answered_by_dates_or_by_an_error_and_soon(text):
    """Soon means little work, counted in lines run: a rule that never matches runs millions."""
    lines = 0

    def count(frame, event, arg):
        nonlocal lines
        lines += 1
        assert lines < 2_000_000
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        assert 1 <= len(starts(text)) <= 366
    except Malformed:
        pass
    finally:
        sys.settrace(before)
