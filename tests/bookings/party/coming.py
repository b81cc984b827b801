"""People who come along, and rooms that hold only so many."""

from django.utils import timezone

from equipment.models import Resource
from labbooking.bookings.actions.groups.change import add_member, make_group
from labbooking.bookings.models.party import Participant
from residents.models import User


def shown(*people):
    """They said that others who book here may know their names."""
    User.objects.filter(pk__in=[each.pk for each in people]).update(shown_to_people=True)


def holding(slug, capacity):
    Resource.objects.filter(slug=slug).update(capacity=capacity)


def named_in(booking):
    rows = Participant.objects.filter(booking=booking)
    return sorted(rows.values_list("person__name", flat=True))


def group_of(name, *people, by, at=None):
    now = at or timezone.now()
    group = make_group(name, by=by, at=now)
    for each in people:
        add_member(group.pk, each.name, by=by, at=now)
    return group
