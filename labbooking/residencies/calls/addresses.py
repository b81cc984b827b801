"""Where the public reads a call, as others link to it."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.urls import reverse

from labbooking.lengths import LONGEST_LINE
from labbooking.residencies.calls.models import Call


def public_address(call: Call) -> str:
    return settings.PUBLIC_URL.rstrip("/") + reverse("call", args=[call.slug])


def address_to_announce(call: Call) -> str:
    """The same, or nothing where the lab's own address is none that an announcement takes, such as
    the bare name of a machine."""
    address = public_address(call)
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        return ""
    return address if len(address) <= LONGEST_LINE else ""
