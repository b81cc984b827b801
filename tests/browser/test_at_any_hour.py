"""Pages before opening time, at noon, after closing time and on a holiday: nothing runs into what
stands beside it."""

import pytest
from django.utils import timezone

from labbooking.bookings.models import Closure
from labbooking.period import HOUR
from tests.lab import berlin

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOLIDAY = "a holiday"
TODAY = ("/today/",)
CLOCKS = ["2027-01-05 06:00", "2027-01-05 13:00", "2026-12-31 23:30", HOLIDAY]
# Words that reach over the edge of what they stand in, where nothing cuts or scrolls them.
OVER = """() => {
  const frame = (part) => part.closest(".card, .row, .spread, main, header, footer");
  const cut = (part, edge) => {
    for (let each = part; each && each !== edge; each = each.parentElement)
      if (getComputedStyle(each).overflowX !== "visible" || each.matches("svg")) return true;
    return false;
  };
  const over = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const part = texts.currentNode.parentElement, edge = frame(part);
    if (!texts.currentNode.data.trim() || !edge || cut(part, edge)) continue;
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    const { left, right } = range.getBoundingClientRect(), room = edge.getBoundingClientRect();
    if (right > room.right + 1 || left < room.left - 1) over.push(texts.currentNode.data.trim());
  }
  if (document.documentElement.scrollWidth > innerWidth) over.push("the page itself");
  return over;
}"""


def moment(clock):
    """Holidays are loaded for the time ahead, so which they are depends on the day."""
    if clock == HOLIDAY:
        return Closure.objects.earliest("starts_at").starts_at + 13 * HOUR
    return berlin(clock)


@pytest.mark.parametrize("clock", CLOCKS)
def test_no_words_run_over_the_edge_of_what_they_stand_in(
    window, daig, ada, sam, monkeypatch, clock
):
    now = moment(clock)
    monkeypatch.setattr(timezone, "now", lambda: now)
    found = {}
    for person, paths in ((None, ("/", "/house/", "/board/")), (ada, TODAY), (sam, TODAY)):
        page = window(person)
        for path in paths:
            for width in (390, 620, 1280):
                page.set_viewport_size({"width": width, "height": 900})
                assert page.goto(path).url.endswith(path)
                found[person, path, width] = page.evaluate(OVER)

    assert {where: words for where, words in found.items() if words} == {}
