"""The floor plan of another day: it opens with the house, and says once what is closed all day."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from equipment.models import ResourceType
from labbooking.bookings.actions.closures import close
from labbooking.floorplan.address import read_address
from labbooking.period import HOUR
from tests.bookings.days import day, hours
from tests.floorplan.test_plan import plan, spots, text
from tests.lab import BERLIN, berlin, new_rules


def test_another_day_opens_with_the_house(placed):
    page = Client(headers={"accept-language": "en"}).get("/plan/", {"day": f"{day(5)}"})
    assert "07:00–08:00" in text(page)
    assert spots(page)["seat-3"][0] == "free"


def test_what_is_closed_all_day_says_so_once(placed):
    why = {"reason_de": "Weihnachten", "reason_en": "Christmas", "by": None}
    devices = [thing for slug, thing in placed.items() if slug.startswith("ar-")]
    close(devices, hours(5, "00:00", "23:59"), **why, at=timezone.now())

    listed = text(plan()).partition('id="plan-list"')[2]
    assert listed.count("closed all day: Christmas") == 1
    assert "ar-headset-1" in listed
    assert "closed: Christmas" not in listed
    assert "all day" not in text(plan(number=6))

    others = [thing for thing in placed.values() if thing not in devices]
    close(others, hours(5, "00:00", "23:59"), **why, at=timezone.now())
    assert "closed all day" in text(plan())


def test_a_house_without_opening_hours_on_a_day_is_closed_all_day(placed):
    for of_type in ResourceType.objects.all():
        new_rules(of_type, opening=[[] for _ in range(7)])

    page = text(plan())
    assert "The house is closed all day." in page
    assert page.count("closed all day") == 1 + ResourceType.objects.count()


def test_only_a_narrow_screen_says_that_the_plan_is_wider(placed):
    """A description is read out even where it is not shown, so the plan is not described by it."""
    page = text(plan())
    assert page.count("The plan is wider than this screen") == 1
    assert "aria-describedby" not in page.partition('class="plan-region"')[2].partition(">")[0]


@pytest.mark.parametrize("by", [HOUR, -HOUR])
@pytest.mark.parametrize("night", ["2027-10-31", "2027-03-28"])
def test_an_hour_later_is_an_hour_later_also_where_the_clocks_change(night, by):
    """Followed by its links, as a person does; on 31 October 02:30 comes twice."""
    at = berlin(f"{night} 12:00")
    start = {"day": night, "from": "00:30" if by == HOUR else "05:30"}
    shown = read_address(start, BERLIN, at=at)

    for _ in range(5):
        wanted = shown.period.moved(by)
        shown = read_address(dict(parse_qsl(urlsplit(shown.moved(by).url).query)), BERLIN, at=at)
        assert shown.period == wanted


@pytest.mark.parametrize("offset", ["+05:00", "-23:59", "+00:00"])
def test_an_offset_that_names_no_hour_of_the_house_is_as_none(offset):
    at = berlin("2027-10-31 12:00")
    asked = {"day": "2027-10-31", "from": f"02:30{offset}", "to": "04:00"}

    without = read_address(asked | {"from": "02:30"}, BERLIN, at=at)
    assert read_address(asked, BERLIN, at=at).period == without.period
