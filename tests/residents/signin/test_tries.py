"""Who guesses a password waits ever longer; everybody else comes in as before."""

from datetime import timedelta

import pytest

from labbooking.wire.throttle import network_of
from residents.models import WrongTries
from residents.signin.later import ComeBackLater
from residents.signin.tries import FREE, begin_try, forgive, take_back, wait_after
from tests.lab import berlin
from tests.people import PASSWORD

NOW = berlin("2026-11-24 09:00")
HOME, ELSEWHERE = "192.0.2.7", "198.51.100.9"
pytestmark = pytest.mark.django_db


WRONG = "wrong"


def try_with(client, email, password=WRONG, network=HOME):
    return client.post("/login/", {"login": email, "password": password}, REMOTE_ADDR=network)


def test_five_wrong_tries_lock_nobody_out_who_is_elsewhere(ada, ben, client):
    for _ in range(FREE + 2):
        answer = try_with(client, ada.email)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) in {1, 2}
    page = answer.content.decode()
    assert "Please wait" in page
    assert 'value="ada@daig.example"' in page

    assert try_with(client, ben.email, PASSWORD).status_code == 302
    client.logout()
    assert try_with(client, ada.email, PASSWORD, ELSEWHERE).status_code == 302


def test_an_address_nobody_has_is_answered_alike(ada, client):
    answers = [
        [try_with(client, email).status_code for _ in range(FREE + 1)]
        for email in (ada.email, "nobody@daig.example")
    ]
    assert answers[0] == answers[1] == [200] * FREE + [429]


def test_the_wait_grows_and_never_becomes_a_lock(ada):
    at = NOW
    waits = []
    for _ in range(FREE + 12):
        before = begin_try(ada.email, HOME, at=at)
        try:
            begin_try(ada.email, HOME, at=at)
        except ComeBackLater as later:
            waits.append(later.seconds)
            at += timedelta(seconds=later.seconds)
        else:
            take_back(ada.email, HOME, at=at, before=before)
    assert waits == sorted(waits)
    assert waits[:3] == [2, 4, 8]
    assert waits[-1] == 60


def test_the_right_password_ends_the_waiting(ada):
    for _ in range(FREE):
        begin_try(ada.email, HOME, at=NOW)
    forgive(ada.email, HOME, at=NOW)

    begin_try(ada.email, HOME, at=NOW)


def test_a_try_that_was_none_makes_nobody_wait(ada):
    for _ in range(FREE):
        begin_try(ada.email, HOME, at=NOW)
    later = NOW + timedelta(seconds=20)
    before = begin_try(ada.email, HOME, at=later)
    take_back(ada.email, HOME, at=later, before=before)

    begin_try(ada.email, HOME, at=later)


def test_what_was_tried_meanwhile_is_not_taken_back(ada):
    for _ in range(FREE):
        begin_try(ada.email, HOME, at=NOW)
    first, second = NOW + timedelta(seconds=20), NOW + timedelta(seconds=40)
    before = begin_try(ada.email, HOME, at=first)
    begin_try(ada.email, HOME, at=second)
    take_back(ada.email, HOME, at=first, before=before)

    with pytest.raises(ComeBackLater):
        begin_try(ada.email, HOME, at=second)


def test_after_an_hour_all_is_forgotten(ada):
    for _ in range(FREE):
        begin_try(ada.email, HOME, at=NOW)
    begin_try(ada.email, HOME, at=NOW + timedelta(hours=1))

    assert WrongTries.objects.get().tries == 1


def test_neither_address_is_kept_in_clear(ada):
    begin_try("someone@else.example", HOME, at=NOW)

    row = WrongTries.objects.values().get()
    assert not any("someone" in str(value) or HOME in str(value) for value in row.values())
    assert row["person_id"] is None


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7/32"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8::ffff:1", "2001:db8::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7/32"),
        ("nonsense", "nonsense"),
    ],
)
def test_one_household_is_one_network(address, network):
    assert network_of(address) == network


def test_no_wait_overflows():
    assert wait_after(10**6) == timedelta(minutes=1)


def test_asking_again_who_one_is_has_the_same_limits(ada, signed_in):
    browser = signed_in(ada)
    answers = [
        browser.post("/accounts/reauthenticate/", {"password": "wrong"}) for _ in range(FREE + 1)
    ]
    assert [each.status_code for each in answers] == [200] * FREE + [429]
    assert "Retry-After" in answers[-1]
