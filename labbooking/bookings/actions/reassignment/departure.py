"""What becomes of the bookings of somebody who leaves: each is cancelled, passed on or kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from equipment.models import ResourceType
from labbooking.bookings.groups import groups_of
from labbooking.bookings.models import Allocation, Approver, Booking, BookingStep
from labbooking.bookings.models.waitlist import Waiting
from labbooking.bookings.queries import detailed
from labbooking.bookings.rules.usage_rules import account_ends_before, induction_missing
from labbooking.bookings.states import State
from labbooking.bookings.transaction.journal_entries import happenings, record_entries
from labbooking.bookings.transaction.offers import passing_on
from labbooking.bookings.transaction.party import end_company, take_company_along
from labbooking.bookings.transaction.record_intake import answers_instead, take_intake_along
from labbooking.bookings.transaction.state_changes import change_state, end_hold
from labbooking.errors import NotAllowed, Refused
from labbooking.journal.record import Touched, record
from residents.models import OF_THE_TEAM, User


class Becomes(TextChoices):
    KEEP = "keep", gettext_lazy("stays as it is")
    CANCEL = "cancel", gettext_lazy("is cancelled")
    PASS_ON = "pass_on", gettext_lazy("is passed on")


SETTLED = frozenset({State.HELD, State.REQUESTED, State.APPROVED})
"""What is in use is brought back first, so nothing else can become of it."""


def settle_departure(
    person: User,
    becomes: Mapping[int, Becomes],
    *,
    by: User,
    at: datetime,
    to: User | None = None,
    reason: str = "",
) -> None:
    """Of each booking, by its key, what is to become of it; what is kept need not be named.

    People who leave by themselves cancel what they have. Raises `NotAllowed`, and `Refused` where
    somebody cannot take over what is passed on to them.
    """
    cancelled = [pk for pk, each in becomes.items() if each is Becomes.CANCEL]
    passed_on = [pk for pk, each in becomes.items() if each is Becomes.PASS_ON]
    if by.role not in OF_THE_TEAM and (by != person or passed_on):
        raise NotAllowed(_("Only lab staff and administrators can do that."))
    frees = Allocation.objects.filter(booking__person=person, booking__in=cancelled)
    with transaction.atomic(), passing_on(frees, at):
        theirs = Booking.objects.filter(person=person, ends_at__gt=at)
        found = _locked(theirs.filter(pk__in=[*cancelled, *passed_on]))
        _cancel([each for each in found if each.pk in cancelled], by, at, reason)
        _pass_on([each for each in found if each.pk in passed_on], to, by, at)


def cancel_what_lies_ahead(person: User, at: datetime) -> None:
    """Of somebody who is gone already, by nobody: what they still have in use is the desk's."""
    theirs = Booking.objects.filter(person=person, ends_at__gt=at, state__in=SETTLED)
    with transaction.atomic(), passing_on(Allocation.objects.filter(booking__in=theirs), at):
        _cancel(_locked(theirs), None, at, "")


def _locked(rows: QuerySet[Booking]) -> list[Booking]:
    """Only what is still to be settled: whatever ended meanwhile, by an act or by its time, has
    its end."""
    keys = list(rows.order_by("pk").select_for_update().values_list("pk", flat=True))
    found = detailed(Booking.objects.filter(pk__in=keys, state__in=SETTLED))
    return list(found.order_by("starts_at", "pk"))


def _cancel(bookings: Sequence[Booking], by: User | None, at: datetime, reason: str) -> None:
    """A request is declined, or withdrawn by who made it; what was confirmed is cancelled, what was
    only held is let go."""
    for booking in _in(bookings, State.HELD):
        end_hold(booking, by=by, at=at, lapsed=False)
    if requested := _in(bookings, State.REQUESTED):
        if requested[0].person == by:
            change_state(requested, State.WITHDRAWN)
            record_entries("booking.withdrawn", requested, by=by, at=at)
        else:
            change_state(requested, State.DECLINED, decided_at=at, decided_by=by, reason=reason)
            record_entries("booking.declined", requested, by=by, at=at)
    if approved := _in(bookings, State.APPROVED):
        change_state(approved, State.CANCELLED, reason=reason)
        record_entries("booking.cancelled", approved, by=by, at=at)


def _in(bookings: Iterable[Booking], state: State) -> list[Booking]:
    return [each for each in bookings if each.state == state]


def _pass_on(bookings: Sequence[Booking], to: User | None, by: User, at: datetime) -> None:
    if not bookings:
        return
    before = bookings[0].person
    if to is None or not to.may_book or to == before:
        raise Refused(_("Say who takes over what is passed on: somebody else who books here."))
    if any(each.kept_firmly for each in bookings):
        raise Refused(_("What is kept for an offer is not passed on: the offer is theirs alone."))
    missing = [no for each in bookings for no in induction_missing(each, to)]
    missing += [no for each in bookings for no in account_ends_before(each, to)]
    if missing:
        refusals = tuple(dict.fromkeys(missing))
        raise Refused(" ".join(each.message for each in refusals), refusals=refusals)
    # What the one before wrote was theirs to say, and is not for the next one to read.
    silent = dict.fromkeys(("purpose", "question", "answer", "exception_reason"), "")
    end_company(bookings, by=by, at=at)
    passed_on = Booking.objects.filter(pk__in=[each.pk for each in bookings])
    passed_on.update(person=to, people=0, **silent)
    # Within its group it stays the group's, and counts to it as before.
    passed_on.exclude(group__in=groups_of(to)).update(group=None)
    answers_instead(bookings, to=to, at=at)
    still_asked = BookingStep.objects.filter(booking__in=bookings, answered_at=None)
    still_asked.update(person=to)
    for booking in bookings:
        booking.person = to
    gave = Touched("subject", str(before.subject_key), "before")
    told = happenings("booking.passed_on", bookings, by=by, at=at)
    record(*(replace(each, touched=(*each.touched, gave)) for each in told))


@transaction.atomic
def take_along(goes: User, stays: User) -> int:
    """Two accounts were one person's: what one had booked, waited for and decided on, the other
    has. How many bookings there were. Nothing is told of each: it is the same person's as before.
    """
    moved = Booking.objects.filter(person=goes).update(person=stays)
    Waiting.objects.filter(person=goes).update(person=stays)
    BookingStep.objects.filter(person=goes).update(person=stays)
    take_company_along(goes, stays)
    _decide_instead(goes, stays)
    take_intake_along(goes, stays)
    return moved


def _decide_instead(goes: User, stays: User) -> None:
    """Who decides with one account and stands in with the other decides, on a type or at a step."""
    theirs, both = Approver.objects.filter(person=goes), Approver.objects.filter(person=stays)
    list(_locked_types(theirs.values("type")))
    for what, where in (("type", Q(step=None)), ("step", Q(step__isnull=False))):
        mine, other = theirs.filter(where), both.filter(where)
        decides = list(mine.filter(is_deputy=False).values_list(what, flat=True))
        other.filter(**{f"{what}__in": decides}).update(is_deputy=False)
        mine.filter(**{f"{what}__in": list(other.values_list(what, flat=True))}).delete()
    theirs.update(person=stays)


def _locked_types(keys: QuerySet[Approver, Any]) -> QuerySet[ResourceType]:
    """As whoever names who decides on them locks them."""
    rows = ResourceType.objects.select_related(None).filter(pk__in=keys).order_by("pk")
    return rows.select_for_update(of=("self",), no_key=True)
