"""Somebody is invited, accepts, and has an account: who may ask whom, and what else can happen."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from labbooking.errors import NotAllowed, Refused, WrongState
from labbooking.journal.kinds import hidden_from
from labbooking.journal.models import Entry
from labbooking.notifications.models import Notification
from labbooking.period import DAY
from residents.membership.invitations import accept, invite, send_again, take_back
from residents.membership.links import invitation_path
from residents.membership.models import WORKS_FOR, Invitation
from residents.membership.wanted import Wanted
from residents.models import Role, User
from tests.bookings.days import said
from tests.notifications.conftest import mailbox
from tests.notifications.post import tell, text
from tests.people import person

pytestmark = pytest.mark.django_db

__all__ = ["mailbox"]

NOW = timezone.now()
PASSWORD = "wind over the lake"
FORM = {"name": "Lin", "password": PASSWORD, "language": "en"}


def wanted(email="lin@daig.example", role=Role.CREATIVE, **more):
    return Wanted(email, role=role, language=more.pop("language", "en"), **more)


def kinds(about):
    found = Entry.objects.filter(objects_touched__key=str(about.subject_key))
    return [each.kind for each in found.distinct().order_by("at", "recorded_at")]


def join(invitation, client, **more):
    client.get(invitation_path(invitation))
    return client.post("/invitation/", {**FORM, **more})


@pytest.mark.parametrize(
    ("by", "gives"),
    [
        ("sam", {"creative"}),
        ("admin", set(Role.values) - {"applicant"}),
        ("ada", set()),
        ("rui", set()),
    ],
)
def test_who_may_invite_whom(by, gives, request):
    somebody = request.getfixturevalue(by)
    for role in Role.values:
        if role in gives:
            assert invite(wanted(f"{role}@x.example", role), by=somebody, at=NOW).role == role
        else:
            with pytest.raises(NotAllowed):
                invite(wanted(f"{role}@x.example", role), by=somebody, at=NOW)
    assert Invitation.objects.count() == len(gives)


def test_who_was_stopped_invites_nobody(sam):
    sam.is_active = False
    with pytest.raises(NotAllowed):
        invite(wanted(), by=sam, at=NOW)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"email": "ADA@daig.example"}, "Ada has an account with this address."),
        ({"email": "gone@daig.example"}, "Let them sign in again instead."),
        ({"email": "no address"}, "is not an e-mail address"),
        ({"email": f"{'l' * 250}@x.example"}, "is not an e-mail address"),
        ({"name": "S a m"}, "already has that name"),
        ({"name": "Lin\u202e"}, "invisible characters"),
        ({"stays_until": NOW - DAY}, "has passed"),
        ({"language": "fr"}, "German (de) and English (en)"),
    ],
)
def test_staff_are_told_why_somebody_cannot_be_invited(asked, sentence, ada, sam):
    person("Gone", is_active=False)
    with pytest.raises(Refused) as refused:
        invite(wanted(**asked), by=sam, at=NOW)
    assert sentence in refused.value.detail


def test_nobody_is_invited_twice_while_an_invitation_is_open(sam):
    first = invite(wanted(), by=sam, at=NOW)
    with pytest.raises(Refused, match="Is invited already"):
        invite(wanted("LIN@daig.example"), by=sam, at=NOW)
    with pytest.raises(Refused, match="Send that invitation again"):
        invite(wanted(), by=sam, at=NOW + 8 * DAY)

    take_back(first.pk, by=sam, at=NOW)
    assert invite(wanted(), by=sam, at=NOW).pk != first.pk


def test_the_mail_speaks_the_language_of_who_is_invited_and_its_link_opens_the_door(
    sam, mailbox, client, lab
):
    invitation = invite(wanted(language="de", name="Lin"), by=sam, at=timezone.now())
    tell(timezone.now())
    mail = mailbox.only()

    assert mail["To"] == "lin@daig.example"
    assert mail["Subject"] == "Du bist in den Daig eingeladen"
    assert "Sam" in text(mail)
    assert settings.PUBLIC_URL + invitation_path(invitation) in text(mail)
    page = said(client.get(invitation_path(invitation), follow=True))
    assert 'lang="de"' in page
    assert "Willkommen, Lin" in page
    assert invitation_path(invitation) not in page


@pytest.mark.parametrize("is_over", ["taken back", "accepted", "too old"])
def test_no_mail_goes_out_with_a_link_that_opens_nothing(is_over, sam, mailbox):
    invitation = invite(wanted(), by=sam, at=NOW)
    if is_over == "taken back":
        take_back(invitation.pk, by=sam, at=NOW)
    if is_over == "accepted":
        accept(invitation.pk, name="Lin", password=PASSWORD, language="en", at=NOW)
    tell(NOW + (WORKS_FOR if is_over == "too old" else timedelta()))

    assert mailbox.mails == []
    assert not Notification.objects.filter(sent_at__isnull=False).exists()


def test_who_accepts_has_an_account_and_is_signed_in(sam, client, lab):
    until = timezone.now() + 90 * DAY
    invitation = invite(wanted(stays_until=until), by=sam, at=timezone.now())

    answer = join(invitation, client, name="Lin Yao")
    lin = User.objects.get(email="lin@daig.example")

    assert answer.url == "/today/"
    assert client.session["_auth_user_id"] == str(lin.pk)
    assert (lin.name, lin.role, lin.language) == ("Lin Yao", "creative", "en")
    assert (lin.subject_key, lin.stays_until) == (invitation.subject_key, until)
    assert lin.check_password(PASSWORD)
    assert "Welcome, Lin Yao" in said(client.get("/bookings/"))
    assert kinds(lin) == ["invitation.sent", "invitation.accepted", "signin.succeeded"]
    assert "invitation.sent" in hidden_from(Role.STAFF)


@pytest.mark.parametrize("role", sorted(set(Role.values) - {"applicant"}))
def test_an_account_has_the_role_that_was_given(role, admin, client, lab):
    invitation = invite(wanted(role=role), by=admin, at=timezone.now())
    join(invitation, client)

    lin = User.objects.get(email="lin@daig.example")
    assert (lin.role, lin.is_superuser) == (role, role == Role.ADMIN)


@pytest.mark.parametrize(
    ("becomes", "sentence"),
    [
        ("accepted", "was used already"),
        ("taken back", "was taken back"),
        ("too old", "too old"),
    ],
)
def test_a_link_that_is_over_says_why_and_makes_nothing(becomes, sentence, sam, client, lab):
    now = timezone.now()
    made = now - (WORKS_FOR if becomes == "too old" else timedelta())
    invitation = invite(wanted(), by=sam, at=made)
    client.get(invitation_path(invitation))
    if becomes == "accepted":
        accept(invitation.pk, name="Lin", password=PASSWORD, language="en", at=now)
    if becomes == "taken back":
        take_back(invitation.pk, by=sam, at=now)
    count = User.objects.count()

    for answer in (client.get("/invitation/"), client.post("/invitation/", FORM)):
        assert answer.status_code == 410
        assert sentence in said(answer)
    assert User.objects.count() == count


def test_a_link_that_is_not_whole_says_so(client, sam, db):
    path = invitation_path(invite(wanted(), by=sam, at=NOW))
    for broken in (path[:-3] + "/", "/invitation/x/", "/invitation/"):
        answer = client.get(broken)
        assert answer.status_code == 404
        assert "not whole" in said(answer)


def test_who_is_signed_in_as_somebody_else_is_told_to_sign_out(ada, sam, signed_in):
    browser, invitation = signed_in(ada), invite(wanted(), by=sam, at=timezone.now())

    answer = join(invitation, browser)

    assert answer.status_code == 409
    assert "signed in as Ada" in said(answer)
    assert not User.objects.filter(email="lin@daig.example").exists()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"password": "short"}, "too short"),
        ({"password": "lin@daig.example"}, "name or address"),
        ({"name": "Sam"}, "already has that name"),
        ({"name": "\u200b"}, "invisible"),
        ({"language": "fr"}, "Select a valid choice"),
    ],
)
def test_the_rules_for_names_and_passwords_hold_here_too(sent, sentence, sam, client, lab):
    invitation = invite(wanted(), by=sam, at=timezone.now())

    answer = join(invitation, client, **sent)

    assert answer.status_code == 422
    assert sentence in said(answer)
    assert not User.objects.filter(email="lin@daig.example").exists()


def test_an_address_that_got_an_account_meanwhile_is_told_to_sign_in(sam, client, lab):
    invitation = invite(wanted(), by=sam, at=timezone.now())
    person("Lin")

    answer = join(invitation, client)

    assert answer.status_code == 410
    assert "an account with this address already" in said(answer)


def test_sent_again_it_works_anew_and_the_first_mail_too(sam, client, lab):
    now = timezone.now()
    invitation = invite(wanted(), by=sam, at=now - WORKS_FOR)
    path = invitation_path(invitation)

    again = send_again(invitation.pk, by=sam, at=now)

    assert again.expires_at == now + WORKS_FOR
    assert client.get(path, follow=True).status_code == 200
    assert kinds(invitation) == ["invitation.sent", "invitation.sent_again"]


def test_what_is_over_is_neither_sent_again_nor_taken_back(sam):
    done, gone = (invite(wanted(f"{each}@x.example"), by=sam, at=NOW) for each in "ab")
    accept(done.pk, name="Lin", password=PASSWORD, language="en", at=NOW)
    take_back(gone.pk, by=sam, at=NOW)

    for act in (send_again, take_back):
        for invitation in (done, gone):
            with pytest.raises(WrongState):
                act(invitation.pk, by=sam, at=NOW)


def test_staff_touch_no_invitation_to_more_than_they_may_give(sam, admin):
    invitation = invite(wanted(role=Role.ADMIN), by=admin, at=NOW)
    for act in (send_again, take_back):
        with pytest.raises(NotAllowed):
            act(invitation.pk, by=sam, at=NOW)


def test_the_password_is_judged_by_the_address_of_the_invitation(sam):
    invitation = invite(wanted("ada.lovelace@x.example"), by=sam, at=NOW)
    with pytest.raises(ValidationError):
        accept(invitation.pk, name="Lin", password="ada.lovelace1", language="en", at=NOW)


def test_the_command_prints_a_link_for_the_first_administrator(db, client, capsys, mailbox):
    call_command("invite", "root@daig.example", role="administrator", language="en")
    link = capsys.readouterr().out.strip()
    tell(timezone.now())

    assert link.startswith(settings.PUBLIC_URL + "/invitation/")
    assert mailbox.mails == []
    client.get(link.removeprefix(settings.PUBLIC_URL))
    client.post("/invitation/", {**FORM, "name": "Root"})
    root = User.objects.get()
    assert (root.email, root.role, root.is_superuser) == ("root@daig.example", "admin", True)
    assert client.get("/admin/").status_code == 200


def test_the_command_renews_what_is_open_and_says_what_cannot_be(ada, capsys):
    for _each in range(2):
        call_command("invite", "lin@daig.example")
    first, second = capsys.readouterr().out.split()
    assert first == second
    with pytest.raises(CommandError, match="has an account"):
        call_command("invite", "ada@daig.example")
