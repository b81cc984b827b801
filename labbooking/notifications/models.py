"""Whom we tell: one row for each message one person gets about one entry."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from labbooking.journal.models import Entry
from labbooking.lengths import LONGEST_PARAGRAPH
from residents.membership.models import Invitation
from residents.models import User
from residents.signin.models import AccountRequest, FormerAddress

UNDELIVERED = "undelivered"
"""The template of the notice that e-mails could not be delivered."""
TO_STRANGERS = "account_asked"
"""The template of what an address is told in whose name somebody asks for an account."""
NEVER_LAID_ASIDE = frozenset({UNDELIVERED, TO_STRANGERS})
"""A notice of what lies there would only lie there beside it, and tomorrow there is another. An
address that a stranger may have made up is not for staff to worry about."""
OPEN = Q(sent_at=None, dropped_reason="", laid_aside_at=None)


class Notification(models.Model):
    """A message to one person, from the moment it is due until it is sent or dropped.

    It goes to a `recipient` with an account, to an `invitation` of somebody without one, to who has
    `asked` for one, or to the `former` address of somebody who has another now.

    `message_id` is fixed with the row, so that a message sent twice because of a crash is known
    as one by the mail programs that get it. `claimed_at` is set while a worker is at it.

    `refusals` counts how often it was not taken or could not be written, `refused_what` is what was
    said no to the last time, `first_failed_at` since when it cannot be sent. With `laid_aside_at`
    nobody tries any more, until staff send it again or drop it.
    """

    class Channel(models.TextChoices):
        MAIL = "mail"

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="notifications")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="notifications"
    )
    invitation = models.ForeignKey(
        Invitation, on_delete=models.CASCADE, null=True, related_name="notifications"
    )
    asked = models.ForeignKey(
        AccountRequest, on_delete=models.CASCADE, null=True, related_name="notifications"
    )
    former = models.ForeignKey(
        FormerAddress, on_delete=models.CASCADE, null=True, related_name="notifications"
    )
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.MAIL)
    template = models.CharField(max_length=40)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=LONGEST_PARAGRAPH, blank=True)
    first_failed_at = models.DateTimeField(null=True, blank=True)
    refusals = models.PositiveSmallIntegerField(default=0)
    refused_what = models.CharField(max_length=16, blank=True)
    laid_aside_at = models.DateTimeField(null=True, blank=True)
    dropped_reason = models.CharField(max_length=40, blank=True)
    message_id = models.CharField(max_length=120, unique=True)

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "recipient", "channel"], name="notification_once"
            ),
            models.UniqueConstraint(
                fields=["entry", "invitation", "channel"], name="notification_once_to_invited"
            ),
            models.UniqueConstraint(
                fields=["entry", "asked", "channel"], name="notification_once_to_who_asked"
            ),
            models.UniqueConstraint(
                fields=["entry", "former", "channel"], name="notification_once_to_former"
            ),
            models.CheckConstraint(
                condition=Q(recipient__isnull=False, invitation=None, asked=None, former=None)
                | Q(recipient=None, invitation__isnull=False, asked=None, former=None)
                | Q(recipient=None, invitation=None, asked__isnull=False, former=None)
                | Q(recipient=None, invitation=None, asked=None, former__isnull=False),
                name="notification_to_one",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(dropped_reason=""),
                name="notification_sent_or_dropped",
            ),
            models.CheckConstraint(
                condition=Q(laid_aside_at=None) | Q(sent_at=None, dropped_reason=""),
                name="notification_laid_aside_is_open",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=OPEN, name="notification_open"),
            models.Index(
                fields=["laid_aside_at"],
                condition=Q(laid_aside_at__isnull=False),
                name="notification_laid_aside",
            ),
        ]

    def __str__(self) -> str:
        whom = self.recipient_id or self.invitation_id or self.asked_id or self.former_id
        return f"{self.template} to {whom}"

    @property
    def addressee(self) -> User | Invitation | AccountRequest | FormerAddress:
        return self.invitation or self.asked or self.former or self.person

    @property
    def person(self) -> User:
        """Who gets it, where it is about what only people with an account have."""
        if self.recipient is None:
            raise ValueError("this message goes to somebody without an account")
        return self.recipient
