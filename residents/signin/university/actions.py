"""A university's account is linked to a person, by issuer and subject and never by an address."""

from __future__ import annotations

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from residents.models import User
from residents.queries import person_with
from residents.signin.accounts import make_account
from residents.signin.entries import tell
from residents.signin.factors.ways_in import refuse_the_last
from residents.signin.models import UniversityRole
from residents.signin.university.claims import Claims, role_by


def not_linked() -> ValidationError:
    words = _(
        "This university account is not linked to an account here. Sign in as you always do and"
        " link it on your own page, or ask at the desk for an account."
    )
    return ValidationError(words, code="not_linked")


def linked_elsewhere() -> ValidationError:
    words = _("This university account is linked to somebody else here.")
    return ValidationError(words, code="linked_elsewhere")


@transaction.atomic
def link(person: User, provider: str, subject: str, *, at: datetime) -> SocialAccount:
    """Raises `ValidationError` where it is somebody else's. Nothing else of it is kept."""
    try:
        with transaction.atomic():
            account, made = SocialAccount.objects.get_or_create(
                provider=provider, uid=subject, defaults={"user": person, "extra_data": {}}
            )
    except IntegrityError:
        raise linked_elsewhere() from None
    if account.user_id != person.pk:
        raise linked_elsewhere()
    if made:
        tell("university.linked", person, by=person, at=at)
    return account


@transaction.atomic
def unlink(person: User, pk: int, *, at: datetime) -> bool:
    """False if there is none; raises `ValidationError` where it is the only way in."""
    account = SocialAccount.objects.filter(user=person, pk=pk).first()
    if account is None:
        return False
    refuse_the_last(person, without=account)
    account.delete()
    tell("university.unlinked", person, by=person, at=at)
    return True


@transaction.atomic
def move_in(claims: Claims, provider: str, *, at: datetime) -> SocialAccount:
    """A new person, where a rule of the house gives these claims a role and the university has
    proved an address that nobody has. Raises `ValidationError`."""
    role = role_by(claims, UniversityRole.objects.order_by("order", "pk"))
    email = claims.text("email")
    proved = claims.said.get("email_verified") is True
    if role is None or not (email and proved) or person_with(email):
        raise not_linked()
    person = User(email=email, name=claims.text("name") or email.partition("@")[0], role=role)
    person.language = (get_language() or person.language)[:2]
    person.set_unusable_password()
    person.full_clean()
    try:
        with transaction.atomic():
            make_account(person, by=None, at=at)
    except IntegrityError:
        # The same person, in another window; or somebody who has just got this address.
        same = SocialAccount.objects.filter(provider=provider, uid=claims.subject).first()
        if same is None:
            raise not_linked() from None
        return same
    return link(person, provider, claims.subject, at=at)
