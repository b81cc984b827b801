"""One booking in full, and what can be done with it."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from labbooking.bookings.demand.url_query import span_of
from labbooking.bookings.intake.shown import answers_shown
from labbooking.bookings.models import Booking
from labbooking.bookings.moves.shift import can_move
from labbooking.bookings.pages.approvals.acts import what_to_undo
from labbooking.bookings.pages.back_link import way_back
from labbooking.bookings.pages.confirmations import Question, questions
from labbooking.bookings.pages.intake.confirming import intake_of
from labbooking.bookings.pages.mine import nudge
from labbooking.bookings.pages.mine.history import histories
from labbooking.bookings.pages.mine.next_step import expected
from labbooking.bookings.pages.mine.on_the_plan import on_the_plan
from labbooking.bookings.pages.mine.party import party_on_page
from labbooking.bookings.pages.move.undo import move_to_undo
from labbooking.bookings.participants import party_of
from labbooking.bookings.queries import detailed, read_booking, seen_bookings, steps_of
from labbooking.bookings.rules.permitted_acts import may_act_on
from labbooking.bookings.rules.usage_rules import cancelling_in_words
from labbooking.bookings.states import HOLDING, WITH_A_PARTY, State
from labbooking.bookings.waitlist.positions import queue_for_booking
from labbooking.errors import NotThere
from labbooking.period import DAY, Period, UnclearLocalTime, local_instant
from residents.models import User

WEEK = 7 * DAY
CONFIRMED = frozenset({State.APPROVED, State.IN_USE})
REFUSED = frozenset({State.DECLINED, State.EXPIRED})
"""Who still wants it looks for another time."""


@login_required
@require_safe
def booking(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one booking; `?ask=cancel` asks before the act instead."""
    person, at = request.user, timezone.now()
    if not isinstance(person, User):
        raise Http404
    try:
        found = read_booking(person, pk)
    except NotThere as error:
        raise Http404(error.detail) from error
    back = way_back(request, "")
    dates = _dates(found, person)
    if not may_act_on(found, person):
        return _for_who_takes_part(request, found, person, dates, at)
    open_acts = questions(found, by=person, at=at, back=back, dates=dates)
    asked = next((each for each in open_acts if each.act == request.GET.get("ask")), None)
    if asked:
        context = {"booking": found, "question": asked, "back": back}
        if asked.asks:
            context["intake"] = intake_of(found, by=person, at=at)
        return render(request, "bookings/detail_ask.html", context)
    undo = nudge.offered(request, found, person) or what_to_undo(request, at, back=request.path)
    if undo is None and can_move(found, at):
        undo = move_to_undo(request, found, person, at)
    context = _in_full(found, person, open_acts, at) | {"undo": undo, "dates": dates}
    return render(request, "bookings/detail.html", context)


def _for_who_takes_part(
    request: HttpRequest, found: Booking, person: User, dates: list[Booking], at: datetime
) -> HttpResponse:
    """What concerns them, without what was asked and decided about it; of the answers those that
    are for them."""
    context = {
        "booking": found,
        "answers": answers_shown(found, person),
        "dates": dates,
        "places": on_the_plan(found),
        "is_confirmed": found.state in CONFIRMED,
        "in_calendar": found.state in HOLDING,
        "party": party_on_page(found, at, may_change=False),
        "may_leave": found.state in WITH_A_PARTY and not found.is_over(at),
    }
    return render(request, "bookings/detail_party.html", context)


def _in_full(
    found: Booking, person: User, open_acts: list[Question], at: datetime
) -> dict[str, object]:
    return {
        "booking": found,
        "can_move": can_move(found, at),
        "in_calendar": found.state in HOLDING - {State.HELD},
        "cancelling": _cancelling(found, at),
        "is_confirmed": found.state in CONFIRMED,
        "places": on_the_plan(found),
        "party": party_on_page(found, at, may_change=True),
        "takes_part": any(row.person_id == person.pk for row in party_of(found)),
        "answers": answers_shown(found, person),
        "steps": steps_of(found, person),
        "expectation": expected(found, at, reader=person),
        "questions": open_acts,
        "again_url": f"{reverse('book')}?{_again(found, at)}",
        "after_all_url": _after_all(found) if _may_return(found, at) else "",
        "other_time_url": _other_time(found, at) if found.state in REFUSED else "",
        "queue": queue_for_booking(found, person, at),
        "history": histories([found], at=at, reader=person)[found.pk],
    }


def _dates(found: Booking, person: User) -> list[Booking]:
    """All dates of its series, as far as this person may see them."""
    if not found.series_id:
        return []
    series = seen_bookings(person).filter(series=found.series_id)
    return list(detailed(series).order_by("starts_at", "pk"))


def _cancelling(found: Booking, at: datetime) -> str:
    if found.state != State.APPROVED or found.is_over(at):
        return ""
    return cancelling_in_words(found, at)


def _again(found: Booking, at: datetime) -> str:
    """The same things for the booking page, at the same time of the next week that is ahead."""
    return urlencode({**_wish(found), **_a_week_later(found, at)}, doseq=True)


def _may_return(found: Booking, at: datetime) -> bool:
    """Given up by its person, and its time is still ahead: it can be booked once more."""
    return found.state in {State.CANCELLED, State.WITHDRAWN} and found.starts_at > at


def _after_all(found: Booking) -> str:
    """The booking page with the same things at the same time."""
    span = span_of(found.period, found.named[0].resource.zone, by_night=_is_by_night(found))
    return f"{reverse('book')}?{urlencode({**_wish(found), **span}, doseq=True)}"


def _other_time(found: Booking, at: datetime) -> str:
    """The finder for the same things and as long, from the day they were wanted for."""
    query = {**_wish(found), "find": "1"}
    zone, by_night = found.named[0].resource.zone, _is_by_night(found)
    span = span_of(found.period, zone, by_night=by_night) if found.starts_at > at else {}
    return f"{reverse('book')}?{urlencode({**query, **span}, doseq=True)}"


def _wish(found: Booking) -> dict[str, str | int | list[str]]:
    """What it is for and for whom, but for those who were named: they are asked anew."""
    people = {"people": found.people} if found.people else {}
    group = {"group": found.group.name} if found.group else {}
    return {"resource": _slugs(found), "purpose": found.purpose, **people, **group}


def _a_week_later(found: Booking, at: datetime) -> dict[str, str]:
    """By the clock on the wall; nothing where a clock change leaves that open."""
    zone = found.named[0].resource.zone
    weeks = max((at - found.starts_at) // WEEK, 0) + 1
    start, end = (moment.replace(tzinfo=None) + weeks * WEEK for moment in found.period.local(zone))
    try:
        period = Period(local_instant(start, zone), local_instant(end, zone))
    except UnclearLocalTime:
        return {}
    return span_of(period, zone, by_night=_is_by_night(found))


def _slugs(found: Booking) -> list[str]:
    return [each.resource.slug for each in found.named]


def _is_by_night(found: Booking) -> bool:
    rules = found.named[0].rules
    return bool(rules and rules.by_night)
