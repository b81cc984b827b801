"""What a page is set in: the typeface of the house, or what stands in for it."""

import pytest
from playwright.sync_api import expect

from tests.browser.typeface import change_into, wear

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WATCH = """
window.shifts = [];
new PerformanceObserver((list) => shifts.push(...list.getEntries().map((each) => each.value)))
  .observe({ type: "layout-shift", buffered: true });
"""
# How wide the words of an element are, all its lines together.
WIDTH = """(element) => {
  const range = document.createRange();
  range.selectNodeContents(element);
  return [...range.getClientRects()].reduce((sum, line) => sum + line.width, 0);
}"""
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture
def page(browser, browser_context_args, live_server, lab):
    context = browser.new_context(**browser_context_args, base_url=live_server.url)
    yield context.new_page()
    context.close()


def set_in(page, selector):
    """The fonts the browser really took for the words of an element, and whether they are ours."""
    speaks = page.context.new_cdp_session(page)
    speaks.send("DOM.enable")
    speaks.send("CSS.enable")
    root = speaks.send("DOM.getDocument")["root"]["nodeId"]
    node = speaks.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    fonts = speaks.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    return {(font["familyName"], font["isCustomFont"]) for font in fonts}


def widths(page):
    return {each: page.locator(each).first.evaluate(WIDTH) for each in ("h1", ".lead", "h3 a")}


def test_a_page_is_set_in_the_typeface_of_the_house(page):
    wear(page.context, "house")
    page.goto("/")

    assert set_in(page, "h1") == {("Daig Headline", True)}
    assert set_in(page, ".lead") == {("Daig Text", True)}


def test_a_page_tests_call_wide_is_wide(page):
    wear(page.context, "wide")
    page.goto("/")

    assert set_in(page, "h1") | set_in(page, ".lead") == {("DejaVu Sans", False)}


def test_a_page_that_is_open_changes_into_it(page):
    wear(page.context, "wide")
    page.goto("/")
    worn = widths(page)
    page.context.unroute("**/css/faces.css")
    page.goto("/")
    before = widths(page)

    change_into(page, "wide")

    assert set_in(page, "h1") | set_in(page, ".lead") == {("DejaVu Sans", False)}
    assert widths(page) == worn != before


def test_nothing_moves_when_the_typeface_comes_late(page):
    held = []

    def hold(route):
        held.append(route)

    page.add_init_script(WATCH)
    page.context.route("**/faces/*.woff2", hold)
    page.goto("/", wait_until="domcontentloaded")
    expect(page.locator(".card img, .card svg").first).to_be_visible()
    page.evaluate(DRAWN)
    before = widths(page)

    for route in held:
        route.continue_()
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready.then(() => true)")
    page.evaluate(DRAWN)

    assert len(held) == 2
    assert page.evaluate("shifts") == []
    assert widths(page) == before


def test_what_stands_in_is_about_as_wide(page):
    wear(page.context, "house")
    page.goto("/")
    ours = widths(page)
    page.context.unroute("**/css/faces.css")
    page.context.route("**/faces/*.woff2", lambda route: route.abort())
    page.goto("/")

    for name, width in widths(page).items():
        assert 0.94 < width / ours[name] < 1.06, name
