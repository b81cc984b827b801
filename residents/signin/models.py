"""What the door keeps beside the person: who has to have a second factor and since when that is
asked, and where somebody is signed in."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from residents.models import Role, User


class SecondFactorRule(models.Model):
    """People of this role need a second factor, `grace_days` after it was first asked of them;
    None where nobody asks it."""

    role = models.CharField(_("role"), max_length=16, choices=Role, unique=True)
    grace_days = models.PositiveSmallIntegerField(
        _("days until it has to be there"),
        null=True,
        blank=True,
        help_text=_("Empty where this role needs none."),
    )

    class Meta:
        verbose_name = _("rule for second factors")
        verbose_name_plural = _("rules for second factors")

    def __str__(self) -> str:
        return self.get_role_display()


class SecondFactorAsked(models.Model):
    """Since when somebody has been asked for a second factor: since the role was given, or since
    they first signed in with it."""

    person = models.OneToOneField(
        User, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    since = models.DateTimeField(_("since"))

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"asked of {self.person_id}"


class UniversityRole(models.Model):
    """Who comes with this claim of a university, and is nobody here yet, moves in with this role.
    The first rule that is met counts; administrators are made by nobody but administrators."""

    claim = models.CharField(_("claim"), max_length=100)
    value = models.CharField(_("value"), max_length=200)
    role = models.CharField(
        _("role"),
        max_length=16,
        choices=[each for each in Role.choices if each[0] != Role.ADMIN],
        default=Role.CREATIVE,
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("role by a university")
        verbose_name_plural = _("roles by a university")
        constraints = [
            models.UniqueConstraint(fields=["claim", "value"], name="university_role_once")
        ]

    def __str__(self) -> str:
        return f"{self.claim}: {self.value}"


class Recovery(models.Model):
    """Two of the house agree that somebody who lost password or second factor is let in anew."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=300)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    agreed_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(agreed_by=None) | ~models.Q(agreed_by=models.F("asked_by")),
                name="recovery_by_two",
            ),
            models.CheckConstraint(
                condition=models.Q(agreed_by=None) | ~models.Q(agreed_by=models.F("person")),
                name="recovery_not_by_oneself",
            ),
        ]

    def __str__(self) -> str:
        return f"recovery {self.pk}"


class Device(models.Model):
    """A browser in which somebody is signed in.

    `of_session` is the session's own proof that it holds: with another one it is over.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    session_key = models.CharField(max_length=40, unique=True, editable=False)
    of_session = models.CharField(max_length=64, editable=False)
    browser = models.CharField(max_length=200, blank=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"device {self.pk}"
