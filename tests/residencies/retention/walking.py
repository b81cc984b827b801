"""Time goes by, one night after the other."""

from datetime import UTC

from labbooking.journal.models import Entry
from labbooking.period import DAY
from labbooking.residencies.retention.actions import forget


def nights(start, numbers):
    """What is forgotten so many days after `start`; the number of each night, once it is over.
    Whatever went in it, a second run of the same night finds nothing and tells nothing."""
    for number in numbers:
        at = start.astimezone(UTC) + number * DAY
        if forget(at):
            told = Entry.objects.count()
            assert forget(at) == 0
            assert Entry.objects.count() == told
        yield number


def gone_after(rows, start, numbers):
    """The nights after which each of these was there no more."""
    left, gone = dict(rows), {}
    for number in nights(start, numbers):
        for name, each in list(left.items()):
            if not each.exists():
                del left[name]
                gone[name] = number
    return gone, set(left)


def told_of(kind):
    return [each.data for each in Entry.objects.filter(kind=kind).order_by("at", "pk")]
