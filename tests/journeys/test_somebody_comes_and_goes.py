"""From an invitation to the first booking; and what becomes of three bookings of who leaves."""

import pytest
from django.conf import settings
from django.utils import timezone

from labbooking.bookings.models import Booking
from labbooking.journal.models import Entry
from residents.models import User
from tests.bookings.days import booked, day, hours, said
from tests.notifications.conftest import mailbox
from tests.notifications.post import tell, text

__all__ = ["mailbox"]


def test_an_invitation_to_the_first_booking(lab, sam, signed_in, client, mailbox):
    asked = {"email": "lin@daig.example", "name": "Lin", "role": "creative", "language": "de"}
    page = said(signed_in(sam).post("/people/invitations/", asked, follow=True))
    assert "Lin is invited" in page

    link = link_in_the_mail(mailbox)
    accept_it(client, link)

    seat = {"resource": "seat-1", "day": f"{day(3)}", "starts": "10:00", "ends": "12:00"}
    assert client.post("/book/", seat).status_code == 302
    booking = Booking.objects.get()
    assert (booking.person.name, booking.state) == ("Lin Yao", "approved")
    found = said(signed_in(sam).get("/people/", {"q": "yao"}))
    assert "1 booking ahead" in found
    again = client.get(link, follow=True)
    assert again.status_code == 409
    assert "Du hast diese Einladung schon angenommen" in said(again)


def link_in_the_mail(mailbox):
    tell(timezone.now())
    link = next(word for word in text(mailbox.only()).split() if "/invitation/" in word)
    return link.removeprefix(settings.PUBLIC_URL)


def accept_it(client, link):
    page = said(client.get(link, follow=True))
    assert "Willkommen, Lin" in page
    assert "Sam lädt dich ins Haus ein." in page
    chosen = {"name": "Lin Yao", "password": "wind over the lake", "language": "de"}
    page = said(client.post("/invitation/", chosen, follow=True))
    assert "Willkommen, Lin Yao. Das ist dein Konto." in page


@pytest.fixture
def three(lab, ada):
    """What lies ahead of Ada: what will be cancelled, passed on and kept."""
    return [booked(ada, f"seat-{each}", period=hours(10 + each))[0] for each in (2, 3, 4)]


def ending(three, to):
    """What staff press: what becomes of each of the three after five days from now."""
    cancelled, passed_on, kept = three
    return {
        "until": f"{day(5)}",
        "seen": " ".join(str(each.pk) for each in three),
        f"of-{cancelled.pk}": "cancel",
        f"of-{passed_on.pk}": "pass_on",
        f"of-{kept.pk}": "keep",
        "to": to.pk,
        "reason": "Ada moves on.",
    }


def test_three_bookings_of_who_leaves(three, ada, ben, sam, just_signed_in, mailbox):
    before = booked(ada, "seat-1", period=hours(1))[0]
    tell(timezone.now())
    mailbox.empty()
    browser, address = just_signed_in(sam), f"/people/{ada.pk}/end/"

    page = said(browser.get(address, {"until": f"{day(5)}"}))
    assert "Seat 2" in page
    assert "Seat 3" in page
    assert "Seat 1" not in page
    assert browser.post(address, ending(three, ben)).url == f"/people/{ada.pk}/"

    ada.refresh_from_db()
    assert ada.is_active
    assert ada.stays_until.date() == day(5)
    each_became_what_was_said(before, *three)
    the_passing_on_is_told(ada, ben, mailbox)


def each_became_what_was_said(before, cancelled, passed_on, kept):
    rows = {each.pk: (each.person.name, each.state) for each in Booking.objects.all()}
    assert rows == {
        before.pk: ("Ada", "approved"),
        cancelled.pk: ("Ada", "cancelled"),
        passed_on.pk: ("Ben", "approved"),
        kept.pk: ("Ada", "approved"),
    }


def the_passing_on_is_told(ada, ben, mailbox):
    gave = Entry.objects.get(kind="booking.passed_on").objects_touched
    assert gave.get(qualifier="before").key == str(ada.subject_key)
    assert gave.get(qualifier="person").key == str(ben.subject_key)
    tell(timezone.now())
    told = dict(mailbox.subjects)
    assert told["ben"].startswith("Yours from now on: Seat 3")
    assert told["ada"].startswith("Cancelled: Seat 2")


def test_nothing_ends_that_nobody_has_looked_at(three, ada, ben, sam, signed_in):
    sent = ending(three, ben) | {"seen": str(three[0].pk)}
    answer = signed_in(sam).post(f"/people/{ada.pk}/end/", sent)

    assert answer.status_code == 422
    assert "have changed meanwhile" in said(answer)
    assert User.objects.get(pk=ada.pk).stays_until is None
    assert set(Booking.objects.values_list("state", flat=True)) == {"approved"}


def test_who_comes_back_and_leaves_at_once_takes_the_rest_along(lab, ada, sam, just_signed_in):
    now, later = (booked(ada, f"seat-{each}", period=hours(each))[0] for each in (1, 5))
    browser, address = just_signed_in(sam), f"/people/{ada.pk}/end/"
    browser.post(address, {"until": f"{day(3)}", "seen": f"{later.pk}", f"of-{later.pk}": "keep"})
    browser.post(f"/people/{ada.pk}/stay/")
    ada.refresh_from_db()
    assert ada.stays_until is None

    sent = {f"of-{now.pk}": "keep", f"of-{later.pk}": "cancel"}
    browser.post(address, {"seen": f"{now.pk} {later.pk}", **sent})

    ada.refresh_from_db()
    assert not ada.is_active
    assert [each.state for each in (now, later) if each.refresh_from_db() is None] == [
        "approved",
        "cancelled",
    ]
