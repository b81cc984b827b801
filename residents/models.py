"""Who: people, what they may do, what they have been inducted on, and their API tokens."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from labbooking import pictures
from labbooking.when import lab_zone_name
from residents.profile.names import folded, refuse_unseen


class Role(models.TextChoices):
    """One person has one role, so that nobody who decides also observes. Whoever applies for a
    call, or sits on a jury, and has no other role here, is `APPLICANT` or `JUROR`: they book
    nothing, and see what is public and what is their own."""

    CREATIVE = "creative", _("creative")
    STAFF = "staff", _("lab staff")
    RESEARCHER = "researcher", _("researcher")
    ADMIN = "admin", _("administrator")
    APPLICANT = "applicant", _("applicant")
    JUROR = "juror", _("juror")


OF_THE_TEAM = (Role.STAFF, Role.ADMIN)


class Scope(models.TextChoices):
    """How far a token reaches; each reaches as far as those before it. None reaches further than
    the role of its person does at that moment."""

    READ = "read", _("Read")
    BOOK = "book", _("Book")
    STAFF = "staff", _("Everything my role may do")


class People(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        """Raises `ValidationError` for a name that cannot be."""
        person = self.model(email=self.normalize_email(email), **fields)
        person.clean()
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> User:
        fields |= {"role": Role.ADMIN, "is_superuser": True}
        return self.create_user(email, password, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. In the journal they appear as `subject_key`, never by name."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=16, choices=Role, default=Role.CREATIVE)
    subject_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    about = models.TextField(_("about me"), max_length=1000, blank=True)
    portrait = models.CharField(max_length=64, blank=True, editable=False)
    language = models.CharField(
        _("language"), max_length=5, choices=[("de", "Deutsch"), ("en", "English")], default="de"
    )
    time_zone = models.CharField(_("time zone"), max_length=64, default=lab_zone_name)
    shown_in_house = models.BooleanField(
        _("The front page may say that I work here"), default=False
    )
    seeks = models.CharField(_("what I am looking for"), max_length=300, blank=True)
    offers = models.CharField(_("what I can offer"), max_length=300, blank=True)
    shown_to_people = models.BooleanField(
        _("Those who book here may read this, with my name and portrait"), default=False
    )
    feed_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    access_key = models.UUIDField(default=uuid.uuid4, editable=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    stays_until = models.DateTimeField(_("stays until"), null=True, blank=True)
    erasure_asked_at = models.DateTimeField(null=True, editable=False)
    erased_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    _was_active: bool | None = None
    acts_for_oneself = False
    """Whether what staff ask now comes by a token that leaves their rights out: then they act as
    creatives do."""

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique",
                violation_error_message=_("Somebody with this e-mail address lives here already."),
            ),
            models.CheckConstraint(
                condition=Q(is_superuser=False) | Q(role=Role.ADMIN), name="user_one_role"
            ),
        ]

    def __str__(self) -> str:
        return gettext("Somebody who was erased") if self.erased_at else self.name or self.email

    def clean(self) -> None:
        super().clean()
        refuse_unseen(self.name)
        self._refuse_a_name_of_staff()

    def _refuse_a_name_of_staff(self) -> None:
        """Who decides must not be mistaken for anybody else. A name one has had stays one's own."""
        before = type(self).objects.filter(pk=self.pk).values_list("name", "role").first()
        if before and (folded(before[0]), before[1]) == (folded(self.name), self.role):
            return
        others = type(self).objects.exclude(pk=self.pk).filter(is_active=True)
        if self.role not in OF_THE_TEAM:
            others = others.filter(role__in=OF_THE_TEAM)
        if folded(self.name) in map(folded, others.values_list("name", flat=True)):
            message = gettext(
                "Somebody here already has that name. Add something to tell you apart."
            )
            raise ValidationError({"name": message}, code="taken")

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **options: Any
    ) -> Self:
        person = super().from_db(db, field_names, values, **options)
        if "is_active" in field_names:
            person._was_active = person.is_active  # noqa: SLF001 - its own class
        return person

    def save(self, *args: Any, **options: Any) -> None:
        """Whoever loses or gets back the right to sign in begins anew: nothing that let somebody
        in before does so afterwards."""
        was_active, self._was_active = self._was_active, self.is_active
        if not self._state.adding and was_active is not None and was_active != self.is_active:
            self.end_access()
            if (fields := options.get("update_fields")) is not None:
                options["update_fields"] = {*fields, "access_key", "feed_key"}
        super().save(*args, **options)

    def end_access(self) -> None:
        """New keys, which are yet to be saved: sessions, tokens, links that set a password and the
        calendar's address all hang on the old ones."""
        self.access_key, self.feed_key = uuid.uuid4(), uuid.uuid4()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        key = f"{self.password}{self.access_key}"
        salt = "residents.User.session"
        return salted_hmac(salt, key, secret=secret, algorithm="sha256").hexdigest()

    @property
    def is_creative(self) -> bool:
        return self.role == Role.CREATIVE or self.acts_for_oneself

    @property
    def is_lab_staff(self) -> bool:
        return self.role == Role.STAFF and not self.acts_for_oneself

    @property
    def is_researcher(self) -> bool:
        return self.role == Role.RESEARCHER

    @property
    def is_staff(self) -> bool:
        """Django's word for who may open the admin site: the administrators alone."""
        return self.is_superuser

    @property
    def may_book(self) -> bool:
        return self.is_active and self.role in {Role.CREATIVE, Role.STAFF}

    @property
    def portrait_url(self) -> str:
        return pictures.url(self.portrait)


class Induction(models.Model):
    """Staff showed somebody how to use a kind of thing, for a time.

    `topic` is the word house rules name when they require one (such as `ar-headset`).
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="inductions")
    topic = models.SlugField(_("topic"))
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    given_at = models.DateTimeField(_("given"))
    valid_until = models.DateTimeField(_("valid until"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person", "topic"], name="induction_person_topic")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=models.F("given_at")),
                name="induction_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.topic}"

    def holds_at(self, at: datetime) -> bool:
        ends = [moment for moment in (self.valid_until, self.withdrawn_at) if moment]
        return self.given_at <= at and all(at < end for end in ends)


class ApiToken(models.Model):
    """A bearer token; only its SHA-256 is kept, so it can be checked and never read.

    `access_key` is the person's when it was made; with another one it is over.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=80, blank=True)
    scope = models.CharField(_("scope"), max_length=8, choices=Scope, default=Scope.READ)
    access_key = models.UUIDField(default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("ends"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")

    def __str__(self) -> str:
        return self.name or f"token {self.pk}"


class WrongTries(models.Model):
    """How often somebody tried in vain to sign in to one address from one network.

    `key` is a keyed hash of both; `person` is whose address it is, if anybody's.
    """

    key = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", null=True)
    tries = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "wrong tries"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.tries} wrong tries"


class ResetRequest(models.Model):
    """Somebody forgot the password of this address, if it is anybody's. Kept for seconds, until
    the worker has looked."""

    email = models.EmailField()
    asked_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"reset request {self.pk}"


import residents.membership.models  # noqa: E402, F401 - Django looks for models here
