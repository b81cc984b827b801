"""The floor plan of another day: it opens with the house, and says once what is closed all day."""

from django.test import Client
from django.utils import timezone

from equipment.models import ResourceType
from labbooking.bookings.actions.closures import close
from tests.bookings.days import day, hours
from tests.floorplan.test_plan import plan, spots, text
from tests.lab import new_rules


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
