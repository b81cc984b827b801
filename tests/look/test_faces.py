"""The typeface of the house: small, with every letter the house writes, and on its own terms."""

import re
from pathlib import Path

import polib
import pytest
from django.contrib.staticfiles.finders import find
from django.template.loader import render_to_string
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from labbooking.site.faces import FACES, made
from tests.architecture.files import ROOT, named, ours

PRELOADED = re.compile(
    r'<link rel="preload" href="([^"]+)" as="font" type="font/woff2" crossorigin>'
)
BY_NAME = {face.name: face for face in FACES}
# What no headline is set in; it comes from the face of the text, as the sheet says.
NOT_IN_HEADLINES = set("←↑→↓")


@pytest.fixture(params=BY_NAME)
def face(request):
    return BY_NAME[request.param]


def font(face):
    return TTFont(made() / f"{face.name}.woff2")


def letters_of_the_house():
    """Of its templates, of what is translated, and of the lab it shows."""
    texts = [page.read_text() for page in ours(".html")]
    texts += [page.read_text() for page in ours(".toml") if "demo" in page.parts]
    for entry in polib.pofile(str(ROOT / "locale/de/LC_MESSAGES/django.po")):
        texts += [entry.msgid, entry.msgstr, *entry.msgstr_plural.values()]
    return {letter for text in texts for letter in text if letter.isprintable()} | {"\u00a0"}


def test_together_they_are_small():
    assert sum((made() / f"{face.name}.woff2").stat().st_size for face in FACES) <= 90_000


def test_every_letter_the_house_writes_is_in_them(face):
    wanted = letters_of_the_house() - (NOT_IN_HEADLINES if face.name == "headline" else set())

    assert "ß" in wanted
    assert {letter for letter in wanted if ord(letter) not in font(face).getBestCmap()} == set()


def test_names_of_europe_can_be_written(face):
    names = "Ågot Çelik Đorđević Eiður Ğül İnci Kőrösi Łucja Nuñez Œuvre Ștefan Škoda Țepeș Žižek"

    assert {ord(letter) for letter in names} <= set(font(face).getBestCmap())


@pytest.mark.parametrize("weight", [400, 650])
def test_figures_of_times_are_equally_wide(weight):
    text = instantiateVariableFont(font(BY_NAME["text"]), {"wght": weight})
    glyphs = text.getBestCmap()

    assert len({text["hmtx"][glyphs[ord(figure)]][0] for figure in "0123456789"}) == 1


def test_letters_are_set_as_pairs(face):
    features = {each.FeatureTag for each in font(face)["GPOS"].table.FeatureList.FeatureRecord}

    assert "kern" in features


def test_a_changed_font_has_a_name_of_its_own_and_says_whose_it_was(face):
    names = font(face)["name"]
    served = find(f"faces/{face.name}-licence.txt")

    assert {names.getDebugName(number) for number in (1, 4)} == {face.family}
    assert "Source" not in names.getDebugName(6)
    assert "Copyright" in names.getDebugName(0) or "©" in names.getDebugName(0)
    assert "SIL OPEN FONT LICENSE" in Path(served).read_text()


@pytest.mark.xdist_group("static files")
def test_pages_ask_early_for_what_the_sheet_uses(collected, client, db):
    sheet = next((collected / "css").glob("faces.*.css"))
    used = {
        (sheet.parent / name).resolve()
        for name in re.findall(r"url\(\"(.*?)\"\)", sheet.read_text())
    }

    for page in (client.get("/").content.decode(), render_to_string("500.html")):
        asked = {collected / each.removeprefix("/static/") for each in PRELOADED.findall(page)}
        assert asked == used
    assert len(used) == len(FACES)
    assert all(re.search(r"\.[0-9a-f]{12}\.woff2$", path.name) and path.is_file() for path in used)


def test_every_whole_page_asks_for_them():
    for page in ours(".html"):
        if "<!doctype html>" in page.read_text() and "emails" not in page.parts:
            assert page.read_text().count('as="font"') == len(FACES), named(page)
