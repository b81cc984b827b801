"""Staff close things for a time: first they see what stands in the way, and they open again."""

import pytest
from django.urls import reverse
from django.utils import timezone

from equipment.models import Resource
from labbooking.bookings.actions.closures import close
from labbooking.bookings.closures.queries import closed_ahead, in_the_way
from labbooking.bookings.models import Booking, Closure
from labbooking.journal.models import Entry
from labbooking.period import DAY, HOUR, Period
from tests.bookings.days import booked, day, hours, said
from tests.lab import berlin

pytestmark = pytest.mark.django_db

REASONS = {"reason_de": "Wartung", "reason_en": "Maintenance"}
PAGE = "/desk/closures/"


def fields(what="resource:seat-1", number=10, start="10:00", end="12:00", **more):
    times = {"starts_at": f"{day(number)}T{start}", "ends_at": f"{day(number)}T{end}"}
    return {"what": what, **times, **REASONS, **more}


def shut(*things, by, period=None):
    return close(things, period or hours(10), **REASONS, by=by, at=timezone.now())


def slugs(closure):
    return set(closure.allocations.values_list("resource__slug", flat=True))


def test_looking_shows_what_stands_in_the_way_and_closes_nothing(lab, ada, ben, sam, signed_in):
    (booking,) = booked(ada, "seat-1")
    booked(ben, "seat-2")

    page = signed_in(sam).get(PAGE, fields())

    assert "1 booking is in the way" in said(page)
    assert "Seat 1</a>" in said(page)
    assert "Ada" in said(page)
    assert "Close it</button>" not in said(page)
    back = f"/bookings/{booking.pk}/?next=%2Fdesk%2Fclosures%2F%3Fwhat%3Dresource%253Aseat-1"
    assert back in said(page)
    assert not Closure.objects.exists()


def test_what_stands_in_the_way_is_kept_also_when_somebody_closes_all_the_same(
    lab, ada, sam, signed_in
):
    booked(ada, "seat-1")

    refused = signed_in(sam).post(PAGE, fields())

    assert refused.status_code == 409
    assert "1 booking is in the way" in said(refused)
    assert Booking.objects.get().state == "approved"
    assert not Closure.objects.exists()


def test_nothing_in_the_way_it_is_closed_with_a_way_to_undo(lab, sam, signed_in):
    browser = signed_in(sam)
    assert "Nothing is in the way" in said(browser.get(PAGE, fields()))

    done = browser.post(PAGE, fields(), follow=True)

    closure = Closure.objects.get()
    assert (closure.reason_de, closure.reason_en) == ("Wartung", "Maintenance")
    assert closure.period == hours(10)
    assert (closure.made_by, slugs(closure)) == (sam, {"seat-1"})
    assert "It is closed, and the board shows it." in said(done)
    assert said(done).count(reverse("reopen_closure", args=[closure.pk])) == 2

    opened = browser.post(reverse("reopen_closure", args=[closure.pk]), follow=True)
    assert "Open again: Maintenance." in said(opened)
    assert closed_ahead(timezone.now()) == []
    assert Entry.objects.filter(kind="resource.reopened").count() == 1


def test_a_type_or_the_whole_house_is_closed_at_once(lab, sam, signed_in):
    browser = signed_in(sam)
    browser.post(PAGE, fields("type:ar-headset"))
    assert slugs(Closure.objects.get()) == {f"ar-headset-{n}" for n in range(1, 5)}
    browser.post(PAGE, fields("house", 20))
    closed = Closure.objects.order_by("pk").last()
    assert slugs(closed) == set(Resource.objects.values_list("slug", flat=True))
    words = [each.things for each in closed_ahead(timezone.now())]
    assert words == ["all Ar-Headsets", "the whole house"]


def test_a_booking_of_a_part_stands_in_the_way_of_its_whole(lab, ada, sam):
    (booking,) = booked(ada, "seat-1")
    assert in_the_way([lab["workspace"]], hours(10)) == [booking]
    assert in_the_way([lab["seat-2"]], hours(10)) == []


def test_turnaround_stands_in_the_way_and_touching_does_not(lab, ada, sam):
    booked(ada, "telepresence-1")
    assert len(in_the_way([lab["telepresence-1"]], hours(10, "12:00", "13:00"))) == 1
    assert in_the_way([lab["telepresence-1"]], hours(10, "12:15", "13:00")) == []


