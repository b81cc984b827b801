"""Everything that stands against a call as it is written, by field and at once."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from labbooking.residencies.calls.models import Call
from labbooking.residencies.calls.rules import Mistake, mistakes
from labbooking.residencies.calls.spec import CallSaid


def checked(call: Call, said: CallSaid, *, also: Iterable[Mistake] = ()) -> None:
    """Raises `ValidationError` by field."""
    # What is no value at all is told first: no rule can judge it.
    call.full_clean(validate_constraints=False)
    refuse([*mistakes(call, said), *also])


def refuse(found: Iterable[Mistake]) -> None:
    """Raises `ValidationError` by field where there is anything."""
    errors: dict[str, list[str]] = {}
    for field, sentence in found:
        if sentence not in errors.setdefault(field, []):
            errors[field].append(sentence)
    if errors:
        raise ValidationError(errors)
