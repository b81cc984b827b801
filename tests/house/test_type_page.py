"""The page of a kind of thing: its photo, manual and rules, and when each of them is free."""

import pytest
from django.test import Client
from django.utils import timezone

from equipment.models import HouseRules, Resource, ResourceType
from labbooking.bookings import actions
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.period import DAY, HOUR, Period
from tests.bookings.days import day
from tests.bookings.intake.asking import asks, has_terms
from tests.lab import a_type, berlin, units


@pytest.fixture
def page():
    def words(path, client=None):
        answer = (client or Client(headers={"accept-language": "en"})).get(path)
        assert answer.status_code == 200
        return answer.content.decode()

    return words


def test_the_house_leads_to_a_page_for_every_kind_and_that_to_each_thing(lab, page):
    house = page("/house/")
    for slug in {each.type.slug for each in lab.values()}:
        assert f'href="/house/kinds/{slug}/"' in house

    seats = page("/house/kinds/seat/")

    for thing in lab.values():
        assert (f'href="/house/{thing.slug}/"' in seats) is (thing.type.slug == "seat")
    assert 'href="/house/kinds/seat/"' in page("/house/seat-1/")


def test_it_says_what_they_are_what_holds_and_how_many_are_free(lab, page):
    ResourceType.objects.filter(slug="ar-headset").update(
        description_en="See-through glasses.", manual_url="https://example.org/headset"
    )

    words = page("/house/kinds/ar-headset/")

    assert "See-through glasses." in words
    assert 'href="https://example.org/headset"' in words
    assert "You need an induction." in words
    assert 'href="/book/?type=ar-headset:1"' in words


def test_its_board_shows_each_of_them_for_a_week_from_today(lab, ada, ben, page, signed_in):
    start = (timezone.now() + 6 * DAY).replace(hour=10, minute=0, second=0, microsecond=0)
    spec = BookingSpec(Period(start, start + HOUR), ("seat-1",), purpose="Zirkuspferd")
    actions.request(spec, by=ada, at=timezone.now())

    assert "Zirkuspferd" in page("/house/kinds/seat/", signed_in(ada))
    for other in (signed_in(ben), Client()):
        words = page("/house/kinds/seat/", other)
        assert "block--busy" in words
        assert "Zirkuspferd" not in words


def test_rooms_for_the_night_show_their_nights_of_some_weeks(lab, ada, page, signed_in):
    stay = Period(berlin(f"{day(24)} 15:00"), berlin(f"{day(26)} 11:00"))
    actions.request(BookingSpec(stay, ("studio-2",)), by=ada, at=timezone.now())

    words = page("/house/kinds/studio/")

    assert "The next weeks" in words
    assert "block--busy" in words
    assert "free for the night" in words


def test_who_lacks_the_induction_can_ask_for_it_there(lab, ada, nia, page, signed_in):
    ask = "/book/induction/ar-headset/?next=/house/kinds/ar-headset/"

    assert ask in page("/house/kinds/ar-headset/", signed_in(nia))
    assert ask not in page("/house/kinds/ar-headset/", signed_in(ada))


def test_staff_change_what_belongs_to_it_from_there(lab, ada, sam, page, signed_in):
    tools = ("/house/rules/seat/", "/desk/closures/?what=type:seat")
    for tool in tools:
        assert tool in page("/house/kinds/seat/", signed_in(sam))
        assert tool not in page("/house/kinds/seat/", signed_in(ada))


def test_where_none_can_be_booked_it_says_so(lab, page):
    Resource.objects.filter(type__slug="seat").update(is_bookable=False)

    words = page("/house/kinds/seat/")

    assert "None of them can be booked at the moment." in words
    assert "/book/?type=seat" not in words


def test_a_kind_without_things_or_without_rules_is_not_open_yet(lab, client):
    a_type("kiln")
    ResourceType.objects.filter(slug="seat").update(rules=None)

    for slug in ("sauna", "kiln", "seat"):
        assert client.get(f"/house/kinds/{slug}/").status_code == 404


def test_many_of_a_kind_ask_no_more_than_one(db, client, django_assert_num_queries):
    seats = a_type("seat", approval=HouseRules.Approval.AUTOMATIC)
    units(seats, ["seat-1"])
    client.get("/house/kinds/seat/")
    with django_assert_num_queries(5):  # two of them for photos and manuals
        client.get("/house/kinds/seat/")
    units(seats, [f"seat-{number}" for number in range(2, 31)])
    with django_assert_num_queries(5):
        client.get("/house/kinds/seat/")


def test_it_says_what_a_booking_asks_before_one_books(lab, sam, page):
    before = page("/house/kinds/seat/")
    assert "What we ask when you book" not in before
    asks("seat", by=sam)
    asks("seat", by=sam, text_en="Music?", kind="yes-no", choices=[], required=False)
    has_terms("seat", by=sam)
    for path in ("/house/kinds/seat/", "/house/seat-1/"):
        words = page(path)
        assert "How should the screen stand?" in words
        assert 'Music? <span class="soft">(optional)</span>' in words
        assert "Do not drop it." in words
    assert "How should the screen stand?" not in page("/house/kinds/board/")
