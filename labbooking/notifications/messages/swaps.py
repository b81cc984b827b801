"""What the mail about an equal thing says."""

from __future__ import annotations

from django.utils.translation import gettext as _

from labbooking.notifications.messages.message import About, Said


def swapped(about: About) -> Said:
    return Said(
        _("You have this one instead: {fact}").format(fact=about.fact),
        (_("What you had is out of use. Your time is the same, and nothing else has changed."),),
        _("See my booking"),
    )
