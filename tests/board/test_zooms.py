"""The board from a day to a season: nights and days in columns, and what of the house is shown."""

import re
from datetime import date, datetime, time

import pytest
from django.test import Client
from django.utils import timezone

from equipment.models import Resource
from labbooking import when as say
from labbooking.board.address import BoardAddress, month_start
from labbooking.board.axis import Place, nights_axis, whole_days_axis
from labbooking.board.labels import day_labels
from labbooking.bookings import actions
from labbooking.bookings.actions.closures import close
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.period import DAY, Period
from tests.bookings.days import booked, day, hours, said
from tests.lab import BERLIN


def board(client=None, **query):
    query = {"day": f"{day(5)}", **query}
    return said((client or Client(headers={"accept-language": "en"})).get("/board/", query))


@pytest.mark.parametrize(
    ("start", "months", "first"),
    [
        (date(2026, 11, 23), 0, date(2026, 11, 1)),
        (date(2026, 11, 30), 3, date(2027, 2, 1)),
        (date(2027, 1, 31), -3, date(2026, 10, 1)),
        (date(2026, 12, 31), 1, date(2027, 1, 1)),
    ],
)
def test_months_begin_on_their_first(start, months, first):
    assert month_start(start, months) == first


def test_each_zoom_shows_its_days_and_steps_by_them():
    november = date(2026, 11, 23)
    days = {view: len(BoardAddress(november, view).days) for view in ("day", "week", "month")}
    assert days == {"day": 1, "week": 7, "month": 30}
    season = BoardAddress(november, "season")
    assert (season.days[0], season.days[-1]) == (date(2026, 11, 1), date(2027, 1, 31))
    assert season.later.day == date(2027, 2, 1)
    assert season.earlier.day == date(2026, 8, 1)


def test_a_season_names_each_whole_week_by_its_monday():
    autumn = BoardAddress(date(2026, 10, 19), "season")
    labels = list(day_labels(whole_days_axis(autumn.days, BERLIN), autumn, autumn.day))

    assert autumn.days[-1] == date(2026, 12, 31)  # a Thursday: the 28th begins no whole week
    assert [each["place"] for each in labels] == [(5 + 7 * n, 12 + 7 * n) for n in range(12)]
    assert [each["label"] for each in labels if each["today"]] == [say.short_day(autumn.day)]


@pytest.mark.parametrize("view", ["day", "month"])
def test_what_is_partly_taken_is_explained_where_it_is_seen(lab, ada, view):
    explained = 'block--partly" aria-hidden="true"></span>partly taken'
    assert explained not in board(view=view)
    booked(ada, "seat-4", period=hours(5))
    assert explained in board(view=view)


def test_a_guest_may_leave_on_the_day_another_comes():
    days = [date(2027, 1, number) for number in range(1, 10)]
    nights = nights_axis(days, time(15), time(11), BERLIN)

    def stay(first, last):
        return Period(
            datetime(2027, 1, first, 15, tzinfo=BERLIN), datetime(2027, 1, last, 11, tzinfo=BERLIN)
        )

    assert nights.touched(stay(2, 4)) == Place(2, 4)
    assert nights.touched(stay(4, 5)) == Place(4, 5)


def test_a_day_of_a_clock_change_is_one_column():
    days = [date(2026, 10, 24) + number * DAY for number in range(3)]
    axis = whole_days_axis(days, BERLIN)
    assert [(end - start).total_seconds() / 3600 for start, end in axis.columns] == [24, 25, 24]


@pytest.mark.parametrize("view", ["month", "season"])
def test_a_stay_lies_on_its_nights_and_is_named_to_its_guest_alone(lab, ada, signed_in, view):
    first = month_start(day(40))
    stay = Period(
        datetime.combine(first + DAY, time(15), BERLIN),
        datetime.combine(first + 4 * DAY, time(11), BERLIN),
    )
    spec = BookingSpec(stay, ("studio-1",), purpose="Residenz")
    actions.request(spec, by=ada, at=timezone.now())
    hers = board(signed_in(ada), day=f"{first}", view=view)
    assert '<li class="from-2 to-5"><a class="block block--waiting"' in hers
    assert "Residenz" in hers
    assert "Residenz" not in board(day=f"{first}", view=view)


def test_days_with_free_and_taken_time_lead_to_their_board(lab, ada, ben, signed_in):
    booked(ben, "seat-3", period=hours(5))
    page = board(view="month", type="seat")
    assert "partly taken" in page
    assert f'href="/board/?day={day(5)}&amp;view=day&amp;type=seat#seat"' in page


def test_it_narrows_to_a_kind_and_to_a_type(lab):
    devices = board(kind="device")
    assert "/house/ar-headset-1/" in devices
    assert "/house/telepresence-1/" in devices
    assert "/house/seat-1/" not in devices
    boards = board(kind="device", type="board")
    assert "/house/board-1/" in boards
    assert "/house/ar-headset-1/" not in boards
    assert "view=week&amp;kind=device&amp;type=board" in boards


