"""The mail with the link that an invitation is. Who gets it has no account yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from labbooking import when as say
from labbooking.journal.models import Entry
from labbooking.notifications.messages.message import Planned, Said, Written
from labbooking.notifications.models import Notification
from labbooking.notifications.queries import subjects
from labbooking.when import lab_zone
from residents.membership.links import invitation_path
from residents.membership.models import Invitation, Standing
from residents.models import Role

KINDS = frozenset({"invitation.sent", "invitation.sent_again"})
TEMPLATE = "invited"


def planned(entries: Sequence[Entry], at: datetime) -> Iterator[Planned]:
    if not entries:
        return
    keys = subjects(entries)
    found = Invitation.objects.filter(subject_key__in=set(keys.values()))
    known = {str(each.subject_key): each for each in found}
    for entry in entries:
        if invitation := known.get(keys.get(entry.pk, "")):
            yield Planned(entry, invitation, TEMPLATE, at)


def written(notification: Notification, at: datetime) -> Written | None:
    """The mail in the language that is active; none where the link would open nothing."""
    invitation = notification.invitation
    if invitation is None or invitation.standing(at) is not Standing.OPEN:
        return None
    until = say.moment(invitation.works_until, lab_zone(), at=at)
    said = Said(
        _("You are invited to Daig"),
        (
            _invited_by(invitation),
            _("Create your account with the link below."),
            _("It works only once, until {moment}.").format(moment=until),
            _("If you do not know what this is about, there is nothing to do."),
        ),
        _("Accept the invitation"),
    )
    return Written(
        said,
        invitation_path(invitation),
        _facts(invitation),
        is_private=True,
        more={"footer": _("You get this e-mail because the Daig invites you.")},
    )


def _invited_by(invitation: Invitation) -> str:
    if invitation.invited_by is None:
        return _("The house invites you: book a place, a device or a stay, and see who is here.")
    words = _("{name} invites you to the house: book a place, a device or a stay.")
    return words.format(name=invitation.invited_by)


def _facts(invitation: Invitation) -> list[tuple[str, str]]:
    facts = [(_("You will be here as"), str(Role(invitation.role).label))]
    if until := invitation.stays_until:
        facts.append((_("Until"), say.day(until, lab_zone())))
    return facts
