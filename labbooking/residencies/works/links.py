"""Links to works elsewhere: a jury is shown their host alone."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

_IS_ADDRESS = URLValidator(schemes=["http", "https"])
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def cleaned(typed: str) -> str:
    """An address of the web, with `https` where no scheme was typed. Raises `ValidationError`."""
    url = typed.strip()
    if url and not _SCHEME.match(url.partition("/")[0]):
        url = f"https://{url}"
    try:
        _IS_ADDRESS(url)
        parts = urlsplit(url)
        fits = not (parts.username or parts.password) and "@" not in parts.netloc
    except (ValidationError, ValueError):
        fits = False
    if not fits:
        message = _("Write the address of a page, such as https://example.org/film.")
        raise ValidationError(message, code="no_link")
    return url


def host_of(url: str) -> str:
    """`vimeo.com` of `https://www.vimeo.com/123?by=ada`; empty where it is no address."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")
