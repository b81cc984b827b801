"""Whose stays somebody may see, and how they are fetched."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from equipment.models import Kind, Resource
from labbooking.bookings.models import Allocation, Booking
from labbooking.bookings.queries import NAMED
from labbooking.bookings.transaction.preconditions import only_staff
from labbooking.errors import NotThere
from labbooking.residencies.stays.models import Stay, StayTerms
from labbooking.residencies.stays.states import WITH_A_FILE
from residents.membership.history import joined_into
from residents.models import User

OFFERED_FOR = timedelta(days=120)


def visible_stays(person: User) -> QuerySet[Stay]:
    """One's own, also from an account that was joined with this one; for lab staff everybody's."""
    if person.is_lab_staff:
        return Stay.objects.all()
    return Stay.objects.filter(booking__person=person, person__in=[person, *joined_into(person)])


def with_booking(stays: QuerySet[Stay]) -> QuerySet[Stay]:
    """With who stays where, in as many queries for one as for all."""
    stays = stays.select_related("person", "booking__person", "terms", "signed_by", "report")
    return stays.prefetch_related("booking__allocations__resource__type", "deductions")


def find_stay(person: User, pk: int) -> Stay:
    """Raises `NotThere` for what does not exist or is not theirs."""
    stay = with_booking(visible_stays(person)).filter(pk=pk).first()
    if stay is None:
        raise no_such_stay()
    return stay


def no_such_stay() -> NotThere:
    return NotThere(_("There is no such stay."))


def newest_terms() -> StayTerms | None:
    return StayTerms.objects.order_by("-version").first()


def of_studios(bookings: QuerySet[Booking]) -> QuerySet[Booking]:
    studios = Allocation.objects.filter(NAMED, resource__type__kind=Kind.STUDIO)
    return bookings.filter(pk__in=studios.values("booking"))


def without_a_file(at: datetime) -> list[Booking]:
    """What staff may open a file for, the next arrival first; what is long over is left out."""
    bookings = Booking.objects.filter(state__in=WITH_A_FILE, stay=None)
    bookings = of_studios(bookings.filter(ends_at__gt=at - timedelta(days=30)))
    bookings = bookings.filter(starts_at__lt=at + OFFERED_FOR)
    return list(
        bookings.select_related("person")
        .prefetch_related("allocations__resource__type")
        .order_by("starts_at", "pk")[:50]
    )


def stays_of(bookings: Iterable[Booking]) -> dict[int, int]:
    """The stays of bookings that have one, by the booking's key; one query, or none without."""
    keys = [each.pk for each in bookings]
    return dict(Stay.objects.filter(booking__in=keys).values_list("booking_id", "pk"))


def studios() -> QuerySet[Resource]:
    return Resource.objects.filter(type__kind=Kind.STUDIO).select_related("type").order_by("slug")


def studio_of_staff(slug: str, by: User) -> Resource:
    """For whoever looks after what belongs to it. Raises `NotAllowed` and `NotThere`."""
    only_staff(by)
    studio = studios().filter(slug=slug).first()
    if studio is None:
        raise NotThere
    return studio
