"""The fields of the page that books; `book.py` says what they mean together."""

from __future__ import annotations

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy

from labbooking.bookings.demand.company import MOST_PEOPLE
from labbooking.bookings.demand.spec import OnClash
from labbooking.bookings.pages.inputs import ClockInput, DayField, short_text
from labbooking.bookings.series.recurrence import MOST_DATES
from labbooking.bookings.series.rrule_days import WEEKDAYS as WEEKDAY_CODES
from labbooking.lengths import LONGEST_LINE, LONGEST_LIST, LONGEST_PARAGRAPH
from residents.models import User

REPEATS = {
    "none": gettext_lazy("just once"),
    "daily": gettext_lazy("every day"),
    "weekly": gettext_lazy("every week"),
    "fortnightly": gettext_lazy("every two weeks"),
    "monthly": gettext_lazy("every month on the same date"),
    "monthly-weekday": gettext_lazy("every month on the same weekday"),
}

PARTS = {
    "": gettext_lazy("any time of day"),
    "morning": gettext_lazy("in the morning"),
    "afternoon": gettext_lazy("in the afternoon"),
    "evening": gettext_lazy("in the evening"),
}
LENGTHS = (30, 60, 90, 120, 180, 240, 360, 480, 600)
"""In minutes."""


class BookFields(forms.Form):
    """What, when, how often, what for; for staff also for whom and against which rules."""

    resource = forms.MultipleChoiceField(required=False)
    type = forms.MultipleChoiceField(required=False)
    day = DayField(label=gettext_lazy("Day"), required=False)
    starts = forms.TimeField(label=gettext_lazy("From"), required=False, widget=ClockInput)
    ends = forms.TimeField(label=gettext_lazy("To"), required=False, widget=ClockInput)
    last_day = DayField(label=gettext_lazy("It ends on another day"), required=False)
    arrive = DayField(label=gettext_lazy("Arrival"), required=False)
    depart = DayField(label=gettext_lazy("Departure"), required=False)
    find = forms.CharField(required=False, widget=forms.HiddenInput)
    length = forms.IntegerField(
        label=gettext_lazy("How long"),
        required=False,
        min_value=5,
        max_value=2880,
        widget=forms.Select,
    )
    nights = forms.IntegerField(
        label=gettext_lazy("How many nights"), required=False, min_value=1, max_value=366
    )
    part = forms.ChoiceField(
        label=gettext_lazy("Time of day"), required=False, choices=list(PARTS.items())
    )
    starts_at = forms.CharField(
        label=gettext_lazy("Which beginning do you mean?"),
        required=False,
        widget=forms.RadioSelect,
    )
    ends_at = forms.CharField(
        label=gettext_lazy("Which end do you mean?"), required=False, widget=forms.RadioSelect
    )
    purpose = forms.CharField(
        label=gettext_lazy("What for?"),
        help_text=gettext_lazy("One line is enough: storyboard, rehearsal, a call."),
        required=False,
        max_length=LONGEST_LINE,
        widget=short_text(),
    )
    participants = forms.CharField(
        label=gettext_lazy("Who takes part?"),
        help_text=gettext_lazy("Names of people of the house, with commas between them."),
        required=False,
        max_length=LONGEST_LIST,
        widget=short_text(),
    )
    people = forms.IntegerField(
        label=gettext_lazy("How many others come along?"),
        required=False,
        min_value=0,
        max_value=MOST_PEOPLE,
    )
    group = forms.ChoiceField(
        label=gettext_lazy("Whose booking is it?"),
        help_text=gettext_lazy("Everybody in a group can change, move and cancel its bookings."),
        required=False,
    )
    repeat = forms.ChoiceField(
        label=gettext_lazy("How often"), required=False, choices=list(REPEATS.items())
    )
    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("On these days"),
        help_text=gettext_lazy("If none is ticked: the weekday of the first date."),
        required=False,
        choices=[(code, WEEKDAYS[number]) for number, code in enumerate(WEEKDAY_CODES)],
        widget=forms.CheckboxSelectMultiple,
    )
    ending = forms.ChoiceField(
        label=gettext_lazy("It ends"),
        required=False,
        choices=[
            ("times", gettext_lazy("after a number of times")),
            ("until", gettext_lazy("on a day")),
        ],
        widget=forms.RadioSelect,
    )
    times = forms.IntegerField(
        label=gettext_lazy("How many times"), required=False, min_value=2, max_value=MOST_DATES
    )
    until = DayField(label=gettext_lazy("Until"), required=False)
    on_clash = forms.ChoiceField(
        required=False,
        choices=[(each.value, each.value) for each in OnClash],
        widget=forms.HiddenInput,
    )
    person = forms.ModelChoiceField(
        label=gettext_lazy("For whom"), queryset=User.objects.none(), required=False
    )
    override_reason = forms.CharField(
        label=gettext_lazy("Set house rules aside, because"),
        help_text=gettext_lazy("Only where a rule says no. The reason stays with the booking."),
        required=False,
        max_length=LONGEST_PARAGRAPH,
        widget=short_text(),
    )
