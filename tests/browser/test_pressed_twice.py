"""Who presses a button twice, as one does with icons, means it once."""

import pytest

from tests.browser.in_language import button

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# The last to hear of a form that is sent: notes whether it would go, and keeps the page here.
NOTE = """() => {
  window.went = [];
  window.addEventListener("submit", event => {
    window.went.push(!event.defaultPrevented);
    event.preventDefault();
  });
}"""


@pytest.fixture
def page(window, sam):
    page = window(sam)
    page.goto("/house/announcements/")
    for field in ("title_de", "title_en", "text_de", "text_en"):
        page.locator(f"#id_{field}").fill("Open studio")
    page.locator("#id_starts_at").fill("2036-07-01T18:00")
    page.evaluate(NOTE)
    return page


def test_what_is_on_its_way_is_not_sent_again(page, said):
    button(page, said("Announce it")).dblclick()

    assert page.evaluate("went") == [True, False]


def test_another_form_goes_meanwhile(page, said):
    button(page, said("Announce it")).click()
    page.get_by_role("contentinfo").get_by_role("button", name="English").click()

    assert page.evaluate("went") == [True, True]
