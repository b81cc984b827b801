"""An application with one token in all that tells who somebody is, and what must not hold it.

What a jury can get is asked for its bytes: pages, JSON, pictures, headers. Nobody looks at what is
meant to be seen; they look for a token that is nowhere in it.
"""

import base64
import codecs
from io import BytesIO
from urllib.parse import quote

from PIL import Image

from labbooking.residencies.works.models import Work
from tests.papers.made import paper
from tests.residencies.works.applied import WORKS, an_application, upload

CANARY = "Canary7f3ab2"
MAKER, ARTIST, DESCRIPTION, COMMENT = 0x010F, 0x013B, 0x010E, 0x9286


def made_out_to_the_canary(person):
    """The person in whose account nothing but the token stands."""
    person.name = f"{CANARY} {CANARY}son"
    person.email = f"{CANARY}@{CANARY}.example".lower()
    person.about = person.seeks = person.offers = CANARY
    person.save()
    return person


def a_photo_of_the_canary():
    """With the token in its EXIF, in its comment and behind its end."""
    exif = Image.Exif()
    for tag in (MAKER, ARTIST, DESCRIPTION):
        exif[tag] = CANARY
    exif.get_ifd(0x8769)[COMMENT] = CANARY.encode()
    out = BytesIO()
    picture = Image.new("RGB", (320, 240), "teal")
    picture.save(out, "JPEG", exif=exif, comment=CANARY.encode())
    return out.getvalue() + CANARY.encode()


def a_pdf_of_the_canary():
    info = f"/Info<</Title({CANARY})/Author({CANARY})/Creator({CANARY})/Producer({CANARY})>>"
    return paper("A room of rope", "A second page", trailer=info) + f"% {CANARY}\n".encode()


def an_application_of_the_canary(person, call, signed_in):
    """Its person's, through the pages: file names too."""
    made_out_to_the_canary(person)
    application = an_application(
        person, call, about=CANARY, needs=CANARY, check_reason=CANARY, late=CANARY
    )
    browser = signed_in(person)
    sent = {
        "image": {"picture": upload(a_photo_of_the_canary(), f"{CANARY}.jpg"), "caption": "Rope"},
        "pages": {"paper": upload(a_pdf_of_the_canary(), f"{CANARY}.pdf"), "caption": "Book"},
        "link": {"url": f"https://example.org/{CANARY}?by={CANARY}", "caption": "Film"},
        "text": {"text": "Once there was a rope.", "caption": "Story"},
    }
    for kind, data in sent.items():
        assert browser.post(f"{WORKS}add/{kind}/", data).status_code == 302
    return application


def addresses_of_pictures(application):
    return [
        f"/works/{work.key}/{page.number}/{size}.webp"
        for work in Work.objects.filter(application=application)
        for page in work.pages.all()
        for size in ("small", "medium", "large")
    ]


def _disguises(token):
    """As it would stand in a page, an address, a header or a file."""
    plain = token.lower().encode()
    coded = [base64.b64encode(b"x" * shift + token.encode())[4:-4] for shift in range(3)]
    wide = [token.lower().encode(each) for each in ("utf-16-le", "utf-16-be")]
    rest = [
        codecs.encode(plain, "hex"),
        quote(token).lower().encode(),
        codecs.encode(token.encode(), "hex"),
        plain[::-1],
    ]
    return [plain, *wide, *rest], [each for each in coded if len(each) > 6]


def holds(data, token=CANARY):
    folded, exact = _disguises(token)
    lower = data.lower()
    return any(each in lower for each in folded) or any(each in data for each in exact)


def bytes_of(answer):
    head = "\n".join(f"{name}: {value}" for name, value in answer.items())
    cookies = answer.cookies.output() if answer.cookies else ""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return head.encode() + b"\n" + cookies.encode() + b"\n\n" + body


def assert_unseen(answer, token=CANARY, status=200):
    """`token` is nowhere in an answer: neither in what it says nor in its headers."""
    assert answer.status_code == status
    data = bytes_of(answer)
    assert not holds(data, token), data[:2000]
