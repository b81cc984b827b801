"""A page for each person, for those who look after them: what they have, and how it went."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from labbooking.inductions.queries import places_named
from labbooking.inductions.validity import topics
from labbooking.people.queries import bookings_ahead, everybody, reliability
from residents.access import PersonRequest, for_role
from residents.actions import A_YEAR
from residents.membership.roles import NOT_MOVED_INTO, looks_after, roles_of
from residents.models import OF_THE_TEAM, Induction, User


@never_cache
@require_safe
@for_role(*OF_THE_TEAM)
def person(request: PersonRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    somebody = get_object_or_404(everybody(at), pk=pk)
    since = at - A_YEAR
    context = {
        "person": somebody,
        "bookings": bookings_ahead(somebody, at),
        "inductions": _inductions(somebody),
        "appointments": places_named(somebody, at),
        "since": since,
        "reliability": reliability(somebody, since),
        "roles": _roles(request.user, somebody),
        "looks_after": looks_after(request.user, somebody),
    }
    return render(request, "people/one.html", context)


def _roles(by: User, somebody: User) -> list[tuple[str, str]]:
    """What else they could become, by who may say so; nobody says so of themselves."""
    if by == somebody or not looks_after(by, somebody):
        return []
    others = (each for each in roles_of(by) if each not in {somebody.role, *NOT_MOVED_INTO})
    return [(each.value, str(each.label)) for each in others]


def _inductions(somebody: User) -> list[tuple[str, Induction]]:
    """Those that hold, with the name of what they are on."""
    at = timezone.now()
    holding = [each for each in somebody.inductions.order_by("topic") if each.holds_at(at)]
    names = topics() if holding else {}
    return [(names.get(each.topic, each.topic), each) for each in holding]
