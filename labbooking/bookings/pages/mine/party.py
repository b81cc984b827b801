"""On the page of a booking: who comes along, and what can be done about that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy

from labbooking.bookings import actions
from labbooking.bookings.demand.company import names_in
from labbooking.bookings.demand.spec import Scope
from labbooking.bookings.models import Booking
from labbooking.bookings.models.party import Participant
from labbooking.bookings.pages.act_form import ActForm
from labbooking.bookings.pages.inputs import short_text
from labbooking.bookings.participants import party_of
from labbooking.bookings.rules.capacity import places_in
from labbooking.bookings.states import WITH_A_PARTY
from labbooking.lengths import LONGEST_LIST
from residents.models import User

CHANGE, REMOVE, LEAVE = "party", "party-remove", "party-leave"


class PartyForm(ActForm):
    """Who else comes along, and how many others do."""

    names = forms.CharField(
        label=gettext_lazy("Who else takes part?"),
        help_text=gettext_lazy("Names of people of the house, with commas between them."),
        required=False,
        max_length=LONGEST_LIST,
        widget=short_text(),
    )
    people = forms.IntegerField(
        label=gettext_lazy("How many others come along?"),
        required=False,
        widget=forms.NumberInput(attrs={"min": 0}),
    )


class RemoveForm(ActForm):
    participant = forms.IntegerField(widget=forms.HiddenInput)


FORMS: dict[str, type[ActForm]] = {CHANGE: PartyForm, REMOVE: RemoveForm}


def _change(pk: int, by: User, at: datetime, form: ActForm) -> list[Booking]:
    said, scope = form.cleaned_data, form.scope_asked or Scope.ONE
    names, people = names_in(said["names"]), said["people"]
    return actions.change_party(pk, by=by, at=at, add=names, people=people, scope=scope)


def _remove(pk: int, by: User, at: datetime, form: ActForm) -> list[Booking]:
    scope, row = form.scope_asked or Scope.ONE, form.cleaned_data["participant"]
    return actions.change_party(pk, by=by, at=at, remove=[row], scope=scope)


def _leave(pk: int, by: User, at: datetime, form: ActForm) -> list[Booking]:
    return actions.leave_party(pk, by=by, at=at, scope=form.scope_asked or Scope.ONE)


ACTS: dict[str, Callable[[int, User, datetime, ActForm], list[Booking]]] = {
    CHANGE: _change,
    REMOVE: _remove,
    LEAVE: _leave,
}


@dataclass(frozen=True, slots=True)
class Party:
    """`form` where its reader may change who comes along."""

    booking: Booking
    along: list[Participant]
    places: int | None
    form: PartyForm | None

    def __bool__(self) -> bool:
        return bool(self.along or self.booking.people or self.form)


def party_on_page(booking: Booking, at: datetime, *, may_change: bool) -> Party:
    is_open = booking.state in WITH_A_PARTY and not booking.is_over(at)
    form = _form(booking) if may_change and is_open else None
    places = places_in(each.resource for each in booking.named)
    return Party(booking, party_of(booking), places, form)


def _form(booking: Booking) -> PartyForm:
    form = PartyForm(
        use_required_attribute=False,
        auto_id="id_party_%s",
        initial={"people": booking.people, "scope": Scope.ONE},
    )
    del form.fields["ready"], form.fields["reason"]
    if booking.series_id is None:
        del form.fields["scope"]
    return form
