"""Staff invite people in the browser: one, or a paste of lines told line by line."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labbooking.errors import WrongState
from labbooking.people import pasted
from labbooking.people.pasted import decoded
from residents.membership.invitations import invite_all
from residents.membership.models import Invitation
from tests.bookings.days import said
from tests.bookings.races.test_races import race

pytestmark = pytest.mark.django_db

PASTE = """E-Mail;Name;Rolle;Sprache;bis
lin@x.example;Lin Yao;Kreative;de;24.12.2090

mo@x.example;Mo
ada@daig.example;Ada again
nobody;Nobody
zoe@x.example;Zoe;administrator
pat@x.example;Pat;king
kai@x.example;Kai;creative;fr
eva@x.example;Eva;creative;en;soon
mo@x.example;Mo twice
"""


def test_one_is_invited_and_listed_and_the_invitation_taken_back(lab, sam, signed_in):
    browser = signed_in(sam)
    asked = {"email": "lin@x.example", "name": "Lin", "role": "creative", "language": "en"}

    page = said(browser.post("/people/invitations/", asked, follow=True))
    invitation = Invitation.objects.get()

    assert "Lin is invited" in page
    assert f"/people/invitations/{invitation.pk}/again/" in page
    again = said(browser.post(f"/people/invitations/{invitation.pk}/again/", follow=True))
    assert "on its way again" in again
    browser.post(f"/people/invitations/{invitation.pk}/take-back/")
    assert "lin@x.example" not in said(browser.get("/people/invitations/"))
    twice = browser.post(f"/people/invitations/{invitation.pk}/take-back/", follow=True)
    assert "was taken back" in said(twice)


def test_an_address_in_use_is_told_to_staff(lab, ada, sam, signed_in):
    asked = {"email": "ada@daig.example", "role": "creative", "language": "en"}
    answer = signed_in(sam).post("/people/invitations/", asked)
    assert answer.status_code == 422
    assert "Ada has an account with this address." in said(answer)


def test_a_forged_role_is_no_choice(lab, sam, signed_in):
    asked = {"email": "lin@x.example", "role": "admin", "language": "en"}
    assert signed_in(sam).post("/people/invitations/", asked).status_code == 422
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("", {"email": "lin@x.example", "role": "admin", "language": "en"}),
        ("paste/", {"lines": "lin@x.example;Lin;administrator", "sure": "on"}),
    ],
)
def test_who_gives_a_role_with_an_invitation_is_asked_whether_it_is_still_them(
    path, sent, lab, admin, signed_in, just_signed_in
):
    signed_in(admin).post(f"/people/invitations/{path}", sent, follow=True)
    assert not Invitation.objects.exists()
    just_signed_in(admin).post(f"/people/invitations/{path}", sent)
    assert Invitation.objects.get().role == "admin"


def test_each_pasted_line_is_told_what_becomes_of_it_and_nothing_is_sent_yet(
    lab, ada, sam, signed_in
):
    page = said(signed_in(sam).post("/people/invitations/paste/", {"lines": PASTE}))

    for sentence in (
        "Line 2: lin@x.example",
        "Ada has an account with this address.",
        "“nobody” is not an e-mail address.",
        "Only administrators can give that role.",
        "“king” is not a role.",
        "“fr” is not a language of the house.",
        "“soon” is not a day.",
        "This address is on more than one line.",
        "Invite 1 person",
    ):
        assert sentence in page
    assert "Line 1:" not in page
    assert not Invitation.objects.exists()


def test_sure_invites_those_against_whom_nothing_speaks(lab, ada, sam, signed_in):
    said_yes = {"lines": PASTE, "sure": "on"}
    page = said(signed_in(sam).post("/people/invitations/paste/", said_yes, follow=True))

    lin = Invitation.objects.get()
    assert "1 person is invited." in page
    assert (lin.email, lin.name, lin.language) == ("lin@x.example", "Lin Yao", "de")
    assert f"{lin.stays_until:%Y-%m-%d}" == "2090-12-24"


@pytest.mark.parametrize(
    ("encoding", "is_latin"), [("utf-8", False), ("utf-8-sig", False), ("utf-16", False)]
)
def test_files_are_read_as_they_were_saved(encoding, is_latin):
    assert decoded("jörg@x.example;Jörg Weiß".encode(encoding)) == (
        "jörg@x.example;Jörg Weiß",
        is_latin,
    )


def test_a_file_in_latin_1_is_accepted_and_said_to_be_one(lab, sam, signed_in):
    content = "joerg@x.example;Jörg Weiß".encode("latin-1")
    sent = {"file": SimpleUploadedFile("people.csv", content, "text/csv")}
    page = said(signed_in(sam).post("/people/invitations/paste/", sent))
    assert "Jörg Weiß" in page
    assert "Latin-1" in page


def test_a_file_that_is_too_large_is_refused_and_not_read_in_part(lab, sam, signed_in):
    line = f"lin@x.example;{'Lin ' * 200}\n"
    sent = {"file": SimpleUploadedFile("people.csv", (line * 100).encode(), "text/csv")}
    answer = signed_in(sam).post("/people/invitations/paste/", sent)
    assert answer.status_code == 422
    assert "This file is too large" in said(answer)
    assert "Paste at least one line" not in said(answer)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_the_same_lines_sent_by_two_at_once_invite_nobody_twice(lab, sam, kim, signed_in):
    browsers = [signed_in(sam), signed_in(kim)]
    for number in range(5):
        sent = {"lines": f"guest-{number}@x.example", "sure": "on"}

        def run(index, sent=sent):
            return browsers[index].post("/people/invitations/paste/", sent).status_code

        ends = race(run, [0, 1])

        # The other one reads that the line is left out, or that somebody was faster.
        assert sorted(ends) in ([200, 302], [302, 409])
        assert Invitation.objects.count() == number + 1


def test_who_was_invited_between_the_look_and_the_press_is_not_said_to_be_invited(lab, sam):
    line = pasted.read("guest@x.example", by=sam, at=timezone.now(), language="en")[0]
    invite_all([line.wanted], by=sam, at=timezone.now())
    with pytest.raises(WrongState, match="just invited"):
        invite_all([line.wanted], by=sam, at=timezone.now())
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("", "Paste at least one line"),
        ("\0", "Null characters are not allowed."),
        ("x@x.example\n" * 201, "at most 200 people"),
        ("x" * 70_000, "at most 60000 characters"),
    ],
)
def test_what_is_no_paste_is_said(lines, sentence, lab, sam, signed_in):
    answer = signed_in(sam).post("/people/invitations/paste/", {"lines": lines})
    assert answer.status_code == 422
    assert sentence in said(answer)


@pytest.mark.parametrize("count", [1, 150])
def test_a_paste_takes_at_most_ten_queries(count, lab, sam, signed_in):
    lines = "\n".join(f"{each}@x.example;Guest {each}" for each in range(count))
    browser = signed_in(sam)
    with CaptureQueriesContext(connection) as queries:
        assert browser.post("/people/invitations/paste/", {"lines": lines}).status_code == 200
    assert len(queries) <= 10


@pytest.mark.parametrize("who", ["ada", "rui"])
def test_nobody_else_invites(who, lab, request, signed_in):
    browser = signed_in(request.getfixturevalue(who))
    for path in ("/people/invitations/", "/people/invitations/paste/"):
        assert browser.get(path).status_code == 404
        assert browser.post(path, {"email": "x@x.example"}).status_code == 404


def test_as_many_people_as_may_be_come_with_a_line_that_says_what_the_columns_are(
    lab, sam, signed_in
):
    browser = signed_in(sam)
    lines = ["Mail;Name", "", *(f"guest-{each}@x.example;Guest {each}" for each in range(200))]
    assert "Invite 200 people" in said(paste(browser, lines))
    assert "at most 200 people" in said(paste(browser, [*lines, "one-more@x.example"]))


def paste(browser, lines):
    return browser.post("/people/invitations/paste/", {"lines": "\n".join(lines)})
