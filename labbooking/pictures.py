"""Uploaded pictures, made harmless: decoded within limits and written anew, never kept as sent.

What is kept is three WebP files under a random key. Everything that is not a pixel is gone:
EXIF with its places and serial numbers, colour profiles, comments, whatever hung on the end.
"""

from __future__ import annotations

import re
import secrets
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import Literal, Protocol, TypeGuard, get_args

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import AvifImagePlugin, Image, ImageOps, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

Size = Literal["small", "medium", "large"]
SIZES: dict[Size, int] = {"small": 160, "medium": 640, "large": 1600}
"""The longest side in pixels. A smaller picture is not blown up."""

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
MEDIA_TYPES = ("image/jpeg", "image/png", "image/webp", "image/avif")
LARGEST_FILE = 12 * 1024 * 1024
LARGEST_PICTURE = 50_000_000
"""Pixels: more than any phone takes, and decoded in some 150 MB and less than a second."""
LARGEST_SLOW = 20_000_000
"""Pixels that take as long in the kinds of files that `_is_slow` names."""

_SLOW = {"WEBP", "AVIF"}
_PASSES = 12
"""Over the pixels of a JPEG, of the largest picture. Ten are common; a file has room for a million,
and each costs the same."""
_REDUCIBLE = {"L", "LA", "RGB", "RGBA"}
_STRIP = 64
"""Rows of what is kept."""
_ONE_AT_A_TIME = Lock()
AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # by itself it takes every core there is
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
        _check_pixels(image, data)
        return _kept(_upright(image))
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


def of_pixels(width: int, height: int, rgb: bytes) -> Picture:
    """Pixels alone, three bytes each, as somebody else has drawn them: nothing is left to check."""
    return _kept(Image.frombytes("RGB", (width, height), rgb))


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


@contextmanager
def kept(picture: Picture | None) -> Iterator[str]:
    """The key of a picture, or nothing where there is none. Wrapped around a transaction: where
    that fails, no file stays that nobody knows of."""
    key = keep(picture) if picture else ""
    try:
        yield key
    except BaseException:
        if key:
            delete(key)
        raise


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


def _check_pixels(image: Image.Image, data: bytes) -> None:
    """Before anything is decoded: the header says how large the picture will be."""
    pixels = image.width * image.height
    if pixels > LARGEST_PICTURE or not pixels:
        raise _too_many_pixels()
    if pixels > LARGEST_SLOW and _is_slow(image):
        raise _too_many_for_its_kind()
    if pixels * data.count(b"\xff\xda") > LARGEST_PICTURE * _PASSES and _is_jpeg(image):
        raise OSError("more passes than a picture needs")


def _is_slow(image: Image.Image) -> bool:
    """Twice the work a pixel: nothing is shrunk meanwhile, 16 bits a colour, or see-through."""
    if isinstance(image, PngImageFile) and str(image.tile[0].args).startswith("RGB;16"):
        return True
    return image.format in _SLOW or image.has_transparency_data


def _too_many_pixels() -> ValidationError:
    message = _("This picture has too many pixels: up to {count} million are possible.")
    return ValidationError(message.format(count=LARGEST_PICTURE // 10**6), code="too_many_pixels")


def _too_many_for_its_kind() -> ValidationError:
    message = _(
        "This picture has too many pixels for its kind of file: up to {count} million are "
        "possible. Save it smaller, or as a JPEG, which may have up to {most} million."
    )
    counts = {"count": LARGEST_SLOW // 10**6, "most": LARGEST_PICTURE // 10**6}
    return ValidationError(message.format(**counts), code="too_many_pixels")


def _is_jpeg(image: Image.Image) -> TypeGuard[JpegImageFile]:
    """Also where more pictures follow the first, as phones write them (MPO)."""
    return isinstance(image, JpegImageFile)


def _upright(image: Image.Image) -> Image.Image:
    """The pixels alone, turned as the camera was held; a JPEG is shrunk while it is decoded."""
    _shrink_while_decoding(image)
    image.load()
    pixels = _pixels(ImageOps.exif_transpose(_not_much_larger(image)))
    pixels.info = {}
    return pixels


def _shrink_while_decoding(image: Image.Image) -> None:
    if _is_jpeg(image):
        times = max(image.size) / SIZES["large"]
        image.draft("RGB", (int(image.width / times), int(image.height / times)))


def _not_much_larger(image: Image.Image) -> Image.Image:
    """Less than twice as large as what is kept, before anything costly is done with it."""
    times = max(image.size) // SIZES["large"]
    if times <= 1:
        return image
    return image.reduce(times) if image.mode in _REDUCIBLE else _by_strips(image, times)


def _by_strips(image: Image.Image, times: int) -> Image.Image:
    """Palettes, 16 bits and the like are unfolded a strip at a time: never as a whole."""
    width, height = image.size
    reduced: list[Image.Image] = []
    for top in range(0, height, times * _STRIP):
        strip = image.crop((0, top, width, min(top + times * _STRIP, height)))
        reduced.append(_pixels(strip).reduce(times))
    whole = Image.new(reduced[0].mode, (reduced[0].width, sum(each.height for each in reduced)))
    for number, each in enumerate(reduced):
        whole.paste(each, (0, number * _STRIP))
    whole.info = {name: image.info[name] for name in image.info.keys() - {"transparency"}}
    return whole


def _pixels(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        image = _of_eight_bits(image)
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _of_eight_bits(image: Image.Image) -> Image.Image:
    if image.mode == "I;16":
        return Image.frombytes("L", image.size, image.tobytes(), "raw", "L;16")
    return image.convert("I").point(lambda value: value / 256).convert("L")


def _kept(image: Image.Image) -> Picture:
    """The large one first: the others are made of it."""
    webp: dict[Size, bytes] = {}
    for size, side in sorted(SIZES.items(), key=lambda each: -each[1]):
        image.thumbnail((side, side), Image.Resampling.LANCZOS)
        out = BytesIO()
        image.save(out, "WEBP", quality=82, method=2)  # 4 takes twice as long for 3 % less
        webp[size] = out.getvalue()
    return Picture(webp)


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
