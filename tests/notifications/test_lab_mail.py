"""The demo lab's mails, for staff to read."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from labbooking.notifications.mailbox import mails
from labbooking.notifications.tasks import plan_and_deliver
from tests.notifications.post import ask, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(signed_in, sam, mailbox):
    return signed_in(sam)


def links(page):
    return [part.split('"')[0] for part in page.split('href="') if part.startswith("/desk/mail/")]


def test_staff_read_the_mails_of_the_demo_lab(staff, lab, ada):
    (booking,) = ask(ada, "seat-1", purpose="<b>Drawing</b>")
    tell()
    listed = staff.get("/desk/mail/").content.decode()
    assert "Confirmed: Seat 1" in listed
    assert ada.email in listed
    address = next(link for link in links(listed) if link != "/desk/mail/")
    page = staff.get(address).content.decode()
    assert "Confirmed: Seat 1" in page
    assert "&lt;b&gt;Drawing&lt;/b&gt;" in page
    assert "<b>Drawing</b>" not in page
    assert f"/bookings/{booking.pk}/" in page
    assert "Message-ID" in page


def test_the_newest_mail_stands_first_also_where_one_file_holds_several(staff, mailbox):
    connection = EmailMessage().get_connection()
    connection.open()
    for number in (1, 2):
        message = EmailMessage(f"number {number}", "text", to=["ada@daig.example"])
        connection.send_messages([message])
    connection.close()
    assert len(list(mailbox.folder.glob("*.log"))) == 1
    page = staff.get("/desk/mail/").content.decode()
    assert page.index("number 2") < page.index("number 1")


def test_a_mail_says_when_it_was_written_by_the_clocks_of_the_house(staff, mailbox):
    EmailMessage("a number", "text", to=["ada@daig.example"]).send()
    assert timezone.now() - mails()[0].sent_at < timedelta(minutes=1)


def test_before_the_first_mail_the_page_says_how_one_comes_about(staff):
    assert "No e-mails yet." in staff.get("/desk/mail/").content.decode()


@pytest.mark.parametrize(
    "name",
    ["secret_key-0", "..%2fsecret_key-0", "%2e%2e%2fdaig-0", "nothing", "nothing-0", "-", "-0"],
)
def test_no_name_leads_out_of_the_folder(staff, mailbox, name):
    mailbox.folder.mkdir(exist_ok=True)
    (mailbox.folder.parent / "secret_key.log").write_text("Subject: secret\n\nsecret")
    assert staff.get(f"/desk/mail/{name}/").status_code == 404


@pytest.mark.parametrize("role", ["ada", "rui", "admin"])
def test_others_find_nothing_there(request, signed_in, mailbox, role):
    client = signed_in(request.getfixturevalue(role))
    assert client.get("/desk/mail/").status_code == 404
    assert client.get("/desk/mail/any-0/").status_code == 404


def test_who_is_not_signed_in_is_asked_to(client, mailbox):
    assert client.get("/desk/mail/").status_code == 302


@pytest.mark.parametrize(
    ("name", "value"),
    [("DEMO", False), ("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")],
)
def test_a_lab_that_is_no_demo_or_sends_its_mails_shows_none(staff, settings, name, value):
    EmailMessage("a number", "text", to=["ada@daig.example"]).send()
    setattr(settings, name, value)
    assert "a number" not in staff.get("/desk/mail/").content.decode()
    assert staff.get(f"/desk/mail/{mails()[0].name}/").status_code == 404
    assert links(staff.get("/desk/").content.decode()) == []


def test_the_desk_leads_to_the_mails_where_and_only_where_they_can_be_read(staff, settings):
    assert links(staff.get("/desk/").content.decode()) == ["/desk/mail/"]

    settings.EMAIL_BACKEND = "a.house.with.its.own.filebased.EmailBackend"

    assert links(staff.get("/desk/").content.decode()) == []
    assert "No e-mails yet." not in staff.get("/desk/mail/").content.decode()


def test_nobody_else_reads_a_mail_that_resets_a_password(client, signed_in, sam, ada, mailbox):
    client.post("/accounts/password/reset/", {"email": ada.email})
    plan_and_deliver()

    (mail,) = mailbox.mails
    assert mail["To"] == ada.email
    page = signed_in(sam).get("/desk/mail/")
    assert page.status_code == 200
    assert ada.email not in page.content.decode()
