"""Whoever is to give an induction that somebody else offers, moves or calls off hears of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from labbooking.journal.models import Entry
from labbooking.notifications.messages.inductions.slots import SlotEntry, facts, read, when
from labbooking.notifications.messages.message import Planned, Said, Written
from labbooking.notifications.models import Notification
from residents.models import User

OFFERED, CHANGED = "induction.offered", "induction.changed"
MOVED, CALLED_OFF = "induction.moved", "induction.called_off"
TEMPLATES = {
    OFFERED: "induction_yours",
    CHANGED: "induction_yours",
    MOVED: "induction_yours_moved",
    CALLED_OFF: "induction_yours_off",
}
KINDS = frozenset(TEMPLATES)


def planned(entries: Sequence[Entry], at: datetime) -> Iterator[Planned]:
    for told in read(entries):
        giver = told.slot.given_by
        if str(giver.subject_key) != told.actor and _still_true(told, giver, at):
            yield Planned(told.entry, giver, TEMPLATES[told.entry.kind], at)


def written(notification: Notification, at: datetime) -> Written | None:
    """The mail in the language that is active, or None where it is no longer true."""
    told, person = next(read([notification.entry]), None), notification.person
    if told is None or not _still_true(told, person, at):
        return None
    path = reverse("induction_slot", args=[told.slot.pk])
    return Written(_SAID[notification.template](told), path, list(facts(told, person, at)))


def _still_true(told: SlotEntry, person: User, at: datetime) -> bool:
    """Of what changes no more than how many can come, only who gives it from now on hears."""
    slot, entry = told.slot, told.entry
    if slot.given_by != person or not slot.has_giver or slot.has_begun(at):
        return False
    if entry.kind == CALLED_OFF:
        return slot.called_off_at == entry.at
    if entry.kind == CHANGED and not entry.data.get("new_giver"):
        return False
    return told.is_on and (entry.kind != MOVED or slot.moved_at == entry.at)


def _yours(told: SlotEntry) -> Said:
    return Said(
        _("You give an induction: {what}, {when}").format(what=told.what, when=when(told)),
        (
            _("Somebody on the team has put you down for it."),
            _("If you cannot, say who gives it instead, or call it off."),
        ),
        _("See the appointment"),
    )


def _moved(told: SlotEntry) -> Said:
    if told.entry.data.get("new_giver"):
        return _yours(told)
    words = _("Changed: you give an induction, {what}, {when}")
    return Said(
        words.format(what=told.what, when=when(told)),
        (
            _("Somebody on the team has changed when or where it is."),
            _("If you cannot, say who gives it instead, or call it off."),
        ),
        _("See the appointment"),
    )


def _off(told: SlotEntry) -> Said:
    return Said(
        _("Called off: induction on {what}, {when}").format(what=told.what, when=when(told)),
        (_("Somebody on the team has called it off: you need not give it."),),
        _("See the appointment"),
        reason=told.slot.reason,
    )


_SAID = {
    "induction_yours": _yours,
    "induction_yours_moved": _moved,
    "induction_yours_off": _off,
}
