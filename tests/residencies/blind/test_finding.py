"""What tells who somebody is, found in texts in any spelling, and what is left alone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labbooking.residencies.blind.finding import _folding, folded, identity_of, traces

ADA = identity_of("Ada Lovelace", "ada.lovelace@gmail.com")


def found(text, name="Ada Lovelace", email="ada.lovelace@gmail.com"):
    return list(traces(text, identity_of(name, email)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I, Ada Lovelace, weave.", ["Ada", "Lovelace"]),
        ("ADA LOVELACE", ["ADA", "LOVELACE"]),
        ("Adas Seil und Lovelace’s rope", ["Adas", "Lovelace’s"]),
        ("a canada of adagios, glovelaces", []),
        ("write to Ada.Lovelace@gmail.com.", ["Ada.Lovelace@gmail.com"]),
        ("write to studio@elsewhere.org", ["studio@elsewhere.org"]),
        ("on Instagram @rope_and_room, daily", ["@rope_and_room"]),
        ("see adalovelace.net, or lovelaceada on the web", ["adalovelace.net", "lovelaceada"]),
        ("https://www.lovelacestudio.org/works", ["https://www.lovelacestudio.org/works"]),
        ("Ada\u200b or A\u00adda", ["Ada", "A\u00adda"]),
        ("", []),
    ],
)
def test_names_addresses_and_handles(text, words):
    assert found(text) == words


@pytest.mark.parametrize("written", ["Jürgen Müller", "Juergen Mueller", "Jurgen Muller"])
def test_umlauts_in_every_spelling(written):
    text = "Müller, MUELLER und muller; Jürgens, Juergens, Jurgens; Müll, Mühle, Mull"
    words = ["Müller", "MUELLER", "muller", "Jürgens", "Juergens", "Jurgens"]
    assert found(text, written, "x@web.de") == words


def test_accents_and_letters_of_other_languages():
    assert found("Søren, Soren", "Sören Kiær", "x@web.de") == ["Søren", "Soren"]
    assert found("Lukasz i Łukasz, E\u0301mile", "Łukasz Émile", "x@web.de") == [
        "Lukasz", "Łukasz", "E\u0301mile",
    ]  # fmt: skip
    assert folded("Straße") == folded("STRASSE")


@given(st.text(alphabet="aeouäöüßœæøAEOÜé\u0301\u00adŁ .@-x", max_size=40))
def test_a_text_is_compared_as_each_of_its_letters_is(text):
    assert folded(text) == "".join(letter for letter, _place in _folding(text))


def test_words_of_every_language_and_addresses_of_everybody_are_left_alone():
    assert found("das Haus der Frau von nebenan", "Li van der Das", "info@gmail.com") == []
    assert found("we met at gmail.com and in the studio", email="studio@gmail.com") == []
    assert found("x", "", "") == []


def test_an_own_domain_is_told_and_a_house_of_many_is_not():
    assert found("see rope-works.example/film", email="hello@rope-works.example") == [
        "rope-works.example/film"
    ]


def test_a_long_text_is_read_in_time():
    assert len(traces("Ada and the rope. " * 3000, ADA)) == 1
    for text in ("a" * 50_000 + "@" * 5000, "a." * 20_000, "@a." * 20_000, "ab@" * 20_000):
        began = time.process_time()
        traces(text, ADA)
        assert time.process_time() - began < 10  # it was 46, and grew with the square
