"""People, things and what is closed or announced, looked after by somebody who has read no manual:
from the front page on by what stands there; in English at a desk, in German on a phone."""

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from residents.models import Role, User
from tests.bookings.days import booked, hours
from tests.browser.by_hand_alone import VIEWPORTS, Newcomer
from tests.browser.in_language import region
from tests.notifications.conftest import mailbox
from tests.notifications.post import tell, text

__all__ = ["mailbox"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASTED = "Mail;Name;Rolle\nmia@daig.example;Mia\nnot an address;Leo\nnoor@daig.example;Noor\n"


@pytest.fixture
def seen_by(window, said, language):
    def opened(person=None, address="/"):
        page = window(person, viewport=VIEWPORTS[language])
        page.goto(address)
        return Newcomer(page, said)

    return opened


def test_people_are_invited_come_change_their_role_and_leave(
    seen_by, said, lab, ben, admin, mailbox
):
    root = seen_by(admin)
    root.goes("People", "Invite somebody")
    root.fills(**{"E-mail": "lin@daig.example", "Name": "Lin"})
    root.presses("Send the invitation")
    root.is_told("{name} is invited: the e-mail is on its way.", name="Lin")
    several_are_invited(root, said)

    comes_in(seen_by(address=link_to(mailbox, "lin@daig.example")), said)
    lin = User.objects.get(name="Lin Yao")
    (booking,) = booked(lin, "seat-1", period=hours(5))

    root.goes("People")
    root.fills(**{"Name or e-mail": "yao"})
    root.presses("Search")
    root.follows("Lin Yao")
    root.box("Another role").select_option(Role.STAFF)
    root.presses("Give this role")
    root.shows_who_they_are()
    root.is_told("{name} is from now on: {role}.", name="Lin Yao", role=said("lab staff"))

    ends_and_passes_on(root, said, to="Ben")
    lin.refresh_from_db()
    booking.refresh_from_db()
    assert (lin.role, lin.is_active, booking.person) == (Role.STAFF, False, ben)


def several_are_invited(root, said):
    root.follows(said("Invite several at once"))
    root.fills(Lines=PASTED)
    root.presses("Check the lines")
    lines = region(root.page, said("What would happen")).get_by_role("listitem")
    expect(lines).to_have_count(3)
    expect(lines.nth(1)).to_contain_text(said("is left out"))
    root.presses("Invite %(count)s person", "Invite %(count)s people", count=2)
    root.is_told("{count} person is invited.", "{count} people are invited.", count=2)


def link_to(mailbox, address):
    tell(timezone.now())
    (mail,) = (each for each in mailbox.mails if each["To"] == address)
    link = next(word for word in text(mail).split() if "/invitation/" in word)
    return link.removeprefix(settings.PUBLIC_URL)


def comes_in(lin, said):
    lin.fills(**{"Your name": "Lin Yao", "Choose a password": "wind over the lake"})
    lin.presses("Come in")
    lin.is_told("Welcome, {name}. This is your account.", name="Lin Yao")


def ends_and_passes_on(root, said, *, to):
    root.follows(said("End the account"))
    after = region(root.page, said("Booked after it"))
    expect(after).to_contain_text("Seat 1")
    after.get_by_label(said("What happens to it")).select_option(label=said("is passed on"))
    root.box("Who takes over what is passed on?").select_option(label=to)
    root.presses("End it now")
    root.is_told("The account of {name} has ended.", name="Lin Yao")
