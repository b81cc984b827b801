"""People who come along, and rooms that hold only so many."""

from equipment.models import Resource
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
