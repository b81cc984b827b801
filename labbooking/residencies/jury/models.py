"""Who decides on a call, and what they may not read."""

from __future__ import annotations

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from labbooking.lengths import LONGEST_PARAGRAPH
from labbooking.residencies.applications.models import Application
from labbooking.residencies.calls.models import Call

REVIEWS_EACH = 3
MOST_REVIEWS_EACH = 9


class Jury(models.Model):
    """What a call's jury as a whole has come to. `lot` decides between equals and is drawn with the
    jury, long before anybody knows of what. Whoever runs it is named by the journal."""

    call = models.OneToOneField(Call, on_delete=models.CASCADE, related_name="jury")
    reviews_each = models.PositiveSmallIntegerField(default=REVIEWS_EACH)
    lot = models.CharField(max_length=16)
    made_at = models.DateTimeField()
    distributed_at = models.DateTimeField(null=True, blank=True)
    results_opened_at = models.DateTimeField(null=True, blank=True)
    identities_opened_at = models.DateTimeField(null=True, blank=True)
    identities_reason = models.TextField(
        blank=True, validators=[MaxLengthValidator(LONGEST_PARAGRAPH)]
    )

    class Meta:
        verbose_name_plural = "juries"
        constraints = [
            models.CheckConstraint(
                condition=Q(reviews_each__gte=1, reviews_each__lte=MOST_REVIEWS_EACH),
                name="jury_reviews_each",
            ),
            models.CheckConstraint(
                condition=Q(identities_opened_at__isnull=True) | ~Q(identities_reason=""),
                name="jury_identities_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.call.slug


class Juror(models.Model):
    """A seat. `number` is what others read instead of a name. Whoever was invited to the house for
    it has an `invitation` first, and is the `person` from when they accept the terms on."""

    jury = models.ForeignKey(Jury, on_delete=models.CASCADE, related_name="jurors")
    number = models.PositiveSmallIntegerField()
    person = models.ForeignKey(
        "residents.User", on_delete=models.PROTECT, null=True, related_name="seats"
    )
    invitation = models.ForeignKey(
        "residents.Invitation", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    is_chair = models.BooleanField(default=False)
    most = models.PositiveSmallIntegerField(null=True, blank=True)
    invited_at = models.DateTimeField()
    accepted_terms_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["jury", "number"], name="juror_one_number"),
            models.UniqueConstraint(fields=["jury", "person"], name="juror_one_seat"),
            models.UniqueConstraint(fields=["jury", "invitation"], name="juror_invited_once"),
            models.UniqueConstraint(
                fields=["jury"], condition=Q(is_chair=True), name="juror_one_chair"
            ),
            models.CheckConstraint(
                condition=Q(accepted_terms_at__isnull=True) | Q(person__isnull=False),
                name="juror_who_accepts_is_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jury.call.slug}: {self.code}"

    @property
    def code(self) -> str:
        return f"J{self.number}"

    @property
    def call_name(self) -> str:
        return self.jury.call.name


class ConflictKind(models.TextChoices):
    RECOGNISED = "recognised", _("I recognise this person")
    FAMILY = "family", _("Family or friends")
    WORKS_WITH = "works_with", _("We work together, or have")
    TAUGHT = "taught", _("I taught them, or they me")
    SAME_HOUSE = "same_house", _("We belong to the same institution")
    MONEY = "money", _("One of us pays the other")
    OTHER = "other", _("Something else")
    OWN = "own", _("It is their own")


class Conflict(models.Model):
    """From then on that juror does not see the application any more, and a review already given
    does not count."""

    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="conflicts")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="conflicts")
    kind = models.CharField(max_length=12, choices=ConflictKind)
    note = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST_PARAGRAPH)])
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["juror", "application"], name="conflict_once")
        ]

    def __str__(self) -> str:
        return f"{self.juror.code}: {self.application.code}"

    @property
    def code(self) -> str:
        return self.application.code
