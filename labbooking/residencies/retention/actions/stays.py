"""Once the file of a stay has been closed for long enough, what is in it of others and of a home
goes: photos, guests, why somebody was away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from labbooking import pictures
from labbooking.period import DAY
from labbooking.residencies.retention.due import TOLD_BEFORE
from labbooking.residencies.retention.entries import counted, tell
from labbooking.residencies.stays.checklists.models import CheckItem
from labbooking.residencies.stays.models import Stay, StayReminder
from labbooking.residencies.stays.presence.models import Absence, AbsenceReason, Guest

ABOUT_TO_GO = "about_to_go"
"""A reminder of the day on which it goes, so that of another day it is told anew."""


def moment_of_stay(stay: Stay) -> datetime | None:
    return stay.closed_at and stay.closed_at + stay.rules.keep_days * DAY


def forget_of_stays(at: datetime) -> int:
    """Of how many stays."""
    return sum(_forget(each.pk, at) for each in _closed() if _is_over(each, at))


def _closed() -> QuerySet[Stay]:
    """Files with any of it in them."""
    photos = _photos().filter(checklist__stay=OuterRef("pk"))
    guests = Guest.objects.filter(stay=OuterRef("pk"))
    reasons = _reasons().filter(stay=OuterRef("pk"))
    held = Q(Exists(photos)) | Q(Exists(guests)) | Q(Exists(reasons))
    closed = Stay.objects.filter(held, closed_at__isnull=False)
    return closed.select_related("terms", "person").order_by("pk")


def _photos() -> QuerySet[CheckItem]:
    return CheckItem.objects.exclude(photo="")


def _reasons() -> QuerySet[Absence]:
    return Absence.objects.exclude(reason=AbsenceReason.OTHER)


def _is_over(stay: Stay, at: datetime) -> bool:
    moment = moment_of_stay(stay)
    return moment is not None and moment <= at


def _locked(key: int) -> Stay | None:
    """Looked at again: staff may have opened it meanwhile."""
    return _closed().select_for_update(of=("self",), no_key=True).filter(pk=key).first()


@transaction.atomic
def _forget(key: int, at: datetime) -> int:
    stay = _locked(key)
    if stay is None or not _is_over(stay, at):
        return 0
    photos = _photos().filter(checklist__stay=stay)
    files = list(photos.values_list("photo", flat=True))
    photos.update(photo="")
    transaction.on_commit(lambda: _delete(files), robust=True)
    what = {
        "photos": len(files),
        "guests": Guest.objects.filter(stay=stay).delete()[0],
        "reasons": _reasons().filter(stay=stay).update(reason=AbsenceReason.OTHER),
    }
    tell("data.gone", stay.person, at=at, stay=key, what=counted(what))
    return 1


def _delete(files: list[str]) -> None:
    for key in files:
        pictures.delete(key)


def tell_what_goes_soon_of_stays(at: datetime) -> int:
    """How many were told."""
    return sum(_tell(each.pk, at) for each in _closed() if _is_soon(each, at))


def _is_soon(stay: Stay, at: datetime) -> bool:
    moment = moment_of_stay(stay)
    return moment is not None and moment - TOLD_BEFORE <= at < moment


@transaction.atomic
def _tell(key: int, at: datetime) -> int:
    stay = _locked(key)
    moment = moment_of_stay(stay) if stay else None
    if stay is None or moment is None or not _is_soon(stay, at):
        return 0
    day = moment.date()
    _row, is_new = StayReminder.objects.get_or_create(stay=stay, kind=ABOUT_TO_GO, day=day)
    if is_new:
        tell("data.about_to_go", stay.person, at=at, stay=key, goes_at=moment.isoformat())
    return int(is_new)
