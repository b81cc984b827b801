"""What somebody may be called: letters that can be read, and no name that could be taken for one of
the staff's."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
"""Unicode's categories of what steers a text and is not seen: control, format (among them the marks
that turn its direction), private and unassigned characters, breaks of lines."""
JOINERS = frozenset("\u200c\u200d")
"""Some scripts cannot be written without them."""


def refuse_unseen(name: str) -> None:
    """Raises `ValidationError` for characters that nobody sees, which could show another name."""
    if any(unicodedata.category(each) in UNSEEN and each not in JOINERS for each in name):
        message = _("A name cannot hold invisible characters. Please type it again.")
        raise ValidationError({"name": message}, code="unseen")
    if name and not folded(name):
        message = _("A name needs a letter or a number.")
        raise ValidationError({"name": message}, code="nothing_seen")


def folded(name: str) -> str:
    """Names that read alike are equal once folded: without capitals, accents, spaces and signs."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    return "".join(each for each in plain if each.isalnum())
