"""What staff send to the page that takes a calendar over."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.bookings.closures.calendars import event, ics
from tests.bookings.days import day, said

PAGE = "/desk/closures/calendar/"


def on(number, uid="u1", *more, **said_of):
    return event(f"{day(number):%Y%m%d}", uid, *more, **said_of)


def give(browser, *events, what="seat-1", name="holidays.ics", **options):
    file = SimpleUploadedFile(name, ics(*events), "text/calendar")
    return browser.post(PAGE, {"what": what, "file": file}, **options)


def agreed(page, **more):
    """What the plan's form would send."""
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', said(page)))
    fields.pop("csrfmiddlewaretoken", None)
    return fields | more
