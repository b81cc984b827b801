"""What signs somebody in by itself: a password, a passkey, an account at a university. The last of
them is not taken away."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from residents.models import User
from residents.signin.factors.queries import PASSKEY, factors_of


def refuse_the_last(person: User, *, without: Authenticator | SocialAccount) -> None:
    """Raises `ValidationError` where nothing else signs them in. The person is locked: of two ways
    that are taken away at once, one stays."""
    as_kept = User.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    if as_kept.has_usable_password():
        return
    passkeys = factors_of(person).filter(type=PASSKEY)
    accounts = SocialAccount.objects.filter(user=person)
    for ways in (passkeys, accounts):
        others = ways.exclude(pk=without.pk) if isinstance(without, ways.model) else ways
        if others.exists():
            return
    words = _("This is your only way in. Choose a password first.")
    raise ValidationError(words, code="only_way_in")
