"""Who was asked to come. There is no account, and so no person, until they accept."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from labbooking.period import DAY

WORKS_FOR: timedelta = 7 * DAY
KEPT_FOR: timedelta = 30 * DAY
"""After it has ended without being accepted."""


class Standing(StrEnum):
    """What has become of an invitation."""

    OPEN = "open"
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    TAKEN_BACK = "taken_back"


class Invitation(models.Model):
    """`subject_key` is theirs in the journal from the beginning, and their account's later on.
    `link_key` stands in the link that lets them in, which nothing but their mail holds."""

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    role = models.CharField(_("role"), max_length=16)
    language = models.CharField(_("language"), max_length=5, default="de")
    stays_until = models.DateTimeField(_("until when"), null=True, blank=True)
    subject_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    link_key = models.UUIDField(default=uuid.uuid4, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="invitation"
    )

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=Q(accepted_at=None, taken_back_at=None),
                name="invitation_open_once",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_active(self) -> bool:
        """Whether they may still be written to."""
        return self.accepted_at is None and self.taken_back_at is None

    def standing(self, at: datetime) -> Standing:
        if self.accepted_at:
            return Standing.ACCEPTED
        if self.taken_back_at:
            return Standing.TAKEN_BACK
        return Standing.OPEN if at < self.works_until else Standing.EXPIRED

    @property
    def works_until(self) -> datetime:
        """An account that would have ended already is none to let anybody into."""
        return min(self.expires_at, self.stays_until or self.expires_at)
