"""The page that books: what, when, how often. Its address holds all that is typed."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.validators import slug_re
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from labbooking.bookings import actions
from labbooking.bookings.actions.hold import A_WHILE, hold
from labbooking.bookings.availability.catalogue import Shelf, free_units, shelves
from labbooking.bookings.demand.spec import Idempotency, IntakeReply
from labbooking.bookings.demand.url_query import query, typed
from labbooking.bookings.models import Booking
from labbooking.bookings.pages.approvals.acts import remember_what_to_undo, said_yes_too
from labbooking.bookings.pages.back_link import booking_page
from labbooking.bookings.pages.book.forms import BookForm
from labbooking.bookings.pages.book.outcome import Outcome
from labbooking.bookings.pages.book.quick_add import ReadSentence, chips, not_there, read_sentence
from labbooking.bookings.pages.book.thinking import think
from labbooking.bookings.pages.intake.on_page import intake_on, reply_on
from labbooking.bookings.queries import already_had
from labbooking.bookings.rules.short_wording import brief
from labbooking.bookings.states import State
from labbooking.errors import DomainError, IdempotencyMismatch
from labbooking.when import duration, lab_zone
from residents.models import User

UNCLEAR = "unclear"
"""In the form as long as nobody said that its sentence was understood as it was meant."""

THE_ADDRESS = "address"


@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest) -> HttpResponse:
    """GET shows what the address says, POST books it. Both take the same fields.

    With `look` POST shows it as well, for what somebody answers stands in no address: what is
    typed, or with `look=address` what the address says.
    """
    at, zone = timezone.now(), lab_zone()
    by = request.user
    if not isinstance(by, User):
        return redirect_to_login(_way_back(request, at))
    if not by.may_book:
        return render(request, "bookings/book_not_for_you.html", status=403)
    stock = shelves()
    look = request.GET.get("look", "")
    is_typed = request.method == "POST" and look != THE_ADDRESS
    sent = request.POST if is_typed else request.GET
    heard = _heard(sent, stock, at) if request.method != "POST" else None
    fields = typed(heard.fields if heard and not sent.get(UNCLEAR) else sent, zone, at)
    form = BookForm(fields, stock=stock, by=by, zone=zone)
    if request.method == "POST" and not look:
        return _book(request, form, by, at)
    return show(request, form, by, at, heard=heard)


def _heard(sent: QueryDict, stock: Sequence[Shelf], at: datetime) -> ReadSentence | None:
    """What is said now, or was said before and is not clear yet, whatever else is typed since."""
    before = sent.get("said", "") if sent.get(UNCLEAR) else ""
    words = (sent.get("say", "") or before).strip()
    return read_sentence(words, stock, at=at, zone=lab_zone()) if words else None


def _way_back(request: HttpRequest, at: datetime) -> str:
    """This page with everything that was typed, for after the login."""
    if request.method != "POST":
        return request.get_full_path()
    return booking_page(request.POST, at)


def _book(request: HttpRequest, form: BookForm, by: User, at: datetime) -> HttpResponse:
    if form.finding:
        return show(request, form, by, at)
    if form.is_valid() and not form.names_something:
        form.add_error(None, _("Choose at least one thing to book."))
    if not form.is_valid():
        return show(request, form, by, at, status=400)
    try:
        bookings = _written(request, form, by, at)
    except IdempotencyMismatch as error:
        error.detail = _("You have just booked something else with this page. Look at it again.")
        return show(request, form, by, at, status=error.status, error=error)
    except DomainError as error:
        return show(request, form, by, at, status=error.status, error=error)
    if said_yes_too(bookings[0], by):
        remember_what_to_undo(request, "approve", bookings[0])
    messages.success(request, _what_was_done(bookings, by))
    return redirect("booking", bookings[0].pk)


def _written(request: HttpRequest, form: BookForm, by: User, at: datetime) -> list[Booking]:
    """What was asked for; with `keep` only a hold, whose page asks whether it shall be booked."""
    person = _person(form, by)
    spec = replace(form.spec, intake=reply_on(request, form, person, at))
    if request.GET.get("keep"):
        return [hold(spec, by=by, at=at, person=person)]
    key, approve = _key(request, form, spec.intake), _books_for(by, person)
    return actions.request(spec, by=by, at=at, person=person, idempotency=key, approve=approve)


def _books_for(by: User, person: User) -> bool:
    """Staff who book for somebody say yes in the same press: it would wait for nobody but them."""
    return by.is_lab_staff and person != by


def _person(form: BookForm, by: User) -> User:
    return form.cleaned_data.get("person") or by


def _key(request: HttpRequest, form: BookForm, reply: IntakeReply) -> Idempotency | None:
    """Each rendering of the page books once, however often its button is pressed."""
    key = request.GET.get("key", "")[:64]
    if not slug_re.match(key):
        return None
    said = query(form.data, by_night=form.by_night) + form.data.get("override_reason", "")
    if reply.answers or reply.accepted:
        said += repr(reply)
    return Idempotency(f"page-{key}", hashlib.sha256(said.encode()).hexdigest())


def _what_was_done(bookings: list[Booking], by: User) -> str:
    if bookings[0].person_id != by.pk:
        return _done_for(bookings)
    count = len(bookings)
    if bookings[0].state == State.HELD:
        words = _("Kept for you for {duration}. Nothing is booked yet.")
        return words.format(duration=duration(A_WHILE))
    if bookings[0].state == State.REQUESTED:
        words = ngettext(
            "Asked for. The time is held for you until staff have answered.",
            "Asked for, {count} dates. They are held for you until staff have answered.",
            count,
        )
    else:
        words = ngettext("Booked.", "Booked, {count} dates.", count)
    return words.format(count=count)


def _done_for(bookings: list[Booking]) -> str:
    first, count = bookings[0], len(bookings)
    if first.state == State.HELD:
        words = _("Kept for {name} for {duration}. Nothing is booked yet.")
        return words.format(name=first.person, duration=duration(A_WHILE))
    if first.waits_at:
        words = ngettext(
            "Asked for on behalf of {name}. It waits at the step “{step}”.",
            "Asked for on behalf of {name}, {count} dates. They wait at the step “{step}”.",
            count,
        )
    elif first.decided_by_id:
        words = ngettext(
            "Booked for {name} and confirmed.",
            "Booked for {name} and confirmed, {count} dates.",
            count,
        )
    else:
        words = ngettext("Booked for {name}.", "Booked for {name}, {count} dates.", count)
    return words.format(name=first.person, count=count, step=first.waits_at)


def show(
    request: HttpRequest,
    form: BookForm,
    by: User,
    at: datetime,
    *,
    status: int = 200,
    error: DomainError | None = None,
    heard: ReadSentence | None = None,
) -> HttpResponse:
    """The page as it is filled in, with what came of an attempt, and nothing typed lost."""
    form.is_valid()  # Whom it is for is known however wrong the rest still is.
    person = _person(form, by)
    address = query(form.data, by_night=form.by_night)
    outcome = think(form, by=by, person=person, at=at, error=error)
    missing = not_there(heard, form.stock) if heard else []
    outcome.is_unclear = bool(missing or (heard and heard.unclear))
    unclear = f"&{UNCLEAR}=1" if outcome.is_unclear else ""
    context = {
        "form": form,
        "outcome": outcome,
        "free": free_units(form.stock, form.period) if form.period else set(),
        "stock": [(each, brief(each.rules), _picked(form, each.type.slug)) for each in form.stock],
        "heard": heard,
        "chips": chips(heard, form, at) if heard else [],
        "not_there": missing,
        "as_filled_in": f"{reverse('book')}?{address}",
        "person": person,
        "intake": intake_on(request, form, person, at, error=error),
        "already": _already(form, person, outcome),
        "books_for": _books_for(by, person),
        "key": uuid.uuid4().hex,
        "hour_url": f"{reverse('book')}?{_other_way(form)}",
        "night_url": f"{reverse('book')}?{_other_way(form, by='night')}",
    }
    template = "bookings/_outcome.html" if _wants_part(request) else "bookings/book.html"
    response = render(request, template, context, status=status)
    if _wants_part(request):
        response["HX-Replace-Url"] = f"{reverse('book')}?{address}{unclear}"
    return response


def _already(form: BookForm, person: User, outcome: Outcome) -> list[Booking]:
    """What is taken may be theirs: then there is nothing to book, and perhaps a yes to say."""
    if not (outcome.preview and outcome.preview.clashes and form.period):
        return []
    return already_had(person, form.spec.resources, form.spec.types, form.period)


def _wants_part(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true" and request.method == "GET"


def _picked(form: BookForm, type_slug: str) -> int:
    """How many of a type the address asks for, also while the form is not yet valid."""
    for value in form.data.getlist("type"):
        slug, _sign, count = value.partition(":")
        if slug == type_slug and count.isdecimal() and len(count) < 4:
            return int(count)
    return 0


def _other_way(form: BookForm, by: str = "") -> str:
    """The same purpose, but another way of booking; other things, other times."""
    purpose = form.data.get("purpose", "")
    return query(QueryDict(mutable=True), by_night=False, by=by, purpose=purpose)
