"""The desk's page of what fell due while the house was down, for staff to settle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from labbooking.bookings.actions.outage import Answer, answers_to, settle
from labbooking.bookings.models import Booking
from labbooking.bookings.queries import detailed
from labbooking.bookings.states import State
from labbooking.bookings.undecided import latest_outages, undecided
from labbooking.errors import DomainError, NotThere
from labbooking.period import Period
from labbooking.when import lab_zone, when
from residents.access import PersonRequest, for_staff


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A booking with what is asked about it, and the answers as (value, words) pairs."""

    booking: Booking
    question: str
    answers: list[tuple[str, str]]


@require_safe
@for_staff
def after_outage(request: HttpRequest) -> HttpResponse:
    """Everything that is not settled yet, the earliest first."""
    at, zone = timezone.now(), lab_zone()
    context = {
        "lines": list(_lines(at)),
        "outages": [
            when(Period(each.began_at, each.ended_at), zone, at=at) for each in latest_outages(at)
        ],
    }
    return render(request, "desk/after_outage.html", context)


@require_POST
@for_staff
def settle_one(request: PersonRequest, pk: int) -> HttpResponse:
    """`answer` is one of `Answer`."""
    try:
        answer = Answer(request.POST.get("answer", ""))
        (booking, *_more) = settle(pk, answer, by=request.user, at=timezone.now())
    except ValueError:
        messages.error(request, _("That is not an answer to this."))
    except NotThere as error:
        raise Http404(error.detail) from error
    except DomainError as error:
        messages.warning(request, error.detail)
    else:
        words = _("{person}: settled.")
        messages.success(request, words.format(person=booking.person))
    return redirect("after_outage")


def _lines(at: datetime) -> Iterator[Unsettled]:
    seen: set[tuple[int, bool]] = set()
    for booking in detailed(undecided(at)).order_by("starts_at", "pk"):
        # The dates of a series that wait for one answer get one; those that are over have another.
        if booking.series_id and booking.state == State.REQUESTED:
            of_one_answer = booking.series_id, booking.is_over(at)
            if of_one_answer in seen:
                continue
            seen.add(of_one_answer)
        answers = [(each.value, _words(booking, each)) for each in answers_to(booking, at)]
        yield Unsettled(booking, _question(booking, at), answers)


def _question(booking: Booking, at: datetime) -> str:
    if booking.state == State.APPROVED:
        return _("Nobody could check in. Did somebody come?")
    if booking.state == State.HELD:
        return _("It was offered, and could not be taken up. Whose turn is it?")
    if booking.ends_at <= at:
        return _("The request could not be answered, and its time is over.")
    return _("The request could not be answered in time. Should it still stand?")


def _words(booking: Booking, answer: Answer) -> str:
    if booking.state == State.HELD and answer is Answer.KEEP:
        return _("Offer it again")
    if booking.state == State.HELD:
        return _("Offer it to the next")
    return {
        Answer.CAME: _("Somebody came"),
        Answer.ABSENT: _("Nobody came"),
        Answer.KEEP: _("Still answer it"),
        Answer.LAPSE: _("Let it lapse"),
    }[answer]
