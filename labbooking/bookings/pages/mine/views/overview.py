"""What is mine and what is expected of me; for staff, everybody's bookings; and one in full."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from equipment.models import Resource
from labbooking.bookings.models import Booking
from labbooking.bookings.models.waitlist import Waiting
from labbooking.bookings.pages.act_form import FilterForm
from labbooking.bookings.pages.confirmations import Question, questions
from labbooking.bookings.pages.mine.next_step import Expectation, expected
from labbooking.bookings.pages.pagination import page_of
from labbooking.bookings.queries import (
    detailed,
    listed,
    of_resources,
    seen_bookings,
    visible_bookings,
)
from labbooking.bookings.states import HOLDING, State
from labbooking.bookings.waitlist.matching import visible_waits
from labbooking.bookings.waitlist.positions import places
from labbooking.inductions.queries import places_named
from labbooking.period import local_day
from labbooking.when import lab_zone
from residents.models import User


@dataclass(slots=True)
class BookingRow:
    """A booking in a list; `later` are the further dates of its series in the same group."""

    booking: Booking
    expectation: Expectation | None
    questions: list[Question]
    later: list[Booking] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class OverviewGroup:
    title: str
    hint: str
    lines: list[BookingRow]


@login_required
@require_safe
def my_bookings(request: HttpRequest) -> HttpResponse:
    person, at = request.user, timezone.now()
    if not isinstance(person, User) or not person.may_book:
        return render(request, "bookings/book_not_for_you.html", status=403)
    if person.is_lab_staff:
        return _everybody(request, person, at)
    seen = _of_group(seen_bookings(person), request.GET.get("group", ""))
    page = page_of(request, detailed(_past(seen, at)), size=10)
    groups = _groups(seen, person, at) if page.is_first else {}
    waits = visible_waits(person).filter(state=Waiting.Status.WAITING, starts_at__gt=at)
    context = {
        "held": groups.pop("held", None),
        "places": places(waits.order_by("starts_at", "pk")) if page.is_first else [],
        "inductions": places_named(person, at) if page.is_first else [],
        "chips": _group_chips(groups.values(), request.GET.get("group", "")),
        "groups": list(groups.values()),
        "past": [BookingRow(booking, None, []) for booking in page.bookings],
        "page": page,
    }
    return render(request, "bookings/mine.html", context)


def _past(bookings: QuerySet[Booking], at: datetime) -> QuerySet[Booking]:
    over = ~Q(state__in=HOLDING) | Q(state=State.APPROVED, ends_at__lte=at)
    return listed(bookings).filter(over)


def _of_group(bookings: QuerySet[Booking], name: str) -> QuerySet[Booking]:
    return bookings.filter(group__name=name) if name else bookings


def _group_chips(shown: Iterable[OverviewGroup], chosen: str) -> list[dict[str, object]]:
    """The groups that some of what is shown belongs to; none where nothing does."""
    lines = [line.booking for part in shown for line in part.lines]
    names = sorted({each.group.name for each in lines if each.group} | {chosen} - {""})
    page = reverse("my_bookings")
    chips = [
        {"url": f"{page}?{urlencode({'group': name})}", "label": name, "current": name == chosen}
        for name in names
    ]
    every = {"url": page, "label": _("all"), "current": not chosen}
    return [every, *chips] if chips else []


def _groups(seen: QuerySet[Booking], person: User, at: datetime) -> dict[str, OverviewGroup]:
    ahead = seen.filter(state__in=HOLDING)
    ahead = ahead.exclude(state=State.APPROVED, ends_at__lte=at)
    found: dict[str, list[Booking]] = {}
    for booking in detailed(ahead).order_by("starts_at", "pk"):
        found.setdefault(_group_of(booking, at), []).append(booking)
    titles = {
        "held": (_("Held for you"), _("Yours while you decide.")),
        "now": (_("Now"), _("Running now.")),
        "today": (_("Today"), _("Still to come.")),
        "waiting": (_("Waiting"), _("Held for you until staff have answered.")),
        "soon": (_("Soon"), _("Confirmed.")),
    }
    return {
        name: OverviewGroup(*titles[name], _lines(found[name], person, at))
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
    zone = booking.named[0].resource.zone if booking.named else lab_zone()
    today = local_day(at.astimezone(zone).date(), zone)
    return "today" if booking.starts_at < today.end else "soon"


def _lines(bookings: Iterable[Booking], person: User, at: datetime) -> list[BookingRow]:
    """One line for each booking; of a series, one line for its next date."""
    lines: list[BookingRow] = []
    of_series: dict[int, BookingRow] = {}
    for booking in bookings:
        known = of_series.get(booking.series_id or 0)
        if known:
            known.later.append(booking)
            continue
        lines.append(_line(booking, person, at))
        if booking.series_id:
            of_series[booking.series_id] = lines[-1]
    return lines


def _line(booking: Booking, person: User, at: datetime) -> BookingRow:
    open_acts = questions(booking, by=person, at=at, back=reverse("my_bookings"))
    return BookingRow(booking, expected(booking, at, reader=person), open_acts)


def _everybody(request: HttpRequest, person: User, at: datetime) -> HttpResponse:
    names = [(unit.slug, unit.name) for unit in Resource.objects.select_related("type")]
    form = FilterForm(request.GET, resources=names)
    bookings = _filtered(listed(visible_bookings(person)), form)
    page = page_of(request, detailed(bookings))
    context = {
        "form": form,
        "page": page,
        "lines": [
            BookingRow(each, expected(each, at, reader=person), []) for each in page.bookings
        ],
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
        bookings = of_resources(bookings, [wanted["resource"]])
    if wanted["day"]:
        day = local_day(wanted["day"], lab_zone())
        bookings = bookings.filter(starts_at__lt=day.end, ends_at__gt=day.start)
    return bookings
