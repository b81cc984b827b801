"""Checking passwords never keeps the house from answering."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from django.contrib.auth.hashers import check_password, get_hashers, make_password
from django.db import connection
from django.test import Client

from labbooking import settings as house
from residents.models import User, WrongTries
from residents.signin import hashing
from residents.signin.hashing import AT_ONCE, a_place
from residents.signin.later import DoorIsBusy
from tests.people import PASSWORD
from tests.processes import eventually


@pytest.fixture
def slow(settings):
    """The hash that guards real passwords."""
    settings.PASSWORD_HASHERS = house.PASSWORD_HASHERS
    get_hashers.cache_clear()


@pytest.fixture
def counted(monkeypatch):
    done = []
    for name in ("encode", "verify"):
        real = getattr(hashing.Argon2PasswordHasher, name)

        def count(self, *args, _real=real, _name=name):
            done.append(_name)
            return _real(self, *args)

        monkeypatch.setattr(hashing.Argon2PasswordHasher, name, count)
    return done


def test_two_at_a_time_and_no_third():
    with ExitStack() as stack:
        for _ in range(AT_ONCE):
            stack.enter_context(a_place())
        with pytest.raises(DoorIsBusy), a_place():
            pass
    with a_place():
        pass


@pytest.mark.parametrize("algorithm", ["argon2", "pbkdf2_sha256"])
def test_every_kind_of_hash_takes_a_place(algorithm, slow):
    encoded = make_password("green-garden-31", hasher=algorithm)
    with a_place(), a_place(), pytest.raises(DoorIsBusy):
        check_password("green-garden-31", encoded)
    assert check_password("green-garden-31", encoded)


@pytest.mark.django_db
@pytest.mark.parametrize("email", ["ada@daig.example", "nobody@daig.example"])
def test_a_guess_is_hashed_once(email, ada, slow, counted, client):
    ada.set_password(PASSWORD)
    ada.save()
    counted.clear()
    client.post("/login/", {"login": email, "password": "wrong"})
    assert len(counted) == 1


@pytest.mark.django_db
def test_who_comes_third_reads_when_to_come_again_and_has_not_tried(ada, slow, client):
    with a_place(), a_place():
        answer = client.post("/login/", {"login": ada.email, "password": "wrong"})
    assert (answer.status_code, answer["Retry-After"]) == (429, "1")
    page = answer.content.decode()
    assert "Several people are signing in" in page
    assert 'name="password"' in page
    assert not WrongTries.objects.filter(tries__gt=0).exists()


@pytest.mark.django_db
def test_pages_that_do_not_ask_for_a_password_first_say_so_too(ada, slow, signed_in):
    fields = {"oldpassword": "x", "password1": "green-garden-31", "password2": "green-garden-31"}
    User.objects.filter(pk=ada.pk).update(password=make_password(PASSWORD))
    ada.refresh_from_db()
    browser = signed_in(ada)
    with a_place(), a_place():
        answer = browser.post("/accounts/password/change/", fields)
    assert (answer.status_code, answer["Retry-After"]) == (429, "1")
    assert "Several people" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_dozen_at_once_leave_the_health_page_its_threads(ada, slow, monkeypatch):
    ada.set_password(PASSWORD)
    ada.save()
    inside, go = threading.Semaphore(0), threading.Event()
    real = hashing.Argon2PasswordHasher.verify

    def waits(self, password, encoded):
        inside.release()
        assert go.wait(60)
        return real(self, password, encoded)

    monkeypatch.setattr(hashing.Argon2PasswordHasher, "verify", waits)

    def guess(number):
        fields = {"login": ada.email, "password": PASSWORD}
        answer = Client(REMOTE_ADDR=f"192.0.2.{number}").post("/login/", fields).status_code
        connection.close()
        return answer

    with ThreadPoolExecutor(12) as pool:
        guesses = [pool.submit(guess, number) for number in range(12)]
        for _ in range(AT_ONCE):
            assert inside.acquire(timeout=30)
        # Nobody else waits for these two: all others have their answer by now, and their threads.
        eventually(lambda: sum(each.done() for each in guesses) == 12 - AT_ONCE, within=30)
        assert Client().get("/healthz").status_code == 200
        go.set()
        answers = [each.result(30) for each in guesses]
    assert sorted(answers) == [302] * AT_ONCE + [429] * (12 - AT_ONCE)
