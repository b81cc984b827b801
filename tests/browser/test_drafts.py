"""An application that is being written: it saves itself, and two windows do not lose a text."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.residencies.applications.applying import PAGE, a_draft, of
from tests.residencies.calling import open_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def windows(browser, browser_context_args, live_server, lab, ada, sam, signed_in):
    """Two windows of Ada's on the draft she has begun."""
    now = timezone.now()
    open_at(sam, now)
    a_draft(ada, now)
    context = browser.new_context(**browser_context_args, base_url=live_server.url)
    session = signed_in(ada).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    pages = [context.new_page() for _ in range(2)]
    for page in pages:
        page.goto(PAGE)
    yield pages
    context.close()


def write(page, label, text):
    page.get_by_label(label).fill(text)
    page.get_by_label(label).blur()


def test_a_draft_saves_itself_and_two_windows_show_both_texts(windows, ada):
    one, other = windows
    told = one.get_by_role("status")
    write(one, "Title of what you want to do", "Written here")
    expect(told).to_have_text("Saved")
    assert of(ada).title == "Written here"
    write(one, "Shortest stay", "11")
    expect(told).to_contain_text("in that order")
    assert of(ada).weeks_min == 4
    write(one, "Shortest stay", "5")
    expect(told).to_have_text("Saved")
    assert of(ada).weeks_min == 5
    write(other, "Title of what you want to do", "Written there")
    expect(other.get_by_text("In the other window: Written here")).to_be_visible()
    assert of(ada).title == "Written here"
    write(other, "About you", "I draw.")
    expect(other.get_by_role("status")).to_have_text("Saved")
    assert (of(ada).title, of(ada).about) == ("Written there", "I draw.")
    expect(other.get_by_text("2 / 300 words")).to_be_visible()
