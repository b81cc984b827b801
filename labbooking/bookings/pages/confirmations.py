"""The question before an act: what it does, said before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.forms import ModelChoiceField
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from labbooking.bookings.demand.spec import Scope
from labbooking.bookings.intake.shown import asks
from labbooking.bookings.models import Booking, ReadyReason
from labbooking.bookings.pages.act_form import ActForm
from labbooking.bookings.pages.approvals import wording
from labbooking.bookings.pages.approvals.forms import DecisionForm, PartForm, TextForm
from labbooking.bookings.queries import dates_of_one_answer
from labbooking.bookings.rules.exception_wording import exceptions_in_words
from labbooking.bookings.rules.permitted_acts import acts_on_the_rest, further_acts, possible_acts
from labbooking.bookings.states import State
from labbooking.when import when
from residents.models import User


@dataclass(frozen=True, slots=True)
class Words:
    """`doing` is what the last button says where that is not what the first one says."""

    opener: str
    title: str
    consequence: str
    danger: bool = False
    doing: str = ""

    @property
    def label(self) -> str:
        return self.doing or self.opener


@dataclass(frozen=True, slots=True)
class Question:
    """An act that is open, where it is asked and done; `asks` where its page asks still more."""

    act: str
    words: Words
    form: ActForm
    booking_id: int
    next: str
    asks: bool = False

    @property
    def dialog(self) -> str:
        return f"{self.act}-{self.booking_id}"

    @property
    def page_url(self) -> str:
        query = urlencode({"ask": self.act, "next": self.next})
        return f"{reverse('booking', args=[self.booking_id])}?{query}"

    @property
    def action(self) -> str:
        url = reverse("booking_act", args=[self.booking_id, self.act])
        return f"{url}?{urlencode({'next': self.next})}"

    @property
    def goes(self) -> bool:
        """The act one came for; it is asked without a dialog where there is nothing to say."""
        one_press = self.act in {"confirm", "approve", "check-in"} and not self.asks
        return one_press and "scope" not in self.form.fields


def questions(
    booking: Booking, *, by: User, at: datetime, back: str, dates: Sequence[Booking] = ()
) -> list[Question]:
    """Every act this person may do with the booking now, in the order of buttons.

    `dates` are those of its series, if they are known: from one that is over the rest is acted on.
    """
    if booking.is_over(at):
        acts = acts_on_the_rest([each for each in dates if each.pk != booking.pk], by, at)
        return [question(act, booking, by=by, at=at, back=back) for act in acts]
    acts = possible_acts(booking, by, at) + further_acts(booking, by, at)
    # What somebody waits for comes first.
    acts.sort(key=lambda act: act != "answer")
    return [question(act, booking, by=by, at=at, back=back) for act in acts]


def question(
    act: str,
    booking: Booking,
    *,
    by: User,
    at: datetime,
    back: str,
    dates: Sequence[Booking] | None = None,
    ready: Sequence[tuple[str, str]] | None = None,
) -> Question:
    """`dates` are the waiting dates of its series and `ready` the `ready_reasons`, if they are
    known already."""
    if act == "part":
        form = _part_form(booking, dates_of_one_answer(booking) if dates is None else dates, at)
    elif act in {"ask", "answer"}:
        form = _text_form(act, booking)
    else:
        form = act_form(act, booking, by=by, is_over=booking.is_over(at))
    if ready is not None and "ready" in form.fields:
        cast("ModelChoiceField[ReadyReason]", form.fields["ready"]).choices = ready
    asks_more = act == "confirm" and asks(booking)
    return Question(act, _words(act, booking, by), form, booking.pk, back, asks_more)


def _part_form(booking: Booking, waiting: Sequence[Booking], at: datetime) -> ActForm:
    form = PartForm(use_required_attribute=False, auto_id=f"id_part_{booking.pk}_%s")
    things = {e.resource.slug: e.resource.name for date in waiting for e in date.named}
    if wording.goes_on(booking):
        things = {}  # They stay together until the last step.
    ahead = [each for each in waiting if not each.is_over(at)]
    moments = [(str(e.pk), when(e.period, e.named[0].resource.zone, at=at)) for e in ahead]
    form.offer(things=list(things.items()), dates=moments)
    form.fields["ready"].label = _("Why not all of it?")
    form.fields["reason"].label = _("In my own words")
    form.fields["ready"].required = form.fields["reason"].required = True
    del form.fields["scope"]
    form.answer_to(booking)
    return form


def _text_form(act: str, booking: Booking) -> ActForm:
    form = TextForm(use_required_attribute=False, auto_id=f"id_{act}_{booking.pk}_%s")
    form.fields["text"].label = _("Your question") if act == "ask" else booking.question
    form.fields["text"].required = True
    for name in ("scope", "ready", "reason"):
        del form.fields[name]
    return form


def act_form(act: str, booking: Booking, *, by: User, is_over: bool = False) -> ActForm:
    """The empty form with what this act asks for. What it does not ask for is not there."""
    whole = is_over or act in {"approve", "decline", "withdraw"}
    form = (DecisionForm if act in {"approve", "decline"} else ActForm)(
        use_required_attribute=False,
        auto_id=f"id_{act}_{booking.pk}_%s",
        initial={"scope": Scope.ALL if whole else Scope.ONE},
    )
    form.fields["scope"].required = True
    if isinstance(form, DecisionForm):
        form.answer_to(booking)
    if is_over:
        form.leave_out_this_date()
    if booking.series_id is None or act in {"check-in", "check-out"}:
        del form.fields["scope"]
    if act != "decline":
        del form.fields["ready"]
    if act == "decline":
        form.fields["reason"].label = _("In my own words")
        # Shown as needed: one of the two is.
        form.fields["ready"].required = form.fields["reason"].required = True
    elif act in {"confirm", "withdraw"} or not by.is_lab_staff:
        del form.fields["reason"]
    else:
        form.fields["reason"].help_text = _why_say_why(act)
    return form


def _why_say_why(act: str) -> str:
    if act in {"cancel", "check-in"}:
        return _("With a reason you can do this against the house rules.")
    return ""


def _words(act: str, booking: Booking, by: User) -> Words:
    if act == "confirm" and by.is_lab_staff and booking.person_id != by.pk:
        return _confirm_for(booking)
    return _WORDS[act](booking)


def _approve(booking: Booking) -> Words:
    consequence = _set_aside(booking) + wording.what_a_yes_does(booking)
    return Words(_("Approve"), _("Approve this request?"), consequence)


def _set_aside(booking: Booking) -> str:
    """A sentence that stands before others."""
    rules = exceptions_in_words(booking)
    return _("Allowed this once: {rules}.").format(rules=rules) + " " if rules else ""


def _decline(booking: Booking) -> Words:
    return Words(
        _("Decline"),
        _("Decline this request?"),
        _("{name} gets an e-mail with your reason, and the time is free again.").format(
            name=booking.person
        ),
        danger=True,
    )


def _confirm(booking: Booking) -> Words:
    if any(each.rules.needs_staff for each in booking.named if each.rules):
        return Words(_("Ask for it"), _("Ask for it?"), _("Staff decide. The time stays yours."))
    return Words(_("Confirm"), _("Confirm this booking?"), _("Then it is yours."))


def _confirm_for(booking: Booking) -> Words:
    """Staff who keep a time for somebody say yes in the same press, as when they book for them."""
    name = booking.person
    consequence = _("{name} gets an e-mail at once.").format(name=name)
    if any(each.resource.type.approval_steps for each in booking.named):
        consequence = _("It waits until every step has said yes.")
    return Words(
        _("Book for {name}").format(name=name),
        _("Book for {name}?").format(name=name),
        consequence,
    )


def _withdraw(booking: Booking) -> Words:
    if booking.state == State.HELD:
        return Words(
            _("Let it go"),
            _("Let this time go?"),
            _("The time is free for others at once."),
            danger=True,
        )
    return Words(
        _("Withdraw the request"),
        _("Withdraw this request?"),
        _("The time is free for others at once."),
        danger=True,
    )


def _part(booking: Booking) -> Words:
    return Words(
        _("Part of it"),
        _("Approve part of it?"),
        wording.what_a_part_does(booking),
        doing=_("Approve this part"),
    )


def _ask(booking: Booking) -> Words:
    return Words(
        _("Ask a question"),
        _("Ask {name} first?").format(name=booking.person),
        _("The time is kept meanwhile. The answer brings the request back to the top."),
        doing=_("Send the question"),
    )


def _answer(_booking: Booking) -> Words:
    return Words(
        _("Answer"),
        _("Staff have a question"),
        _("They decide once you have answered. The time stays yours meanwhile."),
        doing=_("Send the answer"),
    )


def _cancel(_booking: Booking) -> Words:
    return Words(
        _("Cancel"),
        _("Cancel this booking?"),
        _("The time is free for others at once. To have it again, book it again."),
        danger=True,
    )


def _check_in(booking: Booking) -> Words:
    title = _("Check in?") if booking.self_service else _("Hand it over?")
    opener = _("Check in") if booking.self_service else _("Hand over")
    return Words(opener, title, _("From now on it counts as in use."))


def _check_out(booking: Booking) -> Words:
    title = _("Check out?") if booking.self_service else _("Take it back?")
    opener = _("Check out") if booking.self_service else _("Take back")
    return Words(opener, title, _("The rest of the time is free for others."))


_WORDS = {
    "confirm": _confirm,
    "approve": _approve,
    "decline": _decline,
    "withdraw": _withdraw,
    "cancel": _cancel,
    "check-in": _check_in,
    "check-out": _check_out,
    "part": _part,
    "ask": _ask,
    "answer": _answer,
}
