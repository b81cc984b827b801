"""Who forgot a password asks here. Asking does the same work whoever asks for whichever address;
whose it is, is looked up later by the worker, so the answer cannot tell."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from labbooking.lengths import LONGEST_ADDRESS
from labbooking.period import HOUR
from residents.models import ResetRequest
from residents.queries import person_with
from residents.signin.entries import tell

AT_ONCE = 200


def ask_for_reset(email: str, *, at: datetime) -> None:
    """Of an address longer than anybody here can have, its beginning, which is nobody's either."""
    ResetRequest.objects.create(email=email[:LONGEST_ADDRESS], asked_at=at)


def take_up(*, at: datetime) -> int:
    """Write down whose mails are to be sent; how many requests were taken. The mail follows from
    the entry, and the address is forgotten. What waited for more than an hour helps nobody."""
    if not ResetRequest.objects.exists():
        return 0
    with transaction.atomic():
        waiting = ResetRequest.objects.select_for_update(skip_locked=True).order_by("pk")
        taken = list(waiting[:AT_ONCE])
        for email in {each.email for each in taken if at < each.asked_at + HOUR}:
            person = person_with(email)
            if person and person.is_active:
                tell("password.asked", person, by=None, at=at)
        ResetRequest.objects.filter(pk__in=[each.pk for each in taken]).delete()
    return len(taken)
