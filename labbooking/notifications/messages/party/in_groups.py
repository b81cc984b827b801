"""What the others of a group read of what one of them did."""

from __future__ import annotations

from django.utils.translation import gettext as _

from labbooking.notifications.messages.message import About, Said


def cancelled_in_group(about: About) -> Said:
    return _said(about, _("Cancelled: {fact}"), _("{name} cancelled it for your group."))


def withdrawn(about: About) -> Said:
    words = _("{name} withdrew the request of your group.")
    return _said(about, _("Withdrawn: {fact}"), words)


def _said(about: About, headline: str, words: str) -> Said:
    name = about.actor or _("The lab's staff")
    return Said(headline.format(fact=about.fact), (words.format(name=name),), _("See the booking"))
