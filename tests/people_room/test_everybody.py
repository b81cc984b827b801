"""Everybody who has an account, for those who look after them: found, filtered, and looked at."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labbooking.bookings.models import Booking
from labbooking.period import DAY, HOUR
from residents.actions import give_induction
from residents.models import Role, User
from tests.bookings.days import booked, said
from tests.people import person

pytestmark = pytest.mark.django_db
LINK = re.compile(r'href="(/(?!static/)[^"#?]*)')


def page_of(browser, **asked):
    return said(browser.get("/people/", asked)).partition("<main")[2]


def names(browser, **asked):
    return [str(each) for each in browser.get("/people/", asked).context["page"]]


def test_staff_and_administrators_see_everybody_by_name(ada, sam, rui, admin, signed_in):
    person("Left", is_active=False)
    for somebody in (sam, admin):
        assert names(signed_in(somebody)) == ["Ada", "Admin", "Left", "Rui", "Sam"]


@pytest.mark.parametrize("who", ["sam", "admin", "ada"])
def test_no_way_on_from_people_ends_in_nothing(who, request, lab, ada, just_signed_in):
    browser = just_signed_in(request.getfixturevalue(who))
    begin = {"/people/", f"/people/{ada.pk}/", "/people/invitations/", "/people/requests/"}
    found = set()
    for path in begin if who != "ada" else {"/people/"}:
        found |= set(LINK.findall(said(browser.get(path)).partition("<main")[2]))
    assert ("/people/groups/" in found) == (who != "admin")
    assert not [path for path in found if browser.get(path).status_code not in {200, 302}]


def test_who_books_here_still_sees_only_who_said_so(ada, ben, sam, signed_in):
    User.objects.filter(pk=sam.pk).update(shown_to_people=True)
    page = page_of(signed_in(ada))
    assert "<h2>Sam</h2>" in page
    assert "Ben" not in page
    assert ben.email not in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "ada"}, ["Ada Ärmel"]),
        ({"q": "ärmel"}, ["Ada Ärmel"]),
        ({"q": "ÄRMEL ada"}, ["Ada Ärmel"]),
        ({"q": "ben@"}, ["Ben"]),
        ({"q": "ada ben"}, []),
        ({"role": "researcher"}, ["Rui"]),
        ({"state": "gone"}, ["Ben"]),
        ({"state": "here", "role": "creative"}, ["Ada Ärmel"]),
        ({"q": "100%"}, []),
    ],
)
def test_people_are_found_by_name_address_role_and_state(asked, found, sam, rui, signed_in):
    person("Ada Ärmel", email="ada@daig.example")
    person("Ben", is_active=False)
    assert names(signed_in(sam), **asked) == found


@pytest.mark.parametrize(
    "asked", [{"q": "\0"}, {"role": "king"}, {"page": "9" * 500}, {"q": "x" * 5000}]
)
def test_what_cannot_be_read_is_said_and_breaks_nothing(asked, ada, sam, signed_in):
    assert signed_in(sam).get("/people/", asked).status_code == 200


def test_long_lists_come_in_pages_that_keep_the_question(sam, signed_in):
    for number in range(60):
        person(f"Guest {number:02}", email=f"{number}@daig.example")
    browser = signed_in(sam)

    second = page_of(browser, q="guest", page=2)

    assert names(browser, q="guest", page=2)[0] == "Guest 25"
    assert "q=guest&amp;page=3" in second
    assert "Page 2 of 3" in second


@pytest.mark.parametrize("count", [1, 500])
def test_the_list_takes_at_most_ten_queries(count, lab, sam, signed_in):
    User.objects.bulk_create(
        User(email=f"{each}@daig.example", name=f"Guest {each}") for each in range(count)
    )
    browser = signed_in(sam)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get("/people/").status_code == 200
    assert len(queries) <= 10


def test_one_person_with_all_that_they_have_takes_at_most_ten_queries(lab, ada, sam, signed_in):
    give_induction(ada, "board", by=sam, at=timezone.now())
    for seat in ("seat-1", "seat-2", "seat-3"):
        booked(ada, seat)
    browser = signed_in(sam)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(f"/people/{ada.pk}/").status_code == 200
    assert len(queries) <= 10


def test_a_page_tells_what_somebody_has_and_how_it_went(lab, ada, sam, signed_in):
    ahead, missed, late = (booked(ada, f"seat-{each}")[0] for each in (1, 2, 3))
    then = timezone.now() - timedelta(days=30)
    past = {"starts_at": then, "ends_at": then + HOUR}
    Booking.objects.filter(pk=missed.pk).update(state="no_show", **past)
    back = {"checked_in_at": then, "checked_out_at": then + DAY}
    Booking.objects.filter(pk=late.pk).update(state="completed", **past, **back)

    page = said(signed_in(sam).get(f"/people/{ada.pk}/"))

    assert f'href="/bookings/{ahead.pk}/"' in page
    assert f'href="/bookings/{late.pk}/"' not in page
    assert "<dt>Came</dt><dd>1</dd>" in page
    assert "<dt>Did not come</dt><dd>1</dd>" in page
    assert "<dt>Brought something back late</dt><dd>1</dd>" in page
    assert "Ar-Headset" in page
    assert "ada@daig.example" in page


def test_nobody_reads_there_who_takes_part_in_research(ada, sam, admin, signed_in):
    for somebody in (sam, admin):
        page = said(signed_in(somebody).get(f"/people/{ada.pk}/")).partition("<main")[2]
        assert "study" not in page.lower()
        assert "consent" not in page.lower()


@pytest.mark.parametrize("role", [Role.CREATIVE, Role.RESEARCHER])
def test_who_looks_after_nobody_reads_of_nobody(role, ada, signed_in):
    somebody = person("Else", role)
    assert signed_in(somebody).get(f"/people/{ada.pk}/").status_code == 404


def test_an_administrator_finds_the_page_in_the_menu(admin, sam, lab, signed_in):
    assert 'href="/people/"' in said(signed_in(admin).get("/board/"))
    assert 'href="/people/"' in said(signed_in(sam).get("/desk/"))