def test_a_reason_in_both_languages_is_due(lab, sam, signed_in):
    page = signed_in(sam).post(PAGE, fields(reason_de=" "))
    assert page.status_code == 400
    assert "Say why it is closed, in both languages." in said(page)
    assert not Closure.objects.exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"ends_at": "2020-01-01T10:00"}, "The end must be later than the beginning."),
        ({"starts_at": "2020-01-01T10:00", "ends_at": "2020-01-01T12:00"}, "That is already over."),
        ({"what": "type:kiln"}, "Select a valid choice"),
        ({"starts_at": "soon"}, "Enter a valid date/time."),
        ({"starts_at": "2027-10-31T02:30"}, "It could mean 02:30 CEST or 02:30 CET;"),
        (
            {"ends_at": "2027-03-28T02:30"},
            "does not exist. It could mean 01:30 or 03:30;",
        ),
        ({"what": ""}, "This field is required."),
    ],
)
def test_what_cannot_be_says_so_and_keeps_the_rest(lab, sam, signed_in, changed, sentence):
    page = signed_in(sam).post(PAGE, fields() | changed)
    assert page.status_code == 422
    assert sentence in said(page)
    assert 'value="Wartung"' in said(page)
    assert not Closure.objects.exists()


def test_opened_twice_or_what_never_was_is_told(lab, sam, signed_in):
    browser, closure = signed_in(sam), shut(lab["seat-1"], by=sam)
    address = reverse("reopen_closure", args=[closure.pk])
    assert "Open again: Maintenance?" in said(browser.get(address))
    assert len(closed_ahead(timezone.now())) == 1
    browser.post(address)
    assert "already over" in said(browser.post(address, follow=True))
    assert browser.post(reverse("reopen_closure", args=[closure.pk + 1])).status_code == 404


def test_htmx_gets_what_it_would_come_to_alone(lab, sam, signed_in):
    page = signed_in(sam).get(PAGE, fields(), headers={"HX-Request": "true"})
    assert said(page).startswith('<section class="aside-layout__side outcome outcome--yes"')


def test_the_desk_and_the_thing_lead_there(lab, sam, ada, signed_in):
    assert 'href="/desk/closures/"' in said(signed_in(sam).get("/desk/"))
    assert "/desk/closures/?what=resource:seat-1" in said(signed_in(sam).get("/house/seat-1/"))
    assert "/desk/closures/" not in said(signed_in(ada).get("/house/seat-1/"))
    prefilled = said(signed_in(sam).get(PAGE, {"what": "resource:seat-1"}))
    assert '<option value="resource:seat-1" selected>' in prefilled
    assert "This field is required" not in prefilled


def test_many_closures_and_bookings_take_no_more_queries(
    lab, ada, ben, sam, signed_in, django_assert_max_num_queries
):
    browser = signed_in(sam)

    def queries():
        with django_assert_max_num_queries(20) as counted:
            browser.get(PAGE, fields("type:seat"))
        return len(counted)

    shut(lab["board-1"], by=sam)
    booked(ada, "seat-1")
    queries()
    with_one = queries()
    shut(lab["board-1"], lab["telepresence-1"], by=sam, period=hours(20))
    shut(*lab.values(), by=sam, period=hours(21))
    booked(ben, "seat-2")
    booked(ben, "seat-3")
    assert queries() == with_one


def test_closures_stand_by_year_and_what_repeats_is_one_line(lab, sam, signed_in):
    this = timezone.now().year
    for year, days in ((this + 1, (4, 11, 18)), (this + 2, (4,))):
        for number in days:
            start = berlin(f"{year}-03-{number:02} 08:00")
            shut(lab["board-1"], by=sam, period=Period(start, start + 2 * HOUR))
    shut(lab["seat-1"], by=sam, period=Period(start + DAY, start + 2 * DAY))

    page = signed_in(sam).get(PAGE)

    years = page.context["years"]
    lines = {each.year: [len(line.dates) for line in each.lines] for each in years}
    assert lines == {this + 1: [3], this + 2: [1, 1]}
    assert "3 times, " in said(page)
    assert said(page).count("/reopen/") == 5  # each date can be opened by itself


def test_the_desk_leads_everywhere_from_one_menu(lab, sam, signed_in):
    page = said(signed_in(sam).get("/desk/")).partition("<main")[2]
    menu = page.partition('<details class="menu')[2].partition("</details>")[0]

    for path in ("closures/", "inductions/", "approvers/", "reasons/"):
        assert f'href="/desk/{path}"' in menu
        assert page.count(f'href="/desk/{path}"') == 1
    assert 'href="/waiting/"' in menu


def test_who_had_it_until_just_now_is_not_in_the_way(lab, ada, sam, signed_in):
    yesterday = timezone.now() - DAY
    booked(ada, "seat-1", period=hours(-1, "10:00", "12:00"), at=yesterday - DAY)
    asked = fields(number=-1) | {"ends_at": f"{day(2)}T12:00"}
    assert "Nothing is in the way" in said(signed_in(sam).get(PAGE, asked))
    signed_in(sam).post(PAGE, asked)
    assert Closure.objects.get().starts_at > yesterday + DAY / 2
