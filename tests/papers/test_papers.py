"""PDFs are drawn as pictures within limits, and nothing else of them is kept."""

import subprocess
import sys
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from labbooking import pictures
from labbooking.papers import reading
from tests.papers.made import deflated, opened, outcome, paper, pdf, read, refusal, stream

METADATA = "/Info<</Title(CANARY)/Author(CANARY)>>"


def test_pages_become_pictures_and_their_words_are_known():
    found = read(paper("Ein Raum für Klang", "Second page"))
    assert [each.strip() for each in found.words] == ["Ein Raum für Klang", "Second page"]
    for page in found.pages:
        image = opened(page)
        assert image.format == "WEBP"
        assert image.size == (1131, 1600)
        assert image.getpixel((5, 5)) == (255, 255, 255)
        assert image.convert("L").getextrema()[0] < 60
        assert max(opened(page, "small").size) == 160


def test_a_scan_keeps_its_colours_and_loses_who_made_it():
    out = BytesIO()
    scan = Image.new("RGB", (900, 600), (10, 120, 200))
    scan.save(out, "PDF", title="CANARY", author="CANARY", producer="CANARY")
    assert b"CANARY" in out.getvalue() or b"C\x00A\x00N" in out.getvalue()
    (page,) = read(out.getvalue()).pages
    found = opened(page)
    assert found.size == (1600, 1067)
    assert all(
        abs(a - b) < 6 for a, b in zip(found.getpixel((50, 50)), (10, 120, 200), strict=True)
    )
    assert not found.getexif()
    (other,) = read(paper("x", trailer=METADATA)).pages
    for each in (page, other):
        assert not any(b"CANARY" in webp for webp in each.webp.values())


def test_what_is_kept_are_pictures_alone_and_they_go_together():
    found = read(paper("x", "y"))
    keys = reading.keep(found)
    assert len(set(keys)) == 2
    assert all(default_storage.exists(pictures.path(key, "large")) for key in keys)
    reading.delete(keys)
    with pytest.raises(LookupError):
        _keep_and_fail(found, keys)
    assert len(set(keys)) == 4
    assert not any(default_storage.exists(pictures.path(key, "small")) for key in keys)


def _keep_and_fail(found, keys):
    with reading.kept(found) as others:
        assert default_storage.exists(pictures.path(others[1], "small"))
        keys.extend(others)
        raise LookupError


def test_what_is_refused_is_told_with_the_limit_and_the_way_on():
    many = "many"
    keys = f"/O<{'41' * 32}>/U<{'42' * 32}>"
    encrypted = f"/Encrypt<</Filter/Standard/V 1/R 2{keys}/P -4>>/ID[<00><00>]"
    opens = "/OpenAction<</S/JavaScript/JS(app.alert(1))>>"
    named = "/Names<</JavaScript<</Names[(a)<</S/#4AavaScript/#4AS(app.alert(1))>>]>>>>"
    cases = {
        "pages": (paper(*[many] * 400), "400 pages: up to 30"),
        "encrypted": (paper("x", trailer=encrypted), "without one"),
        "scripts": (paper("x", catalog=opens), "JavaScript"),
        "size": (paper("x", size=(14_000, 100)), "up to 1200 mm"),
        "no_pdf": (b"GIF89a", "not a PDF"),
        "broken": (b"%PDF-1.7\n" + b"\0" * 100, "Print it into a new PDF"),
        "too_large": (b"%PDF-1.7\n" + b"\0" * reading.LARGEST_FILE, "up to 12 MB"),
    }
    assert {code: refusal(data)[0] for code, (data, _sentence) in cases.items()} == {
        code: code for code in cases
    }
    for data, sentence in cases.values():
        assert sentence in refusal(data)[1]
    assert refusal(paper("x", catalog=named))[0] == "scripts"


def test_nothing_costs_more_than_the_limits(monkeypatch):
    monkeypatch.setitem(reading._TOLD, "seconds", 1)
    bomb = deflated(b"0 0 m 500 800 l S\n" * 9_000_000)
    assert len(bomb) < 1_000_000
    code, sentence = refusal(paper("x", drawn=bomb))
    assert code == "unreadable"
    assert "20 seconds and 400 MB" in sentence
    image = "<</Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceRGB/BitsPerComponent 8"
    nested = deflated(b"\0" * 1_000_000)
    huge = pdf(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        "/Resources<</XObject<</I 5 0 R>>>>>>",
        stream(b"595 0 0 842 0 0 cm /I Do"),
        nested.replace(b"<<", image.encode(), 1),
    )
    assert outcome(huge) in {"read", "unreadable"}  # drawn as far as it goes, within the limits


def test_one_that_ends_in_the_middle_is_read_as_far_as_it_can_be_or_refused():
    whole = paper("x", "y")
    ends = range(9, len(whole), 300)
    assert {outcome(whole[:end]) for end in ends} <= {"read", "broken", "unreadable"}


def test_while_one_is_read_another_is_asked_to_come_again(monkeypatch):
    monkeypatch.setattr(reading, "_WAITS", 0.01)
    with reading._ONE_AT_A_TIME:
        assert refusal(paper("x"))[0] == "busy"
    assert read(paper("x")).words


def test_the_process_knows_nothing_of_the_house():
    program = reading._PROGRAM.read_text()
    assert "labbooking" not in program
    assert "django" not in program.lower()
    told = subprocess.run(
        [sys.executable, "-I", reading._PROGRAM, "{}"], input=b"", capture_output=True, check=False
    )
    assert told.returncode == 1
    assert told.stdout == b""
