"""Staff write what goes for stays. A version never changes: a new one follows it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from equipment.actions import Overtaken
from labbooking.bookings.transaction.preconditions import only_staff
from labbooking.journal.record import Happening, people, record
from labbooking.residencies.stays.models import (
    LEAST_KEPT_OF_STAYS,
    MOST_CENTS,
    MOST_KEPT_OF_STAYS,
    StayTerms,
)
from labbooking.residencies.stays.queries import newest_terms
from residents.models import User


@transaction.atomic
def write_terms(said: Mapping[str, Any], *, by: User, at: datetime, based_on: int) -> StayTerms:
    """`said` are all fields of `StayTerms.SAID`; `based_on` is the version that was read, 0 for
    none. Nothing is written where nothing is different.

    Raises `NotAllowed`, `Overtaken`, and `ValidationError` by field.
    """
    only_staff(by)
    list(StayTerms.objects.select_for_update(no_key=True).values("pk"))
    newest = newest_terms()
    version = newest.version if newest else 0
    if newest and all(getattr(newest, name) == said[name] for name in StayTerms.SAID):
        return newest
    if version != based_on:
        raise Overtaken(_("Somebody else has changed this meanwhile."))
    terms = StayTerms(version=version + 1, made_at=at, **said)
    _refuse(terms)
    terms.save(force_insert=True)
    record(Happening("stay.terms_changed", at, people(by=by), {"version": terms.version}))
    return terms


def _refuse(terms: StayTerms) -> None:
    terms.full_clean(validate_constraints=False)
    wrong: dict[str, str] = {}
    if bool(terms.text_de) != bool(terms.text_en):
        wrong["text_en" if terms.text_de else "text_de"] = _("Say it in both languages.")
    if terms.presence_parts < 1 or terms.presence_of > terms.presence_parts:
        wrong["presence_of"] = _("At most the whole stay, such as 2 of 3 nights.")
    if terms.deposit_cents > MOST_CENTS:
        wrong["deposit_cents"] = _("That is more than anybody would pay.")
    if not LEAST_KEPT_OF_STAYS <= terms.keep_days <= MOST_KEPT_OF_STAYS:
        message = _("Between {least} and {most} days.")
        wrong["keep_days"] = message.format(least=LEAST_KEPT_OF_STAYS, most=MOST_KEPT_OF_STAYS)
    if wrong:
        raise ValidationError(wrong)