def test_what_i_can_book_leaves_out_what_needs_an_induction_i_lack(lab, ada, nia, signed_in):
    Resource.objects.filter(slug="seat-4").update(is_bookable=False)
    for client, shown in ((signed_in(ada), True), (signed_in(nia), False), (Client(), True)):
        page = board(client, mine="1")
        assert ("/house/ar-headset-1/" in page) is shown
        assert "resource=seat-3" in page
        assert "/house/seat-4/" not in page


def test_nothing_that_fits_says_so_and_shows_the_way_back(lab, rui, signed_in):
    page = board(signed_in(rui), mine="1")
    assert "Nothing matches your filter" in page
    assert "Show everything" in page
    assert "Nothing matches your filter" in board(type="teapot")


def test_only_what_one_may_move_can_be_taken_hold_of(lab, ada, ben, sam, signed_in):
    (seat,) = booked(ada, "seat-1", period=hours(5))
    (headset,) = booked(ada, "ar-headset-1", period=hours(5))
    hers = board(signed_in(ada))
    assert f'data-moves="/bookings/{seat.pk}/move/"' in hers
    assert f'data-moves="/bookings/{headset.pk}/move/"' in hers
    assert "data-moves" not in board(signed_in(ben))
    assert "data-moves" not in board()

    actions.approve(headset.pk, by=sam, at=timezone.now())
    assert f'data-moves="/bookings/{headset.pk}/move/"' in board(signed_in(ada))
    assert f'data-moves="/bookings/{headset.pk}/move/"' in board(signed_in(sam))

    actions.check_in(headset.pk, by=sam, at=headset.starts_at)
    assert f'data-moves="/bookings/{headset.pk}/move/"' not in board(signed_in(sam))


@pytest.mark.parametrize("view", ["day", "week", "month", "season"])
def test_it_weighs_little(lab, ada, signed_in, view):
    for number in range(3, 9):
        booked(ada, "seat-1", "seat-2", period=hours(number))
    assert len(board(signed_in(ada), view=view).encode()) < 120_000


def test_the_board_keeps_to_the_things_its_address_names(lab):
    for view in ("day", "week", "month", "season"):
        page = board(view=view, resource=["seat-3", "ar-headset-1"])

        rows = re.findall(r'data-slug="([^"]+)"', page)
        assert rows == ["seat-3", "ar-headset-1"], view
    assert "view=month&amp;resource=seat-3&amp;resource=ar-headset-1" in page
    assert 'name="resource" value="seat-3"' in page
    assert f'?day={day(5)}&amp;view=season&amp;resource=ar-headset-1"' in page  # seat-3 taken off


def test_what_i_can_book_stays_asked_for_whichever_things_are_taken_off_or_chosen(lab):
    page = board(view="week", mine="1", resource=["seat-3", "ar-headset-1"])

    assert f'?day={day(5)}&amp;view=week&amp;mine=1&amp;resource=ar-headset-1"' in page
    form = page.partition('class="board-things"')[2].partition("</form>")[0]
    assert '<input type="hidden" name="mine" value="1">' in form


def test_things_that_are_not_in_the_house_are_named(lab):
    page = board(resource=["seat-3", "seat-99"])

    assert "seat-99 is not in the house." in page
    assert re.findall(r'data-slug="([^"]+)"', page) == ["seat-3"]
    assert "data-board" not in board(resource="seat-99")


def test_the_page_of_a_thing_leads_to_its_week_and_month_on_the_board(lab):
    page = said(Client(headers={"accept-language": "en"}).get("/house/seat-3/"))

    assert "view=week&amp;resource=seat-3" in page
    assert "view=month&amp;resource=seat-3" in page


@pytest.mark.parametrize(("language", "names"), [("en", ("Mon", "Sun")), ("de", ("Mo", "So"))])
def test_a_month_says_which_weekday_each_day_is(lab, language, names):
    page = board(Client(headers={"accept-language": language}), view="month", day="2027-02-10")

    assert f"<small>{names[0]}</small>1<" in page
    assert f"<small>{names[1]}</small>28<" in page


@pytest.mark.parametrize("view", ["day", "week", "month", "season"])
def test_every_zoom_says_why_something_is_closed(lab, view):
    why = {"reason_de": "Sturm", "reason_en": "Storm"}
    for slug in ("seat-1", "ar-headset-1"):
        close([lab[slug]], hours(5, "08:00", "20:00"), **why, by=None, at=timezone.now())
    mending = {"reason_de": "Reparatur", "reason_en": "Repair"}
    close([lab["board-1"]], hours(5, "08:00", "20:00"), **mending, by=None, at=timezone.now())

    page = board(view=view)

    told = page.partition('id="board-closed"')[2]
    assert "<strong>Storm</strong>" in told
    assert "Seat 1 and Ar Headset 1" in told
    assert "<strong>Repair</strong>" in told
    assert "Boards" in told  # all there is of its type


def test_what_the_shade_means_is_said(lab):
    assert "early and late" in board()
    assert "weekend" in board(view="month")
