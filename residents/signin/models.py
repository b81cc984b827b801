"""What the door keeps beside the person: who has to have a second factor and since when that is
asked, where somebody is signed in, which address they had before, and who asks for an account."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from labbooking.lengths import LONGEST_PARAGRAPH
from labbooking.period import DAY, MINUTE
from residents.membership.models import Invitation
from residents.models import Role, User

APPLYING_FOR = 30 * MINUTE
"""So long the link works with which somebody begins or goes on with an application."""
BY_A_UNIVERSITY = (Role.CREATIVE, Role.STAFF, Role.RESEARCHER)


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
    The first rule that is met counts; administrators are made by nobody but administrators, and
    nobody applies or sits on a jury by what a university says."""

    claim = models.CharField(_("claim"), max_length=100)
    value = models.CharField(_("value"), max_length=200)
    role = models.CharField(
        _("role"),
        max_length=16,
        choices=[(each.value, each.label) for each in BY_A_UNIVERSITY],
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


class FormerAddress(models.Model):
    """The one somebody had until an administrator gave them another. It is kept for as long as it
    takes to tell whoever reads the mails there."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="former_addresses")
    email = models.EmailField()
    left_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.person)

    @property
    def language(self) -> str:
        return self.person.language

    @property
    def subject_key(self) -> uuid.UUID:
        return self.person.subject_key

    @property
    def is_active(self) -> bool:
        """Whether it may be written to: also where the account has ended."""
        return self.person.erased_at is None


class AskingRule(models.Model):
    """Whether strangers may ask for an account, and how long what they wrote is kept. There is one
    row of it."""

    is_open = models.BooleanField(_("people may ask for an account"), default=False)
    proof_days = models.PositiveSmallIntegerField(
        _("days until an address has to be confirmed"),
        default=3,
        validators=[MinValueValidator(1)],
        help_text=_("Whoever does not confirm theirs until then is forgotten."),
    )
    kept_days = models.PositiveSmallIntegerField(
        _("days until an answered request is forgotten"),
        default=30,
        validators=[MinValueValidator(1)],
    )

    class Meta:
        verbose_name = _("rule for asking for an account")
        verbose_name_plural = _("rules for asking for an account")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class AccountRequest(models.Model):
    """A stranger asks for an account; staff see it once the address is confirmed. It goes as a
    whole when it is forgotten: `subject_key` is theirs in the journal, `link_key` stands in the
    link that nothing but their mail holds.

    With a `call`, its short name, somebody wants to apply for it: nobody decides on that, and the
    link is good for half an hour.
    """

    class Found(models.TextChoices):
        """Whose address it is, as the worker found; each gets another mail."""

        NEW = "new"
        ACCOUNT = "account"
        ENDED = "ended"
        INVITED = "invited"
        WAITING = "waiting"
        APPLIES = "applies"
        """An account that came with an application: a link of its own opens it."""

    class Answer(models.TextChoices):
        YES = "yes"
        NO = "no"

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(
        _("language"), max_length=5, choices=[("de", "Deutsch"), ("en", "English")], default="de"
    )
    words = models.CharField(max_length=LONGEST_PARAGRAPH)
    call = models.SlugField(blank=True)
    subject_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    link_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    asked_at = models.DateTimeField()
    found = models.CharField(max_length=8, choices=Found, blank=True)
    proved_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=3, choices=Answer, blank=True)
    reason = models.CharField(max_length=LONGEST_PARAGRAPH, blank=True)
    invitation = models.ForeignKey(
        Invitation, on_delete=models.CASCADE, null=True, related_name="+"
    )

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=models.Q(proved_at__isnull=False, decided_at=None, taken_back_at=None),
                name="accountrequest_waits_once",
            )
        ]

    def __str__(self) -> str:
        """Nobody hears of them before the address is theirs."""
        return self.name if self.proved_at else gettext("Somebody who asks for an account")

    @property
    def is_active(self) -> bool:
        """Whether they may be written to: whoever took it back wants to hear no more."""
        return self.taken_back_at is None

    @property
    def waits(self) -> bool:
        return bool(self.proved_at) and self.is_active and self.decided_at is None

    def is_too_old(self, rule: AskingRule, at: datetime) -> bool:
        works_for = APPLYING_FOR if self.call else rule.proof_days * DAY
        return self.proved_at is None and at >= self.asked_at + works_for
