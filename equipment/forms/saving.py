"""What a form is told of an act: done, refused with the field it is about, or overtaken."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django import forms
from django.core.exceptions import ValidationError

from equipment.actions import Overtaken
from labbooking.errors import DomainError

DONE, OVERTAKEN, REFUSED = 200, 409, 422
_MOST_DIGITS = 8


def version_seen(sent: Mapping[str, str]) -> int:
    """The version that a form was filled in from; 0, which none is, where it tells no number."""
    return number_in(sent.get("based_on", ""))


def number_in(text: str, *, digits: int = _MOST_DIGITS) -> int:
    """The whole number that a form or an address sent; 0 where it is none or has more digits."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= digits
    return int(text) if is_number else 0


def attempt(form: forms.Form, act: Callable[[], object]) -> int:
    """The status of the answer; what stands against it is among the form's errors."""
    try:
        act()
    except Overtaken as error:
        form.add_error(None, error)
        return OVERTAKEN
    except ValidationError as error:
        _tell(form, error)
        return REFUSED
    except DomainError as error:
        form.add_error(None, error.detail)
        return error.status
    return DONE


def sentences(form: forms.Form) -> list[str]:
    """All that stands against it."""
    return [str(each) for errors in form.errors.values() for each in errors]


def _tell(form: forms.Form, error: ValidationError) -> None:
    """By field, where the form has it."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
