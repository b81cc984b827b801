"""What the desk is asked: for a day, and for an act with or without a reason."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from equipment.forms.texts import refuse_out_of_reach
from labbooking.lengths import LONGEST_PARAGRAPH


class DayForm(forms.Form):
    """`?day=2027-01-12`; without it, today."""

    day = forms.DateField(
        label=_("Day"),
        required=False,
        input_formats=["%Y-%m-%d"],
        validators=[refuse_out_of_reach],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "input"}),
    )


class HandoverForm(DayForm):
    """A reason sets aside what the house rules let staff set aside."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=LONGEST_PARAGRAPH)
