"""What is kept of the mails somebody got. Their words are not kept anywhere."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from residents.privacy.registry import Erasure, Holding

HELD = (
    Holding(
        "notifications.Notification",
        "recipient",
        Erasure.DELETED,
        _("E-mails"),
        ("template", "due_at", "sent_at", "dropped_reason"),
    ),
)
