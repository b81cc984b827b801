"""A kind of thing whose requests go through two steps: first the technician, then the house."""

from labbooking.bookings.actions.steps.describe import (
    StepSaid,
    said_of,
    set_steps,
    version_of,
)
from labbooking.bookings.models import Booking
from labbooking.bookings.queries import current_steps
from residents.models import Role
from tests.bookings.deciding import NOW
from tests.people import person

TECHNICIAN, HOUSE = ("Technik", "Technician"), ("Haus", "House")


def step(names, *approvers, deputies=(), hours=None):
    return StepSaid(*names, hours, tuple(approvers), tuple(deputies))


def change(thing, said, by):
    """The steps of a thing's kind from now on."""
    of_type = thing.type
    set_steps(of_type.slug, said, by=by, at=NOW, based_on=version_of(of_type))
    of_type.refresh_from_db()
    return current_steps([of_type])


def in_two_steps(thing, sam, kim, *, hours=None, **more):
    """Sam is the technician, Kim the house; Lou may stand in for Sam if asked for."""
    return change(thing, [step(TECHNICIAN, sam, hours=hours, **more), step(HOUSE, kim)], sam)


def said_so_far(thing):
    return [said_of(each) for each in current_steps([thing.type])]


def staff(name):
    return person(name, Role.STAFF)


def now(booking):
    """What is known of it: its state, how many steps have said yes, and at which it waits."""
    found = Booking.objects.select_related("waits_at").get(pk=booking.pk)
    return found.state, found.steps_done, found.waits_at and found.waits_at.name_en
