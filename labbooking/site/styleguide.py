"""The page that shows every part of the look with sample data; staff see it at /styleguide/."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from labbooking.period import Period
from labbooking.when import lab_zone

STATES = (
    "held", "requested", "approved", "in_use", "completed", "declined", "withdrawn", "cancelled",
    "expired", "no_show", "closed", "free", "busy", "mine", "waiting",
)  # fmt: skip
DRAWINGS = (
    "studio", "seat", "headset", "screen", "board", "workspace", "person", "empty-calendar",
    "empty-inbox", "lost",
)  # fmt: skip
COLOURS = ("paper", "raised", "sunk", "ink", "soft", "line", "edge", "green", "brick", "amber")
Span = tuple[str, int, int, str]
STUDIOS: list[tuple[Any, ...]] = [
    ("Studio 1", "", ("busy", 1, 65, "busy until 28 February")),
    ("Studio 2", "", ("mine", 1, 65, "My residency, day 9 of 42")),
    ("Studio 3", "", ("closed", 1, 17, "cleaning"), ("waiting", 33, 65, "arrival 15:00")),
]
SEATS: list[tuple[Any, ...]] = [
    ("Seat 1", "Window", ("busy", 9, 29, "busy"), ("free", 29, 33, "free 14–15"),
     ("busy", 33, 45, "busy"), ("free", 45, 65, "free 18–23")),
    ("Seat 2", "Window", ("free", 1, 13, "free 7–10"), ("mine", 13, 25, "Storyboard, 10–13"),
     ("selected", 29, 37, "14–16, 2 h"), ("free", 37, 65, "free 16–23")),
    ("Seat 3", "Board", ("busy", 5, 21, "busy"), ("free", 21, 65, "free 12–23")),
    ("Seat 4", "Board", ("free", 1, 65, "free all day")),
]  # fmt: skip
HEADSETS: list[tuple[Any, ...]] = [
    ("Headset 1", "", ("busy", 21, 33, "busy"), ("turnaround", 33, 34, "care")),
    ("Headset 2", "", ("selected", 29, 37, "14–16, asks"), ("turnaround", 37, 38, "care")),
    ("Headset 3", "", ("waiting", 37, 49, "asked for"), ("turnaround", 49, 50, "care")),
    ("Headset 4", "", ("closed", 1, 65, "in repair until Friday")),
]
SCREENS: list[tuple[Any, ...]] = [
    ("Screen south", "", ("mine", 41, 47, "Rehearsal, 17–18:30"), ("turnaround", 47, 48, "care")),
    ("Screen north", "", ("busy", 17, 18, "busy"), ("free", 18, 65, "free 11:15–23")),
]
BUSY_HOURS = (4, 12, 35, 62, 71, 70, 48, 66, 78, 64, 51, 30, 22, 9)


class SampleForm(forms.Form):
    purpose = forms.CharField(help_text="One line is enough: storyboard, rehearsal, sketches.")
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    start = forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}))
    thing = forms.ChoiceField(choices=[("seat", "A seat"), ("headset", "An AR headset")])
    way = forms.ChoiceField(
        label="If one date is taken",
        choices=[("refuse", "Book nothing and tell me"), ("skip", "Book the others")],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(widget=forms.Textarea, required=False, label="A note to the staff")
    photo = forms.FileField(required=False)
    agree = forms.BooleanField(
        label="I leave the place as I found it", help_text="Cloths and sprays are at the desk."
    )


class SampleDoor(forms.Form):
    login = forms.EmailField(label="E-mail")
    password = forms.CharField(widget=forms.PasswordInput)

    def clean(self) -> None:
        raise forms.ValidationError("This e-mail address and this password do not fit together.")


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every part once, in the states it can have."""
    return render(request, "styleguide.html", sample())


def sample() -> Mapping[str, Any]:
    now = timezone.now().astimezone(lab_zone()).replace(hour=13, minute=30, second=0, microsecond=0)
    return {
        "form": SampleForm(),
        "wrong_form": SampleForm({"purpose": "", "day": "31.02.", "thing": "seat"}),
        "door": SampleDoor({"login": "ada@daig.example", "password": "-"}),
        "now": now,
        "later": now + timedelta(hours=2),
        "today": Period(now, now + timedelta(hours=2)),
        "stay": Period(now, now + timedelta(days=9)),
        "states": STATES,
        "drawings": DRAWINGS,
        "colours": COLOURS,
        "hours": [{"label": hour, "start": (hour - 7) * 4 + 1} for hour in range(7, 23)],
        "groups": _groups(),
        "bars": _bars(),
        **_lists(),
    }


def _lists() -> Mapping[str, Any]:
    return {
        "refusals": [
            {
                "message": "AR headset 2 is taken from 14 to 16 on that day.",
                "way_url": "#board",
                "way_label": "Take headset 3 instead",
            },
            {"message": "Headsets are lent for at most 10 hours. You asked for 12."},
        ],
        "facts": [("When", "Tuesday, 12 January, 10–12"), ("Where", "Seat 2, at the window")],
        "columns": ["Thing", "Bookings", "Hours"],
        "lines": [_line("Seats", "41", "186"), _line("AR headsets", "17", "39")],
        "steps": [
            {"label": "What", "done": True},
            {"label": "When", "current": True},
            {"label": "Check and send"},
        ],
        "segments": [
            {"url": "#board", "label": "Day", "current": True},
            {"url": "#board", "label": "Week"},
            {"url": "#board", "label": "Month"},
        ],
        "chips": [
            {"url": "#controls", "label": "All"},
            {"url": "#controls", "label": "Waiting", "current": True, "removable": True},
            {"url": "#controls", "label": "Past"},
        ],
    }


def _line(name: str, bookings: str, hours: str) -> list[Any]:
    return [name, {"label": "Bookings", "text": bookings}, {"label": "Hours", "text": hours}]


def _bars() -> list[dict[str, object]]:
    return [
        {"label": hour, "percent": share, "text": f"{share}"}
        for hour, share in enumerate(BUSY_HOURS, start=8)
    ]


def _groups() -> list[dict[str, object]]:
    """Four groups of the board; a span is (kind, first column, end column, words)."""
    return [
        {"name": name, "words": words, "rows": [_row(*each) for each in rows]}
        for name, words, rows in (
            ("Studios", "3, by the night, staff say yes", STUDIOS),
            ("Seats", "10, confirmed at once", SEATS),
            ("AR headsets", "4, induction needed, 15 min care after", HEADSETS),
            ("Telepresence", "2 screens, guests by link", SCREENS),
        )
    ]


def _row(name: str, place: str, *spans: Span) -> dict[str, object]:
    return {"name": name, "place": place, "spans": spans}
