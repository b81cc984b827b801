"""Who has asked for an induction hears that appointments are offered: all in one mail, and at most
one a day, however many staff offer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from labbooking import when as say
from labbooking.inductions.models import InductionSlot
from labbooking.inductions.queries import open_to, where_they_go
from labbooking.inductions.validity import topics
from labbooking.journal.models import Entry
from labbooking.notifications.messages.message import Planned, Said, Written
from labbooking.notifications.models import Notification
from labbooking.period import DAY, MINUTE
from labbooking.when import lab_zone
from residents.induction_requests import InductionRequest, asked_at, open_requests

TEMPLATE = "induction_offered"
KINDS = frozenset({"induction.offered"})
TOGETHER = 10 * MINUTE
"""Staff often offer several in a row; so long the mail waits for the others."""


def planned(entries: Sequence[Entry], at: datetime) -> Iterator[Planned]:
    """Who asked before it was offered, waits still, and has not been told within a day."""
    if not entries:
        return
    asking = [each for each in open_requests(at) if each.person.may_book]
    heard = _told_lately(asking, at)
    goes = where_they_go([each.person for each in asking], at)
    for entry in entries:
        topic = str(entry.data["topic"])
        for request in asking:
            key = request.person.pk, topic
            waits = request.topic == topic and request.asked_at <= entry.at
            if waits and key not in heard and key not in goes:
                heard.add(key)
                yield Planned(entry, request.person, TEMPLATE, entry.at + TOGETHER)


def _told_lately(asking: Sequence[InductionRequest], at: datetime) -> set[tuple[int, str]]:
    """By person and topic; what turned out to be of no use was not told."""
    told = Notification.objects.filter(
        recipient__in=[each.person for each in asking],
        template=TEMPLATE,
        due_at__gt=at - DAY,
        dropped_reason="",
    ).select_related("entry", "recipient")
    return {(each.person.pk, str(each.entry.data["topic"])) for each in told}


def written(notification: Notification, at: datetime) -> Written | None:
    """The mail in the language that is active, or None where there is nothing to take any more."""
    person, topic = notification.person, str(notification.entry.data["topic"])
    slots = open_to(person, at, topic=topic) if asked_at(person, topic, at) else []
    if not slots or not person.may_book:
        return None
    return _written(slots, topics().get(topic, topic), at)


def _written(slots: Sequence[InductionSlot], what: str, at: datetime) -> Written:
    said = Said(
        _("You can take a place: induction on {what}").format(what=what),
        (
            _("You asked for an induction. These are the next appointments with a free place."),
            _("If none of them suits you, the desk still knows that you are waiting."),
        ),
        _("Take a place"),
    )
    dates = [f"{say.when(each.period, lab_zone(), at=at)}, {each.location}" for each in slots]
    return Written(said, reverse("induction_slots"), [(_("What"), what)], dates)
