"""A stranger asks for an account, confirms the address, and hears from the team."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from labbooking.errors import NotThere, WrongState
from labbooking.journal.models import Entry
from labbooking.period import DAY
from residents.membership.invitations import invite
from residents.membership.models import Invitation
from residents.membership.wanted import Wanted
from residents.models import Role, User
from residents.signin.asking.actions import (
    MAILS_A_DAY,
    prove,
)
from residents.signin.asking.decisions import decline, grant
from residents.signin.asking.links import request_path
from residents.signin.asking.queries import waiting
from residents.signin.models import AccountRequest, AskingRule
from tests.bookings.days import said
from tests.bookings.races.test_races import race
from tests.people import person
from tests.residents.signin.asking.requests import FORM, NOW, asks, kinds, opened, proved

pytestmark = pytest.mark.django_db


def test_it_is_off_until_somebody_switches_it_on_and_nothing_hints_at_it(client):
    path = request_path(asks())
    AskingRule.objects.update(is_open=False)
    for address in ("/ask/", "/ask/sent/", "/ask/mine/", path, "/ask/confirm/x/"):
        for method in (client.get, client.post, client.put):
            answer = method(address)
            assert answer.status_code == 404, address
            assert said(answer) == said(method("/nowhere/")).replace("/nowhere/", address)
    assert "/ask/" not in said(client.get("/login/"))
    assert AskingRule._meta.get_field("is_open").default is False


def test_from_asking_to_the_account(client, sam, mails, signed_in):
    assert 'href="/ask/"' in said(client.get("/login/"))
    assert client.post("/ask/", FORM).url == "/ask/sent/"
    (mail,) = mails()
    assert mail.to == ["lin@daig.example"]
    assert "carve" not in mail.body
    assert "Lin" not in mail.body
    browser = signed_in(sam)
    assert "lin@daig.example" not in said(browser.get("/people/requests/"))

    link = next(each for each in mail.body.split() if "/ask/confirm/" in each)
    page = client.get(link.removeprefix(settings.PUBLIC_URL), follow=True)
    assert "Is this your address?" in said(page)
    assert not waiting()
    assert "is confirmed" in said(client.post("/ask/mine/", follow=True))

    for page in ("/people/", "/desk/"):
        assert "1 person asks for an account." in said(browser.get(page))
    page = said(browser.get("/people/requests/"))
    assert "I carve wood." in page
    asked = AccountRequest.objects.get()
    done = said(browser.post(f"/people/requests/{asked.pk}/grant/", follow=True))
    assert "Lin is invited" in done
    (mail,) = mails()
    assert "/invitation/" in mail.body
    assert "because the Daig invites you" in mail.body
    assert Invitation.objects.get().role == Role.CREATIVE
    assert "said yes" in said(client.get("/ask/mine/"))
    assert kinds(asked) == [
        "account.asked",
        "account.request_proved",
        "account.request_granted",
    ]


def test_a_no_is_a_kind_mail_with_the_reason_where_there_is_one(client, sam, mails, signed_in):
    asked = proved()
    mails()
    said_no = {"reason": "We are full until summer."}
    done = signed_in(sam).post(f"/people/requests/{asked.pk}/decline/", said_no, follow=True)
    assert "Lin gets a kind e-mail" in said(done)
    (mail,) = mails()
    assert "Thank you for your interest" in mail.body
    assert "We are full until summer." in mail.body
    assert not Invitation.objects.exists()
    again = proved(NOW + DAY)
    decline(again.pk, by=sam, at=NOW + DAY)
    assert kinds(again)[-1] == "account.request_declined"


def of_ada():
    return person("Ada", language="de").email


def of_gone():
    return person("Gone", language="de", is_active=False).email


def of_invited():
    by = person("Sam", Role.STAFF)
    return invite(Wanted("mo@daig.example"), by=by, at=timezone.now()).email


def of_waiting():
    return proved(timezone.now() - timedelta(hours=1)).email


def of_nobody():
    return "nobody@daig.example"


@pytest.mark.parametrize(
    ("whose", "subject"),
    [
        (of_nobody, "Confirm your address"),
        (of_ada, "Du hast schon ein Konto im Daig"),
        (of_gone, "Dein Konto im Daig ist beendet"),
        (of_invited, "You are invited to Daig already"),
        (of_waiting, "We have your request already"),
    ],
)
def test_every_address_gets_the_same_answer_and_its_owner_a_fitting_mail(
    whose, subject, client, mails, django_assert_num_queries
):
    email = whose()
    mails()
    client.get("/ask/")
    with django_assert_num_queries(2):  # whether it is open, and the row
        answer = client.post("/ask/", FORM | {"email": email.upper()})
    assert (answer.status_code, answer.url) == (302, "/ask/sent/")
    (mail,) = mails()
    assert (mail.to, mail.subject) == ([email.upper()], subject)
    assert "carve" not in mail.body
    html, _type = mail.alternatives[0]
    for body in (mail.body, html):
        assert "because you have an account" not in body
        assert "because somebody asked" in body or "weil jemand mit dieser Adresse" in body


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "nobody"},
        {"email": f"{'a' * 300}@x.example"},
        {"name": ""},
        {"name": "Li\u202en"},
        {"name": "Li\0n"},
        {"words": ""},
        {"words": "x" * 501},
        {"language": "fr"},
    ],
)
def test_what_cannot_be_is_told_and_kept_nowhere(wrong, client):
    answer = client.post("/ask/", FORM | wrong)
    assert answer.status_code == 422
    assert not AccountRequest.objects.exists()


def test_one_network_asks_so_often_and_no_more(client, settings):
    settings.ASKING_RATE = "2/h"
    answers = [client.post("/ask/", FORM, REMOTE_ADDR="192.0.2.1") for _ in range(3)]
    assert [each.status_code for each in answers] == [302, 302, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 3600
    assert "minutes" in said(answers[-1]) or "hour" in said(answers[-1])
    assert client.post("/ask/", FORM, REMOTE_ADDR="192.0.2.2").status_code == 302


def test_one_address_gets_so_many_mails_a_day(mails):
    for _ in range(MAILS_A_DAY + 2):
        asks(timezone.now())
    assert len(mails()) == MAILS_A_DAY
    assert AccountRequest.objects.count() == MAILS_A_DAY


def test_a_link_confirms_once_and_then_tells_how_it_stands(client):
    asked = asks(timezone.now())
    opened(client, asked)
    assert client.post("/ask/mine/").status_code == 302
    again = client.post("/ask/mine/")
    assert again.status_code == 409
    assert "used already" in said(again)
    assert "is confirmed" in said(opened(client, asked))
    assert kinds(asked).count("account.request_proved") == 1


@pytest.mark.parametrize("path", ["/ask/confirm/x/", "/ask/confirm/x.y/", "/ask/mine/"])
def test_a_link_that_is_not_whole_opens_nothing(client, path):
    assert client.get(path).status_code == 404
    assert "not whole" in said(client.get(path))


def test_a_link_that_is_too_old_confirms_nothing(client):
    asked = asks(timezone.now() - 4 * DAY)
    assert "too old" in said(opened(client, asked))
    assert client.post("/ask/mine/").status_code == 409
    with pytest.raises(WrongState):
        prove(asked.pk, at=NOW)


@pytest.mark.parametrize("first", [False, True])
def test_a_request_is_taken_back_before_and_after_it_was_confirmed(first, client, sam):
    asked = asks(timezone.now())
    opened(client, asked)
    if first:
        client.post("/ask/mine/")
    page = said(client.post("/ask/mine/", {"take_back": "1"}, follow=True))
    assert "You have taken your request back" in page
    assert client.post("/ask/mine/").status_code == 409
    assert not waiting()
    with pytest.raises((WrongState, NotThere)):
        grant(asked.pk, by=sam, at=NOW)


def test_two_links_of_one_address_make_one_request():
    first, second = asks(), asks()
    prove(first.pk, at=NOW)
    with pytest.raises(WrongState, match="waiting for an answer already"):
        prove(second.pk, at=NOW)
    assert waiting().count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_links_of_one_address_at_once_make_one_request():
    def run(pk):
        try:
            return prove(pk, at=NOW).email
        except WrongState as error:
            return error.code

    for number in range(3):
        email = f"mo{number}@daig.example"
        ends = race(run, [asks(email=email).pk, asks(email=email).pk])
        assert sorted(ends) == [email, "wrong_state"]


def test_an_administrator_switches_it_on(admin, just_signed_in):
    AskingRule.objects.update(is_open=False)
    address = reverse("admin:signin_askingrule_change", args=[AskingRule.objects.get().pk])
    sent = {"is_open": "on", "proof_days": "2", "kept_days": "9"}
    assert just_signed_in(admin).post(address, sent).status_code == 302
    assert AskingRule.objects.get().is_open
    assert Entry.objects.filter(kind="account.asking_changed", data={"open": True}).exists()
    assert address.removesuffix("change/").rsplit("/", 2)[0] in said(
        just_signed_in(admin).get("/people/requests/")
    )


def test_the_list_takes_no_more_queries_for_three(sam, signed_in, django_assert_max_num_queries):
    browser = signed_in(sam)

    def queries():
        with django_assert_max_num_queries(10) as counted:
            browser.get("/people/requests/")
        return len(counted)

    proved()
    browser.get("/people/requests/")  # the first page of a browser looks up more
    with_one = queries()
    for name in ("mo", "tom"):
        proved(email=f"{name}@daig.example")
    assert queries() == with_one


def test_who_is_signed_in_needs_none(ada, signed_in):
    assert signed_in(ada).get("/ask/").url == "/profile/"
    assert User.objects.count() == 1
