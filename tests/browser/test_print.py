"""What comes out of the printer: a sheet for the wall, legible in black and white."""

import re

import pytest
from playwright.sync_api import expect

from tests.bookings.days import booked, day, hours
from tests.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BOARDS = ("view=day", "view=week", "view=month", "view=season")
NOT_ON_PAPER = """header.top, footer, .skip, .sentence, .head__tools, .board-ask, .legend__hint,
.legend__moves, .legend__taps, .basket, .grip-hint, .actions, .plan-ways, .button, button, input,
select, dialog"""
# A pattern, not a colour alone: what is drawn, how its edge is drawn, and how dark its ground is.
LOOK = """element => {
  const style = getComputedStyle(element);
  const ground = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  ground.fillStyle = "#fff"; ground.fillRect(0, 0, 1, 1);
  ground.fillStyle = style.backgroundColor; ground.fillRect(0, 0, 1, 1);
  const [red, green, blue] = ground.getImageData(0, 0, 1, 1).data;
  const dark = (red + green + blue) / 3 < 128;
  const pattern = style.backgroundImage.match(/^[a-z-]+/)[0];
  const seen = style.borderTopWidth !== "0px" && style.borderTopColor !== "rgba(0, 0, 0, 0)";
  const edge = seen ? style.borderTopStyle : "none";
  return [dark, pattern, edge, style.printColorAdjust].join();
}"""

IS_LIKE_ITS_WORDS = """link => {
  const [own, around] = [link, link.parentElement].map((each) => getComputedStyle(each));
  return own.color === around.color && own.textDecorationLine === "none";
}"""


@pytest.fixture
def paper(page, live_server, lab, ada, ben, signed_in):
    """Ada's window, as a printer sees it, with something in every state."""
    booked(ada, "seat-1", period=hours(5), purpose="Storyboard")
    booked(ada, "ar-headset-1", period=hours(5), purpose="Rehearsal")
    booked(ben, "seat-2", period=hours(5))
    page.goto(f"{live_server.url}/login/")
    page.locator("[name=login]").fill(ada.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today/")
    page.emulate_media(media="print")
    return page


def shown(page, selector):
    return [
        each.evaluate("element => element.outerHTML.slice(0, 120)")
        for each in page.locator(selector).all()
        if each.is_visible()
    ]


def sheets(page, tmp_path, **options):
    """How many sheets a page takes, and how large the first is."""
    file = tmp_path / "page.pdf"
    page.pdf(path=file, prefer_css_page_size=True, **options)
    text = file.read_bytes()
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", text)
    return len(re.findall(rb"/Type /Page\b", text)), tuple(map(float, box.groups()))


@pytest.mark.parametrize(
    "address", [*(f"board/?day={{}}&{view}" for view in BOARDS), "plan/?day={}"]
)
def test_a_sheet_for_the_wall_shows_its_days_and_its_legend_and_nothing_to_press(
    paper, live_server, address
):
    paper.goto(f"{live_server.url}/{address.format(day(5))}")

    assert shown(paper, NOT_ON_PAPER) == []
    expect(paper.get_by_role("heading", level=1)).to_be_visible()
    expect(paper.locator(".legend, .plan-legend")).to_be_visible()


@pytest.mark.parametrize("address", ["bookings/", "bookings/{}/", "house/seat-1/"])
def test_other_pages_leave_out_what_only_a_screen_can_do(paper, live_server, ada, address):
    paper.goto(f"{live_server.url}/{address.format(ada.bookings.first().pk)}")

    assert shown(paper, NOT_ON_PAPER) == []
    for link in paper.locator("main a:not(.block):visible").all():
        assert link.evaluate(IS_LIKE_ITS_WORDS), link.inner_text()


def test_the_desk_s_day_is_a_list_without_buttons(paper, live_server, sam, signed_in):
    cookies = signed_in(sam).cookies
    paper.context.add_cookies(
        [{"name": "sessionid", "value": cookies["sessionid"].value, "url": live_server.url}]
    )

    paper.goto(f"{live_server.url}/desk/?day={day(5)}")

    expect(paper.get_by_text("Storyboard")).to_be_visible()
    assert shown(paper, NOT_ON_PAPER) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_states_are_told_apart_without_colour(paper, live_server, theme):
    paper.context.add_cookies([{"name": "theme", "value": theme, "url": live_server.url}])
    paper.goto(f"{live_server.url}/board/?day={day(5)}")
    marks = paper.locator(".legend__mark:visible")

    looks = [mark.evaluate(LOOK) for mark in marks.all()]

    assert len(looks) == 7
    assert len(set(looks)) == len(looks), looks
    assert all(look.endswith("exact") for look in looks)
    for name in ("mine", "busy", "waiting"):
        assert paper.locator(f".track .block--{name}").first.evaluate(LOOK) in looks


def test_the_marks_of_lists_are_printed_as_well(paper, live_server):
    paper.goto(f"{live_server.url}/bookings/")

    assert paper.locator(".state__mark").first.evaluate(LOOK).endswith("exact")


@pytest.mark.parametrize("address", ["board/?day={}", "board/?day={}&view=week", "plan/?day={}"])
def test_the_lab_fits_on_one_sheet_across(paper, live_server, tmp_path, address):
    paper.goto(f"{live_server.url}/{address.format(day(5))}")

    count, (width, height) = sheets(paper, tmp_path, format="A4")

    assert width > height
    assert count == 1


def test_no_row_is_cut_in_two(paper, live_server):
    paper.goto(f"{live_server.url}/board/?day={day(5)}")
    for selector in (".board__row", ".board__head"):
        inside = paper.locator(selector).first.evaluate("row => getComputedStyle(row).breakInside")
        assert inside == "avoid"
    paper.goto(f"{live_server.url}/bookings/")
    assert (
        paper.locator("main .row").first.evaluate("row => getComputedStyle(row).breakInside")
        == "avoid"
    )
