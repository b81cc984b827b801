"""Codes as the app of a person shows them, and who has such an app."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.utils import timezone

from residents.signin.factors.actions import set_up_app
from residents.signin.factors.sealed import unseal

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_of(secret, at):
    return format_hotp_value(hotp_value(secret, int(at.timestamp()) // 30))


def with_app(person, *, at=None):
    """Sets up an app an hour ago; the recovery codes."""
    at = at or timezone.now() - timezone.timedelta(hours=1)
    return set_up_app(person, SECRET, code_of(SECRET, at), at=at)


def secret_of(person):
    app = Authenticator.objects.get(user=person, type="totp")
    return unseal(app.data["secret"])


def signed_in_long_ago(client):
    """As if the sign-in of this browser had been a day ago."""
    session = client.session
    for each in session.get("account_authentication_methods", []):
        each["at"] = time.time() - 24 * 3600
    session.save()
