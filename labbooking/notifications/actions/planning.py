"""Messages are made of what happened."""

from __future__ import annotations

import uuid
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.db import transaction

from labbooking.journal.models import Entry, Untold
from labbooking.notifications.messages import registry
from labbooking.notifications.messages.message import Planned, Recipient
from labbooking.notifications.models import Notification
from residents.membership.models import Invitation
from residents.signin.models import AccountRequest, FormerAddress

AT_ONCE = 200


def plan(at: datetime) -> int:
    """Make notifications of what nobody has been told of yet; how many entries were taken.

    Several may run at once: each takes other entries (on SQLite one waits for the other).
    """
    untold = Untold.objects.filter(entry__kind__in=registry.KINDS).order_by("pk")
    if not untold.exists():
        return 0
    with transaction.atomic():
        taken = list(untold.select_for_update(of=("self",), skip_locked=True)[:AT_ONCE])
        # By their time, for numbers out of line have no order.
        entries = Entry.objects.filter(pk__in=[each.pk for each in taken]).order_by("at", "pk")
        told = [_notification(each) for each in registry.planned(list(entries), at)]
        Notification.objects.bulk_create(told, ignore_conflicts=True)
        Untold.objects.filter(pk__in=[each.pk for each in taken]).delete()
    return len(taken)


def _notification(planned: Planned) -> Notification:
    return Notification(
        entry=planned.entry,
        **_whom(planned.recipient),
        template=planned.template,
        due_at=planned.due_at,
        message_id=f"<{uuid.uuid4()}@{_domain()}>",
    )


def _whom(recipient: Recipient) -> dict[str, Recipient]:
    """An account, an invitation to one, who asks for one, or an address from before."""
    names = {Invitation: "invitation", AccountRequest: "asked", FormerAddress: "former"}
    return {names.get(type(recipient), "recipient"): recipient}


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
