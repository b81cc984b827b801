"""`/today/`: where people land after they signed in; each role finds what is its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from labbooking.bookings.availability.resource_days import LabDays, all_resources, read
from labbooking.desk.queries import bookings_on
from labbooking.inductions.models import InductionPlace
from labbooking.inductions.queries import places_ahead
from labbooking.operations.last_backup import backup_age
from labbooking.period import DAY, local_day
from labbooking.residencies.offers.queries import answerable
from labbooking.today import queries, team
from labbooking.today.first_steps import first_steps, topics_in
from labbooking.today.free import free_now
from labbooking.today.mine import mine
from labbooking.today.opening import opening
from labbooking.today.out_of_use import out_of_use
from labbooking.today.reading import to_read
from labbooking.when import lab_zone
from residents.access import PersonRequest, for_role
from residents.models import Role, User

DAYS_AHEAD = 7


@require_safe
@never_cache
@for_role(*Role)
def today(request: PersonRequest) -> HttpResponse:
    return render(request, "today/today.html", home(request.user, timezone.now()))


def home(person: User, at: datetime) -> dict[str, Any]:
    """All that the page shows at a moment, in at most ten questions with the session's two."""
    zone = lab_zone()
    lab = read(all_resources(), _next_days(at, zone), zone, at=at)
    of_role = _OF_ROLE[Role(person.role)](person, lab, zone, at)
    return {"day": at.astimezone(zone).date(), "opening": opening(lab, zone, at), **of_role}


def _next_days(at: datetime, zone: ZoneInfo) -> list[date]:
    today = at.astimezone(zone).date()
    return [today + number * DAY for number in range(DAYS_AHEAD)]


def _own(person: User, lab: LabDays, zone: ZoneInfo, at: datetime) -> dict[str, Any]:
    bookings = queries.own_bookings(person, at)
    free = free_now(lab, bookings, person, zone, at)
    return {"mine": mine(bookings, person, at), "free": free}


def _of_creative(person: User, lab: LabDays, zone: ZoneInfo, at: datetime) -> dict[str, Any]:
    own = _own(person, lab, zone, at)
    found, beside = own["mine"], queries.beside(person, at)
    steps = None
    if not (found.next or found.waits or beside.has_booked):
        steps = first_steps(person, lab, person.inductions.all(), at)
    return {
        **own,
        "inductions": _inductions(person, lab, at),
        "steps": steps,
        "way_in": beside.way_in,
        "offers": beside.offers,
        "to_read": to_read(beside.reading, at),
    }


def _inductions(person: User, lab: LabDays, at: datetime) -> list[tuple[InductionPlace, str]]:
    """Where somebody is shown how a thing works, with its name: one query."""
    types = topics_in(lab)
    named = {topic: of_type.name for topic, of_type in types.items()}
    return [(each, named.get(each.topic, each.topic)) for each in places_ahead(person, at)]


def _of_staff(person: User, lab: LabDays, zone: ZoneInfo, at: datetime) -> dict[str, Any]:
    day = local_day(at.astimezone(zone).date(), zone)
    found = queries.counts(person, day.end, at)
    return {
        **_own(person, lab, zone, at),
        "to_do": team.to_do_at_the_desk(found),
        "to_read": to_read(found.reading, at),
        "desk": team.desk_parts(bookings_on(day, at), day, person, at),
        "next_arrival_at": found.next_arrival_at,
        "undelivered": found.undelivered,
        "out_of_use": out_of_use(lab, zone, at),
        "backup": backup_age(found.backup_at, at),
    }


def _of_researcher(person: User, _lab: LabDays, _zone: ZoneInfo, _at: datetime) -> dict[str, Any]:
    return {"studies": queries.own_studies(person)}


def _of_administrator(person: User, lab: LabDays, zone: ZoneInfo, at: datetime) -> dict[str, Any]:
    found = queries.counts(person, at, at)
    return {
        "to_do": team.to_do_for_administrators(found),
        "invitations": found.invitations,
        "undelivered": found.undelivered,
        "out_of_use": out_of_use(lab, zone, at),
        "backup": backup_age(found.backup_at, at),
    }


def _of_guest(person: User, _lab: LabDays, _zone: ZoneInfo, at: datetime) -> dict[str, Any]:
    """Whoever applies or sits on a jury: an offer to answer and what is to be read are theirs."""
    return {
        "guest": person.role,
        "offers": answerable(person, at),
        "to_read": to_read(queries.reading(person), at),
    }


_Home = Callable[[User, LabDays, ZoneInfo, datetime], dict[str, Any]]
_OF_ROLE: dict[Role, _Home] = {
    Role.CREATIVE: _of_creative,
    Role.STAFF: _of_staff,
    Role.RESEARCHER: _of_researcher,
    Role.ADMIN: _of_administrator,
    Role.APPLICANT: _of_guest,
    Role.JUROR: _of_guest,
}
