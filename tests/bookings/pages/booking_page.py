"""Reading the page that books."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

from tests.bookings.days import day, said


def fields(number=10, start="10:00", end="12:00", **more):
    return {"day": f"{day(number)}", "starts": start, "ends": end, **more}


def address(number=10, start="10:00", end="12:00", **more):
    return {"from": f"{day(number)}T{start}", "to": f"{day(number)}T{end}", **more}


def outcome(response):
    """What the page says will come of the wish, without the form beside it."""
    return said(response).split('id="outcome"')[1].split("</form>")[0]


def title(response):
    return re.search(r'id="outcome-title">(.*?)</h2>', said(response))[1].strip()


def ways(response):
    """The addresses of the booking page that the outcome offers."""
    links = re.findall(r'href="(/book/\?[^"]*)"', outcome(response))
    return [parse_qs(urlsplit(unescape(link)).query) for link in links]


def press(response):
    """Where the button that books sends the form."""
    return re.search(r'formaction="([^"]+)"', said(response))[1]
