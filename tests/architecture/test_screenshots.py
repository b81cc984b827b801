"""The pictures in docs/ that `make screenshots` makes: of pages that are there, and all of them."""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from PIL import Image

from scripts.screenshots import FOLDER, LOOKS, PAGES, pictures
from tests.architecture.files import ROOT

IMPORTANT = {
    "front",
    "call",
    "today",
    "board",
    "book",
    "plan",
    "my_bookings",
    "approvals",
    "desk",
    "resource",
    "house_rules",
    "one_mail",
}


def view_of(page):
    """The name of the route a page's address leads to."""
    return resolve(urlsplit(page.path.format(mail="a-mail")).path).url_name


def test_the_front_page_and_the_board_are_looked_at_at_every_hour_and_on_a_holiday():
    hours = {f"{each.at:%H:%M}" for each in PAGES if each.path == "/"}
    of_board = {each.at for each in PAGES if each.path == "/board/"}

    assert hours >= {"06:00", "13:00", "23:30"}
    assert any(f"{at:%m-%d}" == "12-25" for at in of_board)
    assert {each.at for each in PAGES if each.path == "/"} == of_board


def test_every_important_page_has_its_picture():
    assert {view_of(page) for page in PAGES} == IMPORTANT
    assert len({page.name for page in PAGES}) == len(PAGES)


def test_each_is_seen_at_a_desk_and_on_a_phone_by_day_and_night_and_in_both_languages():
    assert {(look.device, look.theme) for look in LOOKS} == {
        ("desktop", "light"),
        ("desktop", "dark"),
        ("phone", "light"),
        ("phone", "dark"),
    }
    assert {look.language for look in LOOKS} == {"de", "en"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_pictures_of_a_page_are_there_in_their_size(page):
    for _page, look, path in (each for each in pictures() if each[0] == page):
        with Image.open(path) as image:
            assert image.size == look.pixels(page)


def test_there_are_no_others_and_all_together_are_small():
    found = set(FOLDER.iterdir())

    assert found == {path for _page, _look, path in pictures()}
    assert sum(path.stat().st_size for path in found) < 4_000_000


def test_what_the_readme_shows_is_there():
    shown = re.findall(r"!\[[^]]+\]\(([^)]+)\)", (ROOT / "README.md").read_text())

    assert len(shown) > 1
    assert all((ROOT / each).is_file() for each in shown)
