"""The floor plan in a real browser: chosen by mouse and keyboard, followed in time, rearranged; in
both languages."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from equipment.models import Resource
from labbooking.journal.models import Entry
from tests.bookings.days import booked, day, hours
from tests.browser.in_language import arrive, button, field, link, outcome, told
from tests.browser.typeface import wear

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house(lab):
    """Everything on the sheet, two metres apart."""
    for number, resource in enumerate(lab.values()):
        resource.plan_x, resource.plan_y = 2 + number % 7 * 3, 2 + number // 7 * 4
    Resource.objects.bulk_update(lab.values(), ["plan_x", "plan_y"])
    return lab


def address(start="10:00", end="12:00"):
    return f"/plan/?day={day(5)}&from={start}&to={end}"


def test_a_free_seat_is_chosen_at_a_chosen_time_and_booked(window, said, house, ada, ben):
    booked(ben, "seat-3", period=hours(5, "14:00", "16:00"))
    page = window(ada)
    page.goto("/board/")
    link(page, said("Floor plan")).click()
    arrive(page, "/plan/")
    field(page, said("Day")).fill(f"{day(5)}")
    field(page, said("To")).fill("14:00")
    field(page, said("From")).fill("12:30")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text(said.clocks("12:30", "14:00"))
    until = said("free until {clock}", clock=said.clock("14:00"))
    seat = page.locator("#spot-seat-3")
    expect(seat).to_have_accessible_name(f"Seat 3, {until}")
    expect(page.locator("#row-seat-3")).to_contain_text(until)
    seat.focus()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(rf"/book/\?resource=seat-3&from={day(5)}T12:30"))
    outcome(page, said("Free, and yours at once"))
    button(page, said("Book it")).click()
    told(page, said("Booked."))
    booking = ada.bookings.get()
    assert booking.period == hours(5, "12:30", "14:00")
    assert [each.resource.slug for each in booking.named] == ["seat-3"]


def test_another_time_changes_plan_and_list_without_a_new_page(window, said, house, ada, ben):
    booked(ben, "seat-3", period=hours(5, "14:00", "16:00"))
    page = window()
    page.goto(address())
    page.evaluate("document.body.dataset.stays = 'yes'")
    expect(page.locator("#spot-seat-3")).to_have_class(re.compile("spot--free"))
    field(page, said("To")).fill("15:30")
    field(page, said("From")).fill("14:30")
    expect(page.locator("#spot-seat-3")).to_have_class(re.compile("spot--busy"))
    busy = said("busy until {clock}", clock=said.clock("16:00"))
    expect(page.locator("#row-seat-3")).to_contain_text(busy)
    expect(page).to_have_url(re.compile(r"from=14(:|%3A)30"))
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text(said.clocks("14:30", "15:30"))

    later = link(page, said("An hour later"))
    later.click()
    expect(field(page, said("From"))).to_have_value("15:30")
    later.click()
    free = said("free until {clock}", clock=said.clock("23:00"))
    expect(page.locator("#spot-seat-3")).to_have_accessible_name(f"Seat 3, {free}")
    expect(field(page, said("From"))).to_have_value("16:30")
    assert page.evaluate("document.body.dataset.stays") == "yes"


def stands(said, name, x, y):
    """What is said of a thing that has been moved, with numbers as the language writes them."""
    x, y = (f"{each:g}".replace(".", "," if said.language == "de" else ".") for each in (x, y))
    words = "{name} stands {x} m from the left and {y} m from the top."
    return said(words, name=name, x=x, y=y)


def drag(page, slug, right, down):
    """By so many metres."""
    box = page.locator(f"#spot-{slug} .spot__body").bounding_box()
    metre = page.locator("svg.plan").bounding_box()["width"] / 24
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + metre * right / 2, y + metre * down / 2, steps=4)
    page.mouse.move(x + metre * right, y + metre * down, steps=4)
    page.mouse.up()


def test_staff_drag_a_thing_and_step_it_with_the_arrow_keys(window, said, house, sam):
    page = window(sam, viewport={"width": 1400, "height": 1400})
    page.goto("/plan/")
    link(page, said("Move things")).click()
    arrive(page, "edit=1")
    seat = page.locator("#spot-seat-3")
    before = Resource.objects.get(slug="seat-3")
    drag(page, "seat-3", 1.5, 1)
    expect(page.locator("#plan-said")).to_contain_text("Seat 3")
    dragged = Resource.objects.get(slug="seat-3")
    there = stands(said, "Seat 3", dragged.plan_x, dragged.plan_y)
    expect(page.locator("#plan-said")).to_have_text(there)
    assert dragged.plan_x == pytest.approx(before.plan_x + 1.5, abs=0.05)
    assert dragged.plan_y == pytest.approx(before.plan_y + 1, abs=0.05)

    place = seat.get_attribute("transform")
    page.reload()
    expect(seat).to_have_attribute("transform", place)

    seat.focus()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowUp", "Shift+ArrowRight"):
        page.keyboard.press(key)
    wanted = stands(said, "Seat 3", round(dragged.plan_x + 0.8, 2), round(dragged.plan_y - 0.1, 2))
    expect(page.locator("#plan-said")).to_contain_text(wanted)
    stepped = Resource.objects.get(slug="seat-3")
    assert stepped.plan_y == pytest.approx(dragged.plan_y - 0.1)
    assert Entry.objects.filter(kind="resource.placed").count() == 2


def test_staff_type_where_a_thing_stands(window, said, house, sam):
    page = window(sam)
    page.goto("/plan/?edit=1")

    page.get_by_label(said("%(name)s, metres from the left", name="Seat 3")).fill("2.5")
    page.locator("[data-place=seat-3] button").click()

    there = stands(said, "Seat 3", 2.5, house["seat-3"].plan_y)
    expect(page.locator("#plan-said")).to_have_text(there)
    moved = page.locator("#spot-seat-3")
    expect(moved).to_have_attribute("transform", re.compile(r"^translate\(250 "))
    assert Resource.objects.get(slug="seat-3").plan_x == 2.5


def test_on_a_phone_the_plan_can_be_pushed_and_says_so(window, said, house):
    page = window(viewport={"width": 390, "height": 844})
    page.goto("/plan/")
    hint = page.get_by_text(
        said("The plan is wider than this screen: push it sideways to see the rest.")
    )

    expect(hint).to_be_visible()
    region = page.locator(".plan-region")
    assert region.evaluate("each => (each.scrollLeft = 200, each.scrollLeft)") == 200
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(hint).to_be_hidden()
    assert region.evaluate("each => each.scrollWidth - each.clientWidth") == 0


def test_a_finger_moves_a_thing_and_not_the_page(window, said, house, sam):
    page = window(sam, viewport={"width": 390, "height": 900}, has_touch=True, is_mobile=True)
    page.goto("/plan/?edit=1")
    page.locator("#spot-seat-2").scroll_into_view_if_needed()
    box = page.locator("#spot-seat-2 .spot__body").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    finger = page.context.new_cdp_session(page)

    def touch(kind, *points):
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [*points]})

    touch("touchStart", {"x": x, "y": y})
    for step in range(1, 8):
        touch("touchMove", {"x": x, "y": y - step * 6})
    touch("touchEnd")

    expect(page.locator("#plan-said")).to_contain_text("Seat 2")
    moved = Resource.objects.get(slug="seat-2")
    there = stands(said, "Seat 2", moved.plan_x, moved.plan_y)
    expect(page.locator("#plan-said")).to_have_text(there)
    assert moved.plan_y < house["seat-2"].plan_y


def test_nothing_is_dragged_off_the_sheet(window, said, house, sam):
    page = window(sam, viewport={"width": 1400, "height": 1400})
    page.goto("/plan/?edit=1")
    box = page.locator("#spot-studio-1 .spot__body").bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(2, 2, steps=6)
    page.mouse.up()
    at_the_edge = stands(said, "Studio 1", 0, 0).split("0")[0]
    expect(page.locator("#plan-said")).to_contain_text(f"{at_the_edge}0 m")
    assert Resource.objects.get(slug="studio-1").plan_x == 0


@pytest.mark.parametrize(
    ("language", "scheme"), [("en", "light"), ("de", "dark")], indirect=["language"]
)
@pytest.mark.parametrize("shown", ["time", "edit"])
def test_axe_finds_nothing_and_a_phone_shows_it_all(window, house, ada, sam, scheme, shown, face):
    booked(ada, "seat-3", period=hours(5))
    booked(ada, "ar-headset-1", period=hours(5))
    page = window(sam, color_scheme=scheme)
    wear(page.context, face)
    page.goto(address() if shown == "time" else "/plan/?edit=1")
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
