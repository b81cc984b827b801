"""The deadline of a call for one's own calendar (RFC 5545)."""

from __future__ import annotations

from urllib.parse import urlsplit

import icalendar
from django.conf import settings
from django.utils.translation import gettext as _

from labbooking.period import calendar_times
from labbooking.residencies.calls.addresses import public_address
from labbooking.residencies.calls.models import Call
from labbooking.residencies.calls.states import CallState
from labbooking.residencies.calls.wording import by_two_clocks
from labbooking.when import lab_zone


def deadline(call: Call) -> bytes:
    """One event that lasts no time, the same bytes for the same call."""
    file = icalendar.Calendar()
    file.add("prodid", "-//Daig//Calls//EN")
    file.add("version", "2.0")
    event = icalendar.Event()
    event.add("uid", f"call-{call.pk}@{urlsplit(settings.PUBLIC_URL).hostname or 'daig'}")
    event.add("sequence", call.revision - 1)
    event.add("dtstamp", call.changed_at)
    _opening, closing = calendar_times(call.period, lab_zone())
    event.add("dtstart", closing)
    event.add("summary", _("Deadline: {name}").format(name=call.name))
    event.add("description", by_two_clocks(call.closes_at))
    event.add("status", "CANCELLED" if call.state == CallState.CALLED_OFF else "CONFIRMED")
    event.add("url", public_address(call))
    file.add_component(event)
    file.add_missing_timezones()
    return bytes(file.to_ical())
