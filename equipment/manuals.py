"""Manuals that are kept here: a PDF as it came, under a key that nobody can guess.

It cannot be written anew as a picture is, so where it is served it may do nothing (site/media.py).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from labbooking.pictures import KEY, LARGEST_FILE, Readable

_BEGINS, _ENDS = b"%PDF-", b"%%EOF"
_LOOKED_AT = 1024


def checked(file: Readable) -> bytes:
    """What was sent, if it is a PDF. Raises `ValidationError` with a sentence for who sent it."""
    data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        message = _("This file is too large: a manual may have up to {count} MB.")
        raise ValidationError(message.format(count=LARGEST_FILE // 2**20), code="too_large")
    if not data.startswith(_BEGINS) or _ENDS not in data[-_LOOKED_AT:]:
        message = _("This is not a complete PDF. Save it as a PDF once more and send that.")
        raise ValidationError(message, code="no_pdf")
    return data


def keep(pdf: bytes) -> str:
    key = secrets.token_hex(16)
    default_storage.save(path(key), ContentFile(pdf))
    return key


@contextmanager
def kept(pdf: bytes | None) -> Iterator[str]:
    """As `pictures.kept`."""
    key = keep(pdf) if pdf else ""
    try:
        yield key
    except BaseException:
        if key:
            delete(key)
        raise


def delete(key: str) -> None:
    default_storage.delete(path(key))


def url(key: str) -> str:
    return reverse("manual", args=[key]) if key else ""


def path(key: str) -> str:
    """The name of the file under `MEDIA_ROOT`."""
    if not re.fullmatch(KEY, key):
        raise ValueError("not the key of a manual")
    return f"manuals/{key}.pdf"


class PdfField(forms.FileField):
    """A form field for a manual; its clean value is what is to be kept."""

    widget = forms.FileInput

    def __init__(self, **options: object) -> None:
        size = gettext_lazy("A PDF, up to {size} MB.")
        options.setdefault("help_text", format_lazy(size, size=LARGEST_FILE // 2**20))
        super().__init__(**options)  # type: ignore[arg-type]

    def to_python(self, data: UploadedFile[bytes] | None) -> bytes | None:  # type: ignore[override]
        file = super().to_python(data)
        return None if file is None else checked(file)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, object]:
        return {"accept": "application/pdf"}
