"""The reasons that stand ready for a no. Staff change them; the journal keeps that they did."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from labbooking.bookings.models import ReadyReason
from labbooking.bookings.transaction.preconditions import only_staff
from labbooking.errors import Malformed, NotThere, WrongState
from labbooking.journal.record import Happening, Touched, record
from residents.models import User

Texts = tuple[str, str]
"""German and English."""


def add_reason(texts: Texts, *, by: User, at: datetime) -> ReadyReason:
    """One more, last in the list. Raises `NotAllowed`, and `Malformed` without both languages."""
    only_staff(by)
    with transaction.atomic():
        german, english = _checked(texts)
        reason = ReadyReason.objects.create(text_de=german, text_en=english)
        _tell(reason, "added", by, at)
        return reason


def change_reason(pk: int, texts: Texts, *, before: Texts, by: User, at: datetime) -> ReadyReason:
    """Other words for it. `before` is what stood there when somebody began to write.

    Raises `NotAllowed`, `NotThere`, `Malformed`, and `WrongState` where somebody else has changed
    it meanwhile.
    """
    only_staff(by)
    with transaction.atomic():
        german, english = _checked(texts)
        reason = _locked(pk)
        now = (reason.text_de, reason.text_en)
        if now == (german, english):
            return reason
        if now != before:
            raise WrongState(_("Somebody else has changed this reason meanwhile: “{text}”").format(
                text=reason.text
            ))  # fmt: skip
        reason.text_de, reason.text_en = german, english
        reason.save()
        _tell(reason, "changed", by, at)
        return reason


def remove_reason(pk: int, *, by: User, at: datetime) -> None:
    """It is offered no more; what it was said to stays. Raises `NotAllowed` and `NotThere`."""
    only_staff(by)
    with transaction.atomic():
        reason = _locked(pk)
        _tell(reason, "removed", by, at)
        reason.delete()


def _locked(pk: int) -> ReadyReason:
    reason = ReadyReason.objects.select_for_update().filter(pk=pk).first()
    if reason is None:
        raise NotThere(_("This reason is no longer in the list."))
    return reason


def _checked(texts: Texts) -> Texts:
    german, english = (each.strip() for each in texts)
    if not (german and english):
        raise Malformed(_("Write the reason in both languages."))
    return german, english


def _tell(reason: ReadyReason, act: str, by: User, at: datetime) -> None:
    touched = (Touched("subject", str(by.subject_key), "actor"),)
    data = {"text": "ready_reason", "reason": reason.pk, "act": act}
    record(Happening("text.changed", at, touched, data))
