"""The floor plan in a real browser: chosen by mouse and keyboard, followed in time, rearranged."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from equipment.models import Resource
from labbooking.journal.models import Entry
from tests.bookings.days import booked, day, hours
from tests.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house(lab):
    """Everything on the sheet, two metres apart."""
    for number, resource in enumerate(lab.values()):
        resource.plan_x, resource.plan_y = 2 + number % 7 * 3, 2 + number // 7 * 4
    Resource.objects.bulk_update(lab.values(), ["plan_x", "plan_y"])
    return lab


@pytest.fixture
def complaints(page):
    heard = []
    page.on("console", lambda said: heard.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def sign_in(page, live_server, person, address):
    page.goto(f"{live_server.url}{address}")
    if "/login/" not in page.url:
        page.goto(f"{live_server.url}/login/?next={address.replace('&', '%26')}")
    page.locator("[name=login]").fill(person.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile("/plan/"))


def address(start="10:00", end="12:00"):
    return f"/plan/?day={day(5)}&from={start}&to={end}"


def test_a_free_seat_is_chosen_with_the_keyboard(page, complaints, live_server, house, ada):
    sign_in(page, live_server, ada, address())
    seat = page.locator("#spot-seat-3")
    expect(seat).to_have_accessible_name("Seat 3, free until 23:00")
    seat.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/book/\?resource=seat-3&from={day(5)}T10:00"))
    assert complaints == []


def test_another_time_changes_plan_and_list_without_a_new_page(
    page, complaints, live_server, house, ada, ben
):
    booked(ben, "seat-3", period=hours(5, "14:00", "16:00"))
    page.goto(f"{live_server.url}{address()}")
    page.evaluate("document.body.dataset.stays = 'yes'")
    expect(page.locator("#spot-seat-3")).to_have_class(re.compile("spot--free"))
    page.get_by_label("To", exact=True).fill("15:30")
    page.get_by_label("From").fill("14:30")
    expect(page.locator("#spot-seat-3")).to_have_class(re.compile("spot--busy"))
    expect(page.locator("#row-seat-3")).to_contain_text("busy until 16:00")
    expect(page).to_have_url(re.compile(r"from=14(:|%3A)30"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("14:30–15:30")

    later = page.get_by_role("link", name="An hour later")
    later.click()
    expect(page.get_by_label("From")).to_have_value("15:30")
    later.click()
    expect(page.locator("#spot-seat-3")).to_have_accessible_name("Seat 3, free until 23:00")
    expect(page.get_by_label("From")).to_have_value("16:30")
    assert page.evaluate("document.body.dataset.stays") == "yes"
    assert complaints == []


def test_staff_drag_a_thing_and_step_it_with_the_arrow_keys(
    page, complaints, live_server, house, sam
):
    page.set_viewport_size({"width": 1400, "height": 1400})
    sign_in(page, live_server, sam, "/plan/?edit=1")
    seat = page.locator("#spot-seat-3")
    before = Resource.objects.get(slug="seat-3")
    box = page.locator("#spot-seat-3 .spot__body").bounding_box()
    sheet = page.locator("svg.plan").bounding_box()
    metre = sheet["width"] / 24
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + metre, y + metre / 2, steps=4)
    page.mouse.move(x + 1.5 * metre, y + metre, steps=4)
    page.mouse.up()
    expect(page.locator("#plan-said")).to_contain_text("Seat 3 stands")
    dragged = Resource.objects.get(slug="seat-3")
    assert dragged.plan_x == pytest.approx(before.plan_x + 1.5, abs=0.05)
    assert dragged.plan_y == pytest.approx(before.plan_y + 1, abs=0.05)

    seat.focus()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowUp", "Shift+ArrowRight"):
        page.keyboard.press(key)
    wanted = f"Seat 3 stands {dragged.plan_x + 0.8:g} m from the left"
    expect(page.locator("#plan-said")).to_contain_text(wanted)
    stepped = Resource.objects.get(slug="seat-3")
    assert stepped.plan_y == pytest.approx(dragged.plan_y - 0.1)
    assert Entry.objects.filter(kind="resource.placed").count() == 2

    page.get_by_label("Seat 3, metres from the left").fill("2.5")
    page.locator("[data-place=seat-3] button").click()
    expect(page.locator("#plan-said")).to_contain_text("Seat 3 stands 2.5 m")
    expect(seat).to_have_attribute("transform", re.compile(r"^translate\(250 "))
    assert complaints == []


def test_a_finger_moves_a_thing_and_not_the_page(
    browser, browser_context_args, live_server, house, sam
):
    phone = {"viewport": {"width": 390, "height": 900}, "has_touch": True, "is_mobile": True}
    context = browser.new_context(**browser_context_args, **phone)
    page = context.new_page()
    sign_in(page, live_server, sam, "/plan/?edit=1")
    page.locator("#spot-seat-2").scroll_into_view_if_needed()
    box = page.locator("#spot-seat-2 .spot__body").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    finger = context.new_cdp_session(page)

    def touch(kind, *points):
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [*points]})

    touch("touchStart", {"x": x, "y": y})
    for step in range(1, 8):
        touch("touchMove", {"x": x, "y": y - step * 6})
    touch("touchEnd")

    expect(page.locator("#plan-said")).to_contain_text("Seat 2 stands")
    assert Resource.objects.get(slug="seat-2").plan_y < house["seat-2"].plan_y
    context.close()


def test_nothing_is_dragged_off_the_sheet(page, live_server, house, sam):
    page.set_viewport_size({"width": 1400, "height": 1400})
    sign_in(page, live_server, sam, "/plan/?edit=1")
    box = page.locator("#spot-studio-1 .spot__body").bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(2, 2, steps=6)
    page.mouse.up()
    expect(page.locator("#plan-said")).to_contain_text("Studio 1 stands 0 m from the left")
    assert Resource.objects.get(slug="studio-1").plan_x == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("shown", ["time", "edit"])
def test_axe_finds_nothing_and_a_phone_shows_it_all(
    page, complaints, live_server, house, ada, sam, scheme, shown
):
    booked(ada, "seat-3", period=hours(5))
    booked(ada, "ar-headset-1", period=hours(5))
    page.emulate_media(color_scheme=scheme)
    sign_in(page, live_server, sam, address() if shown == "time" else "/plan/?edit=1")
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []
