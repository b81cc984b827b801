"""Files are harmless: what comes in is decoded within limits, and only pixels go out (G10)."""

import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from PIL import Image, PngImagePlugin

from labbooking import pictures
from tests.equipment.sent_pictures import (
    ORIENTATION,
    encoded,
    photo,
    png_chunk,
    refusal_of,
    what_is_kept,
)

GPS, MAKE = 0x8825, 0x010F


def png_that_claims(width, height):
    """A small file whose header promises a picture of any size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 10_000_000, 9)
    chunks = [(b"IHDR", header), (b"IDAT", pixels), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(*each) for each in chunks)


@pytest.mark.parametrize("encoding", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_picture_is_kept_as_webp_in_three_sizes(encoding):
    kept = what_is_kept(photo((2400, 1200), encoding))
    assert {size: image.size for size, image in kept.items()} == {
        "small": (160, 80),
        "medium": (640, 320),
        "large": (1600, 800),
    }
    assert {image.format for image in kept.values()} == {"WEBP"}


def test_a_small_picture_is_not_blown_up():
    assert what_is_kept(photo((100, 60)))["large"].size == (100, 60)


def test_a_very_narrow_picture_keeps_at_least_a_pixel():
    assert what_is_kept(photo((4000, 2), "PNG"))["small"].size == (160, 1)


def test_where_and_with_what_a_photo_was_taken_is_gone():
    exif = Image.Exif()
    exif[MAKE] = "CameraMakerOfAda"
    exif[GPS] = {1: "N", 2: (51.0, 30.0, 0.0), 3: "E", 4: (7.0, 6.0, 0.0)}
    sent = photo(exif=exif, comment=b"a secret comment", icc_profile=b"a colour profile")
    assert Image.open(BytesIO(sent)).getexif().get_ifd(GPS)
    picture = pictures.decode(BytesIO(sent))
    for webp in picture.webp.values():
        image = Image.open(BytesIO(webp))
        assert not image.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(image.info)
        assert b"CameraMakerOfAda" not in webp
        assert b"secret" not in webp


def test_text_hidden_in_a_png_is_gone():
    hidden = PngImagePlugin.PngInfo()
    hidden.add_text("Author", "Ada of the house", zip=False)
    hidden.add_itxt("XML:com.adobe.xmp", "<x>Ada of the house</x>")
    for webp in pictures.decode(BytesIO(photo(encoding="PNG", pnginfo=hidden))).webp.values():
        assert b"Ada of the house" not in webp


@pytest.mark.parametrize("encoding", ["JPEG", "PNG", "WEBP"])
def test_a_photo_stands_upright_as_the_camera_was_held(encoding):
    image = Image.new("RGB", (80, 40), "white")
    image.paste("black", (0, 0, 40, 40))
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # turn by 90 degrees clockwise: the left half comes to the top
    upright = what_is_kept(encoded(image, encoding, exif=exif))["large"].convert("L")
    assert upright.size == (40, 80)
    assert upright.getpixel((20, 10)) < 60
    assert upright.getpixel((20, 70)) > 200


def test_a_large_photo_is_upright_too():
    exif = Image.Exif()
    exif[ORIENTATION] = 8
    assert what_is_kept(photo((4000, 3000), exif=exif))["large"].size == (1200, 1600)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "CMYK", "1", "I;16"])
def test_every_kind_of_colour_becomes_a_picture(mode):
    encoding = "JPEG" if mode == "CMYK" else "PNG"
    assert what_is_kept(encoded(Image.new(mode, (30, 20)), encoding))["large"].size == (30, 20)


def test_what_is_see_through_stays_so():
    kept = what_is_kept(photo(encoding="PNG", mode="RGBA", colour=(255, 0, 0, 0)))
    assert kept["large"].convert("RGBA").getpixel((5, 5))[3] == 0


def test_a_grey_picture_of_16_bits_keeps_its_greys():
    data = encoded(Image.new("I;16", (20, 20), 32768), "PNG")
    assert 110 < what_is_kept(data)["large"].convert("L").getpixel((5, 5)) < 145


def test_only_the_first_frame_of_a_moving_picture_is_kept():
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "green", "blue")]
    data = encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:])
    assert what_is_kept(data)["large"].n_frames == 1


@pytest.mark.parametrize("side", [8_000, 12_000, 60_000, 2_000_000])
def test_a_bomb_is_refused_before_it_is_decoded(side):
    assert refusal_of(png_that_claims(side, side)) == "too_many_pixels"


def test_a_picture_without_pixels_is_refused():
    assert refusal_of(png_that_claims(0, 10)) in {"unreadable", "unknown_format", "too_many_pixels"}


def test_text_that_explodes_is_refused():
    bomb = png_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"A" * 100_000_000, 9))
    honest = photo(encoding="PNG")
    assert refusal_of(honest[:33] + bomb + honest[33:]) in {"unreadable", "unknown_format"}


def test_a_file_that_is_too_large_is_refused_unread():
    assert refusal_of(photo() + b"\0" * pictures.LARGEST_FILE) == "too_large"


@pytest.mark.parametrize("encoding", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_file_cut_off_half_way_is_refused(encoding):
    image = Image.effect_noise((300, 300), 80).convert("RGB")
    data = encoded(image, encoding)
    assert refusal_of(data[: len(data) // 2]) in {"unreadable", "unknown_format"}


@pytest.mark.parametrize(
    "data",
    [
        photo(encoding="GIF"),
        photo(encoding="BMP"),
        photo(encoding="TIFF"),
        photo(encoding="ICO"),
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"<!doctype html><script>alert(1)</script>",
        b"\xff\xd8\xff\xe0<script>alert(1)</script>",
        b"GIF89a/*",
        b"",
    ],
    ids=["gif", "bmp", "tiff", "ico", "eps", "svg", "html", "html as jpeg", "gif as js", "empty"],
)
def test_what_is_no_picture_of_ours_is_refused_whatever_it_is_called(data):
    assert refusal_of(data) in {"unknown_format", "unreadable"}


def test_nothing_rides_along_at_the_end_or_inside_of_a_picture():
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("payload.html", "<script>alert('ridden along')</script>")
    sent = photo(comment=b"<script>alert(1)</script>") + archive.getvalue()
    for webp in pictures.decode(BytesIO(sent)).webp.values():
        assert b"script" not in webp
        assert b"PK\x03\x04" not in webp
        assert not zipfile.is_zipfile(BytesIO(webp))
        assert int.from_bytes(webp[4:8], "little") + 8 == len(webp)


def test_a_kept_picture_can_be_seen_and_taken_away(client):
    key = pictures.store(BytesIO(photo()))
    for size in pictures.SIZES:
        answer = client.get(pictures.url(key, size))
        assert answer.status_code == 200
        assert answer["Content-Type"] == "image/webp"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "immutable" in answer["Cache-Control"]
        assert Image.open(BytesIO(b"".join(answer.streaming_content))).format == "WEBP"
    pictures.delete(key)
    assert client.get(pictures.url(key)).status_code == 404
    assert not default_storage.exists(pictures.path(key, "small"))
    pictures.delete(key)


@pytest.mark.parametrize("name", ["../../secret_key", "..%2f..%2fsecret_key", "a" * 32 + "-huge"])
def test_nothing_else_is_served_from_the_media_folder(client, name):
    assert client.get(f"/media/pictures/{name}.webp").status_code == 404
    assert client.get(f"/media/{name}").status_code == 404


@pytest.mark.parametrize("key", ["", "../x", "A" * 32, "a" * 31, "a" * 33, "a" * 32 + "\n"])
def test_only_a_key_becomes_the_name_of_a_file(key):
    with pytest.raises(ValueError, match="not the key"):
        pictures.path(key, "small")


def test_without_a_key_there_is_no_address():
    assert pictures.url("") == ""


def test_one_picture_is_read_at_a_time(monkeypatch):
    monkeypatch.setattr(pictures, "_WAITS", 0.01)
    with pictures._ONE_AT_A_TIME, pytest.raises(ValidationError, match="being read just now"):
        pictures.decode(BytesIO(photo()))
