"""What is typed on the page of a stay; each form belongs to one act."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from labbooking.bookings.pages.inputs import DayField
from labbooking.lengths import LONGEST_DESCRIPTION, LONGEST_LINE
from labbooking.residencies.stays.keys.models import LONGEST_TAG
from labbooking.residencies.stays.models import MOST_CENTS
from labbooking.residencies.stays.presence.models import AbsenceReason

MOST_EUROS = MOST_CENTS // 100


def _number() -> forms.IntegerField:
    return forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class ActForm(forms.Form):
    """Nothing to type: the press is all."""

    use_required_attribute = False


class SignForm(ActForm):
    version = _number()


class EurosForm(ActForm):
    euros = forms.DecimalField(
        label=gettext_lazy("Deposit"),
        min_value=Decimal("0.01"), max_value=MOST_EUROS, decimal_places=2,
    )  # fmt: skip

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        fields: dict[str, Any] = dict(self.fields)
        fields["euros"].unit = gettext_lazy("euros")


class DeductionsForm(ActForm):
    deductions = forms.CharField(
        label=gettext_lazy("What is kept of it"),
        required=False, max_length=LONGEST_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "One a line, the euros first: 25.00 broken lamp. Left empty, all of it goes back."
        ),
    )  # fmt: skip

    def clean_deductions(self) -> list[tuple[str, int]]:
        lines = (each.strip() for each in self.cleaned_data["deductions"].splitlines())
        return [_deduction(each) for each in lines if each]


def _deduction(line: str) -> tuple[str, int]:
    euros, _space, reason = line.partition(" ")
    try:
        cents = Decimal(euros.replace(",", ".").rstrip("€")) * 100
        whole = int(cents)
    except (ArithmeticError, ValueError):
        whole = 0
        cents = Decimal(-1)
    if whole != cents or not 0 < whole <= MOST_CENTS or not reason.strip():
        message = _("“{line}” does not begin with an amount in euros.")
        raise ValidationError(message.format(line=line[:60]))
    return reason.strip(), whole


class KeyForm(ActForm):
    tag = forms.CharField(label=gettext_lazy("What is on its tag"), max_length=LONGEST_TAG)


class RowForm(ActForm):
    """One row of the page, and what becomes of it."""

    row = _number()
    do = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)


class DecideForm(RowForm):
    reason = forms.CharField(
        label=gettext_lazy("What they read about it"), required=False, max_length=LONGEST_LINE
    )


class DaysForm(ActForm):
    from_on = DayField(label=gettext_lazy("From the evening of"))
    until_on = DayField(label=gettext_lazy("Until the morning of"))


class AbsenceForm(DaysForm):
    reason = forms.ChoiceField(label=gettext_lazy("Why"), choices=AbsenceReason.choices)


class GuestForm(DaysForm):
    name = forms.CharField(label=gettext_lazy("Who comes"), max_length=LONGEST_LINE)
    field_order = ("name", "from_on", "until_on")


class ReportForm(ActForm):
    words = forms.CharField(
        label=gettext_lazy("What came of your stay"),
        max_length=LONGEST_DESCRIPTION, widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip
    works = forms.CharField(
        label=gettext_lazy("Works made here"),
        required=False, max_length=LONGEST_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    may_be_published = forms.BooleanField(
        label=gettext_lazy("The house may publish this"), required=False
    )


class HomeForm(ActForm):
    lives = forms.ChoiceField(
        label=gettext_lazy("Where are you registered besides?"),
        choices=[
            ("yes", gettext_lazy("Somewhere in Germany")),
            ("no", gettext_lazy("Nowhere in Germany: I live abroad")),
        ],
        widget=forms.RadioSelect,
    )
