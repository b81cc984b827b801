"""A jury's copy is made of a list of fields, staff hide words of it, and nothing else gets in."""

import dataclasses

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labbooking.errors import NotAllowed, NotThere, WrongState
from labbooking.journal.models import Entry
from labbooking.residencies.blind import audience
from labbooking.residencies.blind.actions import Decision, mask_words
from labbooking.residencies.blind.copies import (
    MASK,
    BlindAnswer,
    BlindApplication,
    blind,
    blind_copies,
)
from labbooking.residencies.blind.models import BlindNote, MaskChoice
from labbooking.residencies.calls.models import Call
from labbooking.residencies.works.models import Work
from tests.bookings.days import said as words
from tests.residencies.calling import open_at
from tests.residencies.canary import (
    CANARY,
    addresses_of_pictures,
    an_application_of_the_canary,
    assert_unseen,
    bytes_of,
    holds,
)
from tests.residencies.works.applied import (
    APPLY,
    an_application,
    handed_in,
    shows,
    some_pages,
)

pytestmark = pytest.mark.django_db
PREVIEW = f"{APPLY}preview/"
NAMES = "/calls/manage/a-call/applications/RUMO/names/"
PROJECT = "I am Ada. A room of rope."


@pytest.fixture
def call(lab, sam, now):
    return open_at(sam, now)


def names_of(kind):
    return [each.name for each in dataclasses.fields(kind)]


def test_a_copy_holds_what_is_listed_and_no_more():
    assert names_of(BlindApplication) == [
        "code", "title", "discipline", "language", "project", "answers", "works",
    ]  # fmt: skip
    assert names_of(BlindAnswer) == ["label", "text", "is_written"]


def test_the_canary_is_nowhere_in_what_a_jury_can_get(call, ada, signed_in):
    application = an_application_of_the_canary(ada, call, signed_in)
    copy = blind(application)
    assert len(copy.works) == 4
    assert not holds(repr(copy).encode())
    browser = signed_in(ada)
    answer = browser.get(PREVIEW)
    text = bytes_of(answer)
    article = text[text.index(b"<article") : text.index(b"</article>")]
    assert b"A room of rope." in article
    assert b"example.org" in article
    assert not holds(article)
    assert holds(text)  # the header of the page greets who is signed in
    pictures = addresses_of_pictures(application)
    assert len(pictures) == 9
    for address in pictures:
        assert_unseen(browser.get(address))


def test_a_canary_in_a_caption_would_be_seen(call, ada, signed_in):
    application = an_application_of_the_canary(ada, call, signed_in)
    Work.objects.filter(kind="text").update(caption=f"by {CANARY}")
    assert holds(repr(blind(application)).encode())
    for disguise in (CANARY.upper(), CANARY.encode().hex(), f"%{CANARY}"):
        assert holds(disguise.encode())


def test_who_applies_sees_the_jurys_page_and_is_warned_and_never_stopped(call, ada, signed_in):
    an_application(ada, call, title="Ada's rope", project=PROJECT)
    shows(ada, url="https://ada-ropes.example/x", caption="Film")
    shows(ada, paper=some_pages("A rope", "Ada"), caption="Book")
    page = words(signed_in(ada).get(PREVIEW))
    for text in ("Ada&#x27;s rope", "Dance", "written in English", "A room of rope.", "Film"):
        assert text in page
    for each in ("Title: <q>Ada&#x27;s</q>", "Project: <q>Ada</q>", "Work 2, page 2: <q>Ada</q>",
                 "Work 1, host of the link: <q>ada</q>"):  # fmt: skip
        assert each in page
    Call.objects.update(blind=False)
    page = words(signed_in(ada).get(PREVIEW))
    assert "<q>" not in page
    assert "reads this call with names" in page
    assert signed_in(ada).get("/apply/nowhere/preview/").status_code == 404


@pytest.fixture
def masked(call, ada, sam, signed_in):
    """Staff hide what was found, and one word that was not."""
    draft = an_application(ada, call, title="Ada's rope", project=PROJECT)
    shows(ada, url="https://ada-ropes.example/x", caption="Ada, filmed by Zoë")
    shows(ada, paper=some_pages("A rope", "Ada"), caption="Book")
    handed_in(draft)
    browser = signed_in(sam)
    form = browser.get(NAMES).context["form"]
    data = {
        name: "mask" if name.startswith("choice") else form[name].value() or ""
        for name in form.fields
    }
    assert browser.post(NAMES, {**data, "more": "Zoë"}).url == NAMES
    return draft


