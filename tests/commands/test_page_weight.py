"""Every kind of page of a running lab as a browser receives it the first time: HTML, styles,
scripts and drawings, compressed as the server compresses them, without photos. The typeface, which
is the same on all of them and kept for a year, is weighed by itself."""

import gzip
import re
from html import unescape
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest
from django.urls import Resolver404, resolve

from tests.people import PASSWORD

pytestmark = [pytest.mark.only_sqlite, pytest.mark.worker]

MOST = 120 * 1024
MOST_FACES = 90_000
MOST_SHEETS = 9
"""A browser fetches six files at a time."""
PEOPLE = (None, "ada@daig.example", "sam@daig.example", "rui@daig.example")
BEGINNINGS = ("/", "/board/?view=week", "/board/?view=month", "/board/?view=season", "/plan/")
FILES = re.compile(r'(?:src|href)="(/static/[^"#]+)')
LINKS = re.compile(r'<a [^>]*href="(/[^"#]*)')


class Browser:
    """One person's; it takes what is compressed and knows how long it was on the way."""

    def __init__(self, address):
        self.address = address
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path, body=None):
        headers = {"Accept-Encoding": "gzip, deflate", "Referer": self.address}
        try:
            answer = self.opener.open(Request(urljoin(self.address, path), body, headers))
        except HTTPError as refused:  # a page as well
            answer = refused
        with answer:
            return answer.headers, answer.read()

    def page(self, path):
        """Weight and text of a page; no text where the address leads to no page."""
        headers, body = self.get(path)
        weight = len(body) + len(str(headers))
        if not headers["Content-Type"].startswith("text/html"):
            return weight, ""
        is_small = headers["Content-Encoding"] == "gzip"
        return weight, (gzip.decompress(body) if is_small else body).decode()

    def sign_in(self, email):
        text = self.page("/login/")[1]
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)[1]
        fields = {"login": email, "password": PASSWORD, "csrfmiddlewaretoken": token}
        self.get("/login/", urlencode(fields).encode())


def route_of(path):
    try:
        return resolve(urlsplit(path).path).route
    except Resolver404:
        return None


def pages(browser):
    """Each page one comes to by links from the first ones, once for each kind of page."""
    waiting, seen = list(BEGINNINGS), set()
    while waiting:
        path = waiting.pop(0)
        weight, text = browser.page(path)
        if not text:
            continue
        yield path, weight, set(FILES.findall(text))
        for link in map(unescape, LINKS.findall(text)):
            route = route_of(link)
            if route and route not in seen and not link.startswith(("/media/", "/admin/")):
                seen.add(route)
                waiting.append(link)


def test_no_page_weighs_more_than_120_kb(lab_of_its_own):
    weights, of_files = {}, {}
    for person in PEOPLE:
        browser = Browser(lab_of_its_own.address)
        if person:
            browser.sign_in(person)
        for path, weight, files in pages(browser):
            of_files |= {file: browser.page(file)[0] for file in files - of_files.keys()}
            faces = {file for file in files if file.endswith(".woff2")}
            weights[person, path] = weight + sum(of_files[file] for file in files - faces)
            assert 0 < sum(of_files[file] for file in faces) <= MOST_FACES, path
            assert any("/css/together-everywhere." in file for file in files), path
            assert len([file for file in files if file.endswith(".css")]) <= MOST_SHEETS, path
            assert len([file for file in files if file.endswith(".js")]) >= 4, path

    assert len(weights) > 60
    assert not {each: weight for each, weight in weights.items() if weight > MOST}
