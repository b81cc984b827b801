"""Who there is and what each has, in as many queries for one person as for five hundred."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, F, IntegerField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower

from labbooking.bookings.models import Booking
from labbooking.bookings.queries import detailed, listed
from labbooking.bookings.states import HOLDING, State
from residents.models import User
from residents.queries import shown_people

WAS_HERE = (State.IN_USE, State.COMPLETED)


def people_of_the_house() -> QuerySet[User]:
    """Those who said that others who book here may read of them, by name; one query."""
    return shown_people().order_by(Lower("name"), "pk")


def everybody(at: datetime) -> QuerySet[User]:
    """All accounts by name but those erased, with `ahead`, how many bookings, and `last_here`."""
    own = Booking.objects.filter(person=OuterRef("pk")).order_by().values("person")
    ahead = own.filter(_ahead(at)).annotate(count=Count("pk")).values("count")
    here = own.filter(state__in=WAS_HERE, checked_in_at__isnull=False)
    last = here.annotate(last=Max("checked_in_at")).values("last")
    found = User.objects.filter(erased_at=None).annotate(
        ahead=Coalesce(Subquery(ahead, output_field=IntegerField()), 0), last_here=Subquery(last)
    )
    return found.order_by(Lower("name"), "pk")


def named_like(people: QuerySet[User], words: str) -> QuerySet[User]:
    """Those with each of the words in their name or address. SQLite knows no capitals beyond
    ASCII, so the usual ways to write a word are all looked for."""
    for word in words.split():
        either = Q()
        for written in {word, word.lower(), word.upper(), word.capitalize()}:
            either |= Q(name__icontains=written) | Q(email__icontains=written)
        people = people.filter(either)
    return people


def bookings_ahead(person: User, at: datetime) -> list[Booking]:
    """What somebody has or asked for that is not over yet; two queries."""
    bookings = listed(Booking.objects.filter(_ahead(at), person=person))
    return list(detailed(bookings).order_by("starts_at", "pk"))


def reliability(person: User, since: datetime) -> dict[str, int]:
    """How often somebody came, did not come, and brought something back late; one query."""
    past = Booking.objects.filter(person=person, starts_at__gte=since)
    late = Q(state=State.COMPLETED, checked_out_at__gt=F("ends_at"))
    return past.aggregate(
        came=Count("pk", filter=Q(state__in=WAS_HERE, checked_in_at__isnull=False)),
        missed=Count("pk", filter=Q(state=State.NO_SHOW)),
        late=Count("pk", filter=late),
    )


def _ahead(at: datetime) -> Q:
    """What is in use is not over, however late it is."""
    return Q(state=State.IN_USE) | Q(state__in=HOLDING, ends_at__gt=at)
