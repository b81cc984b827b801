"""Uploaded pictures, made harmless: decoded within limits and written anew, never kept as sent.

What is kept is three WebP files under a random key. Everything that is not a pixel is gone:
EXIF with its places and serial numbers, colour profiles, comments, whatever hung on the end.
"""

from __future__ import annotations

import re
import secrets
import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import Literal, Protocol, get_args

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps, UnidentifiedImageError

Size = Literal["small", "medium", "large"]
SIZES: dict[Size, int] = {"small": 160, "medium": 640, "large": 1600}
"""The longest side in pixels. A smaller picture is not blown up."""

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
MEDIA_TYPES = ("image/jpeg", "image/png", "image/webp", "image/avif")
LARGEST_FILE = 12 * 1024 * 1024
LARGEST_PICTURE = 50_000_000
"""Pixels: more than any phone takes, and decoded in some 150 MB."""

_REDUCIBLE = {"L", "LA", "RGB", "RGBA"}
_ONE_AT_A_TIME = Lock()
_WAITS = 1.0
"""Seconds. Large pictures take their time, and the house has other things to answer meanwhile."""

KEY = r"[0-9a-f]{32}"
# Whatever a hostile file makes a decoder raise; it is never worth more than "unreadable".
_UNREADABLE = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    EOFError,
    MemoryError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


class Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Picture:
    """A harmless picture that is not kept yet: WebP for each size."""

    webp: dict[Size, bytes]


def decode(file: Readable) -> Picture:
    """Read an upload. Raises `ValidationError` with a sentence for whoever sent it."""
    data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        message = _("This file is too large: a picture may have up to {count} MB.")
        raise ValidationError(message.format(count=LARGEST_FILE // 2**20), code="too_large")
    if not _ONE_AT_A_TIME.acquire(timeout=_WAITS):
        message = _("Other pictures are being read just now. Please send yours again.")
        raise ValidationError(message, code="busy")
    try:
        image = Image.open(BytesIO(data), formats=FORMATS)
        _check_pixels(image)
        upright = _upright(image)
        return Picture({size: _webp(upright, side) for size, side in SIZES.items()})
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except UnidentifiedImageError:
        message = _("We cannot use this picture: send a JPEG, PNG, WebP or AVIF file.")
        raise ValidationError(message, code="unknown_format") from None
    except _UNREADABLE:
        message = _("This picture is damaged and cannot be read. Please try another file.")
        raise ValidationError(message, code="unreadable") from None
    finally:
        _ONE_AT_A_TIME.release()


def keep(picture: Picture) -> str:
    """Write a picture down; answers with its key, which nobody can guess."""
    key = secrets.token_hex(16)
    try:
        for size, webp in picture.webp.items():
            default_storage.save(path(key, size), ContentFile(webp))
    except OSError:
        delete(key)
        raise
    return key


def store(file: Readable) -> str:
    """Decode and keep an upload; the key to remember. Raises `ValidationError`."""
    return keep(decode(file))


def delete(key: str) -> None:
    """Take a picture away; nothing happens if it is gone already."""
    for size in SIZES:
        default_storage.delete(path(key, size))


def url(key: str, size: Size = "medium") -> str:
    """Where browsers find a picture; empty for an empty key."""
    return reverse("picture", args=[key, size]) if key else ""


def path(key: str, size: str) -> str:
    """The name of the file under `MEDIA_ROOT`."""
    if not re.fullmatch(KEY, key) or size not in get_args(Size):
        raise ValueError("not the key of a picture")
    return f"pictures/{key}-{size}.webp"


def _check_pixels(image: Image.Image) -> None:
    """Before anything is decoded: the header says how large the picture will be."""
    width, height = image.size
    if width * height > LARGEST_PICTURE or not (width and height):
        raise _too_many_pixels()


def _too_many_pixels() -> ValidationError:
    message = _("This picture has too many pixels: up to {count} million are possible.")
    return ValidationError(message.format(count=LARGEST_PICTURE // 10**6), code="too_many_pixels")


def _not_much_larger(image: Image.Image) -> Image.Image:
    """Less than twice as large as what is kept, before anything costly is done with it."""
    times = max(image.size) // SIZES["large"]
    return image.reduce(times) if times > 1 and image.mode in _REDUCIBLE else image


def _upright(image: Image.Image) -> Image.Image:
    """The pixels alone, turned as the camera was held; a JPEG is shrunk while it is decoded."""
    if image.format == "JPEG":
        image.draft("RGB", (SIZES["large"], SIZES["large"]))
    image.load()
    image = _not_much_larger(image)
    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith("I"):
        upright = upright.convert("I").point(lambda value: value / 256).convert("L")
    pixels = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    pixels.info = {}
    return pixels


def _webp(image: Image.Image, side: int) -> bytes:
    smaller = image.copy()
    smaller.thumbnail((side, side), Image.Resampling.LANCZOS)
    out = BytesIO()
    smaller.save(out, "WEBP", quality=82, method=4)
    return out.getvalue()


class PictureField(forms.FileField):
    """A form field for an upload; its clean value is a `Picture`, ready to `keep`."""

    widget = forms.FileInput

    def __init__(self, **options: object) -> None:
        kinds = gettext_lazy("JPEG, PNG, WebP or AVIF, up to {size} MB.")
        options.setdefault("help_text", format_lazy(kinds, size=LARGEST_FILE // 1024**2))
        super().__init__(**options)  # type: ignore[arg-type]

    def to_python(self, data: UploadedFile[bytes] | None) -> Picture | None:  # type: ignore[override]
        file = super().to_python(data)
        return None if file is None else decode(file)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, object]:
        return {"accept": ",".join(MEDIA_TYPES)}
