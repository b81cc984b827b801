"""Pictures as somebody sends them, and what becomes of them."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from labbooking import pictures

ORIENTATION = 0x0112


def encoded(image, encoding, **options):
    out = BytesIO()
    image.save(out, encoding, **options)
    return out.getvalue()


def photo(size=(64, 48), encoding="JPEG", mode="RGB", colour="teal", **options):
    return encoded(Image.new(mode, size, colour), encoding, **options)


def what_is_kept(data):
    picture = pictures.decode(BytesIO(data))
    return {size: Image.open(BytesIO(webp)) for size, webp in picture.webp.items()}


def refusal_of(data):
    with pytest.raises(ValidationError) as refused:
        pictures.decode(BytesIO(data))
    return refused.value.code


def png_chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
