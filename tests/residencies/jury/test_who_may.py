"""Every address of juries, everybody who may ask, and what is not theirs."""

import pytest
from django.db import transaction
from django.utils import timezone

from labbooking.residencies.jury import actions
from labbooking.residencies.jury.reviews.models import Review
from residents.models import User
from tests.residencies.jury.judging import (
    LONG_AGO,
    a_closed_call,
    a_juror,
    all_finished,
    seated,
    task_of,
)

pytestmark = pytest.mark.django_db

# The chair, a juror, the chair of another call, somebody who applied, a creative, staff, a
# researcher, an administrator. Only what is theirs is there at all.
ASKING = ("jo", "max", "otto", "artist", "ada", "sam", "rui", "admin")
PAGES = {
    "/jury/": (200, 200, 200, 404, 404, 404, 404, 404),
    "/jury/terms/summer/": (200, 200, 404, 404, 404, 404, 404, 404),
    "/jury/{task}/": (404, 200, 404, 404, 404, 404, 404, 404),
    "/jury/{task}/conflict/": (404, 200, 404, 404, 404, 404, 404, 404),
    "/deciding/summer/": (200, 404, 404, 404, 404, 200, 404, 404),
    "/deciding/summer/jury/": (200, 404, 404, 404, 404, 200, 404, 404),
    "/deciding/summer/order.csv": (200, 404, 404, 404, 404, 200, 404, 404),
    "/deciding/summer/order/code001/": (200, 404, 404, 404, 404, 200, 404, 404),
    "/deciding/summer/order/code001/move/": (200, 404, 404, 404, 404, 200, 404, 404),
    "/deciding/summer/open/": (200, 404, 404, 404, 404, 200, 404, 404),
    "/deciding/summer/choose/": (200, 404, 404, 404, 404, 200, 404, 404),
    "/deciding/summer/decline/": (200, 404, 404, 404, 404, 200, 404, 404),
    "/deciding/summer/names/": (200, 404, 404, 404, 404, 200, 404, 404),
    "/deciding/summer/reopen/{review}/": (200, 404, 404, 404, 404, 200, 404, 404),
    "/api/v1/calls/summer/order": (200, 404, 404, 404, 404, 200, 404, 404),
}
ACTS = {
    "/jury/terms/summer/": (302, 302, 404, 404, 404, 404, 404, 404),
    "/jury/{task}/": (404, 409, 404, 404, 404, 404, 404, 404),
    "/jury/{task}/conflict/": (404, 302, 404, 404, 404, 404, 404, 404),
    "/deciding/summer/jury/": (404, 404, 404, 404, 404, 422, 404, 404),
    "/deciding/summer/jury/deal/": (302, 404, 404, 404, 404, 302, 404, 404),
    "/deciding/summer/jury/remind/": (404, 404, 404, 404, 404, 302, 404, 404),
    "/deciding/summer/open/": (302, 404, 404, 404, 404, 302, 404, 404),
    "/deciding/summer/rank/": (302, 404, 404, 404, 404, 302, 404, 404),
    "/deciding/summer/order/code001/move/": (302, 404, 404, 404, 404, 302, 404, 404),
    "/deciding/summer/choose/": (302, 404, 404, 404, 404, 302, 404, 404),
    "/deciding/summer/decline/": (302, 404, 404, 404, 404, 302, 404, 404),
    "/deciding/summer/names/": (302, 404, 404, 404, 404, 302, 404, 404),
    "/deciding/summer/reopen/{review}/": (302, 404, 404, 404, 404, 403, 404, 404),
}
TYPED = {
    "kind": "family",
    "reason": "Because.",
    "place": 2,
    "count": 1,
    "reserve": 0,
    "codes": ["code002"],
    "reviews_each": 2,
}


@pytest.fixture
def house(lab, sam, jury, ada, rui, admin, signed_in):
    """A call that is read and ordered, and another one with a jury of its own."""
    at = timezone.now()
    call = a_closed_call(sam, 3, **LONG_AGO)
    seated(call, jury, sam)
    actions.distribute_tasks("summer", 3, by=sam, at=at)
    all_finished(call, jury)
    actions.open_results("summer", by=jury[0], at=at)
    actions.make_ranking("summer", by=sam, at=at)
    otto = a_juror("Otto")
    seated(a_closed_call(sam, 1, slug="winter", **LONG_AGO), [otto], sam)
    people = (*jury[:2], otto, call.applications.first().person, ada, sam, rui, admin)
    browsers = {name: signed_in(each) for name, each in zip(ASKING, people, strict=True)}
    task = task_of(jury[1], "code001")
    words = {"{task}": f"{task.pk}", "{review}": f"{Review.objects.get(task=task).pk}"}
    return browsers, words


def path_of(route, words):
    for word, value in words.items():
        route = route.replace(word, value)
    return route


def test_a_page_is_there_for_whom_it_is_theirs_alone(house):
    browsers, words = house
    for route, listed in PAGES.items():
        found = tuple(browsers[who].get(path_of(route, words)).status_code for who in ASKING)
        assert found == listed, route


def test_an_act_is_done_by_whom_it_is_theirs_alone(house):
    browsers, words = house
    for route, listed in ACTS.items():
        found = []
        for who in ASKING:
            with transaction.atomic():
                found.append(browsers[who].post(path_of(route, words), TYPED).status_code)
                transaction.set_rollback(True)
        assert tuple(found) == listed, route


def test_strangers_are_led_to_the_login(house, client):
    _browsers, words = house
    for route in [each for each in PAGES if not each.startswith("/api/")]:
        assert client.get(path_of(route, words)).url.startswith("/login/")
    assert client.get("/api/v1/calls/summer/order").status_code == 401


def test_who_lost_the_role_has_lost_the_seat(house, signed_in):
    """Whoever researches neither reads nor decides, whatever they sat on before (G9)."""
    _browsers, words = house
    User.objects.filter(name="Jo").update(role="researcher")
    browser = signed_in(User.objects.get(name="Jo"))
    for route in ("/jury/", "/deciding/summer/", "/api/v1/calls/summer/order"):
        assert browser.get(path_of(route, words)).status_code == 404
