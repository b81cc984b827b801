"""Whether somebody has just shown that it is still them."""

from __future__ import annotations

import time

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest


def signed_in_just_now(request: HttpRequest) -> bool:
    """By signing in or by the password once more, within `ACCOUNT_REAUTHENTICATION_TIMEOUT`."""
    records = get_authentication_records(request, request.user)
    newest = max((float(each["at"]) for each in records), default=0.0)
    return bool(time.time() - newest < app_settings.REAUTHENTICATION_TIMEOUT)
