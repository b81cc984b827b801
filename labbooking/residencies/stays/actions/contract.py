"""The contract is signed, and the deposit comes in and goes back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from equipment.actions import Overtaken
from labbooking.bookings.transaction.preconditions import only_staff
from labbooking.errors import Malformed, WrongState
from labbooking.lengths import LONGEST_LINE
from labbooking.residencies.stays.actions.locked import locked_stay, refuse_called_off
from labbooking.residencies.stays.entries import tell
from labbooking.residencies.stays.models import MOST_CENTS, Deduction, Stay
from labbooking.residencies.stays.queries import newest_terms
from residents.models import User

MOST_DEDUCTIONS = 20


@transaction.atomic
def sign_contract(stay_id: int, *, version: int, by: User, at: datetime) -> Stay:
    """The resident signs the version they have read, or staff write down that they have signed it
    on paper. Raises `NotThere`, `WrongState`, and `Overtaken` where there is a newer one."""
    stay = locked_stay(stay_id, by)
    refuse_called_off(stay)
    if stay.signed_at:
        raise WrongState(_("The contract has been signed already."))
    newest = newest_terms()
    if newest is None or not newest.text_de:
        raise WrongState(_("Staff have not written a contract yet."))
    if newest.version != version:
        raise Overtaken(_("The contract has changed meanwhile. Please read it again."))
    stay.terms, stay.signed_at, stay.signed_by = newest, at, by
    stay.save(update_fields=["terms", "signed_at", "signed_by"])
    on_paper = by.pk != stay.booking.person_id
    tell("stay.contract_signed", stay, by=by, at=at, version=version, on_paper=on_paper)
    return stay


@transaction.atomic
def receive_deposit(stay_id: int, *, cents: int, by: User, at: datetime) -> Stay:
    """Raises `NotAllowed`, `NotThere`, `WrongState` where it is in already, and `Malformed`."""
    only_staff(by)
    stay = locked_stay(stay_id, by)
    refuse_called_off(stay)
    if stay.deposit_in_at:
        raise WrongState(_("The deposit is in already."))
    if not 0 < cents <= MOST_CENTS:
        raise Malformed(_("A deposit is more than nothing, and no fortune."))
    stay.deposit_cents, stay.deposit_in_at = cents, at
    stay.save(update_fields=["deposit_cents", "deposit_in_at"])
    tell("stay.deposit_in", stay, by=by, at=at, cents=cents)
    return stay


@transaction.atomic
def give_back_deposit(
    stay_id: int, deductions: Sequence[tuple[str, int]] = (), *, by: User, at: datetime
) -> Stay:
    """Each deduction says what for and how much, in cents; the rest goes back.

    Raises `NotAllowed`, `NotThere`, `WrongState` unless it is in, and `ValidationError`.
    """
    only_staff(by)
    stay = locked_stay(stay_id, by)
    if not stay.deposit_in_at or stay.deposit_back_at:
        raise WrongState(_("There is no deposit to give back."))
    _refuse_deductions(stay, deductions)
    Deduction.objects.bulk_create(
        Deduction(stay=stay, reason=reason, cents=cents) for reason, cents in deductions
    )
    stay.deposit_back_at = at
    stay.save(update_fields=["deposit_back_at"])
    kept = sum(cents for _reason, cents in deductions)
    tell("stay.deposit_back", stay, by=by, at=at, cents=(stay.deposit_cents or 0) - kept)
    return stay


def _refuse_deductions(stay: Stay, deductions: Sequence[tuple[str, int]]) -> None:
    if len(deductions) > MOST_DEDUCTIONS or any(
        not reason.strip() or len(reason) > LONGEST_LINE or cents <= 0
        for reason, cents in deductions
    ):
        raise ValidationError({"deductions": _("Say of each what for, and how much.")})
    if sum(cents for _reason, cents in deductions) > (stay.deposit_cents or 0):
        raise ValidationError({"deductions": _("More than the deposit cannot be kept of it.")})
