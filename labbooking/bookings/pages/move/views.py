"""Moving a booking, making it shorter or longer: its address holds what is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from labbooking.bookings.actions.move import move
from labbooking.bookings.demand.spec import Scope
from labbooking.bookings.demand.url_query import span_of
from labbooking.bookings.models import Booking
from labbooking.bookings.moves.extension import lasts_longer, limit_of
from labbooking.bookings.moves.preview import preview_move
from labbooking.bookings.moves.shift import can_move, why_fixed
from labbooking.bookings.moves.wording import how_far
from labbooking.bookings.pages.move import undo
from labbooking.bookings.pages.move.forms import MoveForm
from labbooking.bookings.pages.move.wording import longer, quick_links, strictest
from labbooking.bookings.pages.series_wording import DateReasons, Run, in_runs
from labbooking.bookings.planning.preview import Preview
from labbooking.bookings.queries import find_booking
from labbooking.bookings.states import State
from labbooking.errors import DomainError, NotThere
from labbooking.period import Period, moment_in
from labbooking.when import moment
from residents.models import User


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def booking_move(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows what a move would come to, POST moves. Both take `from`, `to` and `scope`."""
    by, at = request.user, timezone.now()
    if not isinstance(by, User):
        raise Http404
    try:
        booking = find_booking(by, pk)
    except NotThere as error:
        raise Http404(error.detail) from error
    form = _form(request, booking, by)
    if request.method == "POST":
        return _move(request, booking, form, by, at)
    return _show(request, booking, form, by, at)


def _form(request: HttpRequest, booking: Booking, by: User) -> MoveForm:
    """What was sent, over the times the booking has now."""
    zone, rules = booking.named[0].resource.zone, strictest(booking)
    sent: Mapping[str, str] = {**request.GET.dict(), **request.POST.dict()}
    now = span_of(booking.period, zone, by_night=rules.by_night)
    data = {**now, "scope": Scope.ONE.value, **sent}
    for name in ("from", "to"):
        data |= _as_typed(name, data[name])
    in_series = booking.series_id is not None
    form = MoveForm(data, rules=rules, zone=zone, in_series=in_series)
    if not by.is_lab_staff:
        del form.fields["reason"]
    return form


def _as_typed(name: str, text: str) -> dict[str, str]:
    """An address may give an offset, which an input for local times cannot show."""
    try:
        named = moment_in(text)
    except ValueError:
        return {}
    if named.tzinfo is None:
        return {}
    return {name: f"{named:%Y-%m-%dT%H:%M}", f"{name}_at": named.isoformat(timespec="minutes")}


def _move(
    request: HttpRequest, booking: Booking, form: MoveForm, by: User, at: datetime
) -> HttpResponse:
    if not form.is_valid() or form.period is None:
        return _show(request, booking, form, by, at, status=400)
    reason = form.cleaned_data.get("reason", "")
    before = booking.period
    try:
        moved = move(
            booking.pk, by=by, at=at, to=form.period, scope=form.asked, override_reason=reason
        )
    except NotThere as error:
        raise Http404(error.detail) from error
    except DomainError as error:
        return _show(request, booking, form, by, at, error=error, status=error.status)
    if moved[0].pk == booking.pk:
        undo.remember(request, booking, before, form.asked, at)
    messages.success(request, _done(moved, before, at))
    return redirect("booking", moved[0].pk)


def _done(moved: Sequence[Booking], before: Period, at: datetime) -> str:
    first, count = moved[0], len(moved)
    if any(_asked_anew(each, at) for each in moved):
        return _("Moved. It is now waiting for an answer from staff.")
    if count == 1 and first.starts_at == before.start:
        until = moment(first.ends_at, first.named[0].resource.zone, at=at)
        return _("Changed: it lasts until {moment} now.").format(moment=until)
    return ngettext("Moved.", "Moved, {count} dates.", count).format(count=count)


def _asked_anew(booking: Booking, at: datetime) -> bool:
    """What staff had said yes to, or some steps had."""
    again = booking.granted_from or (booking.waits_at and booking.step_since == at)
    return booking.state == State.REQUESTED and bool(again)


def _show(
    request: HttpRequest,
    booking: Booking,
    form: MoveForm,
    by: User,
    at: datetime,
    *,
    error: DomainError | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, object] = {"booking": booking, "form": form}
    context["detail"] = undo.in_vain(request, error) if error else ""
    if not can_move(booking, at):
        context |= {"detail": why_fixed(booking, at)}
        return render(request, "bookings/move_fixed.html", context, status=status)
    thought = _think(booking, form, by, at, context)
    context |= {
        "outcome": thought,
        "ways": quick_links(booking, thought.suggestions, at) if thought else [],
        "runs": _runs(booking, thought) if thought else [],
        "is_same": form.period == booking.period,
        "how_far": _how_far(booking, form, thought, by, at),
    }
    if request.htmx and request.method == "GET":  # type: ignore[attr-defined]
        return render(request, "bookings/_move_outcome.html", context)
    context["longer"] = longer(booking, by, at)
    return render(request, "bookings/move.html", context, status=status)


def _how_far(
    booking: Booking, form: MoveForm, thought: Preview | None, by: User, at: datetime
) -> str:
    """Beside a no to one that should last longer: until when it could, and what comes then."""
    if thought is None or thought.ok or not lasts_longer(booking, form.period or booking.period):
        return ""
    return how_far(booking, limit_of(booking, by), at)


def _runs(booking: Booking, thought: Preview) -> list[Run]:
    telling = DateReasons(booking.named[0].resource.zone)
    return in_runs([telling.line(each) for each in thought.dates])


def _think(
    booking: Booking, form: MoveForm, by: User, at: datetime, context: dict[str, object]
) -> Preview | None:
    if not form.is_valid() or form.period is None:
        return None
    try:
        return preview_move(booking, by=by, at=at, to=form.period, scope=form.asked)
    except DomainError as error:
        context["detail"] = error.detail
        return None
