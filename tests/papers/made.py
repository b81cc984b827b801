"""PDFs as somebody sends them, made by hand."""

import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from labbooking.papers import reading

A4 = (595, 842)


def pdf(*objects, root=1, trailer=""):
    """The objects numbered from 1, with their table and all that a reader asks for."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        body = each if isinstance(each, bytes) else each.encode()
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    out += f"trailer\n<</Size {size}/Root {root} 0 R{trailer}>>\n".encode()
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % table)


def stream(data, more=""):
    return f"<</Length {len(data)}{more}>>\nstream\n".encode() + data + b"\nendstream"


def deflated(data):
    return stream(zlib.compress(data, 9), "/Filter/FlateDecode")


def paper(*words, size=A4, catalog="", trailer="", drawn=None):
    """One page for each of the words; `drawn` is what else stands on each of them."""
    first = 4
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(words)))
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(words)}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number, each in enumerate(words):
        box = f"[0 0 {size[0]} {size[1]}]"
        fonts = "<</Font<</F 3 0 R>>>>"
        content = first + 2 * number + 1
        page = f"<</Type/Page/Parent 2 0 R/MediaBox{box}/Resources{fonts}/Contents {content} 0 R>>"
        text = each.encode("cp1252").replace(b"(", rb"\(").replace(b")", rb"\)")
        shown = b"BT /F 24 Tf 40 %d Td (%s) Tj ET" % (size[1] - 80, text)
        objects += [page, drawn or stream(shown)]
    return pdf(*objects, trailer=trailer)


def read(data):
    return reading.decode(BytesIO(data))


def refusal(data):
    with pytest.raises(ValidationError) as refused:
        read(data)
    return refused.value.code, refused.value.messages[0]


def opened(picture, size="large"):
    return Image.open(BytesIO(picture.webp[size]))


def outcome(data):
    """`read`, or the code of the refusal."""
    try:
        read(data)
    except ValidationError as refused:
        return refused.code
    return "read"
