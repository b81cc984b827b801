"""No picture, however it was made, costs much more than a second of one core."""

import struct
import time
import zlib
from io import BytesIO
from math import isqrt

import pytest
from django.core.exceptions import ValidationError
from PIL import AvifImagePlugin, Image, ImageChops

from labbooking import pictures
from tests.equipment.sent_pictures import (
    ORIENTATION,
    encoded,
    photo,
    png_chunk,
    refusal_of,
    what_is_kept,
)


def png_of_16_bits(side, colour_type=2):
    header = struct.pack(">IIBBBBB", side, side, 16, colour_type, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\1\2\3\4\5\6" * side) * side, 1)
    chunks = [(b"IHDR", header), (b"IDAT", pixels), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(*each) for each in chunks)


def with_passes(progressive, more):
    """Its last pass again and again: nothing changes in the picture, and each costs the same."""
    last = progressive.rindex(b"\xff\xda")
    return progressive[:-2] + progressive[last:-2] * more + progressive[-2:]


OF_MOST_PIXELS = isqrt(pictures.LARGEST_PICTURE)
OF_MOST_SLOW_PIXELS = isqrt(pictures.LARGEST_SLOW)


@pytest.mark.parametrize(
    ("mode", "side"),
    [
        *((mode, OF_MOST_PIXELS) for mode in ("L", "RGB", "P", "1", "I;16")),
        *((mode, OF_MOST_SLOW_PIXELS) for mode in ("RGBA", "LA")),
    ],
)
def test_the_largest_picture_costs_about_a_second(mode, side):
    file = BytesIO(encoded(Image.new(mode, (side, side)), "PNG", compress_level=1))
    began = time.process_time()

    pictures.decode(file)

    # Most of a second on a machine of its own; on a loaded one it may be more.
    assert time.process_time() - began < 3


@pytest.mark.parametrize("encoding", ["JPEG", "MPO"])
@pytest.mark.parametrize("size", [(3200, 3200), (6400, 200)])
def test_a_jpeg_is_never_read_larger_than_it_has_to_be(encoding, size):
    more = {"save_all": True, "append_images": [Image.new("RGB", (8, 8))]}
    sent = photo(size, encoding, **(more if encoding == "MPO" else {}))
    image = Image.open(BytesIO(sent), formats=pictures.FORMATS)
    assert image.format == encoding
    pictures._shrink_while_decoding(image)
    assert max(image.size) == 1600


@pytest.mark.parametrize(
    ("encoding", "mode"),
    [("WEBP", "RGB"), ("AVIF", "RGB"), ("PNG", "RGBA"), ("PNG", "LA"), ("PNG", "P see-through")],
)
def test_what_takes_long_to_read_may_have_fewer_pixels(encoding, mode, monkeypatch):
    monkeypatch.setattr(pictures, "LARGEST_SLOW", 1000)
    image = Image.new(mode.split()[0], (40, 26))
    options = {"transparency": 0} if "see-through" in mode else {}
    with pytest.raises(ValidationError, match=r"kind of file.*as a JPEG") as refused:
        pictures.decode(BytesIO(encoded(image, encoding, **options)))
    assert refused.value.code == "too_many_pixels"
    assert what_is_kept(encoded(image.convert("RGB"), "PNG"))["large"].size == (40, 26)


def test_16_bits_a_colour_take_long_too(monkeypatch):
    assert what_is_kept(png_of_16_bits(30))["large"].size == (30, 30)
    monkeypatch.setattr(pictures, "LARGEST_SLOW", 800)
    assert refusal_of(png_of_16_bits(30)) == "too_many_pixels"


def test_a_jpeg_may_have_the_passes_that_it_needs_and_no_more():
    progressive = photo((2000, 2000), progressive=True)
    assert what_is_kept(with_passes(progressive, 10))["large"].size == (1600, 1600)
    assert refusal_of(with_passes(progressive, 200)) == "unreadable"


@pytest.mark.parametrize("mode", ["P", "1", "I;16", "LA", "CMYK"])
def test_what_is_read_by_strips_looks_as_if_it_were_read_at_once(mode):
    image = Image.linear_gradient("L").resize((3300, 1000))
    image = image.convert("I;16") if mode == "I;16" else image.convert(mode)
    encoding = "TIFF" if mode == "CMYK" else "PNG"
    sent = Image.open(BytesIO(encoded(image, encoding)))
    whole = pictures._pixels(sent).reduce(2)
    by_strips = pictures._by_strips(sent, 2)
    assert (by_strips.mode, by_strips.size) == (whole.mode, whole.size)
    assert ImageChops.difference(whole.convert("RGB"), by_strips.convert("RGB")).getbbox() is None


def test_a_large_palette_stands_upright_too():
    image = Image.new("P", (4000, 2000))
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    assert what_is_kept(encoded(image, "PNG", exif=exif))["large"].size == (800, 1600)


def test_no_picture_takes_more_than_one_core():
    assert AvifImagePlugin.DEFAULT_MAX_THREADS == 1
