"""Bookings made by the real actions, and the mails that real files hold."""

import email
import email.policy
from datetime import timedelta
from pathlib import Path

from labbooking.bookings import actions
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.notifications.actions import Outcome, deliver_next, plan
from labbooking.period import Period
from tests.lab import berlin

NOW = berlin("2027-01-04 12:00")
LATER = NOW + timedelta(seconds=20)
LINE = b"-" * 79 + b"\n"


def ask(person, *slugs, start="2027-01-12 10:00", end="2027-01-12 12:00", at=NOW, by=None, **more):
    """Books by the real action; the bookings."""
    spec = BookingSpec(Period(berlin(start), berlin(end)), slugs, **more)
    return actions.request(spec, by=by or person, at=at, person=person)


def tell(at=LATER):
    """Plans and delivers everything that is due; what became of each message."""
    while plan(at):
        pass
    outcomes = []
    while (outcome := deliver_next(at)) is not Outcome.NOTHING_DUE:
        outcomes.append(outcome)
    return outcomes


class Mailbox:
    """The mails in a folder that Django's file-based backend writes to."""

    def __init__(self, folder):
        self.folder = Path(folder)

    def empty(self):
        for path in self.folder.glob("*.log"):
            path.unlink()

    @property
    def mails(self):
        parts = [
            part for path in self.folder.glob("*.log") for part in path.read_bytes().split(LINE)
        ]
        return [
            email.message_from_bytes(part, policy=email.policy.default)
            for part in parts
            if part.strip()
        ]

    @property
    def subjects(self):
        """Who got what: pairs of a first name and a subject, in the order of the names."""
        return sorted((mail["To"].split("@")[0], mail["Subject"].strip()) for mail in self.mails)

    def only(self):
        (mail,) = self.mails
        return mail


def text(mail):
    return mail.get_body(("plain",)).get_content()


def html(mail):
    return mail.get_body(("html",)).get_content()
