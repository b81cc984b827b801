"""Who gets an equal thing instead of what goes out of use reads it."""

from labbooking.bookings import actions
from tests.notifications.post import NOW, ask, tell


def test_whoever_got_an_equal_thing_reads_which(lab, ada, sam, mailbox):
    (mine,) = ask(ada, "seat-1")
    tell()
    mailbox.empty()

    actions.swap_unit(mine.pk, slug="seat-1", instead="seat-2", by=sam, at=NOW)
    tell()

    (letter,) = mailbox.mails
    assert letter["Subject"].strip().startswith("You have this one instead: Seat 2")
    assert letter["To"] == ada.email
