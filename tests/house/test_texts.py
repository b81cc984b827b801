"""Imprint, privacy and accessibility: what came with the house until staff write it anew."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from equipment.actions import write_text
from equipment.models import HouseText
from labbooking.journal.models import Entry, EntryObject

WORDS = {
    "title_de": "Wer wir sind",
    "title_en": "Who we are",
    "body_de": "Ein Haus.",
    "body_en": "A house.\n\nMore at https://daig.example/more <b>now</b>",
}
PAGE, EDIT = "/about/imprint/", "/about/imprint/edit/"


def write(by, **words):
    known = HouseText.objects.filter(slug="imprint").first()
    based_on = known.changed_at if known else None
    write_text("imprint", WORDS | words, by=by, at=timezone.now(), based_on=based_on)


def page(language="en", address=PAGE):
    return Client(headers={"accept-language": language}).get(address).content.decode()


def test_what_staff_write_takes_the_place_of_what_came_with_the_house(db, sam):
    assert "Who is behind these pages" in page()
    write(sam)
    assert "<h1>Who we are</h1>" in page()
    assert "Who is behind these pages" not in page()
    assert "<h1>Wer wir sind</h1>" in page("de")
    assert "What we keep" in page(address="/about/privacy/")


def test_a_text_is_paragraphs_with_links_and_no_markup(db, sam):
    write(sam)
    assert "<p>A house.</p>" in page()
    assert '<a href="https://daig.example/more" rel="nofollow">' in page()
    assert "&lt;b&gt;now&lt;/b&gt;" in page()
    write(sam, title_en="<script>x</script>", body_en='javascript:x "https://a.example/"><i>')
    assert "<script>x" not in page()
    assert "<i>" not in page()
    assert 'href="javascript' not in page()


def test_only_staff_write(db, ada, rui):
    for person in (ada, rui):
        with pytest.raises(PermissionDenied):
            write(person)
    assert not HouseText.objects.exists()


def test_the_journal_keeps_who_and_which_but_no_words(db, sam, kim):
    write(sam)
    write(kim, body_en="Another house.")
    entries = Entry.objects.filter(kind="text.changed").order_by("pk")
    assert [each.data for each in entries] == [{"text": "imprint"}] * 2
    keys = EntryObject.objects.order_by("pk").values_list("key", flat=True)
    assert list(keys) == [str(sam.subject_key), str(kim.subject_key)]
    assert HouseText.objects.get().body_en == "Another house."


def test_the_same_words_again_change_nothing(db, sam):
    write(sam)
    before = HouseText.objects.get().changed_at
    write(sam)
    assert HouseText.objects.get().changed_at == before
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"title_de": ""}, {"body_en": ""}])
def test_both_languages_are_needed(db, sam, wrong):
    with pytest.raises(ValidationError):
        write(sam, **wrong)
    with pytest.raises(ValidationError):
        write_text("terms", WORDS, by=sam, at=timezone.now(), based_on=None)
    assert not HouseText.objects.exists()


def test_staff_change_a_text_on_a_page(db, sam, signed_in):
    browser = signed_in(sam)
    assert EDIT in browser.get(PAGE).content.decode()
    assert browser.post(EDIT, WORDS).url == PAGE
    assert EDIT in browser.get(PAGE).content.decode()
    assert "Wer wir sind" in browser.get(EDIT).content.decode()
    assert "Who we are" in page()


@pytest.mark.parametrize("empty", ["title_de", "title_en", "body_de", "body_en"])
def test_an_empty_field_is_said_and_the_rest_kept(db, sam, signed_in, empty):
    answer = signed_in(sam).post(EDIT, WORDS | {empty: "  "})
    other = "body_de" if empty != "body_de" else "title_de"
    assert answer.status_code == 422
    assert "This field is required." in answer.content.decode()
    assert WORDS[other] in answer.content.decode()
    assert not HouseText.objects.exists()


def test_others_neither_see_the_way_nor_take_it(db, ada, rui, signed_in):
    for person in (ada, rui):
        assert EDIT not in signed_in(person).get(PAGE).content.decode()
        assert signed_in(person).post(EDIT, WORDS).status_code == 404
    assert EDIT not in page()
    assert Client().post(EDIT, WORDS).url == f"/login/?next={EDIT}"
    assert not HouseText.objects.exists()


def test_there_are_no_other_texts(db, sam, signed_in):
    assert signed_in(sam).get("/about/terms/edit/").status_code == 404
    assert signed_in(sam).post("/about/terms/edit/", WORDS).status_code == 404
