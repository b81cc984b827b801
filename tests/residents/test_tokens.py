"""A token lets a program act as its person, is shown once and can be ended."""

import hashlib
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from residents.models import ApiToken
from residents.tokens import AT_MOST, TooManyTokens, issue, note_use, person_for, revoke
from tests.lab import berlin
from tests.people import person

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


def test_no_two_tokens_are_alike_and_none_is_short(ada, ben):
    tokens = {issue(each, "", NOW) for each in (ada, ben) for _ in range(AT_MOST)}
    assert len(tokens) == 2 * AT_MOST
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


def test_the_command_gives_a_token_a_last_day(ada, capsys):
    call_command("api_token", ada.email, "--days", "3")
    row = ApiToken.objects.get()
    assert row.expires_at - row.created_at == timedelta(days=3)
    with pytest.raises(CommandError, match="365"):
        call_command("api_token", ada.email, "--days", "366")


def test_after_its_last_day_it_is_nobody(ada):
    token = issue(ada, "script", NOW, lasts=timedelta(days=30))
    almost = NOW + timedelta(days=30) - timedelta(seconds=1)
    assert person_for(token, at=almost) == ada
    assert person_for(token, at=almost + timedelta(seconds=1)) is None


def test_nobody_holds_more_than_ten(ada):
    for number in range(AT_MOST):
        issue(ada, f"script {number}", NOW)
    with pytest.raises(TooManyTokens, match="10"):
        issue(ada, "one more", NOW)
    revoke(ApiToken.objects.first().pk, person=ada, at=NOW)
    issue(ada, "one more", NOW)


def test_what_is_over_does_not_count(ada):
    for _ in range(AT_MOST):
        issue(ada, "short", NOW, lasts=timedelta(days=1))
    issue(ada, "later", NOW + timedelta(days=1))


def test_the_command_goes_on_working_for_scripts_that_call_it_each_time(ada, capsys):
    issue(ada, "mine", NOW)
    tokens = []
    for _ in range(AT_MOST + 2):
        call_command("api_token", ada.email)
        tokens.append(capsys.readouterr().out.strip())
    in_use = [token for token in tokens if person_for(token)]
    assert in_use == tokens[-(AT_MOST - 1) :]
    assert ApiToken.objects.filter(name="mine", revoked_at=None).exists()


def test_it_is_noted_to_the_hour_that_one_was_used(ada, django_assert_num_queries):
    token = issue(ada, "script", NOW)

    def use(at, writes):
        person = person_for(token, at=at)
        with django_assert_num_queries(writes):
            note_use(person, at=at)
        return ApiToken.objects.get().last_used_at

    assert use(NOW, 1) == NOW
    assert use(NOW + timedelta(minutes=59), 0) == NOW
    assert use(NOW + timedelta(minutes=60), 1) == NOW + timedelta(hours=1)


@pytest.mark.parametrize("scope", ["staff", "all", ""])
def test_nobody_makes_a_token_wider_than_their_role(scope, ada):
    with pytest.raises(ValidationError, match="not for your role"):
        issue(ada, "script", NOW, scope=scope)
    assert not ApiToken.objects.exists()


def test_the_command_makes_a_narrow_one_where_it_is_told_to(ada, capsys):
    call_command("api_token", ada.email, "--scope", "read")
    assert ApiToken.objects.get().scope == "read"
    with pytest.raises(CommandError, match="not for your role"):
        call_command("api_token", ada.email, "--scope", "staff")
    call_command("api_token", ada.email)
    assert ApiToken.objects.latest("pk").scope == "book"


@pytest.mark.parametrize(
    ("role", "scope"),
    [("creative", "book"), ("staff", "staff"), ("researcher", "staff"), ("admin", "staff")],
)
def test_tokens_from_before_go_on_as_far_as_the_role(role, scope, db):
    upgrade = import_module("residents.migrations.0009_scoped_tokens")
    issue(person("Zoe", role), "script", NOW, scope="read")
    upgrade.as_far_as_the_role(apps, None)
    assert ApiToken.objects.get().scope == scope
