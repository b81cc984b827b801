"""A finger on the glass, and where things are on a board in the hand."""

import re

from tests.bookings.days import day


class Finger:
    """One finger on the glass, as the browser itself feels it."""

    def __init__(self, page):
        self.page, self.x, self.y = page, 0, 0
        self.glass = page.context.new_cdp_session(page)

    def feel(self, kind):
        points = [] if kind == "touchEnd" else [{"x": self.x, "y": self.y}]
        self.glass.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def down(self, x, y):
        self.x, self.y = x, y
        self.feel("touchStart")

    def slide(self, dx, dy=0):
        start = self.x, self.y
        for step in range(1, 6):
            self.x, self.y = start[0] + dx * step / 5, start[1] + dy * step / 5
            self.feel("touchMove")

    def up(self):
        self.feel("touchEnd")


def span(start, end):
    """As both languages write it: 11:00–13:00, 11–13 Uhr."""
    return re.compile("–".join(clock.replace(":00", "(:00)?") for clock in (start, end)))


def quarter(page):
    """How wide a quarter of an hour is: there are 64 from 7 to 23."""
    return page.locator(".board__row .track").first.bounding_box()["width"] / 64


def open_board(page, scroll=3):
    """The board of that day, scrolled so that it begins so many hours after seven."""
    page.goto(f"/board/?day={day(5)}")
    page.locator('[data-slug="seat-1"]').evaluate("row => row.scrollIntoView({ block: 'center' })")
    page.locator("[data-board]").evaluate(
        "(board, left) => { board.scrollLeft = left }", scroll * 4 * quarter(page)
    )


def at_hour(page, slug, clock):
    """Where that time of day is in the row of a thing."""
    track = page.locator(f'[data-slug="{slug}"] .track').bounding_box()
    return track["x"] + ((clock - 7) * 4 + 0.5) * quarter(page), track["y"] + track["height"] / 2


def middle(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
