"""What is mine and what is expected of me; for staff, everybody's bookings; and one in full."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from equipment.models import Resource
from labbooking.bookings.address import span_of
from labbooking.bookings.errors import NotThere
from labbooking.bookings.expected import Expectation, expected
from labbooking.bookings.forms.acts import FilterForm
from labbooking.bookings.history import histories
from labbooking.bookings.models import Allocation, Booking, Waiting
from labbooking.bookings.moving import can_move
from labbooking.bookings.queries import detailed, find_booking, listed, visible_bookings
from labbooking.bookings.questions import Question, questions
from labbooking.bookings.rules_of_use import cancelling_in_words
from labbooking.bookings.states import HOLDING, State
from labbooking.bookings.views.deciding import what_to_undo
from labbooking.bookings.views.moved_back import move_to_undo
from labbooking.bookings.views.pages import page_of
from labbooking.bookings.views.way_back import way_back
from labbooking.bookings.waiting_list import visible_waits
from labbooking.bookings.waiting_places import places, queue_for_booking
from labbooking.period import DAY, Period, UnclearLocalTime, local_day, local_instant
from residents.models import User

WEEK = 7 * DAY
REFUSED = frozenset({State.DECLINED, State.EXPIRED})
"""Who still wants it looks for another time."""


@dataclass(slots=True)
class Line:
    """A booking in a list; `later` are the further dates of its series in the same group."""

    booking: Booking
    expectation: Expectation | None
    questions: list[Question]
    later: list[Booking] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    hint: str
    lines: list[Line]


@login_required
@require_safe
def my_bookings(request: HttpRequest) -> HttpResponse:
    person, at = request.user, timezone.now()
    if not isinstance(person, User) or not person.may_book:
        return render(request, "bookings/book_not_for_you.html", status=403)
    if person.is_lab_staff:
        return _everybody(request, person, at)
    page = page_of(request, detailed(_past(visible_bookings(person), at)), size=10)
    groups = _groups(person, at) if page.is_first else {}
    waits = visible_waits(person).filter(state=Waiting.State.WAITING, starts_at__gt=at)
    context = {
        "held": groups.pop("held", None),
        "places": places(waits.order_by("starts_at", "pk")) if page.is_first else [],
        "groups": list(groups.values()),
        "past": [Line(booking, None, []) for booking in page.bookings],
        "page": page,
    }
    return render(request, "bookings/mine.html", context)


def _past(bookings: QuerySet[Booking], at: datetime) -> QuerySet[Booking]:
    over = ~Q(state__in=HOLDING) | Q(state=State.APPROVED, ends_at__lte=at)
    return listed(bookings).filter(over)


def _groups(person: User, at: datetime) -> dict[str, Group]:
    ahead = visible_bookings(person).filter(state__in=HOLDING)
    ahead = ahead.exclude(state=State.APPROVED, ends_at__lte=at)
    found: dict[str, list[Booking]] = {}
    for booking in detailed(ahead).order_by("starts_at", "pk"):
        found.setdefault(_group_of(booking, at), []).append(booking)
    titles = {
        "held": (_("Held for you"), _("Yours for a moment, while you decide.")),
        "now": (_("Now"), _("Running now.")),
        "today": (_("Today"), _("Still to come.")),
        "waiting": (_("Waiting"), _("Held for you until staff have answered.")),
        "soon": (_("Soon"), _("Confirmed.")),
    }
    return {
        name: Group(*titles[name], _lines(found[name], person, at))
        for name in titles
        if name in found
    }


def _group_of(booking: Booking, at: datetime) -> str:
    if booking.state == State.HELD:
        return "held"
    if booking.state == State.REQUESTED:
        return "waiting"
    if booking.state == State.IN_USE or booking.starts_at <= at:
        return "now"
    zone = booking.named[0].resource.zone if booking.named else ZoneInfo(settings.TIME_ZONE)
    today = local_day(at.astimezone(zone).date(), zone)
    return "today" if booking.starts_at < today.end else "soon"


def _lines(bookings: Iterable[Booking], person: User, at: datetime) -> list[Line]:
    """One line for each booking; of a series, one line for its next date."""
    lines: list[Line] = []
    of_series: dict[int, Line] = {}
    for booking in bookings:
        known = of_series.get(booking.series_id or 0)
        if known:
            known.later.append(booking)
            continue
        lines.append(_line(booking, person, at))
        if booking.series_id:
            of_series[booking.series_id] = lines[-1]
    return lines


def _line(booking: Booking, person: User, at: datetime) -> Line:
    open_acts = questions(booking, by=person, at=at, back="/bookings/")
    return Line(booking, expected(booking, at, reader=person), open_acts)


def _everybody(request: HttpRequest, person: User, at: datetime) -> HttpResponse:
    names = [(unit.slug, unit.name) for unit in Resource.objects.select_related("type")]
    form = FilterForm(request.GET, resources=names)
    bookings = _filtered(listed(visible_bookings(person)), form)
    page = page_of(request, detailed(bookings))
    context = {
        "form": form,
        "page": page,
        "lines": [Line(each, expected(each, at, reader=person), []) for each in page.bookings],
        "is_filtered": any(form.cleaned_data.values()) if form.is_valid() else True,
    }
    return render(request, "bookings/mine_all.html", context)


def _filtered(bookings: QuerySet[Booking], form: FilterForm) -> QuerySet[Booking]:
    """Filters that cannot be read filter nothing; the form says so."""
    if not form.is_valid():
        return bookings
    wanted = form.cleaned_data
    if wanted["state"]:
        bookings = bookings.filter(state=wanted["state"])
    if wanted["person"]:
        bookings = bookings.filter(person=wanted["person"])
    if wanted["resource"]:
        held = Allocation.objects.filter(resource__slug=wanted["resource"], let_go_at=None)
        bookings = bookings.filter(allocations__in=held).distinct()
    if wanted["day"]:
        day = local_day(wanted["day"], ZoneInfo(settings.TIME_ZONE))
        bookings = bookings.filter(starts_at__lt=day.end, ends_at__gt=day.start)
    return bookings


@login_required
@require_safe
def booking(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one booking; `?ask=cancel` asks before the act instead."""
    person, at = request.user, timezone.now()
    if not isinstance(person, User):
        raise Http404
    try:
        found = find_booking(person, pk)
    except NotThere as error:
        raise Http404(error.detail) from error
    back = way_back(request, "")
    open_acts = questions(found, by=person, at=at, back=back)
    asked = next((each for each in open_acts if each.act == request.GET.get("ask")), None)
    if asked:
        context = {"booking": found, "question": asked, "back": back}
        return render(request, "bookings/detail_ask.html", context)
    undo = what_to_undo(request, at, back=request.path)
    if undo is None and can_move(found):
        undo = move_to_undo(request, found, person, at)
    context = _in_full(found, person, open_acts, at) | {"undo": undo}
    return render(request, "bookings/detail.html", context)


