"""Mails about somebody's own account: the link to a new password, and what was changed of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from labbooking import when as say
from labbooking.journal.models import Entry
from labbooking.notifications.messages import factors
from labbooking.notifications.messages.message import Planned, Said, Written
from labbooking.notifications.models import Notification
from labbooking.notifications.queries import people_of, subjects
from residents.models import User
from residents.signin.links import link_works_for, reset_path
from residents.signin.models import FormerAddress, Recovery
from residents.signin.recovery.links import WORKS_FOR, recovery_path

LINK = "password_link"
TEMPLATES = {
    "password.asked": LINK,
    "password.changed": "password_changed",
    "password.reset": "password_reset",
    "password.given": "password_given",
    "address.changed": "address_changed",
    "recovery.agreed": "recovery_agreed",
    **factors.TEMPLATES,
}
KINDS = frozenset(TEMPLATES)


def planned(entries: Sequence[Entry], at: datetime) -> Iterator[Planned]:
    """Whom an entry is about is told at once; of another address whoever reads the former one too,
    for it may be that somebody else had it changed."""
    if not entries:
        return
    keys = subjects(entries)
    people = people_of(keys)
    for entry in entries:
        if person := people.get(entry.pk):
            yield Planned(entry, person, TEMPLATES[entry.kind], at)
        if entry.kind == "address.changed":
            of_them = Q(person__subject_key=keys.get(entry.pk), left_at=entry.at)
            for former in FormerAddress.objects.filter(of_them).select_related("person"):
                yield Planned(entry, former, TEMPLATES[entry.kind], at)


def written(notification: Notification, at: datetime) -> Written | None:
    """The mail in the language that is active. A link is made when its mail is sent, so that only
    the mail has it; what was asked for longer ago than a link holds is not sent any more."""
    entry = notification.entry
    if entry.kind == "password.asked":
        still_helps = at < entry.at + link_works_for()
        return _link(notification.person) if still_helps else None
    if entry.kind == "recovery.agreed":
        return _recovery(entry, at)
    if entry.kind == "address.changed":
        return _no_longer_this_address() if notification.former else _other_address()
    if entry.kind in factors.TEMPLATES:
        return factors.written(entry)
    return _changed(
        by_other=entry.kind == "password.given", all_ended=entry.kind != "password.changed"
    )


def _recovery(entry: Entry, at: datetime) -> Written | None:
    found = Recovery.objects.select_related("person").filter(pk=entry.data["recovery"]).first()
    if found is None or found.used_at or at >= entry.at + WORKS_FOR:
        return None
    said = Said(
        _("Your account: get back in"),
        (
            _("Two of us have agreed that you may choose a new password with this link."),
            _("The link works once, and for {duration}.").format(duration=say.duration(WORKS_FOR)),
            _("If you have not asked for it, leave it alone and tell the desk at once."),
        ),
        _("Get back in"),
    )
    return Written(said, recovery_path(found), is_private=True)


def _link(person: User) -> Written:
    said = Said(
        _("Choose a new password"),
        (
            _("Somebody, hopefully you, asked for a new password for your account."),
            _("The link works once, and for {duration}.").format(
                duration=say.duration(link_works_for())
            ),
            _("If it was not you, there is nothing to do: without this link nothing changes."),
        ),
        _("Choose a new password"),
    )
    return Written(said, reset_path(person), is_private=True)


def _no_longer_this_address() -> Written:
    """To the one before, without a word of the new one."""
    said = Said(
        _("Your account: your e-mail address was changed"),
        (
            _("The administrators of the house have given you another address."),
            _("With this one you can no longer sign in, and you get no more e-mails here."),
            _("If you did not ask for that, tell the desk at once."),
        ),
        _("How to reach us"),
    )
    footer = _("You get this e-mail because you signed in to the Daig with this address before.")
    page = reverse("page", args=["imprint"])
    return Written(said, page, is_private=True, more={"footer": footer})


def _other_address() -> Written:
    said = Said(
        _("Your account: your e-mail address was changed"),
        (
            _("The administrators of the house have given you another address."),
            _("From now on you sign in with the address that this e-mail was sent to."),
            _("If that is a mistake, tell the desk at once."),
        ),
        _("Sign in"),
    )
    return Written(said, reverse("account_login"), is_private=True)


def _changed(*, by_other: bool, all_ended: bool) -> Written:
    lines = [
        _("The administrators of the house have changed it.")
        if by_other
        else _("From now on only the new password opens the door."),
        _(
            "You are signed out everywhere, and your API tokens and the address of your calendar"
            " no longer work."
        )
        if all_ended
        else _("You are signed out everywhere else."),
        _("If it was not you, tell the desk at once."),
    ]
    said = Said(_("Your password was changed"), tuple(lines), _("Sign in"))
    return Written(said, reverse("account_login"), is_private=True)
