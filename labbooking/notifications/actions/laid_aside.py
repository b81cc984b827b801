"""What cannot be sent is laid aside: staff send it again or drop it, and hear of it once a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from labbooking.errors import NotAllowed, NotThere
from labbooking.journal.models import Entry
from labbooking.journal.record import Happening, Touched, record
from labbooking.notifications.models import Notification
from labbooking.period import local_day
from labbooking.when import lab_zone
from residents.models import User

MORNING = time(7)
"""Nobody is told at night what can wait until the morning."""
LAID_ASIDE, SENT_AGAIN, GIVEN_UP = "mail.laid_aside", "mail.sent_again", "mail.dropped"


def notice_what_lies(at: datetime) -> bool:
    """Tell staff once a day, from the morning on, that something lies aside."""
    if not Notification.objects.filter(laid_aside_at__isnull=False).exists():
        return False
    local = at.astimezone(lab_zone())
    today = local_day(local.date(), lab_zone())
    if local.time() < MORNING or _told_since(today.start):
        return False
    with transaction.atomic():
        # Of several workers one tells: they all lock the message that has lain longest.
        lying = Notification.objects.filter(laid_aside_at__isnull=False).order_by("pk")
        if lying.select_for_update().first() is None or _told_since(today.start):
            return False
        record(Happening(LAID_ASIDE, at, (), {"count": lying.count()}))
    return True


def _told_since(start: datetime) -> bool:
    return Entry.objects.filter(kind=LAID_ASIDE, at__gte=start).exists()


def send_again(pk: int, *, by: User, at: datetime) -> Notification:
    """It is due at once and has all its tries before it. Raises `NotThere` if it lies no more."""
    _only_staff(by)
    with transaction.atomic():
        notification = _lying(pk)
        _send_again([notification], by, at)
        return notification


def send_all_again(*, by: User, at: datetime) -> int:
    """How many there were."""
    _only_staff(by)
    with transaction.atomic():
        rows = Notification.objects.filter(laid_aside_at__isnull=False).order_by("pk")
        lying = list(
            rows.select_for_update(of=("self",)).select_related(
                "recipient", "invitation", "asked", "former__person"
            )
        )
        _send_again(lying, by, at)
        return len(lying)


def _send_again(lying: Sequence[Notification], by: User, at: datetime) -> None:
    Notification.objects.filter(pk__in=[each.pk for each in lying]).update(
        laid_aside_at=None, first_failed_at=None, refusals=0, attempts=0, due_at=at
    )
    _tell(SENT_AGAIN, lying, by, at)


def drop(pk: int, *, by: User, at: datetime) -> Notification:
    """Nobody gets it. Raises `NotThere` where it lies no more."""
    _only_staff(by)
    with transaction.atomic():
        notification = _lying(pk)
        Notification.objects.filter(pk=pk).update(
            laid_aside_at=None, dropped_reason="given up by staff"
        )
        _tell(GIVEN_UP, [notification], by, at)
        return notification


def _lying(pk: int) -> Notification:
    rows = Notification.objects.filter(pk=pk, laid_aside_at__isnull=False)
    found = (
        rows.select_for_update(of=("self",))
        .select_related("recipient", "invitation", "asked", "former__person")
        .first()
    )
    if found is None:
        raise NotThere(_("That e-mail is no longer there."))
    return found


def _only_staff(by: User) -> None:
    if not by.is_lab_staff:
        raise NotAllowed(_("Only lab staff can do that."))


def _tell(kind: str, lying: Sequence[Notification], by: User, at: datetime) -> None:
    record(*(_happening(kind, each, by, at) for each in lying))


def _happening(kind: str, notification: Notification, by: User, at: datetime) -> Happening:
    touched = (
        Touched("subject", str(notification.addressee.subject_key), "person"),
        Touched("subject", str(by.subject_key), "actor"),
    )
    return Happening(kind, at, touched, {"template": notification.template})