def test_what_staff_hide_is_hidden_from_the_jury_alone(masked, ada, sam, signed_in):
    copy = blind_copies([masked.pk])[masked.pk]
    film, book = copy.works
    assert copy.title == f"{MASK} rope"
    assert copy.project == f"I am {MASK}. A room of rope."
    assert film.caption == f"{MASK}, filmed by {MASK}"
    assert (film.host, film.opens) == (f"{MASK}-ropes.example", False)
    assert (book.pages, book.hidden) == ((1,), 1)
    masked.refresh_from_db()
    assert masked.project == PROJECT
    page = words(signed_in(sam).get(NAMES))
    assert "1 page is hidden" in page
    assert "Everywhere: Zoë" in page
    entry = Entry.objects.get(kind="application.masked")
    assert entry.data == {"call": "a-call", "code": "RUMO", "hidden": 6}
    assert "I am ■■■." in words(signed_in(ada).get(PREVIEW))


def test_a_hidden_page_is_no_address_for_a_reader(masked, ben, sam, monkeypatch, signed_in):
    one, two = (
        f"/works/{masked.works.get(kind='pages').key}/{number}/large.webp" for number in (1, 2)
    )
    assert signed_in(ben).get(one).status_code == 404
    monkeypatch.setattr(audience, "_readers", [lambda person, _pk: person == ben])
    assert signed_in(ben).get(one).status_code == 200
    assert signed_in(ben).get(two).status_code == 404
    assert signed_in(sam).get(two).status_code == 200


def test_without_blindness_nothing_is_hidden(masked, sam, now):
    Call.objects.update(blind=False)
    masked.refresh_from_db()
    assert blind(masked).project == PROJECT
    with pytest.raises(WrongState, match="with names"):
        mask_words("a-call", "RUMO", [], by=sam, at=now)


def test_a_choice_is_taken_back_and_said_once(masked, sam, now):
    leave = [Decision("project", "Ada", MaskChoice.LEAVE)]
    for _again in range(2):
        mask_words("a-call", "RUMO", leave, by=sam, at=now)
    assert blind_copies([masked.pk])[masked.pk].project == PROJECT
    assert Entry.objects.filter(kind="application.masked").count() == 2
    note = BlindNote.objects.get(field="project")
    assert (note.choice, note.decided_by) == ("leave", sam)


def test_staff_alone_decide_and_before_the_jury_reads(masked, ada, rui, sam, now, signed_in):
    for person in (ada, rui):
        with pytest.raises(NotAllowed):
            mask_words("a-call", "RUMO", [], by=person, at=now)
        assert signed_in(person).get(NAMES).status_code == 404
    with pytest.raises(NotThere):
        mask_words("a-call", "NONE", [], by=sam, at=now)
    handed_in(masked, "ranked")
    with pytest.raises(WrongState):
        mask_words("a-call", "RUMO", [], by=sam, at=now)
    assert '<button class="button button--go"' not in words(signed_in(sam).get(NAMES))
    masked.state = "draft"
    masked.save()
    assert signed_in(sam).get(NAMES).status_code == 404


def test_a_list_that_changed_meanwhile_decides_nothing_else(masked, sam, signed_in):
    BlindNote.objects.all().delete()
    answer = signed_in(sam).post(NAMES, {"choice-0": "mask", "words-0": "title\tSomething else"})
    assert answer.status_code == 302
    assert not BlindNote.objects.exists()


def test_many_copies_cost_as_few_queries_as_one(masked, call, ben):
    def cost(numbers):
        with CaptureQueriesContext(connection) as asked:
            copies = blind_copies(numbers)
        assert len(copies) == len(numbers)
        return len(asked)

    other = an_application(ben, call, code="SOLI")
    shows(ben, paper=some_pages("x"), at=timezone.now())
    assert cost([masked.pk, other.pk]) == cost([masked.pk])
