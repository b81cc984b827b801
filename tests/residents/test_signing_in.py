"""The door: where people find themselves after they signed in."""

import pytest

from tests.people import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["ada", "sam", "rui", "admin"])
def test_everybody_arrives_at_today(request, client, lab, who):
    person = request.getfixturevalue(who)

    answer = client.post("/login/", {"login": person.email, "password": PASSWORD}, follow=True)

    assert answer.redirect_chain == [("/today/", 302)]
    assert answer.status_code == 200


def test_who_is_signed_in_and_opens_the_sign_in_is_led_to_today(signed_in, lab, ada):
    assert signed_in(ada).get("/login/").url == "/today/"


def test_who_was_on_the_way_to_a_page_gets_there(client, rui):
    to = {"login": rui.email, "password": PASSWORD, "next": "/board/?view=week"}

    assert client.post("/login/", to)["Location"] == "/board/?view=week"


def test_nobody_is_led_to_a_stranger(client, ada):
    to = {"login": ada.email, "password": PASSWORD, "next": "https://elsewhere.example/"}

    assert client.post("/login/", to)["Location"] == "/today/"
