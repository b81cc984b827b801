"""Staff answer who asks for an account, and what was asked is forgotten in time."""

from datetime import timedelta

import pytest

from labbooking.errors import NotAllowed, NotThere, Refused, WrongState
from labbooking.journal.kinds import hidden_from
from labbooking.journal.models import Entry
from labbooking.period import DAY
from residents.membership.ending import end_account
from residents.membership.invitations import accept, invite
from residents.membership.models import Invitation
from residents.membership.wanted import Wanted
from residents.models import Role
from residents.privacy.erase import erase
from residents.privacy.my_data import as_file
from residents.signin.asking.actions import (
    forget_requests,
    take_back,
)
from residents.signin.asking.decisions import decline, grant
from residents.signin.asking.queries import waiting
from residents.signin.models import AccountRequest, AskingRule
from tests.bookings.days import said
from tests.bookings.races.test_races import race
from tests.residents.signin.asking.requests import NOW, PASSWORD, asks, kinds, proved

pytestmark = pytest.mark.django_db


def test_who_is_invited_meanwhile_gets_that_invitation_again(sam, kim):
    asked = proved()
    before = invite(Wanted("LIN@daig.example"), by=kim, at=NOW - 8 * DAY)
    granted = grant(asked.pk, by=sam, at=NOW)
    assert granted.invitation == before
    assert Invitation.objects.get().expires_at == NOW + 7 * DAY


def test_a_yes_that_nobody_could_use_is_none(sam, admin):
    """Staff send no invitation of another role again, and nobody one that ends before it begins."""
    asked = proved()
    wanted = Wanted("lin@daig.example", role="staff")
    before = invite(wanted, by=admin, at=NOW)
    assert grant(asked.pk, by=sam, at=NOW).invitation == before

    asked = proved(email="mo@daig.example", name="Mo")
    for wanted in (
        Wanted("mo@daig.example", role="staff"),
        Wanted("mo@daig.example", stays_until=NOW - DAY),
    ):
        Invitation.objects.all().delete()
        invite(wanted, by=admin, at=NOW - 8 * DAY)
        with pytest.raises(Refused, match="has not come"):
            grant(asked.pk, by=sam, at=NOW)
        assert asked in waiting()


def test_who_has_an_account_meanwhile_is_not_invited(sam, kim, signed_in):
    asked = proved()
    invited = invite(Wanted("lin@daig.example"), by=kim, at=NOW)
    accept(invited.pk, name="Lin", password=PASSWORD, language="en", at=NOW)
    page = signed_in(sam).post(f"/people/requests/{asked.pk}/grant/", follow=True)
    assert "has an account with this address by now" in said(page)
    assert Invitation.objects.count() == 1
    assert not waiting()


def test_a_name_that_staff_have_is_chosen_anew(sam):
    grant(proved(name="SAM").pk, by=sam, at=NOW)
    assert Invitation.objects.get().name == ""


@pytest.mark.parametrize("second", [grant, decline])
def test_of_two_who_answer_the_second_is_told(second, sam, kim):
    asked = proved()
    grant(asked.pk, by=sam, at=NOW)
    with pytest.raises(WrongState, match="Somebody else has answered Lin already"):
        second(asked.pk, by=kim, at=NOW)
    assert Invitation.objects.count() == 1
    assert "account.request_declined" not in kinds(asked)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("second", [grant, decline])
def test_two_who_answer_at_once_give_one_answer(second, sam, kim):
    for number in range(3):
        asked = proved(email=f"mo{number}@daig.example", name=f"Mo {number}")

        def run(answer, pk=asked.pk):
            act, by = answer
            try:
                return act(pk, by=by, at=NOW).answer
            except WrongState as error:
                return error.code

        ends = race(run, [(grant, sam), (second, kim)])
        told = AccountRequest.objects.get(pk=asked.pk)
        assert sorted(ends) == sorted([told.answer, "wrong_state"])
        assert Invitation.objects.filter(email=asked.email).count() == (told.answer == "yes")


def test_nobody_but_the_team_answers_and_nobody_before_the_address_is_confirmed(ada, rui, sam):
    unproved = asks(email="mo@daig.example")
    with pytest.raises(NotThere):
        grant(unproved.pk, by=sam, at=NOW)
    asked = proved()
    for by in (ada, rui):
        for act in (grant, decline):
            with pytest.raises(NotAllowed):
                act(asked.pk, by=by, at=NOW)


def test_research_and_staff_see_no_entry_and_no_entry_has_an_address(sam):
    grant(proved().pk, by=sam, at=NOW)
    told = Entry.objects.filter(kind__startswith="account.")
    assert {each.kind for each in told} <= hidden_from(Role.RESEARCHER) & hidden_from(Role.STAFF)
    assert "lin" not in str(list(told.values_list("data", flat=True))).lower()


def test_who_does_not_confirm_is_forgotten_after_days_that_are_data():
    AskingRule.objects.update(proof_days=2)
    asks(NOW - 2 * DAY)
    kept = asks(NOW - timedelta(hours=47), email="mo@daig.example")
    assert forget_requests(at=NOW) == 1
    assert AccountRequest.objects.get() == kept


def test_who_was_answered_is_forgotten_after_days_that_are_data(sam):
    AskingRule.objects.update(kept_days=5)
    for number, act in enumerate((grant, decline)):
        asked = proved(NOW - 9 * DAY, email=f"mo{number}@daig.example")
        act(asked.pk, by=sam, at=NOW - 5 * DAY)
    take_back(proved(NOW - 9 * DAY, email="tom@daig.example").pk, at=NOW - 5 * DAY)
    still = proved(NOW - 90 * DAY)
    assert forget_requests(at=NOW) == 3
    assert AccountRequest.objects.get() == still
    assert Entry.objects.filter(kind="account.request_granted").exists()


def test_who_came_is_told_what_they_asked_and_it_goes_with_them(sam):
    granted = grant(proved().pk, by=sam, at=NOW)
    lin = accept(granted.invitation_id, name="Lin", password=PASSWORD, language="en", at=NOW)
    (told,) = as_file(lin, at=NOW)["held"]["signin.AccountRequest"]
    assert told["words"] == "I carve wood."
    asks(email=lin.email)
    end_account(lin.pk, by=sam, at=NOW)
    erase(lin.pk, by=sam, at=NOW)
    assert not AccountRequest.objects.exists()
