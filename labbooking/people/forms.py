"""What the list of people is asked."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from labbooking.lengths import LONGEST_LINE
from labbooking.people.queries import everybody, named_like
from residents.models import Role, User
from residents.queries import person_with

STATES = {
    "here": _("may sign in"),
    "leaving": _("an end is set"),
    "gone": _("ended"),
    "asks": _("asks to be erased"),
}


class PeopleFilter(forms.Form):
    """`?q=ada&role=creative&state=here`; without any, everybody."""

    q = forms.CharField(
        label=_("Name or e-mail"),
        required=False,
        max_length=LONGEST_LINE,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("all")), *Role.choices]
    )
    state = forms.ChoiceField(
        label=_("Account"), required=False, choices=[("", _("all")), *STATES.items()]
    )

    @property
    def is_asked(self) -> bool:
        return not self.is_valid() or any(self.cleaned_data.values())

    def people(self, at: datetime) -> QuerySet[User]:
        """Filters that cannot be read filter nothing; the form says so."""
        found = everybody(at)
        if not self.is_valid():
            return found
        wanted = self.cleaned_data
        if wanted["role"]:
            found = found.filter(role=wanted["role"])
        if wanted["state"] == "asks":
            found = found.filter(erasure_asked_at__isnull=False)
        elif wanted["state"] == "leaving":
            found = found.filter(is_active=True, stays_until__isnull=False)
        elif wanted["state"]:
            found = found.filter(is_active=wanted["state"] == "here")
        return named_like(found, wanted["q"])


class OtherAccountForm(forms.Form):
    """The address of another account of the same person."""

    email = forms.EmailField(
        label=_("E-mail address of the other account"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    other: User | None = None

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        self.other = person_with(email)
        if self.other is None:
            raise forms.ValidationError(gettext("Nobody here has that address."), code="nobody")
        return email
