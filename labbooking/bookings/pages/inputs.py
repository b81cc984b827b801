"""Inputs the browser knows best: a day, a time, one line; and whom one may choose."""

from __future__ import annotations

from typing import Any

from django import forms

from equipment.forms.texts import refuse_out_of_reach
from residents.models import Role, User


def short_text(**attributes: str) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "off", **attributes})


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    widget = DayInput
    default_validators = [refuse_out_of_reach]


class ClockInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M", attrs={"step": 300})


def whom_one_may_book_for() -> Any:
    """Everybody who may hold bookings, by name."""
    holders = User.objects.filter(role__in=[Role.CREATIVE, Role.STAFF], is_active=True)
    return holders.order_by("name", "pk")
