"""People, things and what is closed or announced, looked after by somebody who has read no manual:
from the front page on by what stands there; in English at a desk, in German on a phone."""

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from equipment.models import Announcement, Resource
from labbooking.bookings.models import Booking
from residents.models import Role, User
from tests.bookings.days import booked, day, hours
from tests.browser.by_hand_alone import VIEWPORTS, Newcomer
from tests.browser.in_language import arrive, outcome, region
from tests.equipment.sent_pictures import photo
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


def test_a_new_headset_is_added_booked_and_taken_out_of_use(seen_by, said, lab, ada, sam):
    at_the_desk = seen_by(sam)
    at_the_desk.goes("House", "Kinds and things")
    at_the_desk.follows_of("Ar-Headsets", "Add one")
    name = {"en": "Lens five", "de": "Linse fünf"}
    number = {"Inventory number": "D-0107"}
    at_the_desk.fills(Name_in_German=name["de"], Name_in_English=name["en"], **number)
    at_the_desk.presses("Add it")
    at_the_desk.is_told("It has been added and can be booked.")
    name = name[said.language]
    gets_a_photo_and_a_sticker(at_the_desk, said, name)

    asks_for_it(seen_by(ada), said, name)
    booking = ada.bookings.get()

    at_the_desk.goes("Approvals")
    at_the_desk.presses("Approve")
    heading = at_the_desk.page.get_by_role("heading", level=1)
    expect(heading).to_have_text(said("Nothing is waiting for you"))
    at_the_desk.goes("House", "Kinds and things")
    at_the_desk.follows_of(name, "Take out of use")
    instead = said("give {name} instead, at the same time", name="Ar Headset 1")
    at_the_desk.page.get_by_role("radio", name=instead).check()
    at_the_desk.presses("Take out of use")
    at_the_desk.is_told("Nobody can book it any more.")
    kept = Booking.objects.get(pk=booking.pk)
    assert (kept.state, kept.named[0].resource.slug) == ("approved", "ar-headset-1")
    assert not Resource.objects.get(inventory_number="D-0107").is_bookable


def asks_for_it(artist, said, name):
    artist.goes("House")
    artist.follows(name)
    expect(artist.page.get_by_role("img", name="In its case")).to_be_visible()
    artist.follows(said("Book %(name)s", name=name))
    arrive(artist.page, "/book/")
    artist.fills(Day=f"{day(5):%d.%m.%Y}", From="10:00", To="12:00")
    arrive(artist.page, f"from={day(5)}T10:00&to={day(5)}T12:00")
    outcome(artist.page, said("Free. Staff decide."))
    artist.presses("Ask for it")
    artist.page.wait_for_url(lambda url: "/bookings/" in url)


def gets_a_photo_and_a_sticker(at_the_desk, said, name):
    at_the_desk.follows(name)
    at_the_desk.follows(said("Photos and manuals"))
    sent = {"name": "lens.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    at_the_desk.box("Photo").set_input_files(sent)
    shows = {"What it shows, in German": "In its case", "What it shows, in English": "In its case"}
    at_the_desk.fills(**shows)
    at_the_desk.presses("Add the photo")
    at_the_desk.is_told("The photo has been added.")
    at_the_desk.page.get_by_role("link", name=f"← {name}").click()
    at_the_desk.follows(said("Sticker"))
    code = said("Code that leads to %(name)s", name=name)
    expect(at_the_desk.page.get_by_role("img", name=code)).to_be_visible()
    expect(at_the_desk.page.get_by_role("main")).to_contain_text("D-0107")


def test_a_closure_and_an_event_are_made_changed_and_kept_room_for(seen_by, said, lab, sam):
    at_the_desk = seen_by(sam)
    closes_and_changes_it(at_the_desk, said)
    assert lab["board-1"].allocations.get(active=True).period == hours(5, "10:00", "13:00")
    at_the_desk.goes("House", "Events and calls")
    at_the_desk.fills(**{
        "Title in German": "Tag der offenen Tür", "Title in English": "Open day",
        "Text in German": "Komm vorbei.", "Text in English": "Come by.",
        "Begins": f"{day(9):%d.%m.%Y} 14:00", "Ends": f"{day(9):%d.%m.%Y} 18:00",
        "E-mail address people can write to": "sam@daig.example",
    })  # fmt: skip
    at_the_desk.presses("Announce it")
    at_the_desk.is_told("It has been announced.")
    title = {"en": "Open day", "de": "Tag der offenen Tür"}[said.language]

    at_the_desk.follows_of(title, "Block what it needs")
    at_the_desk.page.get_by_label("Workspace", exact=True).check()
    at_the_desk.presses("Keep it for the event")
    at_the_desk.is_told("It is kept for the event, and the board shows it.")
    taken = lab["seat-1"].allocations.get(active=True)
    assert (taken.period, taken.closure.reason_en) == (hours(9, "14:00", "18:00"), "Open day")

    at_the_desk.fills(Ends=f"{day(9):%d.%m.%Y} 19:00")
    at_the_desk.presses("Save")
    at_the_desk.is_told("The announcement has been changed.")
    assert Announcement.objects.get().period == hours(9, "14:00", "19:00")
    assert lab["seat-1"].allocations.get(active=True).period == hours(9, "14:00", "19:00")


def closes_and_changes_it(at_the_desk, said):
    at_the_desk.goes("Desk")
    at_the_desk.page.get_by_text(said("More at the desk")).click()
    at_the_desk.follows(said("Closures"))
    at_the_desk.box("What?").select_option(label="Board 1")
    reasons = {"Reason in German": "Wartung", "Reason in English": "Maintenance"}
    at_the_desk.fills(**reasons)
    times = {
        "Closed from": f"{day(5):%d.%m.%Y} 10:00",
        "Open again from": f"{day(5):%d.%m.%Y} 12:00",
    }
    at_the_desk.fills(**times)
    outcome(at_the_desk.page, said("Nothing is in the way"))
    at_the_desk.presses("Close it")
    at_the_desk.is_told("It is closed, and the board shows it.")

    closed = region(at_the_desk.page, said("Closed now and ahead"))
    closed.get_by_role("link", name=said("Change")).click()
    at_the_desk.fills(**{"Open again from": f"{day(5):%d.%m.%Y} 13:00"})
    at_the_desk.presses("Save")
    at_the_desk.is_told("The closure has been changed.")
