"""A token lets a program act as its person, is shown once and can be ended."""

import hashlib

import pytest
from django.core.management import CommandError, call_command

from residents.models import ApiToken
from residents.tokens import issue, person_for, revoke
from tests.lab import berlin

NOW = berlin("2026-11-23 09:00")


def test_a_token_leads_to_its_person_in_one_query(ada, ben, django_assert_num_queries):
    token = issue(ada, "calendar", NOW)
    issue(ben, "calendar", NOW)
    with django_assert_num_queries(1):
        person = person_for(token)
        assert (person, person.role) == (ada, "creative")


def test_only_its_sha_256_is_kept(ada):
    token = issue(ada, "calendar", NOW)
    row = ApiToken.objects.values().get()
    assert row["digest"] == hashlib.sha256(token.encode()).hexdigest()
    assert not any(token in str(value) for value in row.values())


def test_no_two_tokens_are_alike_and_none_is_short(ada):
    tokens = {issue(ada, "", NOW) for _ in range(20)}
    assert len(tokens) == 20
    assert min(len(token) for token in tokens) >= 43


@pytest.mark.parametrize("nonsense", ["", "daig_", "a" * 10_000, "ä\ud800", "\0"])
def test_nonsense_is_nobody(ada, nonsense):
    issue(ada, "calendar", NOW)
    assert person_for(nonsense) is None


def test_a_revoked_token_is_nobody_and_the_others_stay(ada):
    token, other = issue(ada, "one", NOW), issue(ada, "two", NOW)
    assert revoke(ApiToken.objects.get(name="one").pk, person=ada, at=NOW)
    assert person_for(token) is None
    assert person_for(other) == ada


def test_nobody_revokes_the_token_of_somebody_else(ada, ben):
    token = issue(ada, "calendar", NOW)
    assert not revoke(ApiToken.objects.get().pk, person=ben, at=NOW)
    assert person_for(token) == ada


def test_whoever_may_no_longer_sign_in_has_no_token_either(ada):
    token = issue(ada, "calendar", NOW)
    ada.is_active = False
    ada.save()
    assert person_for(token) is None


def test_the_command_prints_a_working_token_and_nothing_else(ada, capsys):
    call_command("api_token", "ADA@daig.example")
    out, err = capsys.readouterr()
    assert person_for(out.removesuffix("\n")) == ada
    assert err == ""


def test_the_command_refuses_strangers_and_who_may_not_sign_in(ada):
    with pytest.raises(CommandError, match=r"nobody@daig\.example"):
        call_command("api_token", "nobody@daig.example")
    ada.is_active = False
    ada.save()
    with pytest.raises(CommandError):
        call_command("api_token", ada.email)
    assert not ApiToken.objects.exists()