def _in_full(
    found: Booking, person: User, open_acts: list[Question], at: datetime
) -> dict[str, object]:
    series = visible_bookings(person).filter(series=found.series)
    return {
        "booking": found,
        "can_move": can_move(found),
        "in_calendar": found.state in HOLDING - {State.HELD},
        "cancelling": cancelling_in_words(found, at) if found.state == State.APPROVED else "",
        "expectation": expected(found, at, reader=person),
        "questions": open_acts,
        "again_url": f"{reverse('book')}?{_again(found, at)}",
        "after_all_url": _after_all(found) if _may_return(found, at) else "",
        "other_time_url": _other_time(found, at) if found.state in REFUSED else "",
        "queue": queue_for_booking(found, person, at),
        "history": histories([found], at=at)[found.pk],
        "dates": list(detailed(series).order_by("starts_at", "pk")) if found.series_id else [],
    }


def _again(found: Booking, at: datetime) -> str:
    """The same things for the booking page, at the same time of the next week that is ahead."""
    query = {"resource": _slugs(found), "purpose": found.purpose}
    return urlencode({**query, **_a_week_later(found, at)}, doseq=True)


def _may_return(found: Booking, at: datetime) -> bool:
    """Given up by its person, and its time is still ahead: it can be booked once more."""
    return found.state in {State.CANCELLED, State.WITHDRAWN} and found.starts_at > at


def _after_all(found: Booking) -> str:
    """The booking page with the same things at the same time."""
    query = {"resource": _slugs(found), "purpose": found.purpose}
    span = span_of(found.period, found.named[0].resource.zone, by_night=_is_by_night(found))
    return f"{reverse('book')}?{urlencode({**query, **span}, doseq=True)}"


def _other_time(found: Booking, at: datetime) -> str:
    """The finder for the same things and as long, from the day they were wanted for."""
    query = {"resource": _slugs(found), "purpose": found.purpose, "find": "1"}
    zone, by_night = found.named[0].resource.zone, _is_by_night(found)
    span = span_of(found.period, zone, by_night=by_night) if found.starts_at > at else {}
    return f"{reverse('book')}?{urlencode({**query, **span}, doseq=True)}"


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
