"""What the mails say that ask for something to come back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from labbooking import when as say
from labbooking.notifications.messages.message import About, Said


def return_due(about: About) -> Said:
    ends_at = about.booking.ends_at
    if about.at >= ends_at:
        return _overdue(about)
    today = ends_at.astimezone(about.zone).date() == about.at.astimezone(about.zone).date()
    end = say.clock(ends_at, about.zone) if today else about.moment(ends_at)
    return Said(
        _("Due back at {end}: {what}").format(end=end, what=about.what)
        if today
        else _("Due back on {end}: {what}").format(end=end, what=about.what),
        (_("Somebody may be waiting for it. Please bring it back in time and check out."),),
        _("See my booking"),
    )


def _overdue(about: About) -> Said:
    return Said(
        _("Was due back on {end}: {what}").format(
            end=about.moment(about.booking.ends_at), what=about.what
        ),
        (_("Somebody may be waiting for it. Please bring it back now and check out."),),
        _("See my booking"),
    )


def nudged(about: About) -> Said:
    return Said(
        _("Somebody is waiting for it: {what}").format(what=about.what),
        (
            _("The next person is there and cannot check in while you are checked in."),
            _("It is yours until {end}. If you are done before, please check out.").format(
                end=about.moment(about.booking.ends_at)
            ),
        ),
        _("See my booking"),
    )
