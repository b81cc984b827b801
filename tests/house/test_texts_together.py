"""The text form begins with what the page says, knows who else writes, and leads back."""

import re

import pytest
from django.utils import timezone

from equipment.actions import Overtaken, unwrite_text, write_text
from equipment.models import HouseText
from labbooking.house.default_texts import built_in
from labbooking.house.templatetags.texts import prose
from labbooking.journal.models import Entry
from tests.bookings.days import said

pytestmark = pytest.mark.django_db

WORDS = {
    "title_de": "Wer wir sind",
    "title_en": "Who we are",
    "body_de": "Ein Haus.",
    "body_en": "A house.",
}
MINE = {"title_de": "Wir", "title_en": "We", "body_de": "Meins.", "body_en": "Mine."}
PAGE, EDIT, RESET = "/about/imprint/", "/about/imprint/edit/", "/about/imprint/reset/"


def typed(page):
    """What the form's hidden and visible fields hold."""
    return re.search(r'name="based_on"(?: value="([^"]*)")?', said(page))[1] or ""


def written_by(somebody, words=WORDS):
    known = HouseText.objects.filter(slug="imprint").first()
    at = timezone.now()
    write_text("imprint", words, by=somebody, at=at, based_on=known.changed_at if known else None)


@pytest.mark.parametrize("slug", ["imprint", "privacy", "accessibility", "arrival"])
def test_the_form_begins_with_what_the_page_says_in_both_languages(lab, sam, signed_in, slug):
    page = signed_in(sam).get(f"/about/{slug}/edit/")

    words = built_in(slug, mail="lab@daig.example")
    assert all(words.values())
    assert words["title_de"] != words["title_en"]
    initial = page.context["form"].initial
    assert {name: initial[name] for name in words} == words


def test_saved_unchanged_it_says_what_it_said(lab, sam, client, signed_in):
    before = client.get("/about/accessibility/").content.decode()
    form = signed_in(sam).get("/about/accessibility/edit/").context["form"]
    signed_in(sam).post("/about/accessibility/edit/", form.initial)

    after = client.get("/about/accessibility/").content.decode()

    assert HouseText.objects.count() == 1
    assert plain(after) == plain(before)
    assert "<h2>" in after
    assert after.count("<li>") == before.count("<li>")


def plain(page):
    words = re.sub(r"<[^>]+>", " ", page.split('<article class="prose">')[1].split("</article>")[0])
    return " ".join(words.split())


def test_headings_lists_links_and_no_markup():
    text = "## Wo <b>\n\n- eins\n- zwei https://a.example/x\n\nZeile\nnoch eine"
    assert prose(text) == (
        "<h2>Wo &lt;b&gt;</h2>\n<ul><li>eins</li><li>zwei "
        '<a href="https://a.example/x" rel="nofollow">https://a.example/x</a></li></ul>\n'
        "<p>Zeile<br>noch eine</p>"
    )
    assert "<script>" not in prose("- <script>\n\n## <script>\n\n<script>")


def test_the_second_of_two_is_told_who_was_first_and_loses_nothing(lab, sam, kim, signed_in):
    browser = signed_in(sam)
    begun = browser.get(EDIT)
    written_by(kim)

    refused = browser.post(EDIT, MINE | {"based_on": typed(begun)})

    assert refused.status_code == 409
    assert "Kim has changed this text while you were writing." in said(refused)
    assert "A house." in said(refused)
    assert "Mine.</textarea>" in said(refused)
    assert HouseText.objects.get().body_en == "A house."

    assert browser.post(EDIT, MINE | {"based_on": typed(refused)}).status_code == 302
    assert HouseText.objects.get().body_en == "Mine."


def test_both_who_begin_from_the_same_words_cannot_both_save(lab, sam, kim):
    written_by(kim)
    seen = HouseText.objects.get().changed_at
    write_text("imprint", MINE, by=sam, at=timezone.now(), based_on=seen)
    with pytest.raises(Overtaken):
        write_text("imprint", WORDS, by=kim, at=timezone.now(), based_on=seen)
    with pytest.raises(Overtaken):
        unwrite_text("imprint", by=kim, at=timezone.now(), based_on=seen)
    assert HouseText.objects.get().body_en == "Mine."


def test_there_is_a_way_back_to_what_came_with_the_house(lab, sam, kim, client, signed_in):
    browser = signed_in(sam)
    assert RESET not in said(browser.get(EDIT))
    assert "The page already says that." in said(browser.get(RESET))
    written_by(kim)
    assert RESET in said(browser.get(EDIT))

    asked = browser.get(RESET)
    assert HouseText.objects.count() == 1
    done = browser.post(RESET, {"based_on": typed(asked)}, follow=True)

    assert "The page shows the original text again." in said(done)
    assert "Who is behind these pages" in said(done)
    assert not HouseText.objects.exists()
    entry = Entry.objects.filter(kind="text.changed").order_by("-pk").first()
    assert entry.data == {"text": "imprint", "came_with_the_house": True}


def test_the_way_back_is_not_taken_over_somebody_elses_words(lab, sam, kim, signed_in):
    written_by(sam)
    browser = signed_in(sam)
    asked = browser.get(RESET)
    written_by(kim, MINE)

    refused = browser.post(RESET, {"based_on": typed(asked)}, follow=True)

    assert "Somebody else has written this text meanwhile." in said(refused)
    assert HouseText.objects.get().body_en == "Mine."


@pytest.mark.parametrize("based_on", ["yesterday", "2026-13-45T00:00", "2020-01-01T00:00:00+00:00"])
def test_what_is_no_moment_overtakes_nobody(lab, sam, kim, signed_in, based_on):
    written_by(kim)
    assert signed_in(sam).post(EDIT, MINE | {"based_on": based_on}).status_code == 409
    assert HouseText.objects.get().body_en == "A house."
