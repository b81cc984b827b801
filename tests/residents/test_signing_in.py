"""The door: where people find themselves after they signed in."""

import pytest

from tests.people import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "page"),
    [("ada", "/bookings/"), ("sam", "/desk/"), ("rui", "/research/"), ("admin", "/admin/")],
)
def test_everybody_arrives_where_their_work_is(request, client, who, page):
    person = request.getfixturevalue(who)

    answer = client.post("/login/", {"login": person.email, "password": PASSWORD}, follow=True)

    assert answer.redirect_chain[-1][0] == page
    assert answer.status_code == 200


def test_who_was_on_the_way_to_a_page_gets_there(client, rui):
    to = {"login": rui.email, "password": PASSWORD, "next": "/board/?view=week"}

    assert client.post("/login/", to)["Location"] == "/board/?view=week"


def test_nobody_is_led_to_a_stranger(client, ada):
    to = {"login": ada.email, "password": PASSWORD, "next": "https://elsewhere.example/"}

    assert client.post("/login/", to)["Location"] == "/bookings/"
